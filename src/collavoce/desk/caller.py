"""The caller's routes: pages, plan, music, stream, commands. All of them need the desk's key."""

import io
from collections.abc import Awaitable, Callable

import msgspec
import segno
from msgspec import structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from collavoce.desk.access import from_own_page, holds_desk_key, read_body
from collavoce.desk.answers import answer, json_answer, page, refusal
from collavoce.desk.eventstream import EventStream
from collavoce.desk.hub import Hub
from collavoce.desk.orders import NotAnOrder, read_order
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.views import engraved_view
from collavoce.desk.views.signs import View
from collavoce.show.commands import Go
from collavoce.units import Quarters
from collavoce.words import catalogue, say

BY = "caller"
"""Who the ledger says pressed."""

Endpoint = Callable[[Request], Awaitable[ASGIApp]]


class _Placing(msgspec.Struct, frozen=True):
    quarter: float


class CallerRoutes:
    """The caller's desk over one stagehand."""

    def __init__(self, stagehand: Stagehand, plan: View, hub: Hub) -> None:
        self.stagehand = stagehand
        self.plan = plan
        self.hub = hub

    def routes(self) -> list[Route]:
        """Every route, each behind the key."""
        reads: dict[str, Endpoint] = {
            "/": self._desk,
            "/stage": self._stage,
            "/plan.json": self._plan,
            "/words.json": self._words,
            "/engraving/{number}.svg": self._engraving,
            "/engraving/{number}.json": self._engraved,
            "/events": self._events,
        }
        writes: dict[str, Endpoint] = {
            "/command": self._command,
            "/place": self._place,
            "/pairing/{person}": self._pairing,
        }
        return [
            *(Route(path, self._keyed(end)) for path, end in reads.items()),
            *(Route(path, self._keyed(end), methods=["POST"]) for path, end in writes.items()),
        ]

    def _keyed(self, endpoint: Endpoint) -> Endpoint:
        async def behind_key(request: Request) -> ASGIApp:
            if not holds_desk_key(request, self.stagehand):
                if "text/html" in request.headers.get("accept", ""):
                    return page("locked.html", 401)
                return refusal(401, say("desk.locked.text"))
            if request.method == "POST" and not from_own_page(request):
                return refusal(403, say("desk.order.elsewhere"))
            return await endpoint(request)

        return behind_key

    async def _desk(self, _: Request) -> Response:
        return page("desk.html", show=self.stagehand.show)

    async def _stage(self, _: Request) -> Response:
        return page("stage.html", show=self.stagehand.show)

    async def _plan(self, _: Request) -> Response:
        return json_answer(self.plan)

    async def _words(self, _: Request) -> Response:
        words = catalogue()
        return json_answer({key: words[key] for key in words if key.startswith("desk.")})

    async def _engraving(self, request: Request) -> Response:
        written = self.stagehand.scores.get(request.path_params["number"])
        if written is None:
            return refusal(404, say("desk.music.none_written"))
        return Response(written[1].svg, media_type="image/svg+xml")

    async def _engraved(self, request: Request) -> Response:
        written = self.stagehand.scores.get(request.path_params["number"])
        if written is None:
            return refusal(404, say("desk.music.none_written"))
        return json_answer(engraved_view(*written))

    async def _events(self, request: Request) -> ASGIApp:
        return EventStream(self.hub, None, request.headers.get("last-event-id", ""))

    async def _command(self, request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        order = read_order(body, "caller")
        if isinstance(order, NotAnOrder):
            return refusal(order.status, order.why)
        command = order.command
        if isinstance(command, Go):
            # Where the music was is told by the follower, not by the page.
            music = self.stagehand.music()
            command = structs.replace(command, quarter=None if music is None else music.quarter)
        return answer(await self.stagehand.command(command, BY, order.key))

    async def _place(self, request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        try:
            quarter = msgspec.json.decode(body, type=_Placing).quarter
        except msgspec.DecodeError as error:
            return refusal(400, say("desk.order.unknown", why=error))
        if not await self.stagehand.place(Quarters(quarter)):
            return refusal(503, say("desk.music.not_placed"))
        return json_answer({"placed": quarter})

    async def _pairing(self, request: Request) -> Response:
        person = self.stagehand.show.people.get(request.path_params["person"])
        if person is None:
            return refusal(404, say("desk.phones.nobody"))
        link = await self.stagehand.pairing(person.id)
        if link is None:
            return refusal(503, say("desk.phones.closed"))
        return json_answer({"svg": _drawn(link.url), "expires_s": link.expires_s})


def _drawn(url: str) -> str:
    """A QR code (ISO/IEC 18004) of `url` as SVG, dark on white with its quiet zone of 4 modules."""
    svg = io.BytesIO()
    segno.make(url, micro=False).save(
        svg, kind="svg", xmldecl=False, scale=8, border=4, dark="#000", light="#fff"
    )
    return svg.getvalue().decode()
