"""The phone's pages as one ASGI application over a stagehand.

Whoever is paired, or waits to be, is always answered with 200 and the same number of bytes: what
was said stands inside, for the page alone.
"""

from hashlib import sha256
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

from collavoce.care.commands import PairDevice
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.pairing import WAIT_LIVES, secret_hash
from collavoce.care.recovery import RAW_BYTES, is_whole, written
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
from collavoce.desk.care.acts import ForgetThis, NewRecovery, Press, Recover, command, read_act
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
        """The person's page, the page that waits to be one, or the door for whoever is unknown."""
        device = device_of(request, self.hand)
        names = {person.id: person.name for person in self.hand.people.values()}
        paired = None if device is None or device.waiting else device
        page = _pages.get_template(_page_for(device)).render(
            say=say,
            language=LANGUAGE,
            title=self.hand.title,
            emergency=self.hand.emergency,
            me=device.person if device else "",
            number=device.number if device else 0,
            minutes=f"{WAIT_LIVES / 60:g}",
            exits=self.hand.exits,
            people=names,
            data={
                "me": paired.person if paired else "",
                "people": names if paired else {},
                "exits": dict(self.hand.exits) if paired else {},
                "emergency": self.hand.emergency,
                "web": web_origin(request, self.hand) if paired else "",
                "words": self._words,
            },
        )
        return HTMLResponse(page)

    async def pair(self, request: Request) -> Response:
        """Make the device that shows a good code its person's, or let it wait for them."""
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
        outcome = self.hand.ask(
            PairDevice(secret_hash(code), secret_hash(token), before.hash if before else "")
        )
        if not isinstance(outcome, Kept):
            self.hand.guessed_wrong(address)
            return _answer(outcome, 403)
        person = self.hand.state().pairings.devices.get(secret_hash(token))
        response = _answer(outcome)
        response.headers.append("Set-Cookie", device_cookie(token, secure=self.hand.secure))
        response.headers.append("Set-Cookie", self.badge(person))
        return response

    async def act(self, request: Request) -> Response:
        """Carry out what a page says whose device is known."""
        if not from_own_page(request):
            return _answer(Refused(say("care.refused.elsewhere")), 403)
        device = device_of(request, self.hand)
        if device is None:
            return _answer(Refused(say("care.refused.not_paired")), 401)
        body = await read_body(request)
        act = None if body is None else read_act(body)
        if act is None:
            return _answer(Refused(say("care.refused.not_understood")), 400)
        if isinstance(act, Recover):
            return _answer(self._recover(act, device, request))
        fresh = fresh_recovery(self.hand) if isinstance(act, NewRecovery) else ""
        asked = command(act, device, fresh)
        outcome = asked if isinstance(asked, Refused) else self.hand.ask(asked)
        if isinstance(act, Press) and not isinstance(outcome, Refused):
            self.hand.say_where(act.press, act.place)
        response = _answer(outcome, code=fresh if isinstance(outcome, Kept) else "")
        if isinstance(act, ForgetThis) and isinstance(outcome, Kept):
            for cookie in (device_cookie, badge_cookie):
                response.headers.append("Set-Cookie", cookie("", secure=self.hand.secure))
        return response

    def _recover(self, act: Recover, device: Device, request: Request) -> Outcome:
        """What a recovery code opens. Too many wrong ones are answered like one wrong one."""
        if not is_whole(act.code):
            return Refused(say("care.refused.recovery_slip"))
        guesser = f"recovery from {request.client.host if request.client else ''}"
        asked = command(act, device, "")
        if isinstance(asked, Refused) or not self.hand.may_guess(guesser):
            return Refused(say("care.refused.recovery"))
        outcome = self.hand.ask(asked)
        if isinstance(outcome, Refused):
            self.hand.guessed_wrong(guesser)
        return outcome

    def badge(self, person: str | None) -> str:
        """The Set-Cookie value of a fresh badge, or of none: a phone that waits has no standby."""
        badge = "" if person is None else self.hand.badge(person)
        return badge_cookie(badge, secure=self.hand.secure)

    def stream(self, device: Device, last_id: str) -> ASGIApp:
        """The stream of a known device; it renews the badge whenever it opens."""
        cookies = (self.badge(None if device.waiting else device.person),)
        return CareStream(self.hand, device, last_id, cookies)


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


def _page_for(device: Device | None) -> str:
    if device is None:
        return "door.html"
    return "waiting.html" if device.waiting else "phone.html"


def fresh_recovery(hand: CareStagehand) -> str:
    """A recovery code of 128 fresh random bits, as it is written down."""
    return written(sha256(hand.fresh_token().encode()).digest()[:RAW_BYTES])


def _answer(outcome: Outcome, status: int = 200, code: str = "") -> Response:
    """What became of an act, in `ANSWER_BYTES` bytes. code: a recovery code, shown this once."""
    said: dict[str, object] = {
        "kept": isinstance(outcome, Kept),
        "done": isinstance(outcome, Kept) or (isinstance(outcome, NotRecorded) and outcome.done),
        "why": outcome.why if isinstance(outcome, Refused) else "",
    }
    if code:
        said["code"] = code
    return Response(
        msgspec.json.encode(said).ljust(ANSWER_BYTES), status, media_type="application/json"
    )
