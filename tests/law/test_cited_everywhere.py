"""No page, template or document cites a law that the table does not hold as read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.db import transaction
from django.test import Client
from django.urls import reverse

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.kinds import Kind, PartRole, Sort, State
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.law import table
from avvikelse.lex_sarah.reporting import write_reporting
from avvikelse.ui.period import Period
from tests.addresses import NOBODY, TABLE, Place, place_in, sitting
from tests.desk import TAGS, Desk
from tests.inquiries.stages import GRAVE, decided
from tests.ivo import matters
from tests.people import DAY, Town, assessed, moved, report
from tests.stages import acting, investigated, with_cause

CITES = re.compile(r"\b\d+\s*kap\b|\d+(?: [a-z])? §|\bfs \d{4}:\d+|\(\d{4}:\d+\)|\bS?O?SFS\b", re.IGNORECASE)
"""A chapter, a paragraph, or the number of an act. The nämnd's own "§ 45" has its sign first and is none."""
READ = sorted({row.text for row in table() if row.verified}, key=lambda text: (-len(text), text))
UNREAD = sorted({row.text for row in table() if not row.verified})
SOURCES = sorted({row.source for row in table()}, key=lambda text: (-len(text), text))
READERS = ("amira", "karin", "jonas", "sanna", "maja", "sixten", "rut", NOBODY)
"""Between them they read every page there is."""


def cited_by_hand(text: str, allowed: list[str]) -> list[str]:
    """What is cited in the text and not found in the table, with a little of what stands around it."""
    plain = " ".join(unescape(TAGS.sub(" ", text)).split())
    for each in allowed:
        plain = plain.replace(each, "")
    return [plain[max(0, found.start() - 30) : found.end() + 30] for found in CITES.finditer(plain)]


def text_of(client: Client, path: str) -> str:
    """What a page says; nothing of what is no page. Whatever came of the look is undone."""
    with transaction.atomic():
        answer: Any = client.get(path)
        for close in answer._resource_closers if answer.streaming else ():
            close()
        said = answer.content.decode() if is_page(answer) else ""
        transaction.set_rollback(True)
    return str(said)


def is_page(answer: Any) -> bool:
    return bool(answer.status_code == 200 and answer["Content-Type"].startswith("text/html"))


@pytest.fixture
def place(town: Town, desk: Desk, settings: Any, tmp_path: Path) -> Place:  # noqa: ARG001 (the clock stands at the desk)
    settings.MEDIA_ROOT = tmp_path
    return place_in(town)


@pytest.mark.parametrize(
    "said",
    [
        "27 kap. 5 §",
        "24 a § LSS",
        "enligt 5 kap.",
        "lagen (2018:1937)",
        "SFS 2025:400",
        "SOSFS 2011:5",
        "HSLF-FS 2016:40",
        *sorted(UNREAD),
    ],
)
def test_what_is_cited_by_hand_is_found(said: str) -> None:
    assert cited_by_hand(f"<p>Enligt {said}</p>", READ)


@pytest.mark.parametrize("said", [*READ, "Paragraf § 45", "Klockan 12.30", "kunskap.", "fem kapitel", "AVV-2026-0001"])
def test_what_the_table_holds_is_not_taken_for_cited_by_hand(said: str) -> None:
    assert cited_by_hand(f"<p>Enligt {said}.</p>", READ) == []


# --- Pages


def read_pages(place: Place, name: str) -> Iterator[str]:
    desk, row = Desk(place.town), TABLE[name]
    path = reverse(name, args=row.arguments(place))
    for who in READERS:
        if row.read[who] == 200:
            yield text_of(Client() if who == NOBODY else desk(who), path)


@pytest.mark.parametrize("name", TABLE)
def test_a_page_cites_only_what_the_table_holds_as_read(place: Place, name: str) -> None:
    allowed = [*SOURCES, *READ] if name == "paragraphs" else READ
    assert [found for text in read_pages(place, name) for found in cited_by_hand(text, allowed)] == []


SEALED = (
    pytest.param(Kind.LEX, {}, "sanna", id="LEX"),
    pytest.param(Kind.LEX, {"sort": Sort.INFORMED}, "sanna", id="LEX-informed"),
    pytest.param(Kind.VSK, {}, "maja", id="VSK"),
    *(
        pytest.param(Kind.IVO, {"sort": sort}, "maja" if sort == Sort.NOTICE_LEX_MARIA else "sanna", id=f"IVO-{sort}")
        for sort in (Sort.NOTICE_LEX_SARAH, Sort.NOTICE_LEX_MARIA, Sort.NOTICE_MUNICIPALITY, Sort.SUPERVISION)
    ),
)


@pytest.mark.parametrize(("kind", "facts", "who"), SEALED)
def test_every_state_and_every_move_of_a_sealed_kind_cites_only_the_table(
    desk: Desk, kind: Kind, facts: dict[str, Any], who: str
) -> None:
    """The state is set by hand, so that every page is met."""
    case = report(desk.town, kind=kind, facts=facts) if kind != Kind.IVO else opened(desk.town, facts)
    for name, role in (("jonas", PartRole.INVESTIGATOR), ("vera", PartRole.DECIDER)):
        case.parts.create(person=desk.town.people[name], role=role, valid_from=DAY)
    states = [place.state for place in workflow_of(kind).places if not place.sorts or case.sort in place.sorts]
    texts = [text for state in states for text in pages_in(desk, case, state, who)]
    assert len([text for text in texts if text]) > len(states)
    assert [found for text in texts for found in cited_by_hand(text, READ)] == []


def opened(town: Town, facts: dict[str, Any]) -> Case:
    return report(town, kind=Kind.IVO, reporter=None, facts=facts)


def pages_in(desk: Desk, case: Case, state: State, who: str) -> Iterator[str]:
    Case.objects.filter(pk=case.pk).update(state=state, handler=desk.town.jonas)
    yield text_of(desk(who), f"/arenden/{case.reference}/")
    for move in workflow_of(case.kind).moves_from(state):
        for name in (who, "jonas", "vera"):
            yield text_of(desk(name), f"/arenden/{case.reference}/{move.name}/")


# --- Templates and documents


def templates() -> list[Path]:
    return sorted(path for path in Path(program.BASE_DIR, "templates").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", templates(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_template_cites_by_hand(path: Path) -> None:
    assert cited_by_hand(path.read_text(encoding="utf-8"), []) == []


def sources() -> list[Path]:
    """What the program says in Swedish: its code and tables, but for the table of law itself."""
    roots = [Path(program.BASE_DIR, name) for name in ("avvikelse", "reports")]
    found = [path for root in roots for path in root.rglob("*") if path.suffix in {".py", ".toml"}]
    return sorted(path for path in found if "law" not in path.parts)


def test_no_code_cites_by_hand_but_in_what_explains_it() -> None:
    strings = re.compile(r'"""(?:.|\n)*?"""|#[^\n]*')
    cited = {path.name: cited_by_hand(strings.sub("", path.read_text(encoding="utf-8")), []) for path in sources()}
    assert {name: found for name, found in cited.items() if found} == {}


def test_every_document_cites_only_what_the_table_holds_as_read(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    acting(town)
    for kind in (Kind.LEX, Kind.VSK):
        decided(town, kind, GRAVE[kind])
    asked = matters.asked(town, matters.ordered(town))
    reply = {"request": str(asked.requests.get().pk), "answer": "Här är schemat."}
    answered = moved(asked, "answer", town.sanna, **matters.sent(town, **reply))
    demand = answered.ivo_decisions.get().demands.order_by("pk")[0]
    moved(answered, "remedy", town.sanna, **matters.sent(town, demand=str(demand.pk), what_was_done="Gjort."))
    matters.with_ivo(town, Kind.VSK)
    write_reporting(sitting(town.sanna), Period(DAY, DAY))
    taken = list(Document.objects.all())
    assert {document.sort for document in taken} == set(Document.Sort.values)
    assert {str(document): found for document in taken if (found := in_content(document.content))} == {}


def in_content(content: object) -> list[str]:
    """What is cited by hand in the texts of a content, however deep."""
    if isinstance(content, dict):
        return [found for value in content.values() for found in in_content(value)]
    if isinstance(content, list):
        return [found for value in content for found in in_content(value)]
    return cited_by_hand(str(content), READ)


UNDER_HSL = {"sol_severity": 0, "sol_likelihood": 0, "hsl_severity": 2, "hsl_likelihood": 2}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Kan omfattas av sekretess enligt 26 kap. 1 § offentlighets- och sekretesslagen (2009:400)"),
        (UNDER_HSL, "Kan omfattas av sekretess"),
    ],
)
def test_an_avvikelse_names_the_law_of_secrecy_only_under_a_lagrum_that_is_read(
    town: Town, facts: dict[str, Any], said: str
) -> None:
    case = investigated(town, assessed(town, report(town), **facts))
    with_cause(town, case)
    moved(case, "conclude", town.jonas)
    assert Document.objects.get(reference=case.reference).content["confidentiality"] == said
