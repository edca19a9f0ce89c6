"""Measure the floor, django-helpdesk and this program on one PostgreSQL, and write docs/bench.md.

usage: python -m tests.bench [--quick] [--only list,search] [--programs floor,ours]
       python -m tests.bench --scale 1000000
"""

import argparse
import signal
import sys
from types import FrameType

from avvikelse.embedded.bootstrap import Halt
from avvikelse.embedded.places import ROOT
from tests.bench.measure import Pace
from tests.bench.page import whole_page
from tests.bench.runs import PROGRAMS, Options, at_scale, side_by_side
from tests.bench.scenario import BenchError
from tests.bench.servers import Folder

FULL = Pace(rounds=3, seconds=4, tries=2, patience=6)
QUICK = Pace(rounds=1, seconds=2, tries=1, patience=3)
# Seconds of measuring after which no further round is begun, and after which the whole run is given up.
FULL_LIMITS = (16 * 60, 25 * 60)
QUICK_LIMITS = (4 * 60, 8 * 60)
SCALE_LIMITS = (10 * 60, 45 * 60)
PAGE = ROOT / "docs/bench.md"


def main() -> int:
    """Read the options and run; 1 when the measurement could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true", help="one short round; the page is shown, not written")
    parser.add_argument("--only", default="", help="operations, separated by commas; likewise")
    parser.add_argument("--programs", default=",".join(PROGRAMS), help="programs, separated by commas; likewise")
    parser.add_argument("--scale", type=int, default=0, help="this program alone: so many cases beside 100,000")
    given = parser.parse_args()
    if unknown := set(given.programs.split(",")) - set(PROGRAMS):
        parser.error(f"there is no program {', '.join(unknown)}")
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGALRM, end)
    try:
        return run(given)
    except (BenchError, Halt) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def run(given: argparse.Namespace) -> int:
    """One whole run: measure, show, and write what was measured in full; 1 when something failed."""
    seconds, limit = SCALE_LIMITS if given.scale else QUICK_LIMITS if given.quick else FULL_LIMITS
    signal.alarm(limit)
    folder = Folder(ROOT / ".data/bench")
    options = Options(
        folder=folder,
        pace=QUICK if given.quick else FULL,
        only=[name for name in given.only.split(",") if name],
        programs=given.programs.split(","),
        seconds=seconds,
        say=say,
    )
    outcome = at_scale(options, given.scale) if given.scale else side_by_side(options)
    say(outcome.text)
    if outcome.failed:
        sys.stderr.write("\n".join(["Failed, so the page is not written:", *outcome.failed, ""]))
        return 1
    if not (given.quick or given.only or options.programs != list(PROGRAMS)):
        write(folder, "2-scale" if given.scale else "1-side-by-side", outcome.text)
    return 0


def write(folder: Folder, name: str, text: str) -> None:
    """Keep this part, and write the page of all parts kept."""
    parts = folder.root / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    (parts / f"{name}.md").write_text(text, encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    kept = sorted(parts.glob("*.md"))
    PAGE.write_text(whole_page(one.read_text(encoding="utf-8") for one in kept), encoding="utf-8")


def end(number: int, _frame: FrameType | None) -> None:
    """Give up in order, so that what was started is stopped."""
    raise SystemExit("It took too long." if number == signal.SIGALRM else "Stopped.")


def say(text: str) -> None:
    """Tell whoever waits what is going on."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
