"""The desk as one ASGI application over a stagehand."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from collavoce.desk.access import SafeHeaders
from collavoce.desk.answers import FOLDER, refusal
from collavoce.desk.caller import CallerRoutes
from collavoce.desk.door import Door
from collavoce.desk.hub import Hub
from collavoce.desk.phone import PhoneRoutes
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.views import plan_view
from collavoce.words import say


class _Static(StaticFiles):
    """Scripts and styles: asked for again each time, sent again only if they changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def create_app(stagehand: Stagehand) -> Starlette:
    """The desk of the show that `stagehand` runs."""
    scores = {number: score for number, (score, _) in stagehand.scores.items()}
    plan = plan_view(stagehand.show, scores)
    hub = Hub(stagehand, str(plan["id"]))
    return Starlette(
        routes=[
            *Door(stagehand).routes(),
            *CallerRoutes(stagehand, plan, hub).routes(),
            *PhoneRoutes(stagehand, hub).routes(),
            Mount("/static", _Static(directory=FOLDER / "static")),
        ],
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={HTTPException: _in_words, Exception: _broken},
    )


async def _in_words(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    known = {404: say("desk.page.nowhere"), 405: say("desk.page.wrong_method")}
    return refusal(status, known.get(status, say("desk.page.refused")))


async def _broken(_: Request, __: Exception) -> Response:
    """A fault of ours: the same words whatever it was."""
    return refusal(500, say("desk.page.broken"))
