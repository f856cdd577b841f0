"""`/remote`: web requests of controllers that hold a key (docs/connections.md).

No cookie opens it and no page: a controller proves itself by a token made from its key, in the
header `Authorization: Bearer ...` of every request. It may say what the OSC address map says, no
more, and reads in JSON what controllers are told by OSC.
"""

import hmac
from collections.abc import Callable
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collavoce.desk.access import read_body
from collavoce.desk.answers import answer, json_answer, refusal
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.tonight import evening_now
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.runtime.gateway.addresses import FEEDBACK, HELLO, Meant, meaning, ours
from collavoce.runtime.gateway.book import Book, Controller
from collavoce.runtime.gateway.buckets import Bucket
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.runtime.gateway.signs import OUT, Seen, signs
from collavoce.show.commands import Go
from collavoce.show.setlist.evening import Lengths
from collavoce.wire.keyed import http_token
from collavoce.words import say

PATH = "/remote"
WRONG_RATE, WRONG_BURST = 5.0, 20.0
"""Wrong tokens looked at, of all sources together: 256 bits are not guessed, only looked for."""

BEARER = "Bearer "


class _Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a controller posts. key: the same again for a request that is said again."""

    address: Annotated[str, msgspec.Meta(max_length=255)]
    args: Annotated[tuple[bool | int | float | str, ...], msgspec.Meta(max_length=16)] = ()
    key: Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9_-]{8,64})?$")] = ""


class RemoteRoutes:
    """The routes over one stagehand.

    book : the connections as they stand; raises GatewayError. lengths: of the written music.
    """

    def __init__(self, stagehand: Stagehand, book: Callable[[], Book], lengths: Lengths) -> None:
        self._hand = stagehand
        self._lengths = lengths
        self._book = book
        self._wrong = Bucket(WRONG_RATE, WRONG_BURST)
        self._tokens: dict[str, str] = {}

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(PATH, self._told, methods=["GET"]),
            Route(PATH, self._asked, methods=["POST"]),
        ]

    async def _asked(self, request: Request) -> Response:
        """Carry out what a controller asks."""
        controller = self._holder(request)
        if isinstance(controller, Response):
            return controller
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        try:
            asked = msgspec.json.decode(body, type=_Asked)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refusal(400, say("desk.order.unknown", why=error))
        meant = meaning(asked.address, asked.args) if ours(asked.address) else None
        if not isinstance(meant, Meant) or (meant.command is None and meant.does != HELLO):
            why = "address" if meant is None else "values"
            return refusal(400, say(f"gateway.refused.{why}"))
        if meant.stage:
            return refusal(400, say("gateway.remote.no_stage"))
        if controller.may and meant.does not in {*controller.may, HELLO}:
            return refusal(403, say("gateway.refused.not_allowed"))
        command = meant.command
        if command is None or not meant.down:
            return json_answer({"kept": self._hand.seq()})
        if isinstance(command, Go):
            music = self._hand.music()
            quarter = None if music is None else music.quarter
            command = msgspec.structs.replace(command, quarter=quarter)
        # A key of its own for each controller: nobody answers for another's.
        key = f"{controller.name}:{asked.key}" if asked.key else fresh_id()
        if meant.before is not None:
            await self._hand.command(meant.before, controller.by, f"{key}:before")
        return answer(await self._hand.command(command, controller.by, key))

    async def _told(self, request: Request) -> Response:
        """What is so, in the words of the OSC feedback: {"standby": ["12", "House to half"]}."""
        controller = self._holder(request)
        if isinstance(controller, Response):
            return controller
        if controller.may and FEEDBACK not in controller.may:
            return refusal(403, say("gateway.refused.not_allowed"))
        hand = self._hand
        state = hand.state()
        written = hand.scores.get(state.number or "")
        score = None if written is None else written[0]
        told = signs(Seen(evening_now(hand, self._lengths), hand.music(), score))
        return json_answer({key.removeprefix(f"{OUT}/"): args for key, args in told.items()})

    def _holder(self, request: Request) -> Controller | Response:
        """Whose token the request carries, or why it is nobody's."""
        given = request.headers.get("authorization", "")
        try:
            book = self._book()
        except GatewayError as error:
            return refusal(503, str(error))
        found: Controller | None = None
        for controller in book.controllers:
            wanted = self._tokens.setdefault(
                controller.key, http_token(bytes.fromhex(controller.key))
            )
            # All are compared, each in a time that does not depend on where they differ.
            if hmac.compare_digest(given.encode(), f"{BEARER}{wanted}".encode()):
                found = controller
        if found is not None:
            return found
        if not self._wrong.take(monotonic_ns() * 1e-9):
            return refusal(429, say("gateway.refused.flood"))
        return refusal(401, say("gateway.remote.no_token"))
