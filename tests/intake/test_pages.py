"""The questions one at a time and all on one page: they ask the same, keep what is typed and say what is wrong."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from avvikelse.cases.models import Case
from avvikelse.intake.forms import WholeForm
from avvikelse.intake.models import Draft
from avvikelse.intake.questions import QUESTIONS, SLUG_OF_FIELD
from avvikelse.organisation.models import PreferenceValue, Unit
from tests.intake.reports import TOLD, address, desk, only_case, send_all, send_checked, shown, typed
from tests.people import AT, BEGAN, Town

pytestmark = pytest.mark.django_db


def test_the_door_leads_straight_to_what_happened_and_saves_nothing(amira: Client) -> None:
    page = amira.get("/rapportera/", follow=True)
    assert page.redirect_chain[0][0].endswith("/vad-hande/")
    assert page.context["form"].heading_field == "what_happened"
    assert Draft.objects.count() == 0


def test_the_required_questions_come_first_and_the_rest_may_be_skipped(amira: Client, town: Town) -> None:
    key, slugs = uuid4(), []
    here = address("vad-hande/", key)
    answers = typed(town)
    while not here.endswith("kontrollera/"):
        slugs.append(here.split("/")[-2])
        asked = {name: value for name, value in answers.items() if SLUG_OF_FIELD[name] == slugs[-1]}
        here = amira.post(here, asked).headers["Location"]
    assert slugs == [question.slug for question in QUESTIONS if question.slug != "namn" or not question.required]
    assert [question.slug for question in QUESTIONS if question.required] == [
        "vad-hande",
        "enhet",
        "har-det-hant",
        "nar",
        "vem",
        "namn",
    ]
    page = amira.get(here).content.decode()
    amira.post(here, {"seen": shown(page, "seen")})
    assert only_case().what_happened == TOLD


def test_an_idea_is_not_asked_when_it_happened(amira: Client) -> None:
    key = uuid4()
    after = amira.post(address("har-det-hant/", key), {"about": "idea"}).headers["Location"]
    assert after == address("vem/", key)
    assert amira.get(address("nar/", key)).headers["Location"] == address("kontrollera/", key)


def test_the_unit_is_filled_in_from_home_and_has_to_be_confirmed(amira: Client, town: Town) -> None:
    key = uuid4()
    page = amira.get(address("enhet/", key))
    assert page.context["form"]["unit"].value() == str(town.solglantan.pk)
    amira.post(address("spara/", key), {**typed(town), "unit": "", "page": "allt"})
    wrong = amira.get(address("kontrollera/", key)).context["wrong"]
    assert [(line.question.slug, line.wrong) for line in wrong] == [("enhet", "Välj vilken enhet det gäller.")]


@pytest.mark.parametrize(
    ("slug", "answers", "faults"),
    [
        ("vad-hande", {"what_happened": " "}, {"what_happened": "Skriv vad som hände."}),
        (
            "vad-hande",
            {"what_happened": "x" * 10_001},
            {"what_happened": "Korta texten till högst 10000 tecken. Nu är den 10001."},
        ),
        ("enhet", {"unit": ""}, {"unit": "Välj vilken enhet det gäller."}),
        ("enhet", {"unit": "999"}, {"unit": "Välj en enhet i listan."}),
        ("har-det-hant", {}, {"about": "Välj det som stämmer bäst."}),
        ("nar", {}, {"day": "Välj vilken dag det hände, eller Vet inte."}),
        ("nar", {"day": "i förrgår"}, {"day": "Välj vilken dag det hände, eller Vet inte."}),
        ("nar", {"day": "other"}, {"other_day": "Skriv vilken dag det hände."}),
        ("nar", {"day": "other", "other_day": "31 november"}, {"other_day": "Skriv dagen så här: 2026-11-16."}),
        (
            "nar",
            {"day": "other", "other_day": "2026-11-17"},
            {"other_day": "Välj en dag som har varit. Har det inte hänt än? Svara det på frågan före."},
        ),
        (
            "nar",
            {"day": "2027-01-01"},
            {"day": "Välj en dag som har varit. Har det inte hänt än? Svara det på frågan före."},
        ),
        (
            "nar",
            {"day": "other", "other_day": "0026-11-13"},
            {"other_day": "Så länge sedan kan det inte vara. Kontrollera året."},
        ),
        ("nar", {"day": "unknown", "time": "08:15"}, {"time": "Välj dag också, eller ta bort klockslaget."}),
        (
            "nar",
            {"day": "2026-11-16", "time": "09:01"},
            {"time": "Klockan är inte så mycket än. Skriv ett klockslag som har varit."},
        ),
        ("nar", {"day": "2026-11-16", "time": "kvart i"}, {"time": "Skriv tiden så här: 14:30."}),
        ("vem", {}, {"affected": "Välj vem som berördes, eller Ingen."}),
        (
            "namn",
            {"name": "anonymous", "colleague": "Karin Ek"},
            {"colleague": "En anonym rapport kan inte skrivas åt en kollega. Ta bort namnet här."},
        ),
        (
            "namn",
            {"name": "shown", "colleague": "Nils"},
            {"colleague": "Ingen nära enheten heter så. Kontrollera namnet, eller skriv e-postadressen."},
        ),
    ],
)
def test_bad_input_gets_a_sentence_and_is_kept(
    amira: Client, slug: str, answers: dict[str, str], faults: dict[str, str]
) -> None:
    key = uuid4()
    page = amira.post(address(f"{slug}/", key), answers)
    assert {name: " ".join(errors) for name, errors in page.context["form"].errors.items()} == faults
    assert page.content.decode().count("<title>Fel: ") == 1
    saved = Draft.objects.filter(key=key).first()
    kept = saved.answers if saved else {}
    assert {name: kept.get(name, "") for name in answers} == answers


@pytest.mark.parametrize(
    ("answers", "on", "at", "part"),
    [
        ({"day": "2026-11-16", "part": "evening"}, "2026-11-16", "None", "evening"),
        ({"day": "2026-11-15"}, "2026-11-15", "None", "unknown"),
        (
            {"day": "other", "other_day": "2026-10-25", "time": "02.30", "part": "night"},
            "2026-10-25",
            "02:30:00",
            "exact",
        ),
        ({"other_day": "2026-10-25"}, "2026-10-25", "None", "unknown"),
        ({"day": "unknown", "part": "night"}, "None", "None", "night"),
        ({"day": "2026-11-16", "time": "0815"}, "2026-11-16", "08:15:00", "exact"),
    ],
)
def test_when_it_happened_is_taken_as_exactly_as_it_is_known(
    amira: Client, town: Town, answers: dict[str, str], on: str, at: str, part: str
) -> None:
    send_all(amira, {**typed(town, day="", part=""), **answers})
    case = only_case()
    assert (str(case.occurred_on), str(case.occurred_at), case.occurred_part) == (on, at, part)


@pytest.mark.parametrize("about", ["can_happen", "idea"])
def test_what_has_not_happened_is_sent_without_the_time_typed_before(amira: Client, town: Town, about: str) -> None:
    send_checked(amira, typed(town, about=about, time="26:00", day="2026-11-16"))
    case = only_case()
    assert (case.occurred_on, case.occurred_at, case.occurred_part) == (None, None, "unknown")


def test_a_page_left_open_over_midnight_still_means_the_day_it_said(town: Town) -> None:
    page = WholeForm(typed(town, day="2026-11-14"), desk=desk(town.amira))
    assert page.is_valid()
    assert str(page["day"]).count("Lördag 14 november") == 1


def test_back_goes_to_the_question_before_and_keeps_what_was_typed(amira: Client, town: Town) -> None:
    key = uuid4()
    amira.post(address("vad-hande/", key), {"what_happened": TOLD})
    back = amira.post(address("enhet/", key), {"unit": str(town.ekbacken.pk), "then": "tillbaka"}).headers["Location"]
    assert back == address("vad-hande/", key)
    assert amira.get(back).context["form"]["what_happened"].value() == TOLD
    assert amira.get(address("enhet/", key)).context["form"]["unit"].value() == str(town.ekbacken.pk)


def test_a_change_from_the_check_page_leads_back_there(amira: Client) -> None:
    key = uuid4()
    answer = amira.post(f"{address('vem/', key)}?sedan=kontrollera", {"affected": "none"})
    assert answer.headers["Location"] == address("kontrollera/", key)


def test_the_one_page_form_asks_everything_the_questions_ask(amira: Client) -> None:
    fields = {name for question in QUESTIONS for name in question.fields}
    assert set(WholeForm.base_fields) == fields
    page = amira.get(address("allt/"))
    drawn = [name for name, _ in (*page.context["first"], *page.context["more"])]
    assert sorted(drawn) == sorted(fields - {"typed_name"})
    assert [name for name, _ in page.context["first"]] == [
        "what_happened",
        "unit",
        "about",
        "day",
        "other_day",
        "part",
        "time",
        "affected",
    ]


def test_one_sending_is_enough_on_the_one_page_form(amira: Client, town: Town) -> None:
    key = uuid4()
    answer = send_all(amira, typed(town), key)
    assert answer.headers["Location"] == address("kvitto/", key)
    case = only_case()
    assert (case.kind, case.state, case.unit, case.reporter, case.title) == (
        "AVV",
        "received",
        town.solglantan,
        town.amira,
        "Morgonbesöket klockan åtta blev inte av",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"about_chief": "yes"},
        {"about": "idea"},
        {"signs": ["abuse"]},
        {"signs": ["care_harm"]},
        {"what_happened": "Ring 070-123 45 67."},
        {"what_happened": "Amira Haddad kom inte."},
    ],
)
def test_what_the_reporter_must_see_first_stops_at_the_check_page(
    amira: Client, town: Town, changes: dict[str, Any]
) -> None:
    key = uuid4()
    answer = send_all(amira, typed(town, **changes), key)
    assert answer.headers["Location"] == address("kontrollera/", key)
    assert Case.objects.count() == 0


def test_faults_on_the_one_page_form_keep_every_answer(amira: Client, town: Town) -> None:
    key = uuid4()
    answers = typed(town, affected="", suggestion="Ring kvällen innan.", signs=["misconduct"])
    page = send_all(amira, answers, key)
    assert page.context["form"].errors == {"affected": ["Välj vem som berördes, eller Ingen."]}
    again = amira.get(address("allt/", key)).context["form"]
    assert {name: again[name].value() for name in answers} == answers


def test_checking_first_is_a_choice_on_the_one_page_form(amira: Client, town: Town) -> None:
    key = uuid4()
    assert send_all(amira, typed(town), key, later="1").headers["Location"] == address("kontrollera/", key)


def test_a_report_for_a_colleague_is_hers_and_says_who_wrote_it(amira: Client, town: Town) -> None:
    send_checked(amira, typed(town, colleague="jonas berg"))
    case = only_case()
    assert (case.reporter, case.entered_by) == (town.jonas, town.amira)
    assert list(Case.objects.reported_by(town.jonas)) == [case]


def test_several_colleagues_of_one_name_are_told_apart(amira: Client) -> None:
    page = amira.post(address("namn/"), {"name": "shown", "colleague": "a l"})
    assert page.context["form"].errors["colleague"][0].startswith("Flera heter så: ")
    done = amira.post(address("namn/"), {"name": "shown", "colleague": "jonas.berg@ekhamn.example"})
    assert done.status_code == 302


def test_a_closed_unit_cannot_be_reported_about(amira: Client, town: Town) -> None:
    Unit.objects.filter(pk=town.ekbacken.pk).update(closed_on="2026-01-01")
    page = amira.post(address("enhet/"), {"unit": str(town.ekbacken.pk)})
    assert page.context["form"].errors == {"unit": ["Välj en enhet i listan."]}


def test_it_concerns_you_as_an_employee_leads_out(amira: Client, town: Town) -> None:
    PreferenceValue.objects.create(
        key="work_injury_text", value="Ring Stina på HR.", valid_from=BEGAN, changed_by=town.sixten, changed_at=AT
    )
    for page in ("vad-hande/", "vem/", "allt/"):
        assert amira.get(address(page)).content.decode().count("Ring Stina på HR.") == 1


def test_a_page_that_is_none_is_404(amira: Client) -> None:
    assert amira.get(address("finns-inte/")).status_code == 404


def test_whoever_is_not_logged_in_is_asked_to(client: Client) -> None:
    for page in ("vad-hande/", "allt/", "kontrollera/", "kvitto/", "kvitto.pdf"):
        answer = client.get(address(page))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/konto/login/?next=")
