"""The ways that recordings go: a file in from its author, out to them, and out by a link, once.

A file is longer than anything else a page sends, so it has a way and a limit of its own, and it
reaches no disk as it came. A link's secret stands behind the `#` of its address, where no server
and no log sees it, and comes in a body; whatever is wrong with it is answered alike.
"""

from collections.abc import AsyncIterator

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.desk.care.access import (
    PATH,
    Device,
    device_of,
    from_own_page,
    person_of,
    read_body,
    token_of,
)
from collavoce.desk.care.acts_shapes import PersonOrNobody, PressId
from collavoce.desk.care.answering import answer
from collavoce.desk.care.drawn import listening_page
from collavoce.desk.care.songhand import Recording
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.runtime.care.kept.songs.decoding import Unusable
from collavoce.runtime.care.kept.songs.demos import unusable
from collavoce.runtime.care.kept.songs.sound import FILE_BYTES_MOST
from collavoce.words import say

FILE = "application/octet-stream"


class PlayMine(msgspec.Struct, frozen=True, tag=True):
    """A demo of mine, to hear or to take away."""

    demo: PressId


class PlayOnce(msgspec.Struct, frozen=True, tag=True):
    """What a link lets me hear."""

    secret: PressId


class MakeListening(msgspec.Struct, frozen=True, tag=True):
    """A link to hear a demo of mine once. to: for whom, "" for whoever has it."""

    demo: PressId
    to: PersonOrNobody


_plays: msgspec.json.Decoder[PlayMine | PlayOnce] = msgspec.json.Decoder(PlayMine | PlayOnce)
_links: msgspec.json.Decoder[MakeListening] = msgspec.json.Decoder(MakeListening)


class SongWays:
    """All of them, over one hand."""

    def __init__(self, hand: CareStagehand) -> None:
        self._hand = hand

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(f"{PATH}/listen", self._page),
            Route(f"{PATH}/demo", self._take_in, methods=["POST"]),
            Route(f"{PATH}/demo/play", self._play, methods=["POST"]),
            Route(f"{PATH}/demo/link", self._link, methods=["POST"]),
        ]

    async def _page(self, _: Request) -> Response:
        """The same for everybody, whatever the link."""
        return HTMLResponse(listening_page(self._hand))

    async def _take_in(self, request: Request) -> Response:
        if not from_own_page(request, FILE):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        if self._person(request) is None:
            return answer(Refused(say("care.refused.not_paired")), 401)
        if _length(request) > FILE_BYTES_MOST:
            return answer(Refused(unusable(Unusable.TOO_BIG)))
        token = token_of(request, self._hand)
        try:
            outcome, demo = await self._hand.songs.take_in(token, _pieces(request))
        except ClientDisconnect:
            return answer(Refused(unusable(Unusable.CUT_OFF)))
        return answer(outcome, code=demo)

    async def _play(self, request: Request) -> Response:
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        try:
            asked = _plays.decode(await read_body(request) or b"")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer(Refused(say("care.refused.not_understood")), 400)
        device = self._person(request)
        if isinstance(asked, PlayOnce):
            listener = "" if device is None else device.person
            recording = self._hand.songs.play_once(asked.secret, listener)
            return _sounding(recording, say("song.refused.link"))
        if device is None:
            return answer(Refused(say("care.refused.not_paired")), 401)
        recording = self._hand.songs.play(token_of(request, self._hand), asked.demo)
        return _sounding(recording, say("song.refused.unknown"))

    async def _link(self, request: Request) -> Response:
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        if self._person(request) is None:
            return answer(Refused(say("care.refused.not_paired")), 401)
        try:
            asked = _links.decode(await read_body(request) or b"")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer(Refused(say("care.refused.not_understood")), 400)
        token = token_of(request, self._hand)
        outcome, secret = self._hand.songs.link(token, asked.demo, asked.to)
        return answer(outcome, code=secret if isinstance(outcome, Kept) else "")

    def _person(self, request: Request) -> Device | None:
        device = person_of(device_of(request, self._hand), self._hand)
        return None if device is None or device.waiting else device


def _length(request: Request) -> int:
    said = request.headers.get("content-length", "")
    return int(said) if said.isdigit() else 0


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    async for piece in request.stream():
        if piece:
            yield piece


def _sounding(recording: Recording | None, why: str) -> Response:
    """The recording; or why there is none, the same whatever the reason."""
    if recording is None:
        return answer(Refused(why))
    return StreamingResponse(
        recording.pieces,
        media_type="audio/wav",
        headers={
            "Content-Length": str(recording.size),
            "Content-Disposition": 'attachment; filename="demo.wav"',
        },
    )
