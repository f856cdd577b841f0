"""Seeing what a page did, however slow the hand or the eye that drives it.

A driver on a busy machine may press seconds later than it meant to and look when it is over. So
what passes is written down by the page itself, and a page's time can be made to stand.
"""

from playwright.sync_api import Page

PATIENCE_S = 15.0
LOOK_MS = 50
AHEAD_S = 0.25
"""A page's time is stopped a little ahead of where it is: it cannot be turned back."""

_LISTEN = """(node, attribute) => {
  const say = () => (attribute ? node.getAttribute(attribute) : node.textContent) ?? "";
  const heard = (window.overheard ??= []);
  const words = [say()];
  heard.push(words);
  new MutationObserver(() => words.at(-1) === say() || words.push(say())).observe(node, {
    attributes: true, characterData: true, childList: true, subtree: true,
  });
  return heard.length - 1;
}"""


class Overheard:
    """Everything that one place of a page says from now on, or one attribute of it."""

    def __init__(self, page: Page, selector: str, attribute: str = "") -> None:
        self._page = page
        self._at: int = page.locator(selector).evaluate(_LISTEN, attribute)

    def words(self) -> list[str]:
        """What it said, in order, beginning with what it said at the start."""
        return self._page.evaluate("at => window.overheard[at]", self._at)

    def among(self, words: str) -> bool:
        """Whether something it said contains `words`."""
        return any(words in said for said in self.words())


def stop_time(page: Page) -> None:
    """Let the timers and the clock of `page` stand; its stream goes on. Needs `clock.install`."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + AHEAD_S)


def pass_time(page: Page, seconds: float) -> None:
    """Let `seconds` pass on a page whose time stands."""
    page.clock.run_for(round(seconds * 1000))


def go_on(page: Page) -> None:
    """Let the time of `page` run again."""
    page.clock.resume()


def until(page: Page, script: str, wanted: object) -> None:
    """Wait until `script` says `wanted`, which may take it a promise.

    The driver's own way to wait puts `eval` into the page, which our pages forbid.
    """
    left = PATIENCE_S * 1000
    while (said := page.evaluate(script)) != wanted:
        assert left > 0, f"{said!r}, not {wanted!r}: {script}"
        page.wait_for_timeout(LOOK_MS)
        left -= LOOK_MS
