"""The two ways that sound goes: from a phone into its person's papers, and back to that phone.

A line is longer than anything else a page says, so its body has a limit of its own. What comes back
is filled up to one size, whoever has how much: a page that plays lines asks once when it is opened,
and whoever counts bytes on the venue's network learns nothing by it.
"""

from base64 import b64encode
from collections.abc import Iterable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collavoce.care.events import Refused
from collavoce.care.outcome import Outcome
from collavoce.desk.care.access import PATH, device_of, from_own_page, read_body, token_of
from collavoce.desk.care.acts_ear import Cue, LineId
from collavoce.desk.care.acts_shapes import PersonId
from collavoce.desk.care.answering import answer
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.runtime.care.kept.ear import LINE_S, TOGETHER_S, Line
from collavoce.wire.wav import BYTES_A_SECOND
from collavoce.words import say

SOUND_LIMIT = 4 * (LINE_S * BYTES_A_SECOND + 65_536) // 3 + 4096
"""Bytes of a body that brings a line: its sound in base64, with room for what a recorder adds."""

SOUND_WITHIN_S = 30.0

HEARD_BYTES = 4 * TOGETHER_S * BYTES_A_SECOND // 3 + 16_384
"""Bytes of every answer: all the sound a person may keep, in base64, with what belongs to it."""


class KeepEar(msgspec.Struct, frozen=True, tag=True):
    """A sound (WAV) for one entrance of mine, "" for each."""

    cue: Cue
    sound: bytes


class GiveEar(msgspec.Struct, frozen=True, tag=True):
    """A sound (WAV) for somebody I said yes to."""

    to: PersonId
    sound: bytes


class HearMine(msgspec.Struct, frozen=True, tag=True):
    """All my lines, please, and how they play."""


class HearGiven(msgspec.Struct, frozen=True, tag=True):
    """This line that I was given."""

    line: LineId


_keeps: msgspec.json.Decoder[KeepEar | GiveEar] = msgspec.json.Decoder(KeepEar | GiveEar)
_hears: msgspec.json.Decoder[HearMine | HearGiven] = msgspec.json.Decoder(HearMine | HearGiven)


class EarWays:
    """Both ways, over one hand."""

    def __init__(self, hand: CareStagehand) -> None:
        self._hand = hand

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(f"{PATH}/ear/keep", self._keep, methods=["POST"]),
            Route(f"{PATH}/ear/hear", self._hear, methods=["POST"]),
        ]

    async def _keep(self, request: Request) -> Response:
        stranger = self._stranger(request)
        if stranger is not None:
            return stranger
        body = await read_body(request, SOUND_LIMIT, SOUND_WITHIN_S)
        if body is None:
            return answer(Refused(say("ear.refused.long", seconds=LINE_S)), 413)
        try:
            act = _keeps.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer(Refused(say("care.refused.not_understood")), 400)
        return answer(self._kept(act, token_of(request, self._hand)))

    async def _hear(self, request: Request) -> Response:
        stranger = self._stranger(request)
        if stranger is not None:
            return stranger
        try:
            asked = _hears.decode(await read_body(request) or b"")
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer(Refused(say("care.refused.not_understood")), 400)
        token, ear = token_of(request, self._hand), self._hand.ear
        if isinstance(asked, HearGiven):
            lines: Iterable[Line] = (line for line in ear.given(token) if line.id == asked.line)
        else:
            lines = ear.lines(token)
        how = ear.how(token)
        said = {"on": how.on, "volume": how.volume, "lines": [_sounding(line) for line in lines]}
        body = msgspec.json.encode({"shown": said})
        assert len(body) <= HEARD_BYTES, len(body)
        return Response(body.ljust(HEARD_BYTES), media_type="application/json")

    def _kept(self, act: KeepEar | GiveEar, token: str) -> Outcome:
        if isinstance(act, GiveEar):
            return self._hand.ear.give(token, act.to, "", act.sound)
        return self._hand.ear.keep_line(token, act.cue, "", act.sound)

    def _stranger(self, request: Request) -> Response | None:
        """The answer to whoever may not ask at all."""
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        device = device_of(request, self._hand)
        if device is None or device.waiting or device.person not in self._hand.people:
            return answer(Refused(say("care.refused.not_paired")), 401)
        return None


def _sounding(line: Line) -> dict[str, object]:
    """A line with its sound; `acts_ear.ear_view` is without."""
    return {
        "id": line.id,
        "cue": line.cue,
        "from": line.giver,
        "words": line.words,
        "sound": b64encode(line.sound).decode(),
    }
