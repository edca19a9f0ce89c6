"""Take the README's pictures anew, from the practice municipality that `make run` serves.

    .venv/bin/python -m tests.browser.pictures

Another address than the usual may follow. Nothing is written in the municipality.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "bilder"
PHONE = ViewportSize(width=390, height=900)
SHARPNESS = 2
COLOURS = 200
"""Enough for pages of few colours, and a third of the bytes."""
TOLD = (
    "Morgonbesöket klockan åtta blev inte av. Schemat hade ändrats kvällen innan, och ändringen syntes inte i mobilen. "
    "Hon fick ingen frukost förrän klockan tio."
)


def rapportera(page: Page) -> None:
    """Amira tells what happened. What she types is not saved."""
    enter(page, "Amira Haddad")
    page.route("**/spara/", lambda route: route.fulfill(status=204))
    page.goto(f"/rapportera/{uuid4()}/vad-hande/")
    page.get_by_label("Vad hände?").fill(TOLD)
    page.get_by_text("Sparat kl. ").wait_for()


def start(page: Page) -> None:
    """Karin sees what waits for her."""
    enter(page, "Karin Ek")


def arende(page: Page) -> None:
    """The newest case that Karin follows up."""
    enter(page, "Karin Ek")
    page.goto("/arenden/?slag=AVV&lage=following_up")
    page.locator("tbody a").first.click()


def svar(page: Page) -> None:
    """The newest answer that Amira has got to a deviation."""
    enter(page, "Amira Haddad")
    page.goto("/mina-rapporter/")
    answered = page.locator("main li", has_text="Klart. Så här blev det.").filter(has_text="AVV-")
    answered.get_by_role("link").first.click()


STOPS: tuple[Callable[[Page], None], ...] = (rapportera, start, arende, svar)


def enter(page: Page, name: str) -> None:
    page.goto("/demo/")
    page.get_by_role("button", name=f"Logga in som {name}").click()
    page.get_by_role("heading", level=1, name=name.split(maxsplit=1)[0]).wait_for()


def main(address: str) -> None:
    """Take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for stop in STOPS:
            context = browser.new_context(base_url=address, viewport=PHONE, device_scale_factor=SHARPNESS)
            page = context.new_page()
            stop(page)
            page.wait_for_load_state()
            picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{stop.__name__}.png", optimize=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
