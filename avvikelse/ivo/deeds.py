"""What each move between the municipality and IVO does besides moving, and what the history says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from avvikelse.cases.attaching import attach
from avvikelse.cases.clocks import DEMAND, LEX_MARIA, NOTIFY, REQUEST, TO_IVO, ClockRule, meet_clocks, start_anew
from avvikelse.cases.deeds import person_of
from avvikelse.cases.diary import set_number
from avvikelse.cases.engine import Step, Told
from avvikelse.cases.models import Attachment
from avvikelse.cases.operations import MoveRefused
from avvikelse.documents.models import Document
from avvikelse.documents.operations import take_document
from avvikelse.ui import words

from .choices import How, Outcome, What
from .enclosing import Copy, copies, keep_copies
from .models import Decision, Demand, Extension, Reader, Request, Sending
from .operations import keep, texts_of
from .paper import fine_words, in_sentence, notice_content, remedy_content, reply_content
from .rules import WITH_INVESTIGATION

ANSWERED = "Begäran är redan besvarad."
REMEDIED = "Kravet är redan återrapporterat."


# --- Sending


def send(step: Step) -> Told:
    """Freeze the notification as it is now, and the files that went along; what runs to be notified is met by it."""
    case, facts, made = step.case, step.facts, copies(step)
    enclosed = facts.get("enclosed") == "yes"
    content = notice_content(
        case,
        texts_of(case, step.day),
        [each.line for each in made],
        sent_on=facts["sent_on"],
        how=facts["how"],
        by=facts["sent_by"],
        day=step.day,
        enclosed=enclosed,
    )
    document = taken(step, Document.Sort.NOTICE, case.get_sort_display(), "ivo_notice", content)
    record(step, What.NOTICE, made, document, enclosed=enclosed)
    if case.origin:
        meet_clocks(case.origin, (NOTIFY, LEX_MARIA), at=step.at)
    if case.sort in WITH_INVESTIGATION and not enclosed:
        start(step, TO_IVO, facts={"sent_on": facts["sent_on"]})
    return Told(f"skickade anmälan till IVO. Den låstes som handling nr {document.number}", sent_rows(step, made))


def add_investigation(step: Step) -> Told:
    made = copies(step)
    record(step, What.INVESTIGATION, made)
    meet_clocks(step.case, (TO_IVO,), at=step.at)
    return Told(rows=sent_rows(step, made))


def answer(step: Step) -> Told:
    case, facts = step.case, step.facts
    asked = Request.objects.filter(case=case, pk=int(facts["request"]), answered_on=None).first()
    if asked is None:
        raise MoveRefused([ANSWERED])
    made = copies(step)
    content = reply_content(case, asked, facts["answer"], [each.line for each in made], **sender(step))
    document = taken(step, Document.Sort.REPLY, "Svar till IVO", "ivo_reply", content)
    asked.answered_on, asked.answer = facts["sent_on"], facts["answer"]
    asked.sending = record(step, What.REPLY, made, document)
    asked.save(update_fields=["answered_on", "answer", "sending"])
    meet_clocks(case, (REQUEST,), at=step.at, about_id=asked.pk)
    told = f"svarade IVO. Svaret låstes som handling nr {document.number}"
    return Told(told, (("Begäran", asked.what), *sent_rows(step, made)))


def remedy(step: Step) -> Told:
    case, facts = step.case, step.facts
    rows = Demand.objects.select_related("decision")
    demand = rows.filter(decision__case=case, pk=int(facts["demand"]), remedied_on=None).first()
    if demand is None:
        raise MoveRefused([REMEDIED])
    made = copies(step)
    content = remedy_content(case, demand, facts["what_was_done"], [each.line for each in made], **sender(step))
    document = taken(step, Document.Sort.REMEDY, "Återrapportering till IVO", "ivo_reply", content)
    demand.remedied_on, demand.what_was_done = facts["sent_on"], facts["what_was_done"]
    demand.sending = record(step, What.REMEDY, made, document)
    demand.save(update_fields=["remedied_on", "what_was_done", "sending"])
    meet_clocks(case, (DEMAND,), at=step.at, about_id=demand.pk)
    told = f"återrapporterade till IVO. Återrapporteringen låstes som handling nr {document.number}"
    return Told(told, (("Krav", demand.text), *sent_rows(step, made)))


def sender(step: Step) -> dict[str, Any]:
    return {"sent_on": step.facts["sent_on"], "how": step.facts["how"], "by": step.facts["sent_by"]}


def taken(step: Step, sort: str, title: str, template: str, content: Mapping[str, object]) -> Document:
    return take_document(
        reference=step.case.reference,
        sort=sort,
        title=f"{title} {step.case.reference}",
        template=template,
        content=content,
        actor=person_of(step),
        at=step.at,
    )


def record(
    step: Step, what: What, made: list[Copy], document: Document | None = None, *, enclosed: bool | None = None
) -> Sending:
    sending = Sending.objects.create(
        case=step.case,
        what=what,
        sent_on=step.facts["sent_on"],
        how=step.facts["how"],
        sent_by=step.facts["sent_by"],
        enclosed=enclosed,
        document=document,
        recorded_by=person_of(step),
        recorded_at=step.at,
    )
    keep_copies(sending, made)
    return sending


def sent_rows(step: Step, made: list[Copy]) -> tuple[tuple[str, str], ...]:
    when = f"{words.day(step.facts['sent_on'])}, {in_sentence(How(step.facts['how']))}"
    files = (("Filer", "\n".join(each.name for each in made)),) if made else ()
    return (("Skickat", when), ("Av", step.facts["sent_by"].name_and_title), *files)


def start(step: Step, rule: ClockRule, *, facts: Mapping[str, object], about_id: int | None = None) -> None:
    start_anew(step.case, rule, at=step.at, local=step.local, facts=facts, about_id=about_id)


# --- What IVO asks and decides


def open_supervision(step: Step) -> Told:
    opened = step.facts["opened_on"]
    keep(step.case, opened_on=opened, letter=letter(step), ivo_number=step.facts.get("ivo_number") or "")
    return Told(f"registrerade IVO:s tillsyn, som inleddes {words.day(opened)}")


def letter(step: Step) -> Attachment:
    """IVO's own document, kept among the files of the case."""
    return attach(step.case, step.facts["letter"], by=person_of(step), at=step.at)


def add_request(step: Step) -> Told:
    facts = step.facts
    asked = Request.objects.create(
        case=step.case,
        asked_on=facts["asked_on"],
        what=facts["what"],
        due_on=facts["due_on"],
        ordered=bool(facts.get("ordered")),
        fine=facts.get("fine"),
        letter=letter(step),
    )
    start(step, REQUEST, facts={"due_on": asked.due_on}, about_id=asked.pk)
    fine = (("Vite", fine_words(asked.fine)),) if asked.fine else ()
    rows = (("Begäran", asked.what), ("Svar senast", words.day(asked.due_on)), *fine)
    return Told("lade in ett föreläggande om handlingar från IVO" if asked.ordered else "", rows)


def extend(step: Step) -> Told:
    """A new date for a request or a demand, named "request-3" or "demand-5" by the form."""
    kind, _, number = step.facts["about"].partition("-")
    row: Request | Demand | None
    if kind == "request":
        row = Request.objects.filter(case=step.case, pk=int(number), answered_on=None).first()
    else:
        row = Demand.objects.filter(decision__case=step.case, pk=int(number), remedied_on=None).first()
    if row is None:
        raise MoveRefused([ANSWERED if kind == "request" else REMEDIED])
    before, due = row.due_on, step.facts["due_on"]
    if due <= before:
        raise MoveRefused(["Den nya dagen ska vara senare än den som gäller nu."])
    about = {"request": row} if isinstance(row, Request) else {"demand": row}
    given = {"letter": letter(step), "recorded_by": person_of(step), "recorded_at": step.at}
    Extension.objects.create(before=before, due_on=due, **about, **given)
    row.due_on = due
    row.save(update_fields=["due_on"])
    start(step, REQUEST if isinstance(row, Request) else DEMAND, facts={"due_on": due}, about_id=row.pk)
    return Told(f"lade in anstånd från {words.day(before)} till {words.day(due)}", (("Gäller", str(row)),))


def add_decision(step: Step) -> Told:
    facts, outcome = step.facts, Outcome(step.facts["outcome"])
    decision = Decision.objects.create(
        case=step.case,
        decided_on=facts["decided_on"],
        outcome=outcome,
        text=facts.get("text") or "",
        letter=letter(step),
        recorded_by=person_of(step),
        recorded_at=step.at,
    )
    demands = [Demand.objects.create(decision=decision, **asked) for asked in facts.get("demands") or ()]
    for demand in demands:
        start(step, DEMAND, facts={"due_on": demand.due_on}, about_id=demand.pk)
    Reader.objects.bulk_create(Reader(decision=decision, person=person) for person in facts["readers"])
    keep(step.case, outcome=outcome)
    rows = [(f"Krav {number}", demand_words(demand)) for number, demand in enumerate(demands, 1)]
    told = f"lade in IVO:s beslut från {words.day(decision.decided_on)}: {outcome.label.lower()}"
    return Told(told, (*rows, ("Ska läsas av", ", ".join(person.name for person in facts["readers"]))))


def demand_words(demand: Demand) -> str:
    fine = f" Vite: {fine_words(demand.fine)}." if demand.fine else ""
    return f"{demand.text} Klart senast {words.day(demand.due_on)}.{fine}"


# --- Numbers and the end


def set_numbers(step: Step) -> Told:
    """Our number in the diary, IVO's, or both; what is left empty stays as it is."""
    said = []
    if step.facts.get("diary_number"):
        said.append(set_number(step).sentence)
    if ivo_number := " ".join((step.facts.get("ivo_number") or "").split()):
        keep(step.case, ivo_number=ivo_number)
        said.append(f"angav IVO:s diarienummer {ivo_number}")
    return Told(" och ".join(said))


def close(step: Step) -> Told:
    lesson, measures = step.facts["lesson"], step.facts["measures"]
    keep(step.case, lesson=lesson, measures=measures)
    return Told(rows=(("Vad vi har lärt oss", lesson), ("Åtgärder", measures)))
