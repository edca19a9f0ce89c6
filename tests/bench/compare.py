"""Measuring programs in turn, in rounds, so that a machine whose speed drifts favours none of them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.bench.figures import Figures, pooled
from tests.bench.measure import Measured, Measurer, Pace, Program, percentile
from tests.bench.processes import machine_speed_ms
from tests.bench.scenario import BenchError

SLOW_SECONDS = 1.0


@dataclass(slots=True)
class Comparison:
    """What has been measured so far, by program and operation; how fast the machine was; and what failed."""

    measured: dict[str, dict[str, Measured]]
    speed_ms: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def results(self) -> dict[str, dict[str, Figures]]:
        """The figures of everything measured."""
        return {
            key: {name: pooled(one) for name, one in operations.items() if one.alone and one.at_once}
            for key, operations in self.measured.items()
        }


def compare(
    programs: list[Program], pace: Pace, *, only: list[str], end: float, say: Callable[[str], None]
) -> Comparison:
    """Measure every operation on every program that has it.

    One that fails is told and left out. Rounds after the first are left out once `end` (monotonic seconds) has
    passed, and for operations that take over a second.
    """
    comparison = Comparison({program.key: {} for program in programs})
    measurers = [Measurer(program, pace) for program in programs]
    for number in range(pace.rounds):
        for measurer, name in turns(measurers, only):
            so_far = comparison.measured[measurer.program.key].setdefault(name, Measured())
            if number and (time.monotonic() > end or is_done(so_far)):
                continue
            comparison.speed_ms.append(machine_speed_ms())
            try:
                measurer.measure(measurer.program.scenario.operations[name], so_far)
            except BenchError as error:
                comparison.failed.append(f"{measurer.program.key}, {name}: {error}")
                say(f"FAILED {comparison.failed[-1]}")
            else:
                say(line(number + 1, measurer.program.key, name, pooled(so_far)))
    if not comparison.speed_ms:
        raise BenchError(f"There is no operation {', '.join(only)}.")
    return comparison


def turns(measurers: list[Measurer], only: list[str]) -> Iterator[tuple[Measurer, str]]:
    """Each operation, and within it each program that has it."""
    for name in dict.fromkeys(name for one in measurers for name in one.program.scenario.operations):
        for measurer in measurers:
            if name in measurer.program.scenario.operations and (not only or name in only):
                yield measurer, name


def is_done(measured: Measured) -> bool:
    """Whether an operation failed, or is so slow that one round says enough."""
    if not (measured.alone and measured.at_once):
        return True
    return percentile([one.seconds for one in measured.alone[0].done], 0.5) > SLOW_SECONDS


def line(number: int, program: str, operation: str, one: Figures) -> str:
    """What a round gave, in one line for the terminal."""
    return (
        f"{number} {program:9} {operation:15} alone {one.alone.p50:7.1f} ms "
        f"| at once {one.at_once.per_second:7.1f}/s | cpu {one.at_once.app:6.1f} + "
        f"{one.at_once.pg:6.1f} ms | sql {one.sql:5.1f} | foreign {one.alone.foreign:.2f} {one.at_once.foreign:.2f}"
    )
