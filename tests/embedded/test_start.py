"""What `make run` says when it cannot start: one sentence each, with the line to type."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from avvikelse.embedded import bootstrap, lock, run, system
from avvikelse.embedded.bootstrap import Halt


def test_a_taken_port(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        with pytest.raises(Halt) as halt:
            run.port()
    assert str(halt.value) == f"Port {number} är upptagen av något annat. Skriv: PORT={number + 1} make run"


@pytest.mark.parametrize("text", ["åtta", "0", "65536", "-1", "8000.0"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Halt) as halt:
        run.port()
    assert str(halt.value) == f"PORT ska vara ett tal mellan 1 och 65535, inte {text}. Skriv: PORT=8001 make run"


def test_a_second_start_beside_the_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lock, "FILE", tmp_path / "run.lock")
    with lock.held():
        assert lock.holder() == os.getpid()
        with pytest.raises(Halt) as halt, lock.held():
            pass
    assert str(halt.value) == "Programmet är redan igång här. Vill du avsluta det, skriv: make stop"
    assert lock.holder() is None


def test_a_stop_of_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lock, "FILE", tmp_path / "run.lock")
    with pytest.raises(Halt) as halt:
        lock.stop()
    assert str(halt.value) == "Inget är igång här. Vill du starta, skriv: make run"


@pytest.mark.parametrize(
    ("packages", "need", "typed"),
    [
        (
            system.PDF_PACKAGES,
            "Det som behövs för att göra dokument (Pango)",
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core",
        ),
        (
            ["chromium"],
            "Webbläsaren som testerna använder (Chromium)",
            "chromium",
        ),
    ],
)
def test_a_missing_system_library_that_may_not_be_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packages: list[str], need: str, typed: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Halt) as halt:
        bootstrap.install(packages, need)
    assert str(halt.value) == f"{need} saknas. Skriv: sudo apt-get install -y --no-install-recommends {typed}"


@pytest.mark.parametrize(("library", "expected"), [("libc.so.6", True), ("libfinnsinte.so.0", False)])
def test_a_library_is_there_when_it_loads(library: str, *, expected: bool) -> None:
    assert system.loads(library) is expected


def test_a_venv_of_another_lock_is_not_ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    assert not bootstrap.is_ready()
    (tmp_path / "stamp").write_text("0" * 64, encoding="ascii")
    assert not bootstrap.is_ready()
    (tmp_path / "stamp").write_text(bootstrap.current(), encoding="ascii")
    assert bootstrap.is_ready()


def test_a_half_made_venv_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    python = venv / "bin" / "python"
    python.symlink_to(sys.executable)
    (venv / "half").touch()
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", str(python))
    bootstrap.make_venv()
    version = subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True, text=True).stdout
    assert (str(venv) in version, (venv / "half").exists()) == (True, False)


def test_a_python_without_venv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "PYTHON", str(tmp_path / "python"))
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Halt) as halt:
        bootstrap.make_venv()
    version = f"python3.{sys.version_info.minor}-venv"
    assert str(halt.value) == (
        f"Pythons modul venv saknas. Skriv: sudo apt-get install -y --no-install-recommends python3-venv {version}"
    )


def test_the_installer_is_installed_by_its_hashes() -> None:
    lines = bootstrap.locked("uv").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 1
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])


def test_an_older_python_is_told_so() -> None:
    program = "import sys; sys.version_info = (3, 10); import bootstrap; bootstrap.main()"
    folder = Path(bootstrap.__file__).parent
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=folder)
    assert (done.returncode, done.stderr) == (
        1,
        "Python är för gammal: 3.11 eller senare behövs. Skriv: make PYTHON=python3.11 run\n",
    )


def test_an_unknown_word_is_answered_with_the_known() -> None:
    command = [sys.executable, "-m", "avvikelse.embedded", "strat"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "Skriv make och ett av orden run, stop, test, nightly, bench.\n")
