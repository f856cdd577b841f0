"""Which stage's desk answers: the one that `?stage=` names, or the first."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from collavoce.desk.answers import refusal
from collavoce.words import say

NAME_LONGEST = 200
"""Bytes of a query that may name a stage; a longer one names none of ours."""


class ByStage:
    """Hands a request on to the desk of the stage that it names; to `app`, the first's, else."""

    def __init__(self, app: ASGIApp, others: Mapping[str, ASGIApp], first: str) -> None:
        self._app = app
        self._others = others
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        stage = _named(scope)
        if stage in ("", self._first):
            await self._app(scope, receive, send)
        elif stage in self._others:
            await self._others[stage](scope, receive, send)
        else:
            await refusal(404, say("desk.page.no_stage"))(scope, receive, send)


def _named(scope: Scope) -> str:
    if scope["type"] != "http":
        return ""
    query: bytes = scope["query_string"]
    named = parse_qs(query[:NAME_LONGEST].decode("ascii", "replace")).get("stage", [""])
    return named[-1]
