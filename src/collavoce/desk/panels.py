"""What opens beside the show and is asked for only then: history, set list, connections."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collavoce.desk.access import read_body
from collavoce.desk.answers import json_answer, page, refusal
from collavoce.desk.keyed import keyed
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.tonight import evening_now
from collavoce.desk.views import history_view, options_view
from collavoce.runtime.clock import fresh_id
from collavoce.show.setlist.evening import Lengths
from collavoce.words import say


class _Learn(msgspec.Struct, frozen=True):
    """does: what the control that is pressed next shall do; "" for none any more."""

    does: str


class PanelRoutes:
    """The panels over one stagehand."""

    def __init__(self, stagehand: Stagehand, lengths: Lengths) -> None:
        self.stagehand = stagehand
        self.lengths = lengths

    def routes(self) -> list[Route]:
        """Every route, each behind the key."""
        hand = self.stagehand
        return [
            Route("/history.json", keyed(hand, self._history)),
            Route("/setlist.json", keyed(hand, self._set_list)),
            Route("/connections", keyed(hand, self._connections)),
            Route("/connections.json", keyed(hand, self._connected)),
            Route("/learn", keyed(hand, self._learn), methods=["POST"]),
        ]

    async def _history(self, _: Request) -> Response:
        hand = self.stagehand
        scores = {number: score for number, (score, _) in hand.scores.items()}
        return json_answer(history_view(hand.show, hand.history().deeds, scores))

    async def _set_list(self, _: Request) -> Response:
        return json_answer(options_view(evening_now(self.stagehand, self.lengths)))

    async def _connections(self, _: Request) -> Response:
        return page("connections.html", show=self.stagehand.show)

    async def _connected(self, _: Request) -> Response:
        now = self.stagehand.connections()
        return json_answer({"gateway": now.view, "learned": now.learned})

    async def _learn(self, request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return refusal(413, say("desk.order.too_big"))
        try:
            does = msgspec.json.decode(body, type=_Learn).does
        except msgspec.DecodeError as error:
            return refusal(400, say("desk.order.unknown", why=error))
        if not self.stagehand.learn(does, fresh_id()):
            return refusal(503, say("desk.connections.away"))
        return json_answer({"waits": does})
