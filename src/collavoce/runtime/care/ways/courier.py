"""The courier: carries what the outbox wants to the porter, and records each step of it.

    wanted -> tried, on disk -> claimed -> handed to the porter -> what came of it, on disk

Losing this task would be the silent failure: presses would be kept and no message would leave. So
whoever starts it holds it, its end ends the process, and its turns are part of the pulse. Distress
goes before everything else and is never limited; what is not distress has a bucket, and what
waits for it is said to be delayed.
"""

import asyncio
import contextlib
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from collavoce.care.channels import Channel, Fate, Message
from collavoce.care.commands import RecordFate, RecordTry
from collavoce.care.ladder import Moment
from collavoce.care.reached.outbox import possible
from collavoce.care.state import CareState
from collavoce.rig.channels import ECHO, Accepted, Delivered, Failed, Outcome
from collavoce.runtime.care.canary import CANARIES
from collavoce.runtime.care.house import House
from collavoce.runtime.care.ways.deadman import CARRIED_MAX, Foreseen
from collavoce.runtime.care.ways.foreseeing import Foresight
from collavoce.runtime.care.ways.outgoing import Outgoing
from collavoce.runtime.care.ways.saying import text_of

TURN_MAX = 1.0
"""Seconds after which it looks again in any case, as the ladder does."""

AT_ONCE = 64
"""Messages in one turn: a press waits behind one turn at the most."""

LEAVE_EVERY_S = 1.0
LEAVE_APART_S = 0.2
"""The watchdog is told again so often, and so soon after a change."""

LIMITED_BURST = 10.0
LIMITED_PER_S = 2.0
"""Of what is not distress."""

FORESEEN_PRESSES_MAX = 64
"""Presses of which the watchdog is told, those that time moves next."""


class Carrier(Protocol):
    """The porter as the courier uses it (`runtime/porter`)."""

    def room(self, channel: str) -> int:
        """How many more of `channel` it takes now."""
        ...

    def hand(self, channel: str, address: str, text: str, key: str, *, distress: bool) -> int:
        """Hand over one message; the number under which it is answered."""
        ...

    def collect(self) -> list[tuple[int, Outcome]]:
        """What has been answered since."""
        ...


class Claimed(Protocol):
    """Who carries a message (`Claims`)."""

    def take(self, key: str) -> bool:
        """Whether it is ours."""
        ...


class Letters(Protocol):
    """To and from the watchdog (`DeadmanBox`)."""

    def leave(self, as_of: float, items: Sequence[Foreseen], got: Iterable[str]) -> None:
        """Tell it what is foreseen, and what is known to be carried."""
        ...

    def stood_in(self) -> dict[str, tuple[bool, str]]:
        """What it has carried."""
        ...


@dataclass(slots=True)
class Bucket:
    """How much of what is not distress may go."""

    left: float = LIMITED_BURST
    at: float = 0.0

    def fill(self, now: float) -> None:
        """Time has passed."""
        self.left = min(LIMITED_BURST, self.left + max(0.0, now - self.at) * LIMITED_PER_S)
        self.at = now

    def take(self) -> bool:
        """Whether one more may go now."""
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


class Courier:
    """url : where a page is opened. emergency : the local number."""

    def __init__(
        self,
        house: House,
        porter: Carrier,
        claims: Claimed,
        deadman: Letters,
        url: str,
        emergency: str,
    ) -> None:
        self.turned_at: float = house.moment()
        """when it last turned; part of the pulse"""
        self.delayed: frozenset[str] = frozenset()
        """the keys of what waits because it is no distress"""
        self._house = house
        self._porter = porter
        self._claims = claims
        self._deadman = deadman
        self._foresight = Foresight(url, emergency)
        self._url = url
        self._emergency = emergency
        self._outgoing = Outgoing()
        self._out: dict[int, Message] = {}
        self._stood_in: dict[str, tuple[bool, str]] = {}
        self._bucket = Bucket(at=house.moment())
        self._rests: dict[str, float] = {}
        self._foreseen_of: CareState | None = None
        self._left_at = float("-inf")
        self._leave_at = float("-inf")

    async def carry(self, listen: Callable[[], None]) -> None:
        """Turn whenever something may be wanted or has been answered; never returns.

        listen : called after each turn, for the porter may be heard at another place now.
        """
        self.resume()
        while True:
            self._house.stirred.clear()
            more = self.turn()
            listen()
            if more:
                # Whoever presses now goes first.
                await asyncio.sleep(0)
                continue
            at = min(self._outgoing.next_at(), self._leave_at)
            wait = min(TURN_MAX, max(0.0, at - self._house.moment()))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._house.stirred.wait()

    def resume(self) -> None:
        """Hand over what was recorded as tried by a process that died before it could do so."""
        for message in tuple(_interrupted(self._house.state)):
            self._hand(message)

    def turn(self) -> bool:
        """Record what was answered, hand over what is wanted; whether more could be handed now."""
        house = self._house
        self._hear()
        now = house.moment()
        self._outgoing.follow(house.state, now)
        batch, more = self._batch(now)
        # On disk before anything leaves, and all of it with one wait for the disk.
        house.ask_all([RecordTry(message.press, message.key) for message in batch])
        for message in batch:
            self._hand(message)
        if not more or now - self._left_at >= LEAVE_EVERY_S:
            self._leave(now)
        self.turned_at = house.moment()
        return more

    def _hear(self) -> None:
        """Record what the watchdog has carried and what the porter was answered."""
        fates = self._heard_of_watchdog()
        for number, outcome in self._porter.collect():
            message = self._out.pop(number, None)
            if message is not None:
                fates.append(_fate(message, outcome))
                if isinstance(outcome, Failed) and outcome.after_s:
                    self._rests[message.channel] = self._house.moment() + outcome.after_s
        self._house.ask_all(fates)

    def _heard_of_watchdog(self) -> list[RecordFate]:
        """What came of the messages it carried, once it is recorded that they were.

        Also of those that are wanted no more: whoever was called by them must be let go.
        """
        said = self._deadman.stood_in()
        unheard = said.keys() - self._stood_in.keys()
        if not unheard:
            return []
        self._stood_in |= {key: said[key] for key in unheard}
        while len(self._stood_in) > CARRIED_MAX:
            del self._stood_in[next(iter(self._stood_in))]
        state = self._house.state
        presses = (possible(state, press) for press in state.alerts.by_press)
        messages = [m for of_press in presses for m in of_press if m.key in unheard]
        self._house.ask_all([RecordTry(m.press, m.key, carried=True) for m in messages])
        return [_stood_in(m, said[m.key]) for m in messages]

    def _batch(self, now: Moment) -> tuple[list[Message], bool]:
        """The next to be handed over, distress first; whether more could follow at once.

        Of distress half are the longest due and half the latest: whoever presses now does not
        wait behind ten thousand others, and nobody waits for ever.
        """
        self._bucket.fill(now)
        rooms = {channel: self._porter.room(channel) for channel in Channel}
        messages = list(self._outgoing.messages())
        fitting = [message for message in messages if rooms[message.channel] > 0]
        distress = [message for message in fitting if message.distress]
        batch: list[Message] = []
        for message in _oldest_and_latest(distress):
            if len(batch) < AT_ONCE and rooms[message.channel] > 0:
                rooms[message.channel] -= 1
                batch.append(message)
        more = len(batch) < len(distress) and any(rooms[m.channel] > 0 for m in distress)
        room = AT_ONCE - len(batch)
        rest = heapq.nsmallest(room, (m for m in fitting if not m.distress), key=_due_at)
        batch += [message for message in rest if self._may_go(message, now)]
        going = {message.key for message in batch}
        self.delayed = frozenset(m.key for m in messages if not m.distress and m.key not in going)
        return batch, more and bool(batch)

    def _may_go(self, message: Message, now: Moment) -> bool:
        """Distress never asks: a service that wants rest is tried for it all the same."""
        return self._rests.get(message.channel, now) <= now and self._bucket.take()

    def _hand(self, message: Message) -> None:
        if not self._claims.take(message.key):
            # The watchdog carries it; what came of it is on its way here.
            return
        text = text_of(message.wording, self._url, self._emergency)
        channel, address = _way(message)
        number = self._porter.hand(channel, address, text, message.key, distress=message.distress)
        self._out[number] = message

    def _leave(self, now: Moment) -> None:
        """Tell the watchdog what will be due: at a change soon, else once a second."""
        state = self._house.state
        if state is not self._foreseen_of:
            self._leave_at = min(self._leave_at, self._left_at + LEAVE_APART_S)
        if now < self._leave_at:
            return
        self._foreseen_of = state
        alerts = self._outgoing.soonest(FORESEEN_PRESSES_MAX)
        changed = self._foresight.follow(state, alerts, now)
        self._leave_at = self._left_at + LEAVE_EVERY_S
        if changed or now >= self._leave_at:
            self._deadman.leave(now, self._foresight.items(), self._stood_in)
            self._left_at, self._leave_at = now, now + LEAVE_EVERY_S


def _due_at(message: Message) -> float:
    return message.due_at


def _oldest_and_latest(messages: Sequence[Message]) -> Iterator[Message]:
    """Alternately the longest due and the latest, each once, enough for one turn."""
    oldest = heapq.nsmallest(AT_ONCE, messages, key=_due_at)
    latest = heapq.nlargest(AT_ONCE, messages, key=_due_at)
    given: set[str] = set()
    for message in chain.from_iterable(zip(oldest, latest, strict=True)):
        if message.key not in given:
            given.add(message.key)
            yield message


def _way(message: Message) -> tuple[str, str]:
    """The porter's name of the channel, and the address there; the canary's is no person's."""
    if message.person in CANARIES:
        return ECHO, message.address
    return message.channel, message.address


def _fate(message: Message, outcome: Outcome) -> RecordFate:
    match outcome:
        case Accepted():
            return RecordFate(message.press, message.key, Fate.ACCEPTED)
        case Delivered():
            return RecordFate(message.press, message.key, Fate.DELIVERED)
        case Failed():
            return RecordFate(message.press, message.key, Fate.FAILED, outcome.kind)


def _stood_in(message: Message, carried: tuple[bool, str]) -> RecordFate:
    taken, why = carried
    fate = Fate.ACCEPTED if taken else Fate.FAILED
    return RecordFate(message.press, message.key, fate, why)


def _interrupted(state: CareState) -> Iterator[Message]:
    """What is on disk as tried, by a process before this one, with nothing known of it."""
    for press, alert in state.alerts.by_press.items():
        unanswered = {sent.key for sent in alert.messages.values() if sent.fate is None}
        if unanswered and alert.end is None and alert.coming is None:
            yield from (m for m in possible(state, press) if m.key in unanswered)
