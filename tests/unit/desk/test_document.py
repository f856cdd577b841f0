"""docs/desk.md says what the desk really has: its addresses, its keys, its shapes."""

import re
from pathlib import Path
from typing import Any

from starlette.routing import Mount, Route
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import little_show

from collavoce.desk.answers import page
from collavoce.desk.app import create_app
from collavoce.desk.views.signs import all_signs

DOCUMENT = (Path(__file__).parents[3] / "docs" / "desk.md").read_text(encoding="utf-8")


def column(head: str, index: int = 0) -> list[str]:
    """One column of the table whose head begins with `head`."""
    table = DOCUMENT.split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0]
    return [line.strip("|").split("|")[index].strip() for line in table.splitlines()[2:]]


def test_every_address_is_in_the_document_and_no_other() -> None:
    routes = {
        route.path
        for route in create_app(FakeStagehand()).routes
        if isinstance(route, Route | Mount)
    }
    assert {address.strip("`") for address in column("address")} == routes


def test_every_key_is_in_the_document_and_on_the_page() -> None:
    html = bytes(page("desk.html", show=little_show(None), here="", stage="").body).decode()
    dialog = html.split('<dialog id="keys"', 1)[1]
    shown = re.findall(r"<tr data-act=\"\w+\"><td><kbd>([^<]+)</kbd>", dialog)
    assert [key.replace("&#39;", "'") for key in shown] == column("key")


def test_every_shape_is_in_the_document() -> None:
    parts = ("music", "cue", "exit")
    signs: Any = all_signs()
    used = {signs[key]["shape"] for key in signs if key.partition(".")[0] in parts}
    assert used - {"·"} == set(column("shape"))
