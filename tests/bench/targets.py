"""What is to be reached, as ratios to the peers measured in the same run."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.figures import Figures, Load, Results

OURS, HELPDESK, FLOOR, LARGER = "ours", "helpdesk", "floor", "larger"
Ratio = Callable[[Figures, Figures], float]


@dataclass(frozen=True, slots=True)
class Target:
    """A measured number and its bound.

    `by_cpu` is the same ratio of CPU, which other load moves less. `disturbed` says that there was other load when one
    of the two was measured, so that the number is to be doubted.
    """

    what: str
    value: float
    by_cpu: float | None
    bound: float
    at_least: bool
    disturbed: bool = False

    @property
    def reached(self) -> bool:
        """Whether the number keeps to its bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Rule:
    """What is compared: our figures of an operation with a peer's figures of one of its own."""

    what: str
    operation: str
    bound: float
    value: Ratio
    by_cpu: Ratio | None = None
    load: Callable[[Figures], Load] | None = None
    peer: str = OURS
    peer_operation: str = ""
    at_least: bool = False

    def of(self, results: Results) -> Target | None:
        """The target, or None when one of the two was not measured."""
        ours = results.get(OURS, {}).get(self.operation)
        peer = results.get(self.peer, {}).get(self.peer_operation or self.operation)
        if ours is None or peer is None:
            return None
        by_cpu = self.by_cpu(ours, peer) if self.by_cpu else None
        disturbed = self.load is not None and (self.load(ours).disturbed or self.load(peer).disturbed)
        return Target(self.what, self.value(ours, peer), by_cpu, self.bound, self.at_least, disturbed)


def throughput(ours: Figures, peer: Figures) -> float:
    """How many times as many operations a second."""
    return ours.at_once.per_second / peer.at_once.per_second


def thrift(ours: Figures, peer: Figures) -> float:
    """How many times as many operations with the same CPU."""
    return peer.at_once.cpu / ours.at_once.cpu


def latency(ours: Figures, peer: Figures) -> float:
    """How many times as long a typical operation of one user."""
    return ours.alone.p50 / peer.alone.p50


def cost(ours: Figures, peer: Figures) -> float:
    """How many times as much CPU for an operation of one user."""
    return ours.alone.cpu / peer.alone.cpu


def cost_of_request(ours: Figures, peer: Figures) -> float:
    """How many times as much CPU for one request."""
    return ours.cpu_per_request / peer.cpu_per_request


def statements(ours: Figures, _peer: Figures) -> float:
    """SQL statements of one operation."""
    return ours.sql


def alone(one: Figures) -> Load:
    """What latency is taken from."""
    return one.alone


def at_once(one: Figures) -> Load:
    """What throughput is taken from."""
    return one.at_once


def faster_than_helpdesk(operation: str, bound: float) -> Rule:
    """Throughput of the same operation beside django-helpdesk's."""
    what = f"{operation}: operations a second, times django-helpdesk's"
    return Rule(what, operation, bound, throughput, thrift, at_once, HELPDESK, at_least=True)


def near_the_floor(operation: str, bound: float) -> Rule:
    """Median of one user beside the floor's."""
    return Rule(f"{operation}: p50, times the floor's", operation, bound, latency, cost, alone, FLOOR)


def little_sql(operation: str, bound: float) -> Rule:
    """SQL statements of one operation."""
    return Rule(f"{operation}: SQL statements", operation, bound, statements)


def unmoved_by_size(operation: str) -> Rule:
    """Median of one user with more cases beside that with fewer; the peer is ourselves, and both ways turn round."""
    return Rule(
        f"{operation}: p50 with more cases, times that with fewer",
        operation,
        1.5,
        lambda fewer, more: latency(more, fewer),
        lambda fewer, more: cost(more, fewer),
        alone,
        LARGER,
    )


RULES = (
    faster_than_helpdesk("submit", 1),
    Rule(
        "wizard request: CPU, times a request of django-helpdesk's submit",
        "wizard request",
        1,
        cost_of_request,
        load=at_once,
        peer=HELPDESK,
        peer_operation="submit",
    ),
    faster_than_helpdesk("list", 20),
    faster_than_helpdesk("list by state", 10),
    faster_than_helpdesk("case", 2),
    faster_than_helpdesk("update", 2.5),
    faster_than_helpdesk("search", 40),
    near_the_floor("list", 2.5),
    near_the_floor("list by state", 2.5),
    near_the_floor("search", 2.5),
    near_the_floor("case", 3),
    near_the_floor("update", 3),
    near_the_floor("submit", 3),
    little_sql("list", 12),
    little_sql("case", 20),
)
SCALE_RULES = (unmoved_by_size("list"), unmoved_by_size("case"))


def targets(rules: tuple[Rule, ...], results: Results) -> list[Target]:
    """Every target whose figures were measured."""
    return [target for rule in rules if (target := rule.of(results))]
