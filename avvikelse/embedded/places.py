"""Where things lie. Pure path arithmetic: nothing here touches the disk."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / ".data"
LOGS = DATA / "log"
BIN = ROOT / ".venv" / "bin"

# PostgreSQL refuses to run as root, and the user it runs as instead may not see the checkout.
SYSTEM = Path("/var/lib/avvikelse")
SYSTEM_USER = "avvikelse"

SOCKET_LIMIT = 107  # bytes in sun_path on Linux, without the closing zero
SOCKET_NAME = ".s.PGSQL.5432"


def is_root() -> bool:
    return os.geteuid() == 0


def checkout() -> str:
    """Return a short name that differs between checkouts and stays the same for one."""
    return hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]


def home(name: str) -> Path:
    """Return the folder of one database cluster: in .data/, or as root where its system user can reach it."""
    return SYSTEM / checkout() / name if is_root() else DATA / name


def sockets(name: str) -> Path:
    """Return the folder of the cluster's sockets, short enough for the limit of unix sockets."""
    near = home(name) / "sockets"
    if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_LIMIT:
        return near
    return Path(tempfile.gettempdir()) / f"avvikelse-{os.geteuid()}-{checkout()}-{name}"


def url(name: str, role: str, database: str = "avvikelse") -> str:
    """Return the address of a database in the cluster as one of its roles."""
    return f"postgresql://{role}@/{database}?host={sockets(name)}"
