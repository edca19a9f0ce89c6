"""The pages' fixtures."""

from tests.desk import desk, town

__all__ = ["desk", "town"]
