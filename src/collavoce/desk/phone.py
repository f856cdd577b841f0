"""The phone routes: what one paired person must know of the show, and their answers.

One page that uses them is ours: the cue light of the crew. The other belongs to another process on
another port, so the browser asks first (CORS); exactly one other origin is let in, with its cookie.
A badge opens nothing else here.
"""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from collavoce.desk.access import badge_holder, from_care_page, from_own_page, read_body
from collavoce.desk.answers import answer, json_answer, page, refusal
from collavoce.desk.eventstream import EventStream
from collavoce.desk.hub import Hub
from collavoce.desk.orders import NotAnOrder, read_order
from collavoce.desk.stagehand import Stagehand
from collavoce.show.commands import Acknowledge, ConfirmHazard, NotClear, SayPerson
from collavoce.words import catalogue, say

CREW_WORDS = ("desk.crew.", "desk.phones.not_paired")
"""What the cue light says; the rest of the catalogue is the desk's."""


class PhoneRoutes:
    """The phones' side of the desk over one stagehand."""

    def __init__(self, stagehand: Stagehand, hub: Hub) -> None:
        self.stagehand = stagehand
        self.hub = hub

    def routes(self) -> list[Route]:
        """Stream, command, and the question a browser asks before either."""
        return [
            Route("/crew", self._crew, methods=["GET"]),
            Route("/crew/who", self._who, methods=["GET"]),
            Route("/phone/events", self._events, methods=["GET"]),
            Route("/phone/command", self._command, methods=["POST"]),
            Route("/phone/events", self._preflight, methods=["OPTIONS"]),
            Route("/phone/command", self._preflight, methods=["OPTIONS"]),
        ]

    async def _crew(self, request: Request) -> Response:
        """The cue light of whoever this phone is paired for."""
        person = badge_holder(request, self.stagehand)
        if person is None:
            return page("unpaired.html", 401)
        known = self.stagehand.show.people.get(person)
        name = person if known is None else known.name
        words = {key: text for key, text in catalogue().items() if key.startswith(CREW_WORDS)}
        return page(
            "crew.html",
            show=self.stagehand.show,
            person=person,
            who=name,
            words=json.dumps(words),
        )

    async def _who(self, request: Request) -> Response:
        person = badge_holder(request, self.stagehand)
        if person is None:
            return refusal(401, say("desk.phones.not_paired"))
        return json_answer({"person": person})

    async def _preflight(self, request: Request) -> Response:
        allowed = self._cors(request)
        if not allowed:
            return refusal(403, say("desk.order.elsewhere"))
        response = Response(status_code=204, headers=allowed)
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, Last-Event-ID"
        response.headers["Access-Control-Max-Age"] = "600"
        return response

    async def _events(self, request: Request) -> ASGIApp:
        person = badge_holder(request, self.stagehand)
        cors = self._cors(request)
        if person is None:
            return _with(refusal(401, say("desk.phones.not_paired")), cors)
        headers = tuple((k.lower().encode(), v.encode()) for k, v in cors.items())
        last_id = request.headers.get("last-event-id", "")
        # Asked again and again: a phone that is forgotten must not go on listening.
        return EventStream(
            self.hub,
            person,
            last_id,
            headers,
            lambda: badge_holder(request, self.stagehand) == person,
        )

    async def _command(self, request: Request) -> Response:
        cors = self._cors(request)
        if not cors and not from_own_page(request):
            return refusal(403, say("desk.order.elsewhere"))
        return _with(await self._carry_out(request), cors)

    async def _carry_out(self, request: Request) -> Response:
        person = badge_holder(request, self.stagehand)
        if person is None:
            return refusal(401, say("desk.phones.not_paired"))
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        order = read_order(body, "phone")
        if isinstance(order, NotAnOrder):
            return refusal(order.status, order.why)
        assert isinstance(order.command, Acknowledge | NotClear | ConfirmHazard | SayPerson)
        if order.command.person != person:
            return refusal(403, say("desk.order.not_yours"))
        return answer(await self.stagehand.command(order.command, person, order.key))

    def _cors(self, request: Request) -> dict[str, str]:
        """The headers that let the care page read the answer; none for any other origin."""
        origin = request.headers.get("origin", "")
        if not from_care_page(request, self.stagehand.care_origin):
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Vary": "Origin",
        }


def _with(response: Response, headers: dict[str, str]) -> Response:
    response.headers.update(headers)
    return response
