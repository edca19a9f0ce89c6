"""The check page: what it becomes and why, who reads it, what should not stand there; then it is sent."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.forms import model_to_dict
from django.test import Client

from avvikelse.cases.models import Case, CaseEvent, Part
from avvikelse.organisation.models import Assignment, PreferenceValue
from avvikelse.organisation.roles import Role
from tests.intake.reports import address, only_case, send_checked, shown, typed
from tests.people import AT, BEGAN, Town

pytestmark = pytest.mark.django_db


def checked(client: Client, answers: dict[str, Any], key: UUID | None = None) -> Any:
    """The check page with the answers saved."""
    key = key or uuid4()
    client.get(address("vad-hande/", key))
    client.post(address("spara/", key), {**answers, "page": "allt"})
    return client.get(address("kontrollera/", key))


@pytest.mark.parametrize(
    ("changes", "kind", "sort", "lagrum"),
    [
        ({}, "AVV", "", "SoL"),
        ({"signs": ["abuse"]}, "LEX", "", "SoL"),
        ({"gravity": "serious"}, "LEX", "", "SoL"),
        ({"signs": ["care_harm"]}, "AVV", "", "HSL"),
        ({"other": "failed", "other_principal": "Sjukhuset"}, "SAM", "", "SoL"),
        ({"routine": "not_followed"}, "AVV", "", "SoL"),
        ({"routine": "followed", "affected": "none"}, "FOR", "proposal", "SoL"),
        ({"about": "worked_well"}, "FOR", "good_example", "SoL"),
        ({"about": "idea"}, "FOR", "proposal", "SoL"),
        ({"about": "can_happen"}, "AVV", "", "SoL"),
    ],
)
def test_what_is_proposed_is_what_is_sent(
    amira: Client, town: Town, changes: dict[str, Any], kind: str, sort: str, lagrum: str
) -> None:
    send_checked(amira, typed(town, **changes))
    case = only_case()
    assert (case.kind, case.sort) == (kind, sort)
    assert (case.under_sol_lss, case.under_hsl) == (lagrum == "SoL", lagrum == "HSL")


@pytest.mark.parametrize(
    ("choice", "kind", "sort"),
    [
        ("AVV", "AVV", ""),
        ("FOR", "FOR", "proposal"),
        ("GOOD", "FOR", "good_example"),
        ("LEX", "LEX", ""),
        ("SAM", "SAM", ""),
    ],
)
def test_the_reporter_may_choose_otherwise(amira: Client, town: Town, choice: str, kind: str, sort: str) -> None:
    key = uuid4()
    checked(amira, typed(town), key)
    amira.post(address("kontrollera/", key), {"choice": choice})
    page = amira.get(address("kontrollera/", key)).content.decode()
    amira.post(address("kontrollera/", key), {"seen": shown(page, "seen")})
    assert (only_case().kind, only_case().sort) == (kind, sort)


def test_vardskada_is_nothing_a_reporter_chooses(amira: Client, town: Town) -> None:
    key = uuid4()
    page = checked(amira, typed(town), key)
    assert [choice.value for choice in page.context["review"].choices] == ["AVV", "FOR", "GOOD", "LEX", "SAM"]
    amira.post(address("kontrollera/", key), {"choice": "VSK"})
    assert amira.get(address("kontrollera/", key)).context["review"].choice == "AVV"


@pytest.mark.parametrize(
    ("changes", "proposed", "choice"),
    [
        ({"signs": ["abuse"]}, "AVV", "AVV"),
        ({"other": "failed"}, "SAM", "AVV"),
        ({"about": "idea"}, "FOR", "FOR"),
    ],
)
def test_an_anonymous_report_is_an_avvikelse_or_a_forslag(
    amira: Client, town: Town, changes: dict[str, Any], proposed: str, choice: str
) -> None:
    review = checked(amira, typed(town, name="anonymous", **changes)).context["review"]
    assert (review.proposed, review.choice) == (proposed, choice)
    assert [one.value for one in review.choices] == ["AVV", "FOR", "GOOD"]


def test_it_says_who_reads_and_who_does_not(amira: Client, town: Town) -> None:
    page = checked(amira, typed(town))
    assert page.context["readers"] == [
        "Karin Ek, enhetschef",
        "Frida Lund, 1:e socialsekreterare",
        "Vera Holm, avdelningschef",
        "David Nyman, förvaltningschef",
        "Sanna Lind, SAS",
        "Den som får i uppdrag att utreda",
    ]
    assert page.context["not_readers"] == ["Dina kollegor, nämnden och den som sköter systemet"]


def test_health_care_harm_is_read_by_mas_and_not_by_sas(amira: Client, town: Town) -> None:
    readers = checked(amira, typed(town, signs=["care_harm"])).context["readers"]
    assert [reader for reader in readers if reader.endswith(("MAS", "SAS"))] == ["Maja Öberg, MAS"]


def test_a_report_about_the_chief_passes_her_by_and_says_so_before_sending(amira: Client, town: Town) -> None:
    key = uuid4()
    page = checked(amira, typed(town, about_chief="yes"), key)
    assert page.context["passed_by"] == "Karin Ek"
    assert page.context["not_readers"][0] == "Karin Ek, enhetschef"
    amira.post(address("kontrollera/", key), {"seen": shown(page.content.decode(), "seen")})
    case = only_case()
    assert list(Part.objects.values_list("case", "person", "role")) == [(case.pk, town.karin.pk, "implicated")]
    assert Case.objects.visible_to(town.karin, case.received_on).count() == 0
    assert Case.objects.visible_to(town.vera, case.received_on).count() == 1
    receipt = amira.get(address("kvitto/", key)).context["receipt"]
    assert receipt.steps[0]["what"].startswith("Vera Holm, avdelningschef, ")


def test_a_chief_who_reports_about_her_own_chief_passes_the_one_above(client: Client, town: Town) -> None:
    client.force_login(town.karin)
    send_checked(client, typed(town, about_chief="yes"))
    assert [part.person.name for part in Part.objects.select_related("person")] == ["Vera Holm"]


def test_with_nobody_left_to_take_it_it_is_not_sent_and_says_whom_to_call(amira: Client, town: Town) -> None:
    Assignment.objects.filter(role__in=[Role.BRANCH_CHIEF, Role.DIRECTOR]).update(valid_to=BEGAN)
    answer = send_checked(amira, typed(town, about_chief="yes"))
    assert answer.context["review"].refusal == (
        "Just nu finns det ingen som kan ta emot rapporten och göra något åt den. "
        "Ring Sanna Lind genom kommunens växel. Utkastet finns kvar."
    )
    assert Case.objects.count() == 0


def test_with_nobody_to_read_it_at_all_the_namnd_is_called(amira: Client, town: Town) -> None:
    Assignment.objects.exclude(role=Role.BOARD).update(valid_to=BEGAN)
    answer = send_checked(amira, typed(town))
    assert answer.context["review"].refusal == (
        "Just nu finns det ingen som kan läsa rapporten. Ring Bertil Ask i nämnden genom kommunens växel. "
        "Utkastet finns kvar."
    )


def test_if_somebody_else_has_come_to_read_it_it_is_shown_again_first(amira: Client, town: Town) -> None:
    key = uuid4()
    page = checked(amira, typed(town), key).content.decode()
    Assignment.objects.filter(role=Role.SAS).update(person=town.rut)
    again = amira.post(address("kontrollera/", key), {"seen": shown(page, "seen")})
    assert again.context["changed"] is True
    assert Case.objects.count() == 0
    amira.post(address("kontrollera/", key), {"seen": shown(again.content.decode(), "seen")})
    assert Case.objects.count() == 1


def test_what_points_somebody_out_is_shown_with_where_to_change_it(amira: Client, town: Town) -> None:
    key = uuid4()
    answers = typed(
        town,
        what_happened="Jonas glömde ringa 070-123 45 67.",
        suggestion="Mejla amira.haddad@ekhamn.example.",
        consequences="Rör 19121212-1212.",
    )
    page = checked(amira, answers, key)
    found = [(each.finding.text, url) for each, url in page.context["found"]]
    change = "?sedan=kontrollera"
    assert found == [
        ("Jonas", address("vad-hande/", key) + change),
        ("070-123 45 67", address("vad-hande/", key) + change),
        ("19121212-1212", address("foljder/", key) + change),
        ("amira.haddad@ekhamn.example", address("forslag/", key) + change),
    ]
    html = page.content.decode()
    assert html.count("Skicka ändå</button>") == 1
    amira.post(address("kontrollera/", key), {"seen": shown(html, "seen")})
    assert only_case().what_happened == answers["what_happened"]


def test_a_hidden_name_is_not_in_the_history_and_is_promised_in_the_municipalitys_words(
    amira: Client, town: Town
) -> None:
    PreferenceValue.objects.create(
        key="name_promise", value="Vi lovar.", valid_from=BEGAN, changed_by=town.sixten, changed_at=AT
    )
    key = uuid4()
    page = checked(amira, typed(town, name="hidden"), key).content.decode()
    assert page.count("<dd>Vi lovar.</dd>") == 1
    amira.post(address("kontrollera/", key), {"seen": shown(page, "seen")})
    case = only_case()
    assert (case.reporter, case.reporter_hidden) == (town.amira, True)
    assert [(event.actor, event.actor_name) for event in CaseEvent.objects.all()] == [(None, "Rapportören")]


def test_skipped_questions_are_named_and_can_still_be_answered(amira: Client, town: Town) -> None:
    page = checked(amira, typed(town, child="no"))
    assert [line.question.slug for line in page.context["lines"]] == [
        "vad-hande",
        "enhet",
        "har-det-hant",
        "nar",
        "vem",
        "barn",
        "namn",
    ]
    assert [line.question.slug for line in page.context["skipped"]] == [
        "foljder",
        "allvar",
        "genast",
        "rutin",
        "forslag",
        "ofta",
        "annan",
        "chef",
        "filer",
    ]


TYPED = {
    "consequences": "Hon frös.",
    "child": "yes",
    "done_at_once": "Vi ringde.",
    "routine_note": "Den var ny.",
    "suggestion": "Ring kvällen innan.",
    "often": "no",
    "other_principal": "Vårdcentralen",
}
CHOSEN = {"gravity": "serious", "signs": ["abuse"], "routine": "not_followed", "other": "took_part"}
KEPT = {
    "serious": "yes",
    "abuse": True,
    "misconduct": False,
    "care_harm": False,
    "routine": "yes",
    "routine_followed": "no",
    "other_principal_note": "De var inblandade, men det berodde inte på dem.",
}


def test_everything_that_was_told_comes_with_the_case(amira: Client, town: Town) -> None:
    send_checked(amira, typed(town, **TYPED, **CHOSEN))
    assert model_to_dict(only_case().report, exclude=["case", "seconds_to_send"]) == {**TYPED, **KEPT}


def test_without_anonymous_reports_the_choice_is_gone_and_an_old_draft_is_asked_again(
    amira: Client, town: Town
) -> None:
    key = uuid4()
    checked(amira, typed(town, name="anonymous"), key)
    PreferenceValue.objects.create(
        key="anonymous_reports", value="nej", valid_from=BEGAN, changed_by=town.sixten, changed_at=AT
    )
    page = amira.get(address("kontrollera/", key))
    assert [(line.question.slug, line.wrong) for line in page.context["wrong"]] == [
        ("namn", "Välj något av alternativen.")
    ]
    assert page.context["review"] is None


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Karin Ek kom.", "", " kom."),
        ("Vi ringde Karin Ek.", "Vi ringde ", "."),
        (
            "Schemat hade ändrats kvällen innan och det visste Karin Ek när hon kom klockan åtta på morgonen.",
            "…kvällen innan och det visste ",
            " när hon kom klockan åtta på…",
        ),
    ],
)
def test_what_points_somebody_out_is_shown_among_whole_words(
    amira: Client, town: Town, text: str, before: str, after: str
) -> None:
    found = checked(amira, typed(town, what_happened=text)).context["review"].found
    assert [(each.before, each.finding.text, each.after) for each in found] == [(before, "Karin Ek", after)]
