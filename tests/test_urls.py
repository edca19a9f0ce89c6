"""Every address of the program × every person of the town × what it answers. An address that is not here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.intake.models import Draft
from avvikelse.organisation.models import Absence, ClosedDay
from tests.desk import Desk
from tests.people import AT, DAY, PEOPLE, Town, build_town
from tests.stages import acting, with_measure

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:  # noqa: ARG001 (the rows need a database)
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        town = build_town()
        case = acting(town)
        measure = with_measure(town, case.causes.get(), owner="olle")
        name = add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
        act_as("system:tests")
        facts = {"name": "bild.png", "content_type": "image/png", "size": 1, "sha256": "x", "from_reporter": True}
        file = case.attachments.create(file=ContentFile(b"x", "bild.png"), added_at=AT, **facts)
        file.file.close()
        answers = {"what_happened": "Något hände."}
        draft = Draft.objects.create(key=uuid4(), author=town.amira, answers=answers, started_at=AT, saved_at=AT)
        yield Place(town, case, file.pk, name.pk, measure.pk, draft)


# --- Whom an address answers what

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
    "my_deputy": Row(answers(404, ["amira", "jonas", "bertil"], others=200)),
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
TABLE = {**WORK, **CASES, **REPORTING, **STREET, **ORGANISATION, **ACCOUNT}
UNNAMED = {"konto/email/"}
"""Leads to Start: allauth's own page at that address is closed."""


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """The name of every address there is, or the address itself where it has none."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, f"{before}{pattern.pattern}")
        else:
            yield pattern.name or f"{before}{pattern.pattern}"


def test_every_address_is_in_the_table() -> None:
    assert set(walk(get_resolver().url_patterns)) == set(TABLE) | UNNAMED


def status_of(client: Client, method: str, path: str) -> int:
    """What comes of it; whatever was written is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        for close in answer._resource_closers if answer.streaming else ():
            close()
        transaction.set_rollback(True)
    return int(answer.status_code)


def found(place: Place, method: str, path: str) -> Answers:
    desk = Desk(place.town)
    return {NOBODY: status_of(Client(), method, path), **{who: status_of(desk(who), method, path) for who in EVERYBODY}}


@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_each_person_as_the_table_says(place: Place, name: str) -> None:
    row = TABLE[name]
    path = reverse(name, args=row.arguments(place))
    assert found(place, "get", path) == row.read
    if row.sent:
        assert found(place, "post", path) == row.sent
