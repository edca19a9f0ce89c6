"""The two kinds of run: all programs side by side, and this program with few and with many cases."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench.cases import make_cases
from tests.bench.compare import Comparison, compare
from tests.bench.load_ours import database_name, ours
from tests.bench.measure import Pace, Program
from tests.bench.page import About, Column, part
from tests.bench.peers import floor, helpdesk, program
from tests.bench.postgres import Server, running
from tests.bench.processes import machine_in_words
from tests.bench.servers import Folder, WebServer
from tests.bench.targets import LARGER, OURS, RULES, SCALE_RULES, Rule, targets

CASES = 100_000
SetUp = Callable[[Server, Folder, int], AbstractContextManager[WebServer]]
PROGRAMS: dict[str, SetUp] = {"floor": floor, "helpdesk": helpdesk, OURS: ours}


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made: where, how, what (everything when `only` is empty), and who is told of it.

    No round is begun when `seconds` have been measured.
    """

    folder: Folder
    pace: Pace
    only: list[str]
    programs: list[str]
    seconds: float
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The part of the page that a run gave, and what failed in it."""

    text: str
    failed: list[str]


def side_by_side(options: Options) -> Outcome:
    """Measure the programs in turn."""
    with ExitStack() as stack:
        server = stack.enter_context(running("bench/postgres"))
        programs = [start(options, key, CASES, server, stack) for key in options.programs]
        comparison = measure(options, programs)
        data = f"{CASES:,} cases, two comments each."
        return report(f"{CASES:,} cases", data, options, server, programs, comparison, RULES)


def at_scale(options: Options, cases: int) -> Outcome:
    """Measure this program with the usual number of cases and with `cases`."""
    with ExitStack() as stack:
        server = stack.enter_context(running("bench/postgres"))
        usual = named(start(options, OURS, CASES, server, stack), OURS, CASES)
        larger = named(start(options, OURS, cases, server, stack), LARGER, cases)
        wanted = replace(options, only=options.only or ["list", "case"])
        comparison = measure(wanted, [usual, larger])
        title, data = f"{cases:,} cases beside {CASES:,}", "The same program on two databases."
        return report(title, data, options, server, [usual, larger], comparison, SCALE_RULES)


def start(options: Options, key: str, cases: int, server: Server, stack: ExitStack) -> Program:
    """Set one program up with so many cases and start it; `stack` ends it."""
    began = time.monotonic()
    make_cases(options.folder.data(cases), cases)
    web = stack.enter_context(PROGRAMS[key](server, options.folder, cases))
    options.say(f"{key}: {cases:,} cases loaded and up after {time.monotonic() - began:.0f} s")
    return program(key, web, server, options.folder.data(cases), database_name(cases) if key == OURS else key)


def named(one: Program, key: str, cases: int) -> Program:
    """The same program under a key and a name that tell how many cases it has."""
    return replace(one, key=key, scenario=replace(one.scenario, name=f"{one.scenario.name}, {cases:,}"))


def measure(options: Options, programs: list[Program]) -> Comparison:
    """Measure what the options ask for."""
    end = time.monotonic() + options.seconds
    return compare(programs, options.pace, only=options.only, end=end, say=options.say)


def report(
    title: str,
    data: str,
    options: Options,
    server: Server,
    programs: list[Program],
    comparison: Comparison,
    rules: tuple[Rule, ...],
) -> Outcome:
    """What a comparison gave."""
    results, pace = comparison.results(), options.pace
    about = About(
        day=datetime.now(tz=UTC).date().isoformat(),
        machine=machine_in_words(),
        software=f"PostgreSQL {server.version()}, Django {version('Django')}, gunicorn {version('gunicorn')}",
        data=data,
        pace=f"Rounds: {pace.rounds}, {pace.seconds:g} seconds per measurement, the programs in turn.",
        speed_ms=comparison.speed_ms,
    )
    columns = [column(one) for one in programs]
    text = part(title, about, columns, results, targets(rules, results))
    return Outcome(text, comparison.failed)


def column(one: Program) -> Column:
    """A program as a column of the tables."""
    scenario = one.scenario
    notes = {name: operation.note for name, operation in scenario.operations.items() if operation.note}
    return Column(one.key, scenario.name, scenario.note, one.meter.memory_mb(), notes)
