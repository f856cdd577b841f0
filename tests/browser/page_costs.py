"""What the caller's page costs with a thousand cues: its first paint, a core when it is idle.

    python -m tests.browser.page_costs

Prints figures and judges none: a test that asserts a time fails on a busy machine.
"""

import os
import sys
import time

from playwright.sync_api import CDPSession, Page, sync_playwright
from tests.browser.desk_server import DeskServer
from tests.browser.fake_stagehand import KEY, FakeStagehand

from collavoce.company.people import Person
from collavoce.runtime.clock import LiveClock
from collavoce.show.cues import Cue, Department, Number, Show
from collavoce.show.patch import Patch
from collavoce.show.triggers import ByHand

CUES, NUMBERS = 1000, 10
IDLE_S = 20.0
PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")


def thousand() -> Show:
    """A show of a thousand cues in ten numbers."""
    departments = tuple(Department)

    def number(index: int) -> Number:
        first = index * CUES // NUMBERS
        cues = (
            Cue(str(n), f"What cue {n} does", departments[n % 4], ByHand(), ())
            for n in range(first + 1, first + CUES // NUMBERS + 1)
        )
        return Number(f"n{index}", f"Number {index}", None, None, tuple(cues))

    return Show(
        title="A thousand cues",
        timezone="UTC",
        numbers=tuple(number(index) for index in range(NUMBERS)),
        people={"ada": Person("ada", "Ada", ("caller",))},
        exits={},
        seats={},
        patch=Patch(),
    )


def metrics(session: CDPSession) -> dict[str, float]:
    """What the browser has counted for this page so far, in seconds."""
    told = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in told}


def spent(session: CDPSession, page: Page, seconds: float) -> dict[str, float]:
    """Share of a core of each part during so many seconds, in percent."""
    before, began = metrics(session), time.monotonic()
    page.wait_for_timeout(1000 * seconds)
    after, took = metrics(session), time.monotonic() - began
    return {part: 100 * (after[part] - before[part]) / took for part in PARTS}


def main() -> None:
    """Measure, and print."""
    server = DeskServer(lambda: FakeStagehand(show=thousand(), clock=LiveClock.start()))
    out = sys.stdout.write
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{server.url}/open#{KEY}")
            page.wait_for_selector("body:not([data-loading])")
            server.do(lambda: server.hand.begin("n0"))
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable")
            out(f"load of the machine {os.getloadavg()[0]:.2f}\n")
            for _ in range(3):
                page.goto(server.url)
                page.wait_for_selector("body:not([data-loading])")
                paint = page.evaluate(
                    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
                )
                whole = page.evaluate("performance.getEntriesByName('whole')[0]?.startTime")
                out(f"first contentful paint {paint:.0f} ms, every cue in place {whole:.0f} ms\n")
            page.wait_for_timeout(2000)
            for part, percent in spent(session, page, IDLE_S).items():
                out(f"idle {part} {percent:.2f} % of a core\n")
            browser.close()
    finally:
        server.close()


if __name__ == "__main__":
    main()
