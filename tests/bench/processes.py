"""What processes cost: CPU seconds and memory of whole process trees, read from /proc (Linux only)."""

import os
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


class Process(NamedTuple):
    """One row of /proc/PID/stat: the parent, the ticks of the process and of the children it has reaped."""

    parent: int
    ticks: int


class CpuTimes(NamedTuple):
    """CPU seconds since the processes began: the program, PostgreSQL, this client, and the whole machine."""

    app: float
    pg: float
    client: float
    machine: float

    def since(self, before: "CpuTimes") -> "CpuTimes":
        """The seconds used between `before` and this reading."""
        return CpuTimes(*(now - then for now, then in zip(self, before, strict=True)))

    @property
    def foreign(self) -> float:
        """CPU seconds used by processes that have no part in the measurement."""
        return max(0.0, self.machine - self.app - self.pg - self.client)


@dataclass(frozen=True, slots=True)
class Meter:
    """Reads the CPU times of a program (`app`, its master process) and of PostgreSQL (`pg`)."""

    app: int
    pg: int

    def read(self) -> CpuTimes:
        """The CPU times just now."""
        table = process_table()
        return CpuTimes(
            app=tree_cpu(self.app, table),
            pg=tree_cpu(self.pg, table),
            client=tree_cpu(os.getpid(), table, without=(self.app, self.pg)),
            machine=machine_cpu(),
        )

    def memory_mb(self) -> int | None:
        """Proportional memory (Pss) of the program's processes in MB; None when it may not be read."""
        table = process_table()
        try:
            return round(sum(pss_kb(pid) for pid in tree(self.app, table)) / 1024)
        except OSError:
            return None


def process_table() -> dict[int, Process]:
    """Every process of the machine, by its id."""
    table = {}
    for name in os.listdir(PROC):  # noqa: PTH208  read often, and Path.iterdir takes twice as long
        if not name.isdigit():
            continue
        try:
            text = (PROC / name / "stat").read_text()
        except OSError:  # it ended while the table was read
            continue
        fields = text.rpartition(")")[2].split()
        table[int(name)] = Process(int(fields[1]), sum(int(fields[i]) for i in range(11, 15)))
    return table


def tree(root: int, table: dict[int, Process], without: tuple[int, ...] = ()) -> list[int]:
    """The ids of a process and its living descendants, leaving out the trees that begin at `without`."""
    children: dict[int, list[int]] = {}
    for pid, process in table.items():
        children.setdefault(process.parent, []).append(pid)
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        if pid not in table or pid in without:
            continue
        found.append(pid)
        todo += children.get(pid, [])
    return found


def tree_cpu(root: int, table: dict[int, Process], without: tuple[int, ...] = ()) -> float:
    """CPU seconds of a process tree, with everything its processes have reaped."""
    return sum(table[pid].ticks for pid in tree(root, table, without)) / TICKS_PER_SECOND


def machine_cpu() -> float:
    """CPU seconds of the whole machine, all cores, idle and waiting time left out."""
    first_line = (PROC / "stat").read_text().split("\n", 1)[0]
    ticks = [int(field) for field in first_line.split()[1:]]
    idle, waiting = ticks[3], ticks[4]
    return (sum(ticks[:8]) - idle - waiting) / TICKS_PER_SECOND


def pss_kb(pid: int) -> int:
    """Proportional set size of one process in kB."""
    found = re.search(r"^Pss: +(\d+)", (PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def wait_quiet(meter: Meter, *, cores: float, patience: float) -> float:
    """Wait until less than `cores` of a core is used, at most `patience` seconds; the seconds waited."""
    began = time.monotonic()
    while True:
        before, since = meter.read(), time.monotonic()
        time.sleep(0.5)
        used = meter.read().since(before).machine / (time.monotonic() - since)
        waited = time.monotonic() - began
        if used < cores or waited >= patience:
            return waited


def machine_speed_ms() -> float:
    """Milliseconds for a fixed computation: virtual machines change their speed by the second."""
    took = []
    for _ in range(20):
        began, filled = time.perf_counter(), {}
        for i in range(50_000):
            filled[i & 1023] = str(i)
        took.append((time.perf_counter() - began) * 1e3)
    return statistics.mean(took)


def machine_in_words() -> str:
    """Cores and memory of this machine, without its name."""
    memory_kb = re.search(r"^MemTotal: +(\d+)", (PROC / "meminfo").read_text(), re.MULTILINE)
    gigabytes = round(int(memory_kb[1]) / 1024**2) if memory_kb else 0
    return f"{os.cpu_count()} cores, {gigabytes} GB memory"
