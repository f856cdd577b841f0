"""The phone's pages as one ASGI application over a stagehand.

Whoever is paired is always answered with 200 and the same number of bytes: what was said stands
inside, for the page alone.
"""

from pathlib import Path

import jinja2
import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from collavoce.care.commands import ForgetDevice, PairDevice
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.pairing import secret_hash
from collavoce.desk.care.access import (
    PATH,
    Device,
    SafeHeaders,
    badge_cookie,
    device_cookie,
    device_of,
    from_own_page,
    read_body,
    web_origin,
)
from collavoce.desk.care.acts import ForgetThis, Press, command, read_act
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.desk.care.stream import CareStream
from collavoce.words import LANGUAGE, catalogue, say

FOLDER = Path(__file__).parent
ANSWER_BYTES = 512
WORDS = "care.phone."
"""The words the page's scripts say; every key that starts like this."""

_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class _Code(msgspec.Struct, frozen=True):
    code: str


_codes = msgspec.json.Decoder(_Code)


def create_care_app(hand: CareStagehand) -> Starlette:
    """The phone pages of the care that `hand` keeps."""
    phone = PhonePages(hand)
    return Starlette(
        routes=[
            Route("/", _to_the_page),
            Route(f"{PATH}/", phone.page),
            Route(f"{PATH}/pair", phone.pair, methods=["POST"]),
            Route(f"{PATH}/act", phone.act, methods=["POST"]),
            Route(f"{PATH}/stream", _Stream(phone)),
            Mount(f"{PATH}/static", StaticFiles(directory=FOLDER / "static")),
        ],
        middleware=[Middleware(SafeHeaders, hand=hand)],
    )


async def _to_the_page(_: Request) -> Response:
    return RedirectResponse(f"{PATH}/")


class PhonePages:
    """Page, pairing and acts."""

    def __init__(self, hand: CareStagehand) -> None:
        self.hand = hand
        self._words = {
            key.removeprefix(WORDS): words
            for key, words in catalogue().items()
            if key.startswith(WORDS)
        }

    async def page(self, request: Request) -> Response:
        """The person's page, or the door with the emergency number for whoever is not paired."""
        device = device_of(request, self.hand)
        names = {person.id: person.name for person in self.hand.people.values()}
        page = _pages.get_template("phone.html" if device else "door.html").render(
            say=say,
            language=LANGUAGE,
            title=self.hand.title,
            emergency=self.hand.emergency,
            me=device.person if device else "",
            exits=self.hand.exits,
            people=names,
            data={
                "me": device.person if device else "",
                "people": names if device else {},
                "exits": dict(self.hand.exits) if device else {},
                "emergency": self.hand.emergency,
                "web": web_origin(request, self.hand) if device else "",
                "words": self._words,
            },
        )
        return HTMLResponse(page)

    async def pair(self, request: Request) -> Response:
        """Make the device that shows a good code its person's."""
        if not from_own_page(request):
            return _answer(Refused(say("care.refused.elsewhere")), 403)
        address = request.client.host if request.client else ""
        if not self.hand.may_guess(address):
            return _answer(Refused(say("care.refused.too_often")), 429)
        body = await read_body(request)
        try:
            code = _codes.decode(body or b"").code
        except msgspec.DecodeError:
            return _answer(Refused(say("care.refused.code")), 400)
        before = device_of(request, self.hand)
        token = self.hand.fresh_token()
        outcome = self.hand.ask(PairDevice(secret_hash(code), secret_hash(token)))
        if not isinstance(outcome, Kept):
            self.hand.guessed_wrong(address)
            return _answer(outcome, 403)
        if before is not None:
            self.hand.ask(ForgetDevice(before.person, before.hash))
        person = self.hand.state().pairings.devices[secret_hash(token)]
        response = _answer(outcome)
        response.headers.append("Set-Cookie", device_cookie(token, secure=self.hand.secure))
        response.headers.append("Set-Cookie", self.badge(person))
        return response

    async def act(self, request: Request) -> Response:
        """Carry out what a paired page says."""
        if not from_own_page(request):
            return _answer(Refused(say("care.refused.elsewhere")), 403)
        device = device_of(request, self.hand)
        if device is None:
            return _answer(Refused(say("care.refused.not_paired")), 401)
        body = await read_body(request)
        act = None if body is None else read_act(body)
        if act is None:
            return _answer(Refused(say("care.refused.not_understood")), 400)
        outcome = self.hand.ask(command(act, device.person, device.hash))
        if isinstance(act, Press) and not isinstance(outcome, Refused):
            self.hand.say_where(act.press, act.place)
        response = _answer(outcome)
        if isinstance(act, ForgetThis) and isinstance(outcome, Kept):
            for cookie in (device_cookie, badge_cookie):
                response.headers.append("Set-Cookie", cookie("", secure=self.hand.secure))
        return response

    def badge(self, person: str) -> str:
        """The Set-Cookie value of a fresh badge."""
        return badge_cookie(self.hand.badge(person), secure=self.hand.secure)

    def stream(self, device: Device, last_id: str) -> ASGIApp:
        """The stream of a paired device; it renews the badge whenever it opens."""
        cookies = (self.badge(device.person),)
        return CareStream(self.hand, device.person, device.hash, last_id, cookies)


class _Stream:
    """The stream's route, as an ASGI application of its own: it must see the page leave."""

    def __init__(self, phone: PhonePages) -> None:
        self._phone = phone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        device = device_of(request, self._phone.hand)
        if device is None:
            answer: ASGIApp = _answer(Refused(say("care.refused.not_paired")), 401)
        else:
            answer = self._phone.stream(device, request.headers.get("last-event-id", ""))
        await answer(scope, receive, send)


def _answer(outcome: Outcome, status: int = 200) -> Response:
    """What became of an act, in `ANSWER_BYTES` bytes."""
    said = msgspec.json.encode(
        {
            "kept": isinstance(outcome, Kept),
            "done": isinstance(outcome, Kept)
            or (isinstance(outcome, NotRecorded) and outcome.done),
            "why": outcome.why if isinstance(outcome, Refused) else "",
        }
    )
    return Response(said.ljust(ANSWER_BYTES), status, media_type="application/json")
