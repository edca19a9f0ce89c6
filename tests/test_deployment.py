"""docker-compose.yml and Dockerfile name only what exists, hold no secret, and start the settings."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from django.core.management import get_commands

from avvikelse.embedded.places import BIN, ROOT
from tests.starting import start

COMPOSE = cast("dict[str, Any]", yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
SERVICES = cast("dict[str, dict[str, Any]]", COMPOSE["services"])
OURS = sorted(name for name, service in SERVICES.items() if service.get("build") == ".")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
ANSWERS = {
    "ALLOWED_HOSTS": "avvikelse.ekhamn.example",
    "MUNICIPALITY": "Ekhamns kommun",
    "EMAIL_HOST": "mail.ekhamn.example",
    "EMAIL_FROM": "avvikelse@ekhamn.example",
}


def dockerfile(word: str) -> list[str]:
    """Return what follows an instruction, once for each time it is used."""
    return [line.removeprefix(word).strip() for line in DOCKERFILE if line.startswith(f"{word} ")]


def commands() -> list[str]:
    """Return every command line the program's own containers run."""
    lists = [service["command"] for service in SERVICES.values() if service.get("build") and "command" in service]
    lists += [json.loads(line) for line in dockerfile("CMD")]
    whole = [words[2] if words[:2] == ["sh", "-c"] else " ".join(words) for words in lists]
    return [part.strip() for line in whole for part in line.split("&&")]


def asked_for(value: str) -> str:
    """Return a value as compose would, with the answers of one who fills in .env."""
    return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda match: ANSWERS[match[1]], value)


def test_the_program_is_web_worker_beat_and_a_migration_that_runs_once() -> None:
    assert (OURS, sorted(set(SERVICES) - set(OURS))) == (["beat", "migrate", "web", "worker"], ["postgres", "redis"])


@pytest.mark.parametrize("line", commands())
def test_every_command_exists(line: str) -> None:
    program, *words = line.split()
    if program == "python":
        assert (words[0], words[1] in get_commands()) == ("manage.py", True)
    elif program == "celery":
        assert (words[0], hasattr(import_module(words[1]), "celery_app")) == ("-A", True)
        assert words[2] in {"worker", "beat"}
    else:
        assert (program, hasattr(import_module(words[0]), "application")) == ("gunicorn", True)
    assert program == "python" or (BIN / program).exists()


def test_every_copied_file_exists() -> None:
    sources = [line.split()[0] for line in dockerfile("COPY") if not line.startswith("--from")]
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_installs_only_what_the_hashed_lock_says() -> None:
    installs = [line for line in dockerfile("RUN") if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes --requirement requirements-production.lock" in installs[0]


def test_the_image_does_not_run_as_root() -> None:
    assert dockerfile("USER") == ["avvikelse"]


def test_production_gets_the_versions_that_are_tested() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==\S+", text, flags=re.MULTILINE))

    assert pins("requirements-production.lock") - pins("requirements.lock") == set()


def test_every_secret_comes_from_a_file_of_its_own() -> None:
    for service in SERVICES.values():
        secret = {
            name: value
            for name, value in service.get("environment", {}).items()
            if re.search("SECRET|PASSWORD|TOKEN", name)
        }
        assert all(name.endswith("_FILE") for name in secret)
        named = {Path(value).name for value in secret.values()}
        assert named <= set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert {entry["file"] for entry in COMPOSE["secrets"].values()} == {
        f"secrets/{name}" for name in COMPOSE["secrets"]
    }


def test_no_address_carries_a_password() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"://[^/\s@]*:[^/\s@]*@", text) == []


@pytest.mark.parametrize("name", OURS)
def test_the_environment_starts_the_settings(name: str, tmp_path: Path) -> None:
    environment = {key: asked_for(value) for key, value in SERVICES[name]["environment"].items()}
    for key, value in environment.items():
        if key.endswith("_FILE"):
            file = tmp_path / Path(value).name
            file.write_text("x" * 50, encoding="ascii")
            environment[key] = str(file)
    aliases = ["default", "owner"] if name == "migrate" else ["default"]
    show = "print(settings.MODE, settings.MUNICIPALITY, sorted(settings.DATABASES))"
    environment["DATA_DIR"] = str(tmp_path)
    assert start(environment, show) == f"production Ekhamns kommun {aliases}"


def test_only_the_migration_knows_the_owner_of_the_tables() -> None:
    assert [name for name in OURS if "owner_password" in SERVICES[name]["secrets"]] == ["migrate"]


def test_every_volume_and_dependency_is_declared() -> None:
    for service in SERVICES.values():
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert named <= set(COMPOSE["volumes"])
        assert set(service.get("depends_on", {})) <= set(SERVICES)
