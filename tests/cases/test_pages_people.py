"""Who was affected, and who has read: for those who handle the case and nobody else."""

from __future__ import annotations

import pytest

from avvikelse.audit.operations import record_read
from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.organisation.roles import Role
from tests.desk import Desk, words_of
from tests.people import AT, DAY, Town, assign, report
from tests.stages import investigating


def base(case: Case) -> str:
    return f"/arenden/{case.reference}/"


@pytest.mark.parametrize("part", ["berorda/", "lasare/"])
def test_only_those_who_handle_the_case_come_here(town: Town, desk: Desk, part: str) -> None:
    case = investigating(town)
    case.parts.create(person=town.rut, role="reader", valid_from=DAY)
    found = {name: desk(name).get(base(case) + part).status_code for name in town.people}
    handle = {"karin", "frida", "vera", "david", "sanna", "jonas"}
    assert found == {name: 200 if name in handle else 403 if name == "rut" else 404 for name in town.people}


def test_nobody_is_noted_at_first(town: Town, desk: Desk) -> None:
    assert "Ingen är antecknad" in words_of(desk("karin").get(f"{base(report(town))}berorda/"))


def test_a_name_is_masked_until_it_is_asked_for_and_then_shown_alone(town: Town, desk: Desk) -> None:
    case = report(town)
    add_affected(case, name="Astrid Bergström", identity_number="18900101-9802", actor=town.karin, at=AT)
    add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
    path = f"{base(case)}berorda/"
    before = words_of(desk("frida").get(path))
    assert ("A••••• B••••••••" in before, "N••• E•" in before) == (True, True)
    assert ("Astrid" in before, "9802" in before) == (False, False)
    first = case.affected_people.order_by("pk").first()
    assert first is not None
    shown = words_of(desk("frida").post(f"{path}{first.pk}/visa/"))
    assert ("Astrid Bergström 18900101-9802" in shown, "Nils" in shown) == (True, False)
    assert "Astrid" not in words_of(desk("frida").get(path))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("18900101-9802", "18900101-9802"),
        ("189001019802", "18900101-9802"),
        (" 1890 0101-9802 ", "18900101-9802"),
        ("19850782-2383", None),
        ("", ""),
        ("18900101-9803", None),
        ("900101-9802", None),
        ("18901301-9802", None),
        ("personnummer", None),
    ],
)
def test_a_personnummer_is_one_or_is_refused_with_all_that_was_typed_kept(
    town: Town, desk: Desk, typed: str, kept: str | None
) -> None:
    case = report(town)
    answer = desk("karin").post(f"{base(case)}berorda/", {"name": "Nils Ek", "identity_number": typed})
    noted = list(case.affected_people.values_list("identity_number", flat=True))
    assert noted == ([] if kept is None else [kept])
    if kept is None:
        assert "Det är inget personnummer. Skriv tolv siffror, ÅÅÅÅMMDD-NNNN, eller lämna tomt." in words_of(answer)
        assert 'value="Nils Ek"' in answer.content.decode()


def test_a_name_is_taken_away_once(town: Town, desk: Desk) -> None:
    case = report(town)
    row = add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
    path = f"{base(case)}berorda/{row.pk}/ta-bort/"
    assert [desk("karin").post(path).status_code for _ in range(2)] == [302, 404]
    assert [event.what for event in case.events.order_by("pk")] == ["received", "affected", "affected_removed"]
    assert desk("karin").post(f"{base(case)}berorda/{row.pk}/visa/").status_code == 404


def test_the_name_is_on_no_other_page(town: Town, desk: Desk) -> None:
    case = report(town)
    add_affected(case, name="Astrid Bergström", identity_number="", actor=town.karin, at=AT)
    desk("karin").post(f"{base(case)}berorda/{case.affected_people.get().pk}/visa/")
    pages = ["/", "/arenden/", base(case), f"{base(case)}lasare/", f"{base(case)}assess/"]
    assert [path for path in pages if "Astrid" in desk("karin").get(path).content.decode()] == []
    assert "Berörda med namn : 1 person" in words_of(desk("karin").get(base(case)))


def test_a_case_without_a_name_says_that_there_is_none_yet(town: Town, desk: Desk) -> None:
    assert "Berörda med namn : inga än" in words_of(desk("karin").get(base(report(town))))


def test_looks_that_follow_each_other_are_told_together(town: Town, desk: Desk) -> None:
    case = investigating(town)
    for name, times in (("karin", 3), ("jonas", 1), ("sanna", 2)):
        for _ in range(times):
            desk(name).get(base(case))
    answer = words_of(desk("vera").get(f"{base(case)}lasare/"))
    order = [
        "Vera Holm, avdelningschef, läste ärendet.",
        "Sanna Lind, SAS, läste ärendet 2 gånger den dagen.",
        "Jonas Berg, medarbetare, läste ärendet.",
        "Karin Ek, enhetschef, läste ärendet 3 gånger den dagen.",
    ]
    places = [answer.find(sentence) for sentence in order]
    assert places == sorted(places)
    assert -1 not in places


@pytest.mark.parametrize(
    ("hidden", "name", "expected"),
    [
        (False, "karin", "Amira Haddad, rapportör, läste ärendet."),
        (True, "karin", "Rapportören läste ärendet."),
        (True, "sanna", "Amira Haddad, rapportör, läste ärendet."),
    ],
)
def test_the_reporters_own_look_gives_no_hidden_name_away(
    town: Town, desk: Desk, name: str, expected: str, *, hidden: bool
) -> None:
    case = report(town, facts={"reporter_hidden": hidden})
    desk("amira").get(f"/mina-rapporter/{case.reference}/")
    assert expected in words_of(desk(name).get(f"{base(case)}lasare/"))


def test_a_hidden_reporter_who_investigates_is_named_as_that_and_masked_as_the_other(town: Town, desk: Desk) -> None:
    case = investigating(town, reporter=town.jonas, actor=town.jonas, facts={"reporter_hidden": True})
    desk("jonas").get(base(case))
    desk("jonas").get(f"/mina-rapporter/{case.reference}/")
    text = words_of(desk("karin").get(f"{base(case)}lasare/"))
    assert "Rapportören läste ärendet." in text
    assert "Jonas Berg, medarbetare, läste ärendet." in text


def test_medarbetare_is_told_only_of_those_who_are_nothing_else(town: Town, desk: Desk) -> None:
    assign(town.karin, Role.EMPLOYEE, town.solglantan)
    case = report(town)
    desk("karin").get(base(case))
    assert "Karin Ek, enhetschef, läste ärendet." in words_of(desk("vera").get(f"{base(case)}lasare/"))


def test_somebody_with_the_code_is_the_reporter(town: Town, desk: Desk) -> None:
    case = report(town, reporter=None, facts={"receipt_hash": "x" * 64})
    record_read("anonymous:1", action="read", table="cases_case", object_id=case.pk, reference=case.reference)
    assert "Rapportören läste ärendet." in words_of(desk("karin").get(f"{base(case)}lasare/"))
