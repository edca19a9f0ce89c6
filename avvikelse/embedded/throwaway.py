"""A database cluster for one run of the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from avvikelse.embedded import places
from avvikelse.embedded.postgres import Cluster

PREFIX = "test-"


def own_name(suffix: str = "") -> str:
    """Return the name of this process's throw-away cluster, or of another of its own with a suffix."""
    return f"{PREFIX}{os.getpid()}{suffix and '-'}{suffix}"


@contextmanager
def throwaway(name: str) -> Iterator[Cluster]:
    """Run a cluster that leaves nothing behind. What killed runs left behind goes too."""
    remove_leftovers()
    try:
        with Cluster(name, careless=True) as cluster:
            yield cluster
    finally:
        shutil.rmtree(places.DATA / name, ignore_errors=True)


def remove_leftovers() -> None:
    """Remove the clusters of runs that were killed before they could."""
    for folder in (places.DATA, places.home(PREFIX).parent):
        for left in folder.glob(f"{PREFIX}*"):
            if not Path("/proc", left.name.split("-")[1]).exists():
                shutil.rmtree(left, ignore_errors=True)
                shutil.rmtree(places.sockets(left.name), ignore_errors=True)
                (places.LOGS / f"{left.name}.log").unlink(missing_ok=True)
