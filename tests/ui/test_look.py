"""The tokens and the weight: what can be counted without opening a browser."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
LOOK = (STATIC / "css" / "look.css").read_text()
TEXT = 4.5
EDGE = 3.0


def tokens(theme: str) -> dict[str, str]:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
        for part in re.findall(r":root \{(.*?)\n *\}", LOOK, re.DOTALL)
    )
    return light if theme == "light" else light | dark


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds", "least"),
    [
        ("ink", ("ground", "paper", "action-soft", "soon-soft", "late-soft", "done-soft"), 7.0),
        ("ink-soft", ("ground", "paper", "action-soft"), TEXT),
        ("action", ("ground", "paper", "action-soft", "soon-soft", "late-soft", "done-soft"), TEXT),
        ("action-deep", ("ground", "paper", "action-soft"), TEXT),
        ("action-ink", ("action", "action-deep"), TEXT),
        ("soon", ("ground", "paper", "soon-soft"), TEXT),
        ("late", ("ground", "paper", "late-soft"), TEXT),
        ("done", ("ground", "paper", "done-soft"), TEXT),
        ("edge", ("ground", "paper"), EDGE),
    ],
)
def test_every_ink_can_be_read_on_every_ground_it_stands_on(
    theme: str, ink: str, grounds: tuple[str, ...], least: float
) -> None:
    colours = tokens(theme)
    too_weak = {ground for ground in grounds if contrast(colours[ink], colours[ground]) < least}
    assert too_weak == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_ring_is_seen_on_every_ground(theme: str) -> None:
    colours = tokens(theme)
    grounds = [colours[name] for name in ("ground", "paper", "action-soft")]
    rings = [colours["focus"], colours["focus-edge"]]
    assert [max(contrast(ring, ground) for ring in rings) >= EDGE for ground in grounds] == [True] * 3
    assert contrast(*rings) >= EDGE


def test_only_the_tokens_name_colours() -> None:
    after_tokens = LOOK[LOOK.index("/* Ground */") :]
    rest = after_tokens + "".join((STATIC / "css" / name).read_text() for name in ("parts.css", "forms.css"))
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rest) == []


def compressed(pattern: str) -> int:
    return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in STATIC.glob(pattern))


def test_the_style_sheets_stay_light() -> None:
    assert compressed("css/*.css") <= 12_000


def test_scripts_font_and_styles_leave_room_for_the_page() -> None:
    font = (STATIC / "fonts" / "source-sans-3-latin-wght-normal.woff2").stat().st_size
    assert compressed("css/*.css") + compressed("js/*.js") + compressed("icons/*.svg") + font <= 60_000


def test_the_sheets_ask_for_nothing_but_what_lies_here() -> None:
    addresses = {
        (path.parent / address).resolve()
        for path in STATIC.glob("css/*.css")
        for address in re.findall(r'url\("?([^")]+)"?\)', path.read_text())
    }
    assert addresses == set((STATIC / "fonts").glob("*.woff2"))
