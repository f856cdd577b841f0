"""The page on which a person adds and forgets buttons that press for them.

A page of its own: it shows a secret, once, and nobody needs it while they press.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode, urlsplit

import msgspec
import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.desk.care.access import PATH, Device, device_of, from_own_page, read_body
from collavoce.desk.care.drawn import template
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.runtime.care.buttons.hand import Seen
from collavoce.runtime.care.buttons.pads import LEARN_S
from collavoce.words import LANGUAGE, say

LOST_AFTER_S = 10.0
"""A button says something every second or sooner (docs/button.md)."""


class ButtonHand(Protocol):
    """What the page asks of whoever keeps the buttons."""

    port: int

    def of(self, person: str) -> Sequence[Seen]:
        """The buttons of `person`."""
        ...

    async def add(self, person: str) -> tuple[Outcome, str, bytes]:
        """A fresh button on the network: what became of it, its id and key."""
        ...

    async def learn(self, person: str) -> tuple[Outcome, str]:
        """The pad or pedal pressed next: what became of it, and its name."""
        ...

    async def forget(self, person: str, button: str) -> Outcome:
        """`button` presses for nobody any more."""
        ...


class Add(msgspec.Struct, frozen=True, tag=True):
    """A button on the network, please."""


class Learn(msgspec.Struct, frozen=True, tag=True):
    """What I press now is my button."""


class Forget(msgspec.Struct, frozen=True, tag=True):
    """This one is mine no more."""

    button: str


Act = Add | Learn | Forget
_acts: msgspec.json.Decoder[Act] = msgspec.json.Decoder(Act)


@dataclass(frozen=True, slots=True)
class ButtonPages:
    """The page, and what it asks for."""

    hand: CareStagehand
    buttons: ButtonHand

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(f"{PATH}/buttons", self.page),
            Route(f"{PATH}/buttons/act", self.act, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The person's buttons as they are now."""
        device = self._owner(request)
        if device is None:
            return RedirectResponse(f"{PATH}/")
        page = template("buttons.html").render(
            say=say,
            language=LANGUAGE,
            manifest="",
            data={},
            learn_seconds=f"{LEARN_S:g}",
            buttons=[
                {"id": seen.button, "what": seen.what, "heard": heard(seen.ago)}
                for seen in self.buttons.of(device.person)
            ],
        )
        return HTMLResponse(page)

    async def act(self, request: Request) -> Response:
        """Add, learn or forget for the person whose phone asks."""
        if not from_own_page(request):
            return _answer(Refused(say("care.refused.elsewhere")), 403)
        device = self._owner(request)
        if device is None:
            return _answer(Refused(say("care.refused.not_paired")), 401)
        try:
            asked = _acts.decode(await read_body(request) or b"")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _answer(Refused(say("care.refused.not_understood")), 400)
        match asked:
            case Add():
                outcome, button, key = await self.buttons.add(device.person)
                if not isinstance(outcome, Kept):
                    return _answer(outcome)
                text = set_up(button, key, _host(request), self.buttons.port)
                return _answer(outcome, text=text, picture=_picture(text))
            case Learn():
                outcome, what = await self.buttons.learn(device.person)
                said = say("button.page.learned", what=what) if isinstance(outcome, Kept) else ""
                return _answer(outcome, text=said)
            case Forget():
                return _answer(await self.buttons.forget(device.person, asked.button))

    def _owner(self, request: Request) -> Device | None:
        """A phone that is somebody's; one that waits adds nothing in their name."""
        device = device_of(request, self.hand)
        return None if device is None or device.waiting else device


def set_up(button: str, key: bytes, host: str, port: int) -> str:
    """Everything a button must be told, as one line."""
    told = urlencode({"id": button, "key": key.hex(), "host": host, "port": port})
    return f"collavoce-button:1?{told}"


def heard(ago: float | None) -> str:
    """Whether a button is there, in words."""
    if ago is None:
        return say("button.page.never_heard")
    if ago < LOST_AFTER_S:
        return say("button.page.heard")
    minutes = int(ago // 60)
    since = (
        say("button.page.minutes", n=minutes)
        if minutes > 1
        else say("button.page.seconds", n=int(ago))
    )
    return say("button.page.not_heard", since=since)


def _host(request: Request) -> str:
    """This machine as the phone reaches it."""
    return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""


def _picture(text: str) -> str:
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(
        picture, kind="svg", scale=6, border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return picture.getvalue().decode()


def _answer(outcome: Outcome, status: int = 200, **said: str) -> Response:
    kept = isinstance(outcome, Kept)
    why = (
        outcome.why if isinstance(outcome, Refused) else "" if kept else say("button.page.not_kept")
    )
    return Response(
        msgspec.json.encode({"kept": kept, "why": why, **said}),
        status,
        media_type="application/json",
    )
