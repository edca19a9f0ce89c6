"""One person at a browser of her own: what she does and what she must see. What is not there fails the test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Response, expect

from avvikelse.embedded import places
from avvikelse.organisation.models import Person

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PASSWORD = "sommar-regn-42"
SCREENSHOTS = places.DATA / "screenshots"
SERVER_FAULT = 500
PATIENCE = 10_000
"""Milliseconds until what should be there is missed, on a machine that is busy with other tests."""
expect.set_options(timeout=PATIENCE)
NEW_EVERY_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|data-session-seconds="\d+"')


@dataclass
class Walker:
    """`faults` are errors in scripts, what the content policy stopped, and answers in which the server gave up."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("response", self._receive)

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _receive(self, response: Response) -> None:
        if response.status >= SERVER_FAULT:
            self.faults.append(f"{response.status} {response.url}")

    # --- What she does

    def logs_in(self, person: Person) -> None:
        self.goes_to("/konto/login/")
        self.writes("E-post", person.email)
        self.writes("Lösenord", PASSWORD)
        self.presses("Logga in")
        self.stands_at("/")

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def picks(self, label: str, *, about: str = "") -> None:
        """Choose a radio or a box by its label; `about` is the question where several have the same answers."""
        place = self.page.get_by_role("group", name=about) if about else self.page.locator("main")
        place.get_by_label(label).first.check()

    def picks_in_list(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        """Follow the first link whose name begins so, in the page and not in its menu."""
        self.page.locator("main").get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()

    def opens(self, summary: str) -> None:
        """Unfold what is folded."""
        self.page.locator("summary", has_text=summary).click()

    # --- What she must see

    def stands_at(self, path: str) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(self.site) + path + "(#.*)?$"))

    def meets(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text, use_inner_text=True)

    def does_not_see(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def the_text_of(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def everything_on(self, path: str) -> tuple[int, str]:
        """The status and the whole page, apart from the token and the seconds that are new every time."""
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None
        return answer.status, NEW_EVERY_TIME.sub("", answer.text())

    # --- What is left of the visit

    def takes_picture(self, name: str) -> Path:
        """Leave the whole page as a picture among the screenshots."""
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True, animations="disabled")
        return path

    def takes_picture_at_desk(self, name: str) -> None:
        """The same page on a wide screen."""
        before = self.page.viewport_size
        assert before is not None
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.takes_picture(name)
        self.page.set_viewport_size(before)
