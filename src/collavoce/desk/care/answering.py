"""What becomes of what a page asks, in answers of one size.

Whoever is paired, or waits to be, is always answered with 200 and the same number of bytes: what
was said stands inside, for the page alone.
"""

from hashlib import sha256
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from collavoce.care.commands import PairDevice, RaiseAlert
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.recovery import RAW_BYTES, is_whole, normal, written
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.access import (
    Device,
    badge_cookie,
    device_cookie,
    device_of,
    from_own_page,
    read_body,
    token_of,
)
from collavoce.desk.care.acts import LONGEST_ACT, Act, Ping, command, is_command, may_wait, read_act
from collavoce.desk.care.acts_line import AtTheLine, line_command
from collavoce.desk.care.acts_own import EraseMe, Own, own_act
from collavoce.desk.care.acts_phones import ForgetThis, NewRecovery, Recover
from collavoce.desk.care.acts_press import Press
from collavoce.desk.care.acts_quiet import OfQuiet, quiet_act
from collavoce.desk.care.acts_song import OfSongs, song_act
from collavoce.desk.care.keyhand import Proof
from collavoce.desk.care.read import filled, read_read, shown, size_of
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.words import say

ANSWER_BYTES: Final = 512


class _Code(msgspec.Struct, frozen=True):
    code: str


_codes = msgspec.json.Decoder(_Code)


class Answering:
    """Pairing, acts, and being shown one's own."""

    def __init__(self, hand: CareStagehand) -> None:
        self.hand = hand

    async def pair(self, request: Request) -> Response:
        """Make the device that shows a good code its person's, or let it wait for them."""
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        address = request.client.host if request.client else ""
        if not self.hand.may_guess(address):
            return answer(Refused(say("care.refused.too_often")), 429)
        body = await read_body(request)
        try:
            code = _codes.decode(body or b"").code
        except (msgspec.DecodeError, UnicodeDecodeError):
            return answer(Refused(say("care.refused.code")), 400)
        before = device_of(request, self.hand)
        token = self.hand.fresh_token()
        outcome = self.hand.ask(
            PairDevice(secret_hash(code), secret_hash(token), before.hash if before else ""),
            Proof(token, before=token_of(request, self.hand) if before else ""),
        )
        if not isinstance(outcome, Kept):
            self.hand.guessed_wrong(address)
            return answer(outcome, 403)
        person = self.hand.state().pairings.devices.get(secret_hash(token))
        response = answer(outcome)
        response.headers.append("Set-Cookie", device_cookie(token, secure=self.hand.secure))
        response.headers.append("Set-Cookie", self.badge(person, secret_hash(token)))
        return response

    async def act(self, request: Request) -> Response:
        """Carry out what a page says whose device is known."""
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        device = device_of(request, self.hand)
        if device is None:
            return answer(Refused(say("care.refused.not_paired")), 401)
        body = await read_body(request, LONGEST_ACT)
        act = None if body is None else read_act(body)
        if act is None:
            return answer(Refused(say("care.refused.not_understood")), 400)
        fresh = fresh_recovery(self.hand) if isinstance(act, NewRecovery) else ""
        if isinstance(act, Recover):
            outcome = self._recover(act, device, request)
        else:
            outcome = await self._carry_out(act, device, token_of(request, self.hand), fresh)
        response = answer(outcome, code=fresh if isinstance(outcome, Kept) else "")
        if isinstance(act, ForgetThis | EraseMe) and isinstance(outcome, Kept):
            for cookie in (device_cookie, badge_cookie):
                response.headers.append("Set-Cookie", cookie("", secure=self.hand.secure))
        return response

    async def read(self, request: Request) -> Response:
        """Show a person their own things, or whoever is called the lines of whoever calls."""
        if not from_own_page(request):
            return answer(Refused(say("care.refused.elsewhere")), 403)
        device = device_of(request, self.hand)
        if device is None or device.waiting or device.person not in self.hand.people:
            return answer(Refused(say("care.refused.not_paired")), 401)
        body = await read_body(request)
        what = None if body is None else read_read(body)
        if what is None:
            return answer(Refused(say("care.refused.not_understood")), 400)
        seen = shown(self.hand, what, device.person, token_of(request, self.hand))
        return Response(filled(seen, size_of(what)), media_type="application/json")

    def badge(self, person: str | None, device: str) -> str:
        """The Set-Cookie value of a fresh badge, or of none: a phone that waits has no standby."""
        badge = "" if person is None else self.hand.badge(person, device)
        return badge_cookie(badge, secure=self.hand.secure)

    async def _carry_out(self, act: Act, device: Device, token: str, fresh: str) -> Outcome:
        if device.waiting and not may_wait(act):
            return Refused(say("care.refused.waiting"))
        if isinstance(act, Ping):
            self.hand.pinged(device.person, act.clock, act.shown)
            return Kept()
        if isinstance(act, Own):
            return own_act(act, self.hand, token)
        if isinstance(act, OfQuiet):
            return quiet_act(act, self.hand, device.person, token)
        if isinstance(act, OfSongs):
            return await song_act(act, self.hand.songs, token)
        if isinstance(act, AtTheLine):
            return self.hand.ask_line(device.person, line_command(act))
        assert is_command(act)
        asked = command(act, device, fresh)
        if isinstance(asked, Refused):
            return asked
        if isinstance(asked, RaiseAlert):
            outcome = await self.hand.press(asked)
        else:
            outcome = self.hand.ask(asked, Proof(token, code=normal(fresh)))
        if isinstance(act, Press) and not isinstance(outcome, Refused):
            self.hand.say_where(act.press, act.place)
        return outcome

    def _recover(self, act: Recover, device: Device, request: Request) -> Outcome:
        """What a recovery code opens. Too many wrong ones are answered like one wrong one."""
        if not is_whole(act.code):
            return Refused(say("care.refused.recovery_slip"))
        guesser = f"recovery from {request.client.host if request.client else ''}"
        asked = command(act, device)
        if isinstance(asked, Refused) or not self.hand.may_guess(guesser):
            return Refused(say("care.refused.recovery"))
        token = token_of(request, self.hand)
        outcome = self.hand.ask(asked, Proof(token, code=normal(act.code)))
        if isinstance(outcome, Refused):
            self.hand.guessed_wrong(guesser)
        return outcome


def fresh_recovery(hand: CareStagehand) -> str:
    """A recovery code of 128 fresh random bits, as it is written down."""
    return written(sha256(hand.fresh_token().encode()).digest()[:RAW_BYTES])


def answer(outcome: Outcome, status: int = 200, code: str = "") -> Response:
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
