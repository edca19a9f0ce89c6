"""The parts of a notification in the order IVO asks for them (domain §8.1), and what each begins with.

The names of IVO's own fields are not known for certain: the parts are to be copied, one by one, to where they belong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from avvikelse.cases.kinds import Known, PartRole, Sort
from avvikelse.cases.models import Case
from avvikelse.cases.next_step import with_part
from avvikelse.cases.page import those_who
from avvikelse.cases.rules import Who, is_health_care
from avvikelse.cases.wording import when_it_happened
from avvikelse.inquiries.analysis_paper import namnd_of
from avvikelse.inquiries.choices import Grade, Statute
from avvikelse.inquiries.lookup import decision_of, matter_of
from avvikelse.inquiries.models import Matter, Ruling
from avvikelse.inquiries.points import Point, of_individual, of_patient
from avvikelse.measures.lookup import standing_causes
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import Level

from .choices import Grave
from .lawful import lagrum_of

GRAVE_OF_GRADE = {
    Grade.SERIOUS: Grave.HAPPENED,
    Grade.SERIOUS_RISK: Grave.RISK,
    Grade.SERIOUS_HARM: Grave.HAPPENED,
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a notification begins with: the case it came out of, or itself where it came out of none."""

    case: Case
    told: Case
    matter: Matter
    ruling: Ruling | None
    day: date

    @property
    def found(self) -> bool:
        """Whether there is an investigation to take from."""
        return self.told is not self.case


@dataclass(frozen=True, slots=True)
class Part:
    """`lacks` is said while it is empty, where it is needed; `rows` is 1 for a line."""

    name: str
    label: str
    begins: Callable[[Source], str]
    rows: int = 1
    hint: str = ""
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class PartGroup:
    heading: str
    parts: tuple[Part, ...]


def source_of(case: Case, day: date) -> Source:
    told = case.origin or case
    matter = matter_of(told) if case.origin else None
    ruling = decision_of(told) if case.origin else None
    return Source(case, told, matter or Matter(case=told), ruling, day)


def nothing(_source: Source) -> str:
    return ""


def own_number(source: Source) -> str:
    return source.case.diary_number or source.told.diary_number


def grave(source: Source) -> str:
    return GRAVE_OF_GRADE.get(Grade(source.ruling.grade), "") if source.ruling else ""


def notifier(source: Source) -> str:
    return ", ".join(part for part in (namnd_of(source.case.unit), settings.MUNICIPALITY) if part)


def contact_name(source: Source) -> str:
    found = responsible(source)
    return found.name_and_title if found else ""


def contact_email(source: Source) -> str:
    found = responsible(source)
    return found.email if found else ""


def responsible(source: Source) -> Person | None:
    """SAS, MAS or MAR, or whoever stands in for them."""
    who = Who.MAS if is_health_care(source.case) else Who.SAS
    found = those_who(source.case, who, source.day)
    return found[0].person if found else with_part(source.case, PartRole.STAND_IN)


def operation(source: Source) -> str:
    return source.case.unit.name


def operation_kind(source: Source) -> str:
    return name_above(source.case.unit, Level.BRANCH)


def operation_statute(source: Source) -> str:
    return str(Statute(lagrum_of(source.case)).label)


def occurred(source: Source) -> str:
    return source.matter.occurred or when_it_happened(source.told)


def affected(source: Source) -> str:
    child = ". Ett barn berörs" if source.told.report.child == Known.YES else ""
    return f"{source.told.get_affected_display()}{child}"


def description(source: Source) -> str:
    return source.matter.event or source.told.what_happened


def consequences(source: Source) -> str:
    return source.matter.consequences or source.told.report.consequences


def done(source: Source) -> str:
    found = (source.matter.protected or source.told.report.done_at_once, source.matter.remedied)
    return "\n\n".join(text for text in found if text)


def planned(source: Source) -> str:
    causes = [cause.text for cause in standing_causes(source.told)] if source.found else []
    why = f"Orsaker: {' '.join(causes)}" if causes else ""
    return "\n\n".join(text for text in (why, source.matter.prevention) if text)


def why_grave(source: Source) -> str:
    return source.ruling.why if source.ruling else ""


def informed(source: Source) -> str:
    if not source.found:
        return ""
    points = of_patient(source.matter) if is_health_care(source.case) else of_individual(source.matter)
    return "\n".join(line(point) for point in points if point.text)


def line(point: Point) -> str:
    return f"{point.label}: {point.text}"


def name_above(unit: Unit, level: Level) -> str:
    above = [int(part) for part in unit.path.split(".") if part]
    found = Unit.objects.filter(pk__in=above, level=level).first()
    return found.name if found else ""


SENDER = (
    Part("own_number", "Avsändarens diarienummer", own_number, hint="Vårt eget nummer, inte IVO:s."),
    Part("grave", "Vad anmälan gäller", grave, lacks="Välj vad anmälan gäller."),
    Part("notifier", "Anmälan görs av", notifier, hint="Nämnden och kommunen.", lacks="Skriv vem som gör anmälan."),
)
CONTACT = (
    Part("contact_name", "Kontaktperson", contact_name, lacks="Skriv vem IVO kan kontakta."),
    Part("contact_phone", "Kontaktpersonens telefon", nothing),
    Part("contact_email", "Kontaktpersonens e-post", contact_email),
    Part("contact_address", "Kontaktpersonens postadress", nothing),
    Part("operation", "Verksamhetens namn", operation, lacks="Skriv vilken verksamhet det gäller."),
    Part("operation_kind", "Verksamhetens inriktning", operation_kind, hint="Till exempel äldreomsorg."),
    Part("operation_statute", "Verksamheten bedrivs enligt", operation_statute),
    Part("operation_address", "Verksamhetens adress", nothing),
)
WHERE_AND_WHEN = (
    Part("place", "Var det hände", operation, lacks="Skriv var det hände."),
    Part("occurred", "När det hände", occurred, rows=2, lacks="Skriv när det hände."),
    Part("affected", "Vem som berördes", affected, rows=2, hint="Utan namn och personnummer."),
    Part("noticed", "Hur det uppmärksammades", lambda source: source.matter.noticed, rows=3),
)
ACCOUNT = (
    Part("description", "Beskrivning", description, rows=10, lacks="Beskriv vad som hände."),
    Part("consequences", "Följder", consequences, rows=4),
    Part("done", "Vad som har gjorts", done, rows=4),
    Part("planned", "Orsaker och vad som planeras", planned, rows=4),
    Part("why_grave", "Varför det bedöms som allvarligt", why_grave, rows=4),
    Part("informed", "Vilka som har fått veta", informed, rows=4),
    Part("other", "Övrigt", lambda source: source.matter.other, rows=4),
)
GROUPS = (
    PartGroup("Avsändare", SENDER),
    PartGroup("Kontakt och verksamhet", CONTACT),
    PartGroup("Var och när", WHERE_AND_WHEN),
    PartGroup("Vad som hände", ACCOUNT),
)
PARTS = tuple(part for group in GROUPS for part in group.parts)
NAMES = tuple(part.name for part in PARTS)

NOTICES = frozenset({Sort.NOTICE_LEX_SARAH, Sort.NOTICE_LEX_MARIA, Sort.NOTICE_MUNICIPALITY})
"""The sorts that begin with a notification of ours; a tillsyn begins with IVO."""


def begun(case: Case, day: date) -> dict[str, str]:
    """What every part begins with, taken from the case as it is now."""
    source = source_of(case, day)
    return {part.name: str(part.begins(source)) for part in PARTS}


def what_lacks(texts: dict[str, str]) -> list[str]:
    """What must be there before it is sent and is not, in sentences."""
    return [part.lacks for part in PARTS if part.lacks and not texts[part.name].strip()]
