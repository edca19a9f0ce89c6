"""The receipt code: the key of one who reported without an account or a name.

It is made in the browser's keeping before the report is sent, so that sending twice gives the same code, and the
database only ever holds its hash.
"""

import hashlib
import secrets
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Five bits a sign; without I, L, O and U, which are read as others."""
LENGTH = 28
"""140 bits."""
GROUP = 4
READ_AS = str.maketrans("ILO", "110")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spelled(code: str) -> str:
    """The code in groups of four, as it is shown."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code that was meant: any case, any spacing, signs that look alike. Empty when it cannot be one."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(READ_AS)
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def hash_of(code: str) -> str:
    """What is stored of the code."""
    return hashlib.sha256(code.encode()).hexdigest()


def submission_key(code: str) -> UUID:
    """What makes a report without a person come in once. Says nothing about the code, the draft or its writer."""
    return UUID(bytes=hashlib.sha256(f"submission {code}".encode()).digest()[:16])
