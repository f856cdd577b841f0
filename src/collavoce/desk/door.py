"""How a browser becomes the caller's desk: a page reads the key, posts it, is given a cookie."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collavoce.desk.access import (
    DESK_COOKIE,
    Role,
    desk_token,
    from_own_page,
    is_secure,
    key_of,
    read_body,
    same_secret,
)
from collavoce.desk.answers import json_answer, page, refusal
from collavoce.desk.stagehand import Stagehand
from collavoce.runtime.tls.cookies import cookie_name
from collavoce.words import say

COOKIE_S = 7 * 24 * 3600
"""A production week. The key itself is new with every opening of a show."""


class _Opening(msgspec.Struct, frozen=True):
    key: str


class Door:
    """The two routes that need no key."""

    def __init__(self, stagehand: Stagehand) -> None:
        self.stagehand = stagehand

    def routes(self) -> list[Route]:
        """The page, and what it posts to."""
        return [
            Route("/open", self._page, methods=["GET"]),
            Route("/open", self._open, methods=["POST"]),
        ]

    async def _page(self, _: Request) -> Response:
        return page("open.html")

    async def _open(self, request: Request) -> Response:
        if not from_own_page(request):
            return refusal(403, say("desk.order.elsewhere"))
        body = await read_body(request)
        try:
            given = msgspec.json.decode(body or b"", type=_Opening).key
        except msgspec.DecodeError:
            return refusal(400, say("desk.locked.no_key"))
        for role in Role:
            key = key_of(role, self.stagehand.desk_key)
            if same_secret(given, key):
                response = json_answer({"open": True})
                let_in(response, key, secure=is_secure(request))
                return response
        return refusal(401, say("desk.locked.wrong_key"))


def let_in(response: Response, key: str, *, secure: bool) -> None:
    """Give the browser that is answered the cookie of the desk that `key` opens."""
    response.set_cookie(
        cookie_name(DESK_COOKIE, secure=secure),
        desk_token(key),
        max_age=COOKIE_S,
        httponly=True,
        samesite="strict",
        # Plain HTTP is what a venue's network has; where there is TLS the cookie keeps to it.
        secure=secure,
    )
