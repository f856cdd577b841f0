"""The caller's routes: pages, plan, music, stream, commands. All of them need the desk's key."""

import io
from collections.abc import Callable
from urllib.parse import quote

import msgspec
import segno
from msgspec import structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from collavoce.desk.access import Role, assistant_key, is_secure, read_body
from collavoce.desk.answers import answer, json_answer, line_answer, page, refusal
from collavoce.desk.door import let_in
from collavoce.desk.eventstream import EventStream
from collavoce.desk.hub import Hub
from collavoce.desk.keyed import EVERY_DESK, Endpoint, keyed
from collavoce.desk.orders import NotAnOrder, read_line_order, read_order
from collavoce.desk.placing import back_where_it_was, within
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.views import engraved_view
from collavoce.desk.views.signs import View
from collavoce.show.commands import Go
from collavoce.words import catalogue, say

BY = "caller"
"""Who the ledger says pressed."""


class _Placing(msgspec.Struct, frozen=True):
    """Where the music is; None: back where it was."""

    quarter: float | None


class CallerRoutes:
    """The caller's desk over one stagehand. cut: ends the streams of every desk."""

    def __init__(self, stagehand: Stagehand, plan: View, hub: Hub, cut: Callable[[], None]) -> None:
        self.stagehand = stagehand
        self.cut = cut
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
            "/sign-out-all": self._sign_out_all,
            "/assistant": self._assistant,
        }
        return [
            *(Route(path, keyed(self.stagehand, end)) for path, end in reads.items()),
            *(
                Route(path, keyed(self.stagehand, end), methods=["POST"])
                for path, end in writes.items()
            ),
            # Who looks on may still see a breach first; what they may say there the line decides.
            Route("/line", keyed(self.stagehand, self._line, EVERY_DESK), methods=["POST"]),
        ]

    async def _desk(self, _: Request) -> Response:
        return page(
            "desk.html", show=self.stagehand.show, here=self._here(), stage=self.plan["stage"]
        )

    async def _stage(self, _: Request) -> Response:
        return page(
            "stage.html", show=self.stagehand.show, here=self._here(), stage=self.plan["stage"]
        )

    def _here(self) -> str:
        """What the page asks on with, to stay with its stage."""
        stage = str(self.plan["stage"])
        return f"?stage={quote(stage, safe='')}" if stage else ""

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
        last_id = request.headers.get("last-event-id", "")
        looks_on = request.state.role is not Role.CALLER
        return EventStream(self.hub, None, last_id, looks_on=looks_on)

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

    async def _line(self, request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        order = read_line_order(body)
        if isinstance(order, NotAnOrder):
            return refusal(order.status, order.why)
        role: Role = request.state.role
        return line_answer(await self.stagehand.ask_line(order.command, order.key, role.value))

    async def _place(self, request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        try:
            said = msgspec.json.decode(body, type=_Placing).quarter
        except msgspec.DecodeError as error:
            return refusal(400, say("desk.order.unknown", why=error))
        hand = self.stagehand
        state = hand.state()
        if said is None:
            said = back_where_it_was(state, hand.music(), hand.now())
        if said is None:
            return refusal(409, say("desk.music.no_way_back"))
        written = hand.scores.get(state.number or "")
        quarter = within(None if written is None else written[0], said)
        if not await hand.place(quarter, BY):
            return refusal(503, say("desk.music.not_placed"))
        return json_answer({"placed": quarter})

    async def _pairing(self, request: Request) -> Response:
        person = self.stagehand.show.people.get(request.path_params["person"])
        if person is None:
            return refusal(404, say("desk.phones.nobody"))
        link = await self.stagehand.pairing(person.id)
        if link is None:
            return refusal(503, say("desk.phones.closed"))
        return json_answer({"svg": _drawn(link.url), "url": link.url, "expires_s": link.expires_s})

    async def _sign_out_all(self, request: Request) -> Response:
        """Every other desk, and every link, opens nothing from now on; this one goes on."""
        key = self.stagehand.renew_desk_key()
        self.cut()
        response = json_answer(self._links(request, key))
        let_in(response, key, secure=is_secure(request))
        return response

    async def _assistant(self, request: Request) -> Response:
        """The link for a desk that looks on."""
        return json_answer(self._links(request, self.stagehand.desk_key))

    def _links(self, request: Request, key: str) -> dict[str, str]:
        # The desk that asks reaches us under this name; whoever it hands the link to may as well.
        door = f"{request.scope['scheme']}://{request.headers['host']}/open#"
        return {"caller": door + key, "assistant": door + assistant_key(key)}


def _drawn(url: str) -> str:
    """A QR code (ISO/IEC 18004) of `url` as SVG, dark on white with its quiet zone of 4 modules."""
    svg = io.BytesIO()
    segno.make(url, micro=False).save(
        svg, kind="svg", xmldecl=False, scale=8, border=4, dark="#000", light="#fff"
    )
    return svg.getvalue().decode()
