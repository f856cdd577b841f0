"""The phone's pages as one ASGI application over a stagehand."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from collavoce.care.events import Refused
from collavoce.desk.care.access import (
    PATH,
    Device,
    SafeHeaders,
    device_of,
    person_of,
    token_of,
    web_origin,
)
from collavoce.desk.care.answering import Answering, answer
from collavoce.desk.care.buttons import ButtonHand, ButtonPages
from collavoce.desk.care.drawn import FOLDER, drawn
from collavoce.desk.care.ear_ways import EarWays
from collavoce.desk.care.offline import offline_page
from collavoce.desk.care.pages import QUIET
from collavoce.desk.care.song_ways import SongWays
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.desk.care.stream import CareStream
from collavoce.words import say


def create_care_app(hand: CareStagehand, buttons: ButtonHand | None = None) -> Starlette:
    """The phone pages of the care that `hand` keeps, and of its buttons."""
    answering = Answering(hand)
    further = [] if buttons is None else ButtonPages(hand, buttons).routes()

    async def page(request: Request) -> Response:
        device = person_of(device_of(request, hand), hand)
        web = web_origin(request, hand)
        return HTMLResponse(drawn(hand, device, web, buttons=buttons is not None))

    def quiet(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def page(request: Request) -> Response:
            device = person_of(device_of(request, hand), hand)
            if device is None or device.waiting:
                return RedirectResponse(f"{PATH}/")
            web = web_origin(request, hand)
            return HTMLResponse(drawn(hand, device, web, buttons=buttons is not None, page=name))

        return page

    async def offline(_: Request) -> Response:
        return HTMLResponse(offline_page(hand))

    return Starlette(
        routes=[
            Route("/", _to_the_page),
            Route(f"{PATH}/", page),
            *(Route(path, quiet(name)) for name, path in QUIET.items()),
            Route(f"{PATH}/offline", offline),
            Route(f"{PATH}/pair", answering.pair, methods=["POST"]),
            Route(f"{PATH}/act", answering.act, methods=["POST"]),
            Route(f"{PATH}/read", answering.read, methods=["POST"]),
            Route(f"{PATH}/stream", _Stream(hand, answering)),
            *EarWays(hand).routes(),
            *SongWays(hand).routes(),
            *further,
            Mount(f"{PATH}/static", StaticFiles(directory=FOLDER / "static")),
        ],
        middleware=[Middleware(SafeHeaders, hand=hand)],
    )


async def _to_the_page(_: Request) -> Response:
    return RedirectResponse(f"{PATH}/")


class _Stream:
    """The stream's route, as an ASGI application of its own: it must see the page leave."""

    def __init__(self, hand: CareStagehand, answering: Answering) -> None:
        self._hand = hand
        self._answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        device = device_of(request, self._hand)
        if device is None:
            app: ASGIApp = answer(Refused(say("care.refused.not_paired")), 401)
        else:
            token = token_of(request, self._hand)
            app = self._of(device, token, request.headers.get("last-event-id", ""))
        await app(scope, receive, send)

    def _of(self, device: Device, token: str, last_id: str) -> ASGIApp:
        """The stream of a known device; it renews the badge whenever it opens."""
        person = None if device.waiting else device.person
        cookies = (self._answering.badge(person, device.hash),)
        return CareStream(self._hand, device, token, last_id, cookies)
