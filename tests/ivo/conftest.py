"""The pages' fixtures, and a folder of its own for files."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.desk import desk, town

__all__ = ["desk", "town"]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
