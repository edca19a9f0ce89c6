"""Measuring one operation on one program: by one user alone, and by several at once.

Alone: latency, SQL statements and bytes. At once: operations a second and latency. In both: the CPU seconds
that the program and PostgreSQL spent, which do not depend on what the client itself costs. A measurement
begins when the machine is quiet, and is done again when unrelated processes took more than a little of a core.
"""

import math
import multiprocessing as mp
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from queue import Empty
from threading import BrokenBarrierError

from tests.bench.processes import CpuTimes, Meter, wait_quiet
from tests.bench.scenario import BenchError, Operation, Scenario, Values
from tests.bench.user import Done, Seat, User

FOREIGN_TOLERATED = 0.10
QUIET_CORES = 0.15
WARM_UPS = 3
SLOW_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is measured, and how long is waited for a quiet machine."""

    rounds: int
    seconds: float
    users: int = 4
    fewest_alone: int = 5
    fewest_each: int = 2
    tries: int = 2
    patience: float = 6.0


@dataclass(frozen=True, slots=True)
class Statements:
    """SQL statements of one database since the counting began: how many, and their milliseconds."""

    count: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Program:
    """A running program that is measured."""

    key: str
    scenario: Scenario
    base: str
    meter: Meter
    statements: Callable[[], Statements]


@dataclass(frozen=True, slots=True)
class Round:
    """What one measurement gave: the operations, the CPU used and the seconds it lasted."""

    done: list[Done]
    cpu: CpuTimes
    wall: float
    sql: float = 0.0
    sql_ms: float = 0.0

    @property
    def foreign(self) -> float:
        """Cores that unrelated processes used."""
        return self.cpu.foreign / self.wall


@dataclass(slots=True)
class Measured:
    """All rounds of one operation on one program."""

    alone: list[Round] = field(default_factory=list)
    at_once: list[Round] = field(default_factory=list)


class Measurer:
    """Measures one program; its users log in once, before the first measurement."""

    def __init__(self, program: Program, pace: Pace) -> None:
        self.program, self.pace, self.seeds = program, pace, 0
        self.seats = [self.user(Seat(number, {})).log_in() for number in range(1, pace.users + 1)]

    def user(self, seat: Seat) -> User:
        """A user on a seat, with choices of its own."""
        self.seeds += 1
        return User(self.program.scenario, self.program.base, seat, self.seeds)

    def measure(self, operation: Operation, into: Measured) -> None:
        """One round more: alone, then at once."""
        alone = self.quietest(lambda: self.alone(operation))
        into.alone.append(alone)
        typical = percentile([done.seconds for done in alone.done], 0.5)
        into.at_once.append(self.quietest(lambda: self.at_once(operation, typical)))

    def quietest(self, what: Callable[[], Round]) -> Round:
        """Measure again while others took too much of the machine; the round that was disturbed least."""
        best: Round | None = None
        for _ in range(self.pace.tries):
            wait_quiet(self.program.meter, cores=QUIET_CORES, patience=self.pace.patience)
            this = what()
            best = this if best is None or this.foreign < best.foreign else best
            if best.foreign <= FOREIGN_TOLERATED:
                break
        if best is None:
            msg = "tries must be at least 1"
            raise BenchError(msg)
        return best

    def alone(self, operation: Operation) -> Round:
        """One user, for the seconds of the pace and at least its fewest operations."""
        user = self.user(self.seats[0])
        typical = warm_up(user, operation)
        values = prepared(user, operation, self.pace, typical)
        sql, before, began = self.program.statements(), self.program.meter.read(), time.monotonic()
        done = repeat(user, operation, values, self.pace.seconds, self.pace.fewest_alone)
        wall, cpu = time.monotonic() - began, self.program.meter.read().since(before)
        after = self.program.statements()
        return Round(done, cpu, wall, after.count - sql.count, after.milliseconds - sql.milliseconds)

    def at_once(self, operation: Operation, typical: float) -> Round:
        """Several users, each in a process of its own: the client's interpreter lock limits nothing."""
        gate = mp.Barrier(len(self.seats) + 1)
        results: Queue[list[Done] | str] = mp.Queue()
        users = [self.user(seat) for seat in self.seats]
        processes = [
            mp.Process(target=visit, args=(user, operation, self.pace, typical, gate, results), daemon=True)
            for user in users
        ]
        for process in processes:
            process.start()
        try:
            gate.wait(timeout=120)
        except BrokenBarrierError:
            raise BenchError(str(received(results))) from None
        before, began = self.program.meter.read(), time.monotonic()
        lists = [received(results) for _ in processes]
        wall, cpu = time.monotonic() - began, self.program.meter.read().since(before)
        for process in processes:
            process.join()
        if failed := [text for text in lists if isinstance(text, str)]:
            raise BenchError(failed[0])
        return Round([done for one in lists if not isinstance(one, str) for done in one], cpu, wall)


def received(results: "Queue[list[Done] | str]") -> list[Done] | str:
    """What one of several users sends when it is done."""
    try:
        return results.get(timeout=120)
    except Empty:
        raise BenchError("A user's process ended without a word, or took over two minutes.") from None


def warm_up(user: User, operation: Operation) -> float:
    """A few operations that are not counted; the seconds that the last one took."""
    began = time.monotonic()
    while True:
        done = user.do(operation, user.prepare(operation))
        if user.made >= WARM_UPS or time.monotonic() - began > SLOW_SECONDS:
            return done.seconds


def prepared(user: User, operation: Operation, pace: Pace, typical: float) -> list[Values]:
    """The untimed steps of as many operations as can be done in the time; none when an operation has none."""
    if not operation.prepare:
        return []
    count = max(pace.fewest_alone, math.ceil(1.5 * pace.seconds / typical))
    return [user.prepare(operation) for _ in range(count)]


def repeat(user: User, operation: Operation, values: list[Values], seconds: float, fewest: int) -> list[Done]:
    """Do the operation so many seconds and at least so many times, or until all that was prepared is used."""
    got: list[Done] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(got) < fewest:
        if operation.prepare and not values:
            break
        got.append(user.do(operation, values.pop() if values else user.prepare(operation)))
    return got


def visit(
    user: User,
    operation: Operation,
    pace: Pace,
    typical: float,
    gate: Barrier,
    results: "Queue[list[Done] | str]",
) -> None:
    """What the process of one of several users does; sends its operations, or the text of an error."""
    try:
        if typical < SLOW_SECONDS:
            user.do(operation, user.prepare(operation))
        values = prepared(user, operation, pace, typical)
        gate.wait(timeout=120)
        results.put(repeat(user, operation, values, pace.seconds, pace.fewest_each))
    except Exception as error:  # noqa: BLE001  whatever it is, the parent shall tell it and stop
        results.put(str(error) or repr(error))
        gate.abort()


def percentile(numbers: list[float], share: float) -> float:
    """The number below which `share` of the numbers lie."""
    ranked = sorted(numbers)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]
