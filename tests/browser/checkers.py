"""Two opinions on a page's accessibility: axe, and HTML_CodeSniffer, the engine of pa11y.

HTML_CodeSniffer is put into the page that is tested already: pa11y would start a browser of its
own, by another driver, on a page without its cookies and its state.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SNIFFER = Path(__file__).parent / "reader/node_modules/html_codesniffer/build/HTMLCS.js"

OPTIONS = {
    "resultTypes": ["violations", "incomplete"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
"""Contrast 7:1 as well as 4.5:1; targets of 24 px; of what is well no list is brought here."""

_AXE = """(options) => axe.run(options)
  .then(({ violations, incomplete }) => ({ violations, incomplete }))"""

_SNIFF = """() => new Promise((done) => {
  HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages()
      .filter((message) => message.type === HTMLCS.ERROR)
      .map(({ code, msg, element }) => `${code}: ${msg} ${element.outerHTML?.slice(0, 160)}`)
  ));
})"""


def axe_finds(page: Page) -> list[str]:
    """What axe objects to, and what it leaves for eyes to decide."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    report: dict[str, Any] = page.evaluate(_AXE, OPTIONS)
    return [
        f"{kind}: {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for kind in ("violations", "incomplete")
        for rule in report[kind]
        for node in rule["nodes"]
    ]


def sniffer_finds(page: Page) -> list[str]:
    """What HTML_CodeSniffer calls an error by WCAG 2 AA."""
    assert SNIFFER.exists(), "run `npm ci --prefix tests/browser/reader`"
    if not page.evaluate("'HTMLCS' in window"):
        page.evaluate(SNIFFER.read_text(encoding="utf-8"))
    return page.evaluate(_SNIFF)
