"""HTTP requests; they leave by a process of their own, so that no server holds the show up."""

import re
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.house import House
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.words import say

METHODS = ("GET", "POST", "PUT")
BODY_LIMIT = 16 * 1024
"""Characters. A cue starts something elsewhere; it does not carry it there."""

_PATH = re.compile(r"/[!-~]*")
_KIND = re.compile(r"[\w.+-]+/[\w.+-]+(?:;\s*[\w-]+=[\w.-]+)*")
_KEYS = ("to", "method", "path", "body", "kind")


@dataclass(frozen=True, slots=True)
class SendHttp(Action):
    """One request to a destination of the patch. method: GET, POST or PUT; path begins with "/".

    body : sent as `kind` (a media type) where the method carries one.
    """

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    method: str
    path: str
    body: str = ""
    kind: str = "application/json"


def read(cue: Table, house: House) -> tuple[SendHttp, ...]:
    """`http = { to = "media", method = "POST", path = "/go", body = { clip = 3 } }`, or a list."""
    return tuple(_one(table, house) for table in cue.tables("http", _KEYS, alone=True))


def _one(table: Table, house: House) -> SendHttp:
    to = table.text("to", required=True)
    known = house.patch.http
    if to and to not in known:
        table.error("to", "unknown_destination", to=to, where="http", instead=Instead(to, known))
    method = table.choice("method", METHODS, "POST" if "body" in table else "GET")
    path = table.text("path", required=True)
    if path and not _PATH.fullmatch(path):
        table.error("path", "bad_path", path=path)
    kind = table.text("kind") or "application/json"
    if not _KIND.fullmatch(kind):
        table.error("kind", "bad_kind", kind=kind)
    body = _body(table)
    if body and method == "GET":
        table.error("body", "idle_body")
    return SendHttp(to, method, path, body, kind)


def _body(table: Table) -> str:
    """Words as they are; a table or a list becomes JSON."""
    value = table.raw("body")
    if value is None:
        return ""
    if isinstance(value, dict | list):
        try:
            value = msgspec.json.encode(value).decode()
        except (TypeError, ValueError, RecursionError):
            value = None
    if not isinstance(value, str) or len(value) > BODY_LIMIT or not _is_text(value):
        table.error("body", "bad_body", limit=BODY_LIMIT)
        return ""
    return value


def _is_text(words: str) -> bool:
    return all(letter.isprintable() or letter in "\t\r\n" for letter in words)


def what(action: SendHttp) -> str:
    """The request."""
    return f"{action.method} {action.path}"


def words(action: SendHttp) -> str:
    """What it sends, and whereto."""
    return say("show.does.sends", to=action.to, what=what(action))
