"""`make test` and `make nightly`: the checks in order, with a PostgreSQL of their own, until one fails."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

from avvikelse.embedded import places, system
from avvikelse.embedded.bootstrap import Halt
from avvikelse.embedded.postgres import OWNER_ROLE, WEB_ROLE, Cluster
from avvikelse.embedded.throwaway import own_name, throwaway

PYTHON = places.BIN / "python"

# What the program meets in production, so that Django's deployment check judges the settings used there.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "avvikelse.settings",
    "MODE": "production",
    "DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": "only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "avvikelse.example",
    "MUNICIPALITY": "Ekhamns kommun",
    "EMAIL_FROM": "avvikelse@ekhamn.example",
    "BROKER_URL": "redis://broker.example/0",
}


@dataclass(frozen=True)
class Step:
    """One check: what it is called and the command that ends with 0 when all is well."""

    name: str
    command: tuple[object, ...]
    environment: dict[str, str] = field(default_factory=dict)


def steps(*, nightly: bool) -> Iterator[Step]:
    manage = (PYTHON, "manage.py")
    workers = str(min(4, os.cpu_count() or 1))
    yield Step("format", (places.BIN / "ruff", "format", "--check", "."))
    yield Step("lint", (places.BIN / "ruff", "check", "."))
    yield Step("types", (places.BIN / "mypy",))
    yield Step("import stairs", (places.BIN / "lint-imports",))
    yield Step("migrations", (*manage, "makemigrations", "--check", "--dry-run"))
    yield Step("deployment", (*manage, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION)
    if nightly:
        yield Step("known holes", (places.BIN / "pip-audit", "-r", "requirements.lock", "--disable-pip"))
    pytest = (PYTHON, "-m", "pytest", "-n", workers)
    if nightly:
        yield Step("all tests", (*pytest, "-m", ""), {"HYPOTHESIS_PROFILE": "nightly"})
    else:
        yield Step("tests", pytest)


def environment(cluster: Cluster) -> dict[str, str]:
    """Return the environment of every step: the caller's, and where this run's database and files are."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "avvikelse.settings_test",
        "DATABASE_URL": cluster.url(WEB_ROLE),
        "OWNER_DATABASE_URL": cluster.url(OWNER_ROLE),
        "DATA_DIR": str(places.DATA / cluster.name),
    }


def check(*, nightly: bool = False) -> None:
    """Run the steps in order; halt at the first that fails."""
    system.ensure_pdf_libraries()
    system.ensure_browser()
    with throwaway(own_name()) as cluster:
        for step in steps(nightly=nightly):
            print(f"== {step.name}", flush=True)
            command = [str(part) for part in step.command]
            done = subprocess.run(command, check=False, env={**environment(cluster), **step.environment})
            if done.returncode != 0:
                raise Halt(f"{step.name}: gick inte igenom, se ovan.")
