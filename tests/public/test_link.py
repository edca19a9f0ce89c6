"""Rapportera by a unit's link: the same questions without an account, and a code instead of a log-in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.models import Case, CaseEvent, Part
from avvikelse.intake.codes import hash_of, read_code
from avvikelse.intake.models import Draft
from avvikelse.organisation.models import PreferenceValue, Unit
from tests.intake.reports import TOLD, only_case, shown, typed
from tests.people import AT, BEGAN, Town

pytestmark = pytest.mark.django_db


def link(town: Town) -> str:
    return f"/e/{town.solglantan.link_secret}/"


def answers(town: Town, **changes: Any) -> dict[str, Any]:
    return {**typed(town), "unit": "", "name": "anonymous", "typed_name": "", **changes}


def send(client: Client, town: Town, **changes: Any) -> Any:
    """Save the answers, look at the check page and send."""
    client.post(link(town))
    client.post(f"{link(town)}spara/", {**answers(town, **changes), "page": "allt"})
    page = client.get(f"{link(town)}kontrollera/").content.decode()
    return client.post(f"{link(town)}kontrollera/", {"seen": shown(page, "seen")})


def set_local(town: Town, key: str, value: str) -> None:
    PreferenceValue.objects.create(key=key, value=value, valid_from=BEGAN, changed_by=town.sixten, changed_at=AT)


def test_the_link_says_what_it_is_for_and_who_reads(client: Client, town: Town) -> None:
    page = client.get(link(town))
    assert page.context["reader_names"] == (
        "Karin Ek (enhetschef), Frida Lund (1:e socialsekreterare), Vera Holm (avdelningschef), "
        "David Nyman (förvaltningschef) och Sanna Lind (SAS)"
    )
    begun = client.post(link(town))
    assert begun.headers["Location"] == f"{link(town)}vad-hande/"


def test_the_questions_are_the_same_but_for_the_unit_and_the_name(client: Client, town: Town) -> None:
    here, slugs = client.post(link(town)).headers["Location"], []
    everything = answers(town)
    while not here.endswith("kontrollera/"):
        slugs.append(here.split("/")[-2])
        here = client.post(here, everything).headers["Location"]
    assert slugs == [
        "vad-hande",
        "har-det-hant",
        "nar",
        "vem",
        "namn",
        "foljder",
        "allvar",
        "barn",
        "genast",
        "rutin",
        "forslag",
        "ofta",
        "annan",
        "chef",
        "filer",
    ]


@pytest.mark.parametrize(
    ("changes", "stored", "said_by"),
    [
        ({"name": "shown", "typed_name": "Mia Timvikarie"}, ("Mia Timvikarie", False), "Mia Timvikarie"),
        ({"name": "hidden", "typed_name": "Mia Timvikarie"}, ("Mia Timvikarie", True), "Rapportören"),
        ({"name": "anonymous"}, ("", False), "Anonym"),
        ({"name": "anonymous", "typed_name": "Mia Timvikarie"}, ("", False), "Anonym"),
    ],
)
def test_a_typed_name_or_none(
    client: Client, town: Town, changes: dict[str, str], stored: tuple[str, bool], said_by: str
) -> None:
    send(client, town, **changes)
    case = only_case()
    assert (case.reporter, case.unit, case.what_happened) == (None, town.solglantan, TOLD)
    assert (case.reporter_typed, case.reporter_hidden) == stored
    assert [event.actor_name for event in CaseEvent.objects.all()] == [said_by]
    assert Draft.objects.count() == 0


def test_no_name_and_not_anonymous_is_asked_again(client: Client, town: Town) -> None:
    page = client.post(f"{link(town)}namn/", {"name": "shown"})
    assert page.context["form"].errors == {"typed_name": ["Skriv ditt namn, eller välj att vara anonym."]}
    set_local(town, "anonymous_reports", "nej")
    page = client.post(f"{link(town)}namn/", {"name": "shown"})
    assert page.context["form"].errors == {"typed_name": ["Skriv ditt namn."]}


@pytest.mark.parametrize("name", ["shown", "anonymous"])
def test_lex_sarah_needs_an_account_and_says_what_happens_instead(client: Client, town: Town, name: str) -> None:
    client.post(link(town))
    told = answers(town, signs=["abuse"], name=name, typed_name="Mia")
    client.post(f"{link(town)}spara/", {**told, "page": "allt"})
    review = client.get(f"{link(town)}kontrollera/").context["review"]
    assert (review.choice, "LEX" in [choice.value for choice in review.choices]) == ("AVV", False)
    assert review.proposal.reason == (
        "Det du berättar kan vara ett missförhållande. En rapport enligt lex Sarah lämnas av någon som har loggat in. "
        "Därför blir det en avvikelse. Chefen som tar emot den, och SAS, läser den och kan lämna den vidare till "
        "lex Sarah."
    )


def test_everybody_without_an_account_gets_a_code(client: Client, town: Town) -> None:
    where = send(client, town, name="shown", typed_name="Mia").headers["Location"]
    receipt = client.get(where).context["receipt"]
    assert only_case().receipt_hash == hash_of(read_code(receipt.code))
    pdf = client.get(f"{link(town)}kvitto.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


def test_sent_twice_is_one_report_with_one_code(client: Client, town: Town) -> None:
    where = send(client, town).headers["Location"]
    first = client.get(where).context["receipt"].code
    again = client.post(f"{link(town)}kontrollera/", {"seen": "x"})
    assert again.headers["Location"] == where
    assert client.get(where).context["receipt"].code == first
    assert Case.objects.count() == 1
    for page in ("vad-hande/", "allt/", "kontrollera/"):
        assert client.get(f"{link(town)}{page}").headers["Location"] == where


def test_the_one_page_form_sends_at_once(client: Client, town: Town) -> None:
    page = client.get(f"{link(town)}allt/").content.decode()
    body = {**answers(town), "page": "allt", "route": shown(page, "route")}
    assert client.post(f"{link(town)}allt/", body).headers["Location"] == f"{link(town)}kvitto/"
    assert Case.objects.count() == 1


def test_a_new_report_by_the_same_link_is_a_new_one_with_its_own_code(client: Client, town: Town) -> None:
    first = client.get(send(client, town).headers["Location"]).context["receipt"].code
    second = client.get(send(client, town).headers["Location"]).context["receipt"].code
    assert (Case.objects.count(), first == second) == (2, False)


def test_another_text_after_sending_is_kept_on_the_page(client: Client, town: Town) -> None:
    send(client, town)
    body = {**answers(town, what_happened="Något annat hände."), "page": "allt"}
    answer = client.post(f"{link(town)}allt/", body)
    assert (answer.status_code, answer.content.decode().count("Något annat hände.")) == (409, 1)
    assert Case.objects.count() == 1


def test_the_receipt_closes_by_itself_and_by_hand(client: Client, town: Town) -> None:
    where = send(client, town).headers["Location"]
    with time_machine.travel(AT + timedelta(minutes=31), tick=False):
        assert client.get(where).headers["Location"] == link(town)
        assert client.get(f"{link(town)}kvitto.pdf").status_code == 404
    assert client.get(where).status_code == 200
    client.post(where)
    assert client.get(where).headers["Location"] == link(town)


def test_a_report_about_the_chief_passes_her_by(client: Client, town: Town) -> None:
    send(client, town, about_chief="yes")
    assert [part.person for part in Part.objects.select_related("person")] == [town.karin]


def test_another_browser_does_not_meet_the_draft(client: Client, town: Town) -> None:
    client.post(link(town))
    client.post(f"{link(town)}vad-hande/", {"what_happened": TOLD})
    other = Client().get(f"{link(town)}vad-hande/").context["form"]
    assert other["what_happened"].value() is None
    mine = client.get(f"{link(town)}vad-hande/").context["form"]
    assert mine["what_happened"].value() == TOLD
    assert client.get(link(town)).content.decode().count("Fortsätt på det du skrev") == 1


def test_no_session_is_made_for_whoever_comes_by(client: Client, town: Town) -> None:
    client.get(send(client, town).headers["Location"])
    assert Session.objects.count() == 0
    assert set(AuditEntry.objects.exclude(actor="system:tests").values_list("actor", flat=True)) == {
        f"anonymous:{only_case().submission_key}"
    }


def dead(client: Client, secret: str) -> tuple[int, int]:
    page = client.get(f"/e/{secret}/")
    return page.status_code, page.content.decode().count("<h1>Länken används inte längre</h1>")


def test_a_link_that_leads_nowhere_is_one_kind_page_whatever_the_reason(client: Client, town: Town) -> None:
    closed, shut = town.ekbacken, town.reception
    Unit.objects.filter(pk=closed.pk).update(closed_on="2026-01-01")
    Unit.objects.filter(pk=shut.pk).update(link_open=False)
    answers = {dead(client, secret) for secret in ("finns-inte", closed.link_secret, shut.link_secret)}
    assert answers == {(404, 1)}
    set_local(town, "unit_links", "nej")
    assert dead(client, town.solglantan.link_secret) == (404, 1)
    for page in ("vad-hande/", "allt/", "kontrollera/", "kvitto/", "kvitto.pdf"):
        assert client.get(f"{link(town)}{page}").status_code == 404


def test_a_closed_units_link_leads_to_the_unit_that_came_after(client: Client, town: Town) -> None:
    Unit.objects.filter(pk=town.solglantan.pk).update(closed_on="2026-01-01", successor=town.ekbacken)
    send(client, town)
    assert only_case().unit == town.ekbacken


def test_units_that_follow_each_other_in_a_ring_lead_nowhere(client: Client, town: Town) -> None:
    Unit.objects.filter(pk=town.solglantan.pk).update(closed_on="2026-01-01", successor=town.ekbacken)
    Unit.objects.filter(pk=town.ekbacken.pk).update(closed_on="2026-01-01", successor=town.solglantan)
    assert dead(client, town.solglantan.link_secret) == (404, 1)


def test_forms_of_the_street_are_guarded_against_other_sites(town: Town, settings: LazySettings) -> None:
    assert settings.DEBUG is False
    guarded = Client(enforce_csrf_checks=True)
    for page in ("", "vad-hande/", "allt/", "kontrollera/", "spara/"):
        assert guarded.post(f"{link(town)}{page}", answers(town)).status_code == 403
