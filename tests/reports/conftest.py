"""The pages of this room are tested at the desks of the small municipality."""

from tests.desk import desk, town

__all__ = ["desk", "town"]
