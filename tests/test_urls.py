"""Every address of the program × every person of the town × what it answers. An address that is not here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.intake.models import Draft
from avvikelse.organisation.models import Absence, ClosedDay
from tests.desk import Desk
from tests.people import AT, DAY, Town, build_town
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
def place(settings: Any, tmp_path: Path) -> Iterator[Place]:
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
        draft = Draft.objects.create(
            key=uuid4(), author=town.amira, answers={"what_happened": "Något hände."}, started_at=AT, saved_at=AT
        )
        yield Place(town, case, file.pk, name.pk, measure.pk, draft)


Arguments = Callable[[Place], list[object]]


def nothing(_: Place) -> list[object]:
    return []


def number(place: Place) -> list[object]:
    return [place.case.reference]


EVERYBODY = (
    *("amira", "karin", "jonas", "frida", "olle", "vera", "david", "sanna", "maja", "rut", "bertil", "greta", "sixten"),
)
def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The name of every address there is."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)

def test_x(place):
    desk = Desk(place.town)
    town = place.town
    args = {
      "case_page": number,
      "filter_drop": lambda p: [1],
      "case_message": number, "affected": number, "affected_reveal": lambda p: [p.case.reference, p.name], "affected_remove": lambda p: [p.case.reference, p.name], "case_readers": number,
      "attachment": lambda p: [p.case.reference, p.file], "document": lambda p: [p.case.reference, "investigation", 1], "case_move": lambda p: [p.case.reference, "unlock"], "my_report": number,
      "cause_add": number, "cause_take_back": lambda p: [p.cause], "no_measure": lambda p: [p.cause], "measure_add": lambda p: [p.cause], "measure_decide": lambda p: [p.measure], "measure_finish": lambda p: [p.measure],
      "investigation": number, "investigation_draft": number, "investigation_draft_drop": number,
      "report_all": lambda p: [p.draft.key], "report_save": lambda p: [p.draft.key],"report_check": lambda p: [p.draft.key],"report_receipt": lambda p: [p.draft.key],"report_receipt_pdf": lambda p: [p.draft.key],"report_file_remove": lambda p: [p.draft.key, 1],"report_question": lambda p: [p.draft.key, "hande"], "draft_remove": lambda p: [p.draft.key],
      **{n: (lambda p: [p.town.solglantan.link_secret]) for n in ("unit_link","unit_link_qr","unit_link_all","unit_link_save","unit_link_check","unit_link_receipt","unit_link_receipt_pdf")},
      "unit_link_file_remove": lambda p: [p.town.solglantan.link_secret, 1], "unit_link_question": lambda p: [p.town.solglantan.link_secret, "hande"],
      "code_move": lambda p: ["answer"], "unit_link_poster": lambda p: [p.town.solglantan.pk], "unit_link_change": lambda p: [p.town.solglantan.pk],
      **{n: (lambda p: [p.town.solglantan.pk]) for n in ("unit_close","unit_page","unit_rename","unit_move")},
      **{n: (lambda p: [p.town.karin.pk]) for n in ("person_leave","person_page","person_edit","person_return","role_add","deputy_add","absence_add")},
      "role_end": lambda p: [p.town.karin.assignments.get().pk], "absence_remove": lambda p: [Absence.objects.create(person=p.town.karin, from_day=DAY, to_day=DAY).pk],
      "preference_change": lambda p: ["assessment_days"], "category_end": lambda p: [p.town.category.pk], "closed_day_remove": lambda p: [ClosedDay.objects.create(day=DAY, name="x").pk],
      "my_deputy_end": lambda p: [1], "my_absence_remove": lambda p: [1],
      "account_confirm_email": lambda p: ["x"], "account_reset_password_from_key": lambda p: ["x","y"],
    }
    print()
    for name in walk(get_resolver().url_patterns):
        try: path = reverse(name, args=args.get(name, nothing)(place))
        except Exception as e:
            print("??", name, e); continue
        out = []
        for who in EVERYBODY:
            r = desk(who).get(path); out.append(r.status_code)
            if r.streaming:
                b"".join(r.streaming_content); [c() for c in r._resource_closers]
        print(f"{name:28}", Client().get(path).status_code, *out)
        if name == "account_logout": desk.clients.clear()
