"""Doing many independent things in several processes, each with a database connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context

from django.db import connection, connections

TICK_SECONDS = 0.3


def without_waiting_for_the_disk() -> None:
    """A demo that is lost in a power cut is loaded anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def do_all(acts: Sequence[Callable[[], None]], *, processes: int, tell_done: Callable[[int], None]) -> None:
    """Do every act, in `processes` processes or, with one, here. RuntimeError if a process fails."""
    if processes == 1:
        for number, act in enumerate(acts, start=1):
            act()
            tell_done(number)
        return
    context = get_context("fork")
    done = context.Value("i", 0)

    def share(number: int) -> None:
        without_waiting_for_the_disk()
        for act in acts[number::processes]:
            act()
            with done.get_lock():
                done.value += 1
        connections.close_all()

    connections.close_all()  # a connection must not be shared with a child
    workers = [context.Process(target=share, args=(number,)) for number in range(processes)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        tell_done(done.value)
        time.sleep(TICK_SECONDS)
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a process that filled the practice municipality failed")
    tell_done(done.value)
