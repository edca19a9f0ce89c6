"""Following with the code: the state in plain words, the dialogue and the answer, for whoever holds it alone."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.cases.models import Case, Message, Report
from avvikelse.intake.codes import hash_of, new_code, spelled
from avvikelse.public import following
from avvikelse.public.code_views import WRONG
from avvikelse.public.limits import PREFIX, TRIES, WITHIN
from tests.people import AT, Town, moved, report

pytestmark = pytest.mark.django_db

CODE = "0123456789ABCDEFGHJKMNPQRSTV"


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    cache.clear()


@pytest.fixture
def case(town: Town) -> Case:
    return report(town, reporter=None, facts={"receipt_hash": hash_of(CODE)})


@pytest.fixture
def holder(client: Client, case: Case) -> Client:
    assert case.receipt_hash == hash_of(CODE)
    client.post("/kod/", {"code": CODE})
    return client


def test_the_code_opens_the_report_in_plain_words(client: Client, case: Case) -> None:
    answer = client.post("/kod/", {"code": spelled(CODE).lower()})
    assert answer.headers["Location"] == "/kod/"
    page = client.get("/kod/")
    assert page.context["reads"] == "Din rapport är framme, Karin Ek läser den"
    assert page.context["case"] == case
    assert [choice.move.name for choice in page.context["choices"]] == ["withdraw"]


@pytest.mark.parametrize("typed", ["fel", "ANOTHERC0DEOFTHESAMELENGTH99", CODE[:-1], "å" * 28, "x" * 100])
def test_every_wrong_code_gets_the_same_answer(client: Client, case: Case, typed: str) -> None:
    assert case.receipt_hash == hash_of(CODE)
    page = client.post("/kod/", {"code": typed})
    assert (page.status_code, page.context["form"].errors) == (200, {"code": [WRONG]})
    assert "kod" not in page.cookies


def test_guessing_is_stopped_by_the_beginning_of_the_code_and_not_by_the_address(client: Client, case: Case) -> None:
    for _ in range(TRIES):
        client.post("/kod/", {"code": CODE[:PREFIX] + new_code()[PREFIX:]})
    page = client.post("/kod/", {"code": CODE})
    assert page.context["form"].errors == {"code": [WRONG]}
    other = report_with(case, "Z" + CODE[1:])
    assert client.post("/kod/", {"code": "Z" + CODE[1:]}).status_code == 302
    assert other.pk != case.pk
    with time_machine.travel(AT + WITHIN + timedelta(seconds=1), tick=False):
        assert client.post("/kod/", {"code": CODE}).status_code == 302


def report_with(like: Case, code: str) -> Case:
    other = Case.objects.get(pk=like.pk)
    other.pk, other.reference, other.receipt_hash = None, "AVV-2026-0099", hash_of(code)
    act_as("system:tests")
    other.save(force_insert=True)
    Report.objects.create(case=other)
    return other


def test_whoever_holds_no_code_meets_only_the_question(client: Client, case: Case) -> None:
    assert client.get("/kod/").context["form"].heading_field == "code"
    for page in ("answer", "withdraw"):
        assert client.get(f"/kod/{page}/").headers["Location"] == "/kod/"
    kept = client.post("/kod/meddelande/", {"text": "Hej du"})
    assert (kept.status_code, "Hej du" in kept.content.decode()) == (403, True)
    assert (Message.objects.count(), case.version) == (0, 1)


def test_the_dialogue_goes_both_ways(holder: Client, case: Case, town: Town) -> None:
    assert holder.post("/kod/meddelande/", {"text": "En sak till."}).headers["Location"] == "/kod/?klart=1"
    moved(case, "request_more", town.karin, question="När ringde ni?")
    page = holder.get("/kod/")
    assert [(row.from_reporter, row.text) for row in page.context["dialogue"]] == [
        (True, "En sak till."),
        (False, "När ringde ni?"),
    ]
    assert page.context["reads"] == "Vi behöver veta lite mer av dig"
    assert holder.post("/kod/meddelande/", {"text": " "}).context["form"].errors == {
        "text": ["Skriv något i meddelandet."]
    }


def test_a_question_is_answered_as_reporter(holder: Client, case: Case, town: Town) -> None:
    case = moved(case, "request_more", town.karin, question="När ringde ni?")
    answer = holder.post("/kod/answer/", {"text": "Klockan nio.", "version": case.version})
    assert answer.headers["Location"] == "/kod/?klart=1"
    case.refresh_from_db()
    assert (case.state, Message.objects.latest("pk").text) == ("received", "Klockan nio.")
    assert case.events.latest("pk").actor_name == "Anonym"


def test_a_report_may_be_asked_back(holder: Client, case: Case) -> None:
    holder.post("/kod/withdraw/", {"text": "Jag tog fel.", "version": case.version})
    assert case.events.latest("pk").what == "withdraw"


@pytest.mark.parametrize("move", ["assess", "make_improvement", "dismiss", "finns-inte"])
def test_no_other_move_is_there(holder: Client, move: str) -> None:
    assert holder.get(f"/kod/{move}/").status_code == 404
    assert holder.post(f"/kod/{move}/", {"text": "x", "version": 1}).status_code == 404


def test_what_is_typed_is_kept_when_somebody_was_there_first_or_it_cannot_be_done(
    holder: Client, case: Case, town: Town
) -> None:
    seen = case.version
    moved(case, "request_more", town.karin, question="När?")
    stale = holder.post("/kod/withdraw/", {"text": "Jag tog fel.", "version": seen})
    form = stale.context["form"]
    assert form.errors["__all__"] == ["Något hände med rapporten medan du skrev. Det du skrev finns kvar. Skicka igen."]
    assert (form["text"].value(), form["version"].value()) == ("Jag tog fel.", str(seen + 1))
    sent_again = {"text": form["text"].value(), "version": form["version"].value()}
    assert holder.post("/kod/withdraw/", sent_again).headers["Location"] == "/kod/?klart=1"
    case.refresh_from_db()
    moved(case, "answer", following.outsider(case), addition="Nio.")
    case.refresh_from_db()
    refused = holder.post("/kod/answer/", {"text": "Klockan tio.", "version": case.version})
    assert refused.context["form"].errors["__all__"] == ["Ärendet har redan gått vidare."]
    assert refused.context["form"]["text"].value() == "Klockan tio."


def test_the_answer_is_read_when_it_is_closed(holder: Client, case: Case, town: Town) -> None:
    moved(case, "dismiss", town.karin, reason="not_deviation", answer="Det var planerat. Tack ändå.")
    page = holder.get("/kod/")
    assert page.context["reads"] == "Avslutad utan utredning. Så här tänkte vi"
    assert page.content.decode().count("Det var planerat. Tack ändå.") == 1


def test_the_code_follows_the_report_when_it_goes_on_as_another_kind(holder: Client, case: Case, town: Town) -> None:
    holder.post("/kod/meddelande/", {"text": "En sak till."})
    moved(case, "hand_over_lex", town.karin, why="Allvarligt.", done_at_once="Inget.")
    page = holder.get("/kod/")
    assert page.context["case"].kind == "LEX"
    assert page.context["reads"] == "Din rapport är framme hos SAS"
    assert [row.text for row in page.context["dialogue"]] == ["En sak till."]


def test_every_look_is_logged_without_saying_who(holder: Client, case: Case) -> None:
    holder.get("/kod/")
    looks = AuditEntry.objects.filter(action="read").values_list("actor", "reference")
    assert list(looks) == [(f"anonymous:{case.reference}", case.reference)]


def test_the_code_is_in_no_address_session_cookie_or_row(client: Client, case: Case, town: Town) -> None:
    client.force_login(town.amira)
    hers = AuditEntry.objects.filter(actor=town.amira.actor_key).count()
    before = [session.get_decoded() for session in Session.objects.all()]
    answer = client.post("/kod/", {"code": CODE})
    page = client.get("/kod/")
    client.post("/kod/meddelande/", {"text": "Hej"})
    kept = " ".join([answer.headers["Location"], page.content.decode(), *(str(one) for one in client.cookies.values())])
    assert (CODE in kept, spelled(CODE) in kept) == (False, False)
    assert [session.get_decoded() for session in Session.objects.all()] == before
    assert AuditEntry.objects.filter(actor=town.amira.actor_key).count() == hers
    assert (Message.objects.get().author, case.reporter) == (None, None)


def test_the_report_closes_by_hand_and_by_itself(holder: Client) -> None:
    with time_machine.travel(AT + timedelta(minutes=31), tick=False):
        assert "form" in holder.get("/kod/").context
    assert holder.get("/kod/").context["reads"] == "Din rapport är framme, Karin Ek läser den"
    holder.post("/kod/stang/")
    assert "form" in holder.get("/kod/").context


def test_a_forged_cookie_opens_nothing(client: Client, case: Case) -> None:
    client.cookies["kod"] = case.receipt_hash
    assert "form" in client.get("/kod/").context
