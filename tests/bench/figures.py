"""What the rounds of an operation come to, and how the issue's targets stand to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from tests.bench.measure import FOREIGN_TOLERATED, Measured, Round, percentile

Results = Mapping[str, Mapping[str, "Figures"]]


@dataclass(frozen=True, slots=True)
class Load:
    """All operations of one kind of load: how many, how fast (ms), and the CPU ms that each cost."""

    operations: int
    per_second: float
    p50: float
    p95: float
    app: float
    pg: float
    foreign: float

    @property
    def cpu(self) -> float:
        """CPU ms of program and PostgreSQL together."""
        return self.app + self.pg

    @property
    def disturbed(self) -> bool:
        """Whether unrelated processes took more of the machine than is tolerated."""
        return self.foreign > FOREIGN_TOLERATED


@dataclass(frozen=True, slots=True)
class Figures:
    """One operation on one program: by one user alone, by several at once, and its requests, bytes, SQL."""

    alone: Load
    at_once: Load
    requests: float
    size: float
    sql: float
    sql_ms: float

    @property
    def cpu_per_request(self) -> float:
        """CPU ms of program and PostgreSQL for one request."""
        return self.at_once.cpu / self.requests


def pooled(measured: Measured) -> Figures:
    """One set of figures of several rounds; every operation counts the same.

    Rounds that other processes disturbed are left out when there are rounds that they did not.
    """
    alone, at_once = calm(measured.alone), calm(measured.at_once)
    done = [one for this in alone for one in this.done]
    return Figures(
        alone=load_of(alone),
        at_once=load_of(at_once),
        requests=sum(one.requests for one in done) / len(done),
        size=median(one.size for one in done),
        sql=sum(this.sql for this in alone) / len(done),
        sql_ms=sum(this.sql_ms for this in alone) / len(done),
    )


def calm(rounds: list[Round]) -> list[Round]:
    """The undisturbed rounds; all of them when none was undisturbed."""
    return [this for this in rounds if this.foreign <= FOREIGN_TOLERATED] or rounds


def load_of(rounds: list[Round]) -> Load:
    """The load of all rounds together."""
    times = [one.seconds * 1e3 for this in rounds for one in this.done]
    wall = sum(this.wall for this in rounds)
    return Load(
        operations=len(times),
        per_second=len(times) / wall,
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        app=sum(this.cpu.app for this in rounds) / len(times) * 1e3,
        pg=sum(this.cpu.pg for this in rounds) / len(times) * 1e3,
        foreign=sum(this.cpu.foreign for this in rounds) / wall,
    )
