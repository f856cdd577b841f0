"""A real care process and people with real browsers on it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from tests.process.care_house import CareProcess, care_process

PATIENCE_MS = 15_000
PHONE: ViewportSize = {"width": 390, "height": 844}


class Phones:
    """The browsers of an evening; errors: what any page of theirs complained about."""

    def __init__(self, chromium: Browser, care: CareProcess) -> None:
        self.care = care
        self.errors: list[str] = []
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []

    def stranger(self) -> Page:
        """A phone that is not paired."""
        page = self._tab()
        page.goto(f"{self.care.url}/care/")
        return page

    def of(self, person: str) -> Page:
        """A phone that scanned the code of `person`."""
        page = self._tab()
        page.goto(self.care.pairing(person)["url"])
        expect(page.locator("#link")).to_have_text("connected")
        if person in self.care.latest:
            self.care.admit(person)
            expect(page.locator("#this-phone")).to_be_visible()
            expect(page.locator("#link")).to_have_text("connected")
        return page

    def waiting(self, person: str) -> Page:
        """A phone that scanned the code of `person`, who has one already."""
        page = self._tab()
        page.goto(self.care.pairing(person)["url"])
        expect(page.locator("[data-number]")).to_be_visible()
        expect(page.locator("#link")).to_have_text("connected")
        return page

    def trusting(self, owner: Page, *trusted: Page) -> None:
        """`owner` enters Mira, then Ben; whoever of them has a phone here agrees."""
        owner.locator("#people > summary").click()
        for name in ("Mira Ortiz", "Ben Adler")[: len(trusted)]:
            owner.locator("#add").select_option(label=name)
            owner.locator("#ask").click()
            expect(owner.locator("#circle")).to_contain_text(name)
        for page in trusted:
            page.get_by_role("button", name="Yes", exact=True).click()
        expect(owner.locator("#circle [data-shape='✓']")).to_have_count(len(trusted))
        owner.locator("#people > summary").click()

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _tab(self) -> Page:
        context = self._chromium.new_context(viewport=PHONE, has_touch=True)
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = context.new_page()
        page.clock.install()  # so that a test can let a page's time stand
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        return page


@contextmanager
def phones(chromium: Browser, root: Path, **config: Any) -> Generator[Phones]:
    """A care process in `root` and phones for it; no page of theirs may complain."""
    with care_process(root, **{"emergency": "119", **config}) as care:
        them = Phones(chromium, care)
        try:
            yield them
            assert them.errors == []
        finally:
            them.close()


def says(page: Page, words: str) -> None:
    """Wait until the press says `words`."""
    expect(page.locator("#press-says")).to_have_text(words, timeout=PATIENCE_MS)
