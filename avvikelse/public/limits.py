"""Guessing codes is made slow: not by address, since a whole workplace shares one, but by what is guessed."""

import hashlib
from datetime import timedelta

from django.core.cache import cache

PREFIX = 4
TRIES = 10
WITHIN = timedelta(minutes=15)


def key_of(code: str) -> str:
    """What tries are counted under: the beginning of the code, so that no cache ever holds a whole one."""
    return f"code-tries:{hashlib.sha256(code[:PREFIX].upper().encode()).hexdigest()}"


def may_try(code: str) -> bool:
    return int(cache.get(key_of(code), 0)) < TRIES


def count_miss(code: str) -> None:
    cache.set(key_of(code), int(cache.get(key_of(code), 0)) + 1, WITHIN.total_seconds())
