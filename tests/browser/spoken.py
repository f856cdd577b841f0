"""A page as a screen reader says it, and the transcripts of it that were read and approved.

The reader is Guidepup's virtual one, served to the page under an address of its own; it reads by
the specifications (ACCNAME, Core-AAM, ARIA), not by the habits of one product. A transcript is
compared with its file; `COLLAVOCE_TRANSCRIPTS=write` writes the files anew, to be read again.
"""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

READER = (
    Path(__file__).parent
    / "reader/node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
)
TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = os.environ.get("COLLAVOCE_TRANSCRIPTS") == "write"

PHRASES_MAX = 600
SAID_BY_NOBODY = {"paragraph", "end of paragraph", "list", "end of list"}
"""Roles that readers pass over in silence, or that say nothing of their own here."""

TRIES, TRY_MS = 150, 100

_START = """async () => {
  window.virtual ??= (await import("/care/reader.js")).virtual;
  await virtual.start({ container: document.body });
}"""
_WALK = """async ([where, most]) => {
  await virtual.stop();
  // The reader does not know that what is folded away in a <details> is not read.
  const folded = [...document.querySelectorAll("details:not([open]) > :not(summary)")];
  for (const part of folded) part.setAttribute("aria-hidden", "true");
  const container = document.querySelector(where);
  await virtual.start({ container });
  const first = await virtual.lastSpokenPhrase();
  for (let i = 0; i < most; i += 1) {
    await virtual.next();
    if ((await virtual.lastSpokenPhrase()) === `end of ${first}`) break;
  }
  const said = await virtual.spokenPhraseLog();
  for (const part of folded) part.removeAttribute("aria-hidden");
  await virtual.stop();
  await virtual.start({ container: document.body });
  await new Promise((done) => setTimeout(done, 50));
  window.readerAt = 0;
  return said.filter((phrase) => !/^(assertive|polite): /.test(phrase));
}"""
_HEADINGS = """async (most) => {
  await virtual.stop();
  await virtual.start({ container: document.body });
  const said = [];
  for (let i = 0; i < most; i += 1) {
    await virtual.perform(virtual.commands.moveToNextHeading);
    const phrase = await virtual.lastSpokenPhrase();
    if (said[0] === phrase) break;
    said.push(phrase);
  }
  window.readerAt = (await virtual.spokenPhraseLog()).length;
  return said;
}"""
_TAKE = """async () => {
  // Nothing is cleared: what is said in that moment would be lost.
  const said = (await virtual.spokenPhraseLog()).slice(window.readerAt ?? 0);
  window.readerAt = (window.readerAt ?? 0) + said.length;
  return said.filter((phrase) => /^(assertive|polite): ./.test(phrase));
}"""
_TIMES = re.compile(r"\b\d+ (s|min)\b(?= (ago|more))|\b\d+:\d\d(:\d\d)?\b")


class Spoken:
    """The reader on one page, and what of it goes into a transcript."""

    def __init__(self, page: Page, name: str) -> None:
        assert READER.exists(), "run `npm ci --prefix tests/browser/reader`"
        self._page = page
        self._file = TRANSCRIPTS / f"{name}.txt"
        self._lines: list[str] = []
        page.route("**/care/reader.js", _serve)
        self.start()

    def start(self) -> None:
        """Begin to listen; also after the page was loaded anew."""
        self._page.evaluate(_START)

    def step(self, what: str) -> None:
        """Head what follows in the transcript."""
        self._lines += ["", f"# {what}"] if self._lines else [f"# {what}"]

    def walk(self, where: str = "body") -> list[str]:
        """Everything that part of the page says from its first to its last word."""
        phrases = self._said(self._page.evaluate(_WALK, [where, PHRASES_MAX]))
        assert phrases[-1] == f"end of {phrases[0]}", phrases[-3:]
        return self._written(phrases)

    def headings(self) -> list[str]:
        """What somebody hears who goes from heading to heading, as they do on a page they know."""
        return self._written(self._said(self._page.evaluate(_HEADINGS, PHRASES_MAX)))

    def hears(self, words: str) -> list[str]:
        """Wait until something with `words` is said by itself; all that was since the last look."""
        heard: list[str] = []
        for _ in range(TRIES):
            heard += self._page.evaluate(_TAKE)
            if any(words in phrase for phrase in heard):
                return self._written(self._said(heard))
            self._page.wait_for_timeout(TRY_MS)
        raise AssertionError(f"not heard: {words}; but: {heard}")

    def comes_to(self, words: str) -> list[str]:
        """Wait until the focus is on `words`: whatever reads the page reads them by that."""
        expect(self._page.locator(":focus")).to_have_text(words)
        return self._written([f"focus: {words}"])

    def is_approved(self) -> None:
        """Compare with the approved transcript."""
        text = "\n".join(self._lines) + "\n"
        if WRITE:
            TRANSCRIPTS.mkdir(exist_ok=True)
            self._file.write_text(text, encoding="utf-8")
        assert self._file.exists(), f"no approved transcript {self._file.name}"
        assert text == self._file.read_text(encoding="utf-8"), self._file.name

    def _written(self, phrases: list[str]) -> list[str]:
        self._lines += phrases
        return phrases

    def _said(self, phrases: list[Any]) -> list[str]:
        """The phrases, with every passing of time as N: it is another on each run."""
        return [
            _TIMES.sub(lambda found: re.sub(r"\d+", "N", found[0]), phrase)
            for phrase in phrases
            if phrase not in SAID_BY_NOBODY
        ]


def _serve(route: Route) -> None:
    route.fulfill(path=READER, content_type="text/javascript")
