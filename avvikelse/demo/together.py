"""Doing many independent things in several processes, each with a database connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import TypeAlias

from django.db import connection, connections

Counter: TypeAlias = "Synchronized[int]"
TICK_SECONDS = 0.3


def without_waiting_for_the_disk() -> None:
    """A demo that is lost in a power cut is loaded anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def do_all(acts: Sequence[Callable[[], None]], *, processes: int, tell_done: Callable[[int], None]) -> None:
    """Do every act, in `processes` processes or, with one, here. RuntimeError if a process fails.

    Whichever process is free takes the next act: put the longest first.
    """
    if processes == 1:
        for number, act in enumerate(acts, start=1):
            act()
            tell_done(number)
        return
    context = get_context("fork")
    done, taken = context.Value("i", 0), context.Value("i", 0)
    connections.close_all()  # a connection must not be shared with a child
    workers = [context.Process(target=work, args=(acts, taken, done)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        tell_done(done.value)
        time.sleep(TICK_SECONDS)
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a process that filled the practice municipality failed")
    tell_done(done.value)


def work(acts: Sequence[Callable[[], None]], taken: Counter, done: Counter) -> None:
    """Do the acts that no other process has taken."""
    without_waiting_for_the_disk()
    while (number := next_of(taken)) < len(acts):
        acts[number]()
        next_of(done)
    connections.close_all()


def next_of(counter: Counter) -> int:
    """What the counter says before it goes on by one."""
    with counter.get_lock():
        counter.value += 1
        return counter.value - 1
