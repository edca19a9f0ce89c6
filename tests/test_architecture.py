"""The habits of the house that no tool checks for us."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for top in ("avvikelse", "reports", "tests") for path in ROOT.glob(f"{top}/**/*.py"))
SOURCES = [path for path in SOURCES if "migrations" not in path.parts]
VIEWS = [path for path in SOURCES if path.name.endswith("views.py")]
LONGEST_FILE, LONGEST_FUNCTION = 400, 30


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", VIEWS, ids=short)
def test_views_ask_through_the_viewer(path: Path) -> None:
    """A view never reaches for a table itself."""
    found = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert found == []


def test_no_file_is_longer_than_one_can_keep_in_mind() -> None:
    files = [*SOURCES, *ROOT.glob("templates/**/*.html"), *ROOT.glob("static/css/*.css"), *ROOT.glob("static/js/*.js")]
    assert [short(path) for path in files if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_function_is_longer_than_a_look() -> None:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION:
                    found.append(f"{short(path)}:{node.lineno} {node.name}")
    assert found == []


def test_nothing_listens_to_signals() -> None:
    found = [
        short(path) for path in SOURCES if path.is_relative_to(ROOT / "avvikelse") and "@receiver" in path.read_text()
    ]
    assert found == []


def test_templates_hold_no_script_and_no_style() -> None:
    """The content security policy allows neither."""
    pages = [path for path in ROOT.glob("templates/**/*.html") if "pdf" not in path.parts]
    found = [short(path) for path in pages if " style=" in path.read_text() or " onclick=" in path.read_text()]
    assert found == []
