"""The desk as one ASGI application over a stagehand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ExceptionHandler, Scope

from collavoce.desk.access import SafeHeaders
from collavoce.desk.answers import FOLDER, refusal
from collavoce.desk.by_stage import ByStage
from collavoce.desk.caller import CallerRoutes
from collavoce.desk.door import Door
from collavoce.desk.hub import Hub
from collavoce.desk.panels import PanelRoutes
from collavoce.desk.phone import PhoneRoutes
from collavoce.desk.remote import RemoteRoutes
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.views import plan_view
from collavoce.runtime.gateway.book import Book
from collavoce.show.setlist.evening import lengths_of
from collavoce.words import say


class _Static(StaticFiles):
    """Scripts and styles: asked for again each time, sent again only if they changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def create_app(
    stagehand: Stagehand,
    book: Callable[[], Book] | None = None,
    stages: Mapping[str, Stagehand] | None = None,
) -> Starlette:
    """The desk of the show that `stagehand` runs. book: of controllers with a key; None: none.

    stages : every stage's, by its id, `stagehand` being the first's; None where there is one.
    """
    stages = stages or {"": stagehand}
    hubs: list[Hub] = []
    first, *further = (
        (stage, _routes(hand, stage, hubs, book if hand is stagehand else None))
        for stage, hand in stages.items()
    )
    others = {
        stage: Starlette(routes=routes, exception_handlers=HANDLERS) for stage, routes in further
    }
    return Starlette(
        routes=first[1],
        middleware=[Middleware(SafeHeaders), Middleware(ByStage, others=others, first=first[0])],
        exception_handlers=HANDLERS,
    )


def _routes(
    hand: Stagehand, stage: str, hubs: list[Hub], book: Callable[[], Book] | None
) -> list[BaseRoute]:
    """The desk of one stage. hubs: of every stage; its own is added."""
    scores = {number: score for number, (score, _) in hand.scores.items()}
    plan = plan_view(hand.show, scores, stage)
    lengths = lengths_of(hand.show, scores)
    hub = Hub(hand, str(plan["id"]), lengths)
    hubs.append(hub)
    return [
        *Door(hand).routes(),
        *CallerRoutes(hand, plan, hub, lambda: _cut(hubs)).routes(),
        *PanelRoutes(hand, lengths).routes(),
        *PhoneRoutes(hand, hub).routes(),
        *([] if book is None else RemoteRoutes(hand, book, lengths).routes()),
        Mount("/static", _Static(directory=FOLDER / "static")),
    ]


def _cut(hubs: Iterable[Hub]) -> None:
    """End the streams of every desk of every stage."""
    for hub in hubs:
        hub.cut_desks()


async def _in_words(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    known = {404: say("desk.page.nowhere"), 405: say("desk.page.wrong_method")}
    return refusal(status, known.get(status, say("desk.page.refused")))


async def _broken(_: Request, __: Exception) -> Response:
    """A fault of ours: the same words whatever it was."""
    return refusal(500, say("desk.page.broken"))


HANDLERS: Mapping[Any, ExceptionHandler] = {HTTPException: _in_words, Exception: _broken}
