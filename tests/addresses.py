"""What every address of the program answers each person of the town, as tables. `tests/test_urls.py` walks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.cases.viewer import Viewer
from avvikelse.inquiries.choices import Grade, Stage
from avvikelse.inquiries.models import Analysis, Block
from avvikelse.inquiries.operations import Ruled, ask_statement, rule
from avvikelse.intake.models import Draft
from avvikelse.lex_sarah.informed import link_behind, make_link
from avvikelse.lex_sarah.reporting import write_reporting
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Absence, ClosedDay, Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui.period import Period
from tests.inquiries.sealed import investigated, step
from tests.ivo.matters import decided, preparing, text_file, with_ivo
from tests.people import AT, DAY, PEOPLE, Town
from tests.stages import acting, to_lex_sarah, with_measure


@dataclass
class Place:
    """The town with a case at Solgläntan: Amira reported it, Jonas investigates it, Olle owns its measure."""

    town: Town
    case: Case
    file: int
    name: int
    measure: int
    draft: Draft

    @property
    def cause(self) -> int:
        return int(self.case.causes.get().pk)


def place_in(town: Town) -> Place:
    case = acting(town)
    measure = with_measure(town, case.causes.get(), owner="olle")
    name = add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
    act_as("system:tests")
    facts = {"name": "bild.png", "content_type": "image/png", "size": 1, "sha256": "x", "from_reporter": True}
    file = case.attachments.create(file=ContentFile(b"x", "bild.png"), added_at=AT, **facts)
    file.file.close()
    answers = {"what_happened": "Något hände."}
    draft = Draft.objects.create(key=uuid4(), author=town.amira, answers=answers, started_at=AT, saved_at=AT)
    return Place(town, case, file.pk, name.pk, measure.pk, draft)


Answers = dict[str, int]
NOBODY = "nobody"
"""Somebody who has not logged in."""
EVERYBODY = frozenset(name for name, *_ in PEOPLE)
CHIEFS = frozenset({"karin", "frida", "vera", "david"})
WRITERS = CHIEFS | {"jonas"}
HANDLERS = WRITERS | {"sanna"}
ADMINISTRATOR = frozenset({"sixten"})
LOG_IN = 302


def answers(status: int, to: Iterable[str], *, others: int = 404, **odd: int) -> Answers:
    """What those named get, those that are odd, and all others; whoever is not logged in is asked to."""
    return {**dict.fromkeys(EVERYBODY, others), **dict.fromkeys(to, status), **odd, NOBODY: LOG_IN}


def street(status: int, logged_in: int | None = None) -> Answers:
    """Open to the street; those who are logged in may get another answer."""
    return {**dict.fromkeys(EVERYBODY, logged_in or status), NOBODY: status}


ALL = answers(200, EVERYBODY)
ONLY_SENT_TO = answers(405, EVERYBODY)


@dataclass(frozen=True)
class Row:
    """`arguments` of the address at the place, what it answers when it is read, and when something is sent to it."""

    read: Answers
    arguments: Callable[[Place], list[object]] = lambda _: []
    sent: Answers | None = None


def number(place: Place) -> list[object]:
    return [place.case.reference]


def about_name(place: Place) -> list[object]:
    return [place.case.reference, place.name]


def cause(place: Place) -> list[object]:
    return [place.cause]


def measure(place: Place) -> list[object]:
    return [place.measure]


def draft(place: Place) -> list[object]:
    return [place.draft.key]


def link(place: Place) -> list[object]:
    return [place.town.solglantan.link_secret]


def unit(place: Place) -> list[object]:
    return [place.town.solglantan.pk]


def karin(place: Place) -> list[object]:
    return [place.town.karin.pk]


WORK: dict[str, Row] = {
    "start": Row(ALL),
    "todo": Row(ALL),
    "assess_alike": Row(answers(200, CHIEFS | {"olle"}, others=403)),
    "measure_list": Row(ALL),
}
CASES: dict[str, Row] = {
    "case_list": Row(ALL),
    "filter_save": Row(ONLY_SENT_TO, sent=answers(302, EVERYBODY)),
    "filter_drop": Row(ONLY_SENT_TO, lambda _: [1], sent=answers(302, EVERYBODY)),
    "case_page": Row(answers(200, HANDLERS), number),
    "case_message": Row(ONLY_SENT_TO, number, sent=answers(200, HANDLERS | {"amira"})),
    "affected": Row(answers(200, HANDLERS), number, sent=answers(200, HANDLERS)),
    "affected_reveal": Row(ONLY_SENT_TO, about_name, sent=answers(200, HANDLERS)),
    "affected_remove": Row(ONLY_SENT_TO, about_name, sent=answers(302, HANDLERS)),
    "case_readers": Row(answers(200, HANDLERS), number),
    "attachment": Row(answers(200, HANDLERS | {"amira"}), lambda place: [place.case.reference, place.file]),
    "document": Row(answers(202, HANDLERS), lambda place: [place.case.reference, "investigation", 1]),
    "case_move": Row(
        answers(200, WRITERS, amira=403, sanna=403),
        lambda place: [place.case.reference, "unlock"],
        sent=answers(200, WRITERS, amira=403, sanna=403),
    ),
    "diary": Row(answers(200, ["rut"])),
    "diary_move": Row(
        answers(200, ["rut"]),
        lambda place: [to_lex_sarah(place.town).reference, "set_number"],
        sent=answers(200, ["rut"]),
    ),
    "my_reports": Row(ALL),
    "my_report": Row(answers(200, ["amira"]), number),
    "investigation": Row(answers(200, WRITERS, sanna=403), number, sent=answers(200, WRITERS, sanna=403)),
    "investigation_draft": Row(ONLY_SENT_TO, number, sent=answers(204, WRITERS, sanna=403)),
    "investigation_draft_drop": Row(ONLY_SENT_TO, number, sent=answers(302, WRITERS, sanna=403)),
    "cause_add": Row(answers(200, HANDLERS), number, sent=answers(200, HANDLERS)),
    "cause_take_back": Row(answers(200, HANDLERS), cause, sent=answers(200, HANDLERS)),
    "no_measure": Row(answers(200, HANDLERS), cause, sent=answers(200, HANDLERS)),
    "measure_add": Row(answers(200, HANDLERS), cause, sent=answers(200, HANDLERS)),
    "measure_decide": Row(answers(200, HANDLERS, jonas=403), measure, sent=answers(200, HANDLERS, jonas=403)),
    "measure_finish": Row(answers(200, HANDLERS | {"olle"}), measure, sent=answers(200, HANDLERS | {"olle"})),
}
INQUIRERS = frozenset({"jonas", "sanna"})


def sealed(place: Place) -> str:
    """A lex Sarah case that Jonas investigates."""
    return investigated(place.town).reference


def point(place: Place) -> list[object]:
    return [sealed(place), "handelsen"]


def statement(place: Place) -> list[object]:
    """Olle is asked about a case he does not see."""
    facts = {"asked_of": place.town.olle, "question": "Hur gör ni?", "due_on": DAY}
    case = investigated(place.town)
    ask_statement(step(case, place.town.sanna, **facts))
    return [case.statements.get().pk]


INQUIRIES: dict[str, Row] = {
    "inquiry": Row(answers(200, INQUIRERS), lambda place: [sealed(place)]),
    "note_add": Row(answers(200, INQUIRERS), lambda place: [sealed(place)], sent=answers(200, INQUIRERS)),
    "inquiry_task": Row(answers(200, INQUIRERS), point, sent=answers(200, INQUIRERS)),
    "inquiry_draft": Row(ONLY_SENT_TO, point, sent=answers(204, INQUIRERS)),
    "inquiry_draft_drop": Row(ONLY_SENT_TO, point, sent=answers(302, INQUIRERS)),
    "statement": Row(answers(200, ["olle"]), statement, sent=answers(200, ["olle"])),
}


def notice(place: Place) -> list[object]:
    """A notification to IVO that Sanna prepares; Jonas, who investigated, may read the case."""
    return [preparing(place.town).reference]


def sending(place: Place) -> list[object]:
    case = with_ivo(place.town)
    return [case.reference, case.sendings.get().pk]


def sent_file(place: Place) -> list[object]:
    case = with_ivo(place.town, uploads=[text_file()])
    return [case.reference, case.sendings.get().files.get().pk]


def ivo_decision(place: Place) -> list[object]:
    """Karin must read it, and sees nothing else of the case."""
    return [decided(place.town, with_ivo(place.town)).ivo_decisions.get().pk]


NOTIFIER = answers(200, ["sanna"], jonas=403)
OPENING = answers(200, ["sanna"], others=403)
IVO: dict[str, Row] = {
    "ivo_notice": Row(NOTIFIER, notice, sent=NOTIFIER),
    "ivo_notice_draft": Row(ONLY_SENT_TO, notice, sent=answers(204, ["sanna"], jonas=403)),
    "ivo_notice_draft_drop": Row(ONLY_SENT_TO, notice, sent=answers(302, ["sanna"], jonas=403)),
    "ivo_notice_pdf": Row(NOTIFIER, notice),
    "ivo_sending_pdf": Row(answers(200, INQUIRERS), sending),
    "ivo_sent_file": Row(answers(200, INQUIRERS), sent_file),
    "ivo_open": Row(OPENING, sent=OPENING),
    "ivo_decision": Row(
        answers(200, INQUIRERS | {"karin"}), ivo_decision, sent=answers(302, ["karin"], sanna=403, jonas=403)
    ),
    "ivo_decision_letter": Row(answers(200, INQUIRERS | {"karin"}), ivo_decision),
}
WRITTEN = answers(200, WRITERS, sanna=403)
PRESSED = answers(302, WRITERS, sanna=403)


def course(place: Place) -> Block:
    act_as("system:tests")
    return Analysis.objects.create(case=place.case).blocks.create(place=1, what="Något hände.")


def block(place: Place) -> list[object]:
    return [course(place).pk]


def factor(place: Place) -> list[object]:
    step = course(place)
    return [step.factors.create(analysis=step.analysis, area="people", text="Alla var nya.").pk]


def barrier(place: Place) -> list[object]:
    return [course(place).barriers.create(text="Larmet.", held=True).pk]


ANALYSES: dict[str, Row] = {
    "event_analysis": Row(answers(200, HANDLERS), number),
    "event_analysis_frame": Row(WRITTEN, number, sent=WRITTEN),
    "event_analysis_lock": Row(ONLY_SENT_TO, number, sent=PRESSED),
    **dict.fromkeys(("block_add", "factor_add", "barrier_add"), Row(WRITTEN, number, sent=WRITTEN)),
    "block_change": Row(WRITTEN, block, sent=WRITTEN),
    "block_move": Row(ONLY_SENT_TO, block, sent=PRESSED),
    "block_take_away": Row(WRITTEN, block, sent=PRESSED),
    "factor_change": Row(WRITTEN, factor, sent=WRITTEN),
    "factor_take_away": Row(WRITTEN, factor, sent=PRESSED),
    "barrier_change": Row(WRITTEN, barrier, sent=WRITTEN),
    "barrier_take_away": Row(WRITTEN, barrier, sent=PRESSED),
}
OWN = answers(200, ["amira"])
REPORTING: dict[str, Row] = {
    "report_start": Row(answers(302, EVERYBODY, amira=200)),
    "report_all": Row(OWN, draft),
    "report_save": Row(ONLY_SENT_TO, draft),
    "report_check": Row(OWN, draft),
    "report_receipt": Row(answers(302, ["amira"]), draft),
    "report_receipt_pdf": Row(answers(404, EVERYBODY), draft),
    "report_file_remove": Row(ONLY_SENT_TO, lambda place: [place.draft.key, 1]),
    "report_question": Row(OWN, lambda place: [place.draft.key, "vad-hande"]),
    "my_drafts": Row(ALL),
    "draft_remove": Row(ONLY_SENT_TO, draft, sent=answers(302, ["amira"])),
}
STREET: dict[str, Row] = {
    "unit_link": Row(street(200), link),
    "unit_link_all": Row(street(200), link),
    "unit_link_check": Row(street(200), link),
    "unit_link_question": Row(street(200), lambda place: [*link(place), "vad-hande"]),
    "unit_link_receipt": Row(street(302), link),
    "unit_link_receipt_pdf": Row(street(404), link),
    "unit_link_save": Row(street(405), link),
    "unit_link_file_remove": Row(street(405), lambda place: [*link(place), 1]),
    "unit_link_qr": Row(answers(404, ["olle"], others=200), link),
    "unit_link_posters": Row(answers(302, ["karin", "olle"], vera=200, david=200)),
    "unit_link_poster": Row(answers(200, ["karin", "vera", "david"]), unit),
    "unit_link_change": Row(ONLY_SENT_TO, unit),
    "code": Row(street(200)),
    "code_message": Row(street(405)),
    "code_close": Row(street(405)),
    "code_move": Row(street(302), lambda _: ["answer"]),
    "accessibility": Row(street(200)),
    "paragraphs": Row(ALL),
    "demo_login": Row(street(200)),
}
RUN = answers(200, ADMINISTRATOR)


def absence(place: Place) -> list[object]:
    return [Absence.objects.create(person=place.town.karin, from_day=DAY, to_day=DAY).pk]


ORGANISATION: dict[str, Row] = {
    **dict.fromkeys(
        ("organisation", "unit_add", "people", "person_add", "preferences", "categories", "category_add"), Row(RUN)
    ),
    **dict.fromkeys(("closed_days", "closed_day_add"), Row(RUN)),
    **dict.fromkeys(("unit_page", "unit_rename", "unit_move", "unit_close"), Row(RUN, unit)),
    **dict.fromkeys(("person_page", "person_edit", "person_leave", "role_add"), Row(RUN, karin)),
    **dict.fromkeys(("deputy_add", "absence_add"), Row(RUN, karin)),
    "person_return": Row(answers(404, EVERYBODY), karin),
    "role_end": Row(RUN, lambda place: [place.town.karin.assignments.get().pk]),
    "absence_remove": Row(RUN, absence),
    "preference_change": Row(RUN, lambda _: ["assessment_days"]),
    "category_end": Row(RUN, lambda place: [place.town.category.pk]),
    "closed_day_remove": Row(RUN, lambda _: [ClosedDay.objects.create(day=DAY, name="Klämdag").pk]),
    "role_changes": Row(answers(200, ["david", "sixten"])),
    "my_deputy": Row(answers(404, ["amira", "jonas", "bertil", "cilla"], others=200)),
    "my_deputy_end": Row(answers(404, EVERYBODY), lambda _: [1]),
    "my_absence_remove": Row(answers(200, ["karin"]), absence),
}
ACCOUNT: dict[str, Row] = {
    "stay": Row(ALL),
    "account_login": Row(street(200, logged_in=302)),
    "account_logout": Row(ALL),
    "account_change_password": Row(ALL),
    "account_reauthenticate": Row(ALL),
    "account_set_password": Row(street(302)),
    "account_email": Row(street(302)),
    "account_signup": Row(street(200, logged_in=302)),
    "account_inactive": Row(street(200)),
    "account_email_verification_sent": Row(street(200)),
    "account_confirm_email": Row(street(200), lambda _: ["x"]),
    "account_confirm_login_code": Row(street(302)),
    "account_reset_password": Row(street(200)),
    "account_reset_password_done": Row(street(200)),
    "account_reset_password_from_key": Row(street(200), lambda _: ["x", "y"]),
    "account_reset_password_from_key_done": Row(street(200)),
}


def reporting(place: Place) -> list[object]:
    """A list with a decision that Vera made on delegation."""
    facts: dict[str, Any] = {"stage": Stage.DECISION, "grade": Grade.RISK, "why": "x", "decided_on": DAY}
    case = investigated(place.town)
    rule(step(case, place.town.vera), Ruled(by=place.town.vera, delegated=True, **facts))
    return [write_reporting(sitting(place.town.sanna), Period(DAY, DAY)).pk]


def sitting(person: Person) -> Viewer:
    return Viewer(person, AT, DAY, access_of(person, DAY), LocalValues(DAY))


def provider(place: Place) -> str:
    """The secret of a link to an enskild verksamhet."""
    told = {"provider": "Vård AB", "contact": "bo@vard.example"}
    return make_link(place.town.solglantan, actor=place.town.sanna, at=AT, **told)


def provider_row(place: Place) -> list[object]:
    link = link_behind(provider(place), DAY)
    assert link
    return [link.pk]


KEEPERS = answers(200, ["sanna", "maja"])
OFFICE: dict[str, Row] = {
    **dict.fromkeys(("provider_links", "provider_link_new", "informed_new"), Row(answers(200, ["sanna"]))),
    "provider_link_revoke": Row(ONLY_SENT_TO, provider_row, sent=answers(302, ["sanna"])),
    "provider_tell": Row(street(200), lambda place: [provider(place)], sent=street(200)),
    "duty": Row(ALL, sent=answers(302, EVERYBODY)),
    "duty_units": Row(answers(200, ["karin", "olle", "vera", "david", "sanna"])),
    "delegated": Row(answers(200, ["sanna", "rut"]), sent=answers(200, ["sanna"])),
    "delegated_document": Row(answers(202, ["sanna"]), reporting),
    **dict.fromkeys(("register", "register_pdf", "register_excel"), Row(KEEPERS)),
}
TABLE = {**OFFICE, **WORK, **CASES, **INQUIRIES, **IVO, **ANALYSES, **REPORTING, **STREET, **ORGANISATION, **ACCOUNT}
UNNAMED = {"konto/email/"}
"""Leads to Start: allauth's own page at that address is closed."""
