"""A lex Sarah case, a vårdskada and an underrättelse in the browser: the way through, and every page fit for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.lex_sarah import informed
from tests.browser.axe import axe_finds, spills_over, too_small
from tests.browser.walker import DESK, Walker
from tests.inquiries.stages import (
    GRAVE,
    assessing,
    closed,
    decided,
    following_up,
    proposed,
    working,
)
from tests.people import AT, DAY, Town, report

pytestmark = pytest.mark.browser

MOVES = {
    "received": ("register",),
    "assessing": ("begin", "settle", "reappoint"),
    "proposed": ("record_decision",),
    "following_up": ("close",),
    "closed": ("reopen",),
}


def test_sas_receives_a_report_and_gives_it_to_an_investigator(visitor: Callable[..., Walker], town: Town) -> None:
    with transaction.atomic():
        case = report(town, kind=Kind.LEX)
    sanna = visitor()
    sanna.logs_in(town.sanna)
    sanna.goes_to(f"/arenden/{case.reference}/")
    sanna.follows("Ta emot")
    sanna.sees("27 kap. 5 § socialtjänstlagen (2025:400)")
    sanna.picks("Muntligt")
    sanna.picks("SoL")
    sanna.picks("Brister i utförandet av insatser")
    sanna.writes("Vad har gjorts genast för att skydda den enskilda?", "Extra tillsyn.")
    sanna.writes("Nämndens ordförande fick veta", DAY.isoformat())
    sanna.writes("Förvaltningschefen fick veta", DAY.isoformat())
    sanna.presses("Ta emot")
    sanna.follows("Börja utredningen")
    sanna.picks_in_list("Utredare", "Jonas Berg, gruppledare")
    sanna.picks("Nej", about="Har hon eller han jäv?")
    sanna.picks_in_list("Beslutsfattare", "David Nyman, förvaltningschef")
    sanna.presses("Börja utredningen")
    sanna.sees("Jonas Berg utreder. David Nyman beslutar")


def cases(town: Town, kind: Kind) -> dict[str, Case]:
    with transaction.atomic():
        return {
            "received": report(town, kind=kind),
            "assessing": assessing(town, kind),
            "working": working(town, kind),
            "proposed": proposed(town, kind, decider=None),
            "decided": decided(town, kind, GRAVE[kind]),
            "following_up": following_up(town, kind),
            "closed": closed(town, kind),
        }


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])
def test_every_state_is_fit_for_everybody(visitor: Callable[..., Walker], town: Town, kind: Kind, width: str) -> None:
    walker = visitor(**({"viewport": DESK, "is_mobile": False} if width == "desk" else {}))
    walker.logs_in(town.sanna if kind == Kind.LEX else town.maja)
    found = {}
    for state, case in cases(town, kind).items():
        for part in ("", *(f"{move}/" for move in MOVES.get(state, ()))):
            walker.goes_to(f"/arenden/{case.reference}/{part}")
            name = f"{kind}-{state}-{part.strip('/') or 'page'}-{width}"
            found[name] = [*axe_finds(walker.page), *spills_over(walker.page), *too_small(walker.page)]
            walker.takes_picture(name)
    assert found == {name: [] for name in found}


def told_by_provider(town: Town) -> tuple[str, Case]:
    """The secret of a link, and the case of what came by another."""
    with transaction.atomic():
        facts: dict[str, Any] = {"provider": "Vård AB", "contact": "bo@vard.example", "actor": town.sanna, "at": AT}
        secret, used = informed.make_link(town.solglantan, **facts), informed.make_link(town.solglantan, **facts)
        link = informed.link_behind(used, DAY)
        answers: dict[str, Any] = {"what_happened": "Fel medicin.", "affected": "one", "occurred_on": DAY}
        more = {"done_at_once": "", "contact": "Bo Lind", "grade": "", "ivo": "no", "ivo_number": "", "key": uuid4()}
        return secret, informed.take_in(informed.Source("Vård AB", town.solglantan, link), {**answers, **more}, at=AT)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_pages_of_underrattelser_are_fit_for_everybody(
    visitor: Callable[..., Walker], town: Town, width: str
) -> None:
    secret, case = told_by_provider(town)
    walker = visitor(**({"viewport": DESK, "is_mobile": False} if width == "desk" else {}))
    walker.logs_in(town.sanna)
    found = {}
    addresses = {
        "links": "/lex-sarah/underrattelser/",
        "new": "/lex-sarah/underrattelser/ny/",
        "link": "/lex-sarah/underrattelser/lank/",
        "case": f"/arenden/{case.reference}/",
        "follow": f"/arenden/{case.reference}/begin_following/",
        "complete": f"/arenden/{case.reference}/complete/",
        "tell": f"/underrattelse/{secret}/",
        "dead": "/underrattelse/hittepa/",
    }
    for name, address in addresses.items():
        walker.goes_to(address)
        found[name] = [*axe_finds(walker.page), *spills_over(walker.page), *too_small(walker.page)]
        walker.takes_picture(f"underrattelse-{name}-{width}")
    assert found == {name: [] for name in found}
