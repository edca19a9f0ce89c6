"""Makes .venv from the hashed lock and hands over to it. Only the standard library: it runs before .venv."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "lock.sha256"
OLDEST = (3, 11)


class Halt(Exception):
    """Stops the command with one sentence that says what is wrong and what to type."""


def install(packages: Sequence[str], need: str) -> None:
    """Install Debian packages where this user may; otherwise halt with the line to type.

    Args:
        packages: names for apt-get.
        need: what is missing, as the subject of "… saknas".
    """
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = privilege()
    if prefix is None or shutil.which("apt-get") is None:
        raise Halt(f"{need} saknas. Skriv: sudo {' '.join(line)}")
    sys.stdout.write(f"{need} saknas, installerar {' '.join(packages)} …\n")
    sys.stdout.flush()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (line, ["apt-get", "update"], line):
        done = subprocess.run([*prefix, *command], check=False, env=environment, capture_output=True)
        if done.returncode == 0 and command is line:
            return
    raise Halt(f"{need} saknas och gick inte att installera. Skriv: sudo {' '.join(line)}")


def privilege() -> list[str] | None:
    """Return what to put before a command that needs root: nothing, sudo, or None when neither works."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def current() -> str:
    """Return what .venv depends on as one hash: the lock and the Python that made it."""
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def is_ready() -> bool:
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == current() and Path(PYTHON).exists()


def is_venv() -> bool:
    """Tell whether .venv's Python has pip and installs into .venv, which a half-made one's may not."""
    question = f"import sys, pip; sys.exit(sys.prefix != {str(VENV)!r})"
    return (
        Path(PYTHON).exists()
        and subprocess.run([PYTHON, "-c", question], check=False, capture_output=True).returncode == 0
    )


def make_venv() -> None:
    """Make .venv, unless an earlier start got that far."""
    if is_venv():
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install(["python3-venv", f"python{version}-venv"], "Pythons modul venv")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


def locked(name: str) -> str:
    """Return one package's part of the lock: its pin and hashes."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = next(number for number in range(first, len(lines)) if not lines[number].endswith("\\"))
    return "\n".join(lines[first : last + 1])


def fill_venv() -> None:
    """Install exactly what the lock says, each file checked against its hash, and last leave the stamp."""
    STAMP.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as uv:
        uv.write(locked("uv"))
        uv.flush()
        pip = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            uv.name,
        ]
        subprocess.run(pip, check=True)
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    sync = [str(VENV / "bin" / "uv"), "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", str(LOCK)]
    subprocess.run(sync, check=True, env=environment)
    STAMP.write_text(current(), encoding="ascii")


def ensure_writable() -> None:
    """Halt when an earlier start as somebody else left what this user may not change."""
    for folder in (ROOT, VENV, ROOT / ".data"):
        if folder.exists() and not os.access(folder, os.W_OK):
            raise Halt(f"Du får inte skriva i {folder}. Skriv: sudo chown -R $(id -u) {ROOT}")


def ensure_venv() -> None:
    """Leave a .venv that is what the lock says. Costs a few milliseconds when it already is."""
    if sys.version_info < OLDEST:
        raise Halt("Python är för gammal: 3.11 eller senare behövs. Skriv: make PYTHON=python3.11 run")
    if is_ready():
        return
    sys.stdout.write("Hämtar det programmet består av till .venv …\n")
    sys.stdout.flush()
    try:
        make_venv()
        fill_venv()
    except subprocess.CalledProcessError as error:
        raise Halt("Det gick inte att göra .venv, se ovan. Kontrollera nätet och skriv samma rad igen.") from error


def main() -> None:
    os.chdir(ROOT)
    try:
        ensure_writable()
        ensure_venv()
    except Halt as halt:
        sys.exit(str(halt))
    except KeyboardInterrupt:
        sys.exit(130)
    os.execv(PYTHON, [PYTHON, "-m", "avvikelse.embedded", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
