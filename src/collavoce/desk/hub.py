"""One change, encoded once, to every page that listens.

Only while anybody listens is anything looked at. A state goes out with the event that made it,
the music and the lights at a steady pace, and a beat once a second, so that silence means a broken
line.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from collavoce.desk.listener import Listener
from collavoce.desk.stagehand import Stagehand
from collavoce.desk.tonight import evening_now
from collavoce.desk.views import (
    caller_view,
    due_view,
    machine_view,
    phone_view,
    place_view,
    times_view,
)
from collavoce.desk.views.caller import looked_on
from collavoce.desk.views.signs import View
from collavoce.score.model import Score
from collavoce.show.setlist.evening import Lengths

TICK_S = 0.05
"""Between two looks at the music and the lights: at most 20 messages a second of each."""

STATE_REST_S = 0.02
"""After a state was sent; what happens meanwhile goes out together."""

TICKS_A_BEAT = 20
"""A beat is sent once a second; a page that hears nothing for 2.5 s says so."""

TIMES_EVERY = 10 * TICKS_A_BEAT
"""Over and under are said in whole minutes."""

NO_LENGTHS = Lengths()

log = logging.getLogger(__name__)

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Encoded:
    """A message ready to send. id: changes exactly when its content does."""

    id: str
    frame: bytes


def frame(event: str, view: View, event_id: str = "") -> bytes:
    """A server-sent event (WHATWG HTML, 9.2.6)."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {event}\ndata: ".encode() + _encode(view) + b"\n\n"


class Hub:
    """Looks at the stagehand while anybody listens, and tells the listeners."""

    def __init__(self, stagehand: Stagehand, plan_id: str, lengths: Lengths = NO_LENGTHS) -> None:
        self._stagehand = stagehand
        self._lengths = lengths
        self._times = b""
        self._plan_id = plan_id
        self._listeners: set[Listener] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._processes: dict[str, str] = {}
        self._line: Mapping[str, object] | None = None
        self._place = b""
        self._stage = b""

    def join(self, person: str | None, last_id: str = "", *, looks_on: bool = False) -> Listener:
        """A new listener, told at once what it does not have. last_id: the last it received.

        looks_on : of a desk that is not the caller's.
        """
        listener = Listener(person, looks_on, has=last_id)
        self._listeners.add(listener)
        if not self._tasks:
            for work in (self._watch_state(), self._watch_rest()):
                task = asyncio.create_task(work)
                self._tasks.add(task)
                task.add_done_callback(self._ended)
        listener.offer("beat", self._beat())
        self._offer_state({listener})
        self._offer_due(listener)
        if person is None:
            listener.offer("times", self._times_frame())
            listener.offer("music", self._music_frame())
            listener.offer("stage", self._stage_frame())
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; with the last one the looking ends."""
        self._listeners.discard(listener)
        if not self._listeners:
            self._stop()

    def cut_desks(self) -> None:
        """End the streams of every desk; those that may come back do so by themselves."""
        for listener in self._listeners:
            if listener.person is None:
                listener.cut.set()

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()

    def _ended(self, task: asyncio.Task[None]) -> None:
        # A task that died must not leave pages open that nobody feeds: cut, they come back.
        if task.cancelled():
            return
        log.error("the desk's streams stopped and start again", exc_info=task.exception())
        self._stop()
        for listener in self._listeners:
            listener.cut.set()

    async def _watch_state(self) -> None:
        while True:
            seq = self._stagehand.seq()
            self._offer_state(self._listeners)
            await asyncio.sleep(STATE_REST_S)
            await self._stagehand.changed(seq)

    async def _watch_rest(self) -> None:
        ticks = 0
        while True:
            await asyncio.sleep(TICK_S)
            ticks += 1
            self._offer_changed()
            if ticks % TICKS_A_BEAT == 0:
                beat = self._beat()
                for listener in self._listeners:
                    listener.offer("beat", beat)
                    self._offer_due(listener)
            if ticks % TIMES_EVERY == 0:
                self._offer_times()

    def _offer_changed(self) -> None:
        processes = dict(self._stagehand.processes())
        line = self._stagehand.line()
        if processes != self._processes or line != self._line:
            self._processes, self._line = processes, line
            self._offer_state(self._listeners)
        place, stage = self._music_frame(), self._stage_frame()
        for listener in self._listeners:
            if listener.person is None:
                if place != self._place:
                    listener.offer("music", place)
                if stage != self._stage:
                    listener.offer("stage", stage)
        self._place, self._stage = place, stage

    def _offer_state(self, listeners: set[Listener]) -> None:
        encoded: dict[tuple[str | None, bool], Encoded] = {}
        for listener in listeners:
            who = (listener.person, listener.looks_on)
            if who not in encoded:
                encoded[who] = self._state(*who)
            state = encoded[who]
            if state.id != listener.has:
                listener.has = state.id
                listener.offer("state", state.frame)

    def _offer_times(self) -> None:
        times = self._times_frame()
        if times == self._times:
            return
        self._times = times
        for listener in self._listeners:
            if listener.person is None:
                listener.offer("times", times)

    def _times_frame(self) -> bytes:
        return frame("times", times_view(evening_now(self._stagehand, self._lengths)))

    def _offer_due(self, listener: Listener) -> None:
        """When a crew member's next cue is due: once a second at most, and only when it moved."""
        hand, person = self._stagehand, listener.person
        if person is None:
            return
        view = due_view(hand.show, hand.state(), hand.music(), person)
        if view != listener.due:
            listener.due = view
            listener.offer("due", frame("due", view))

    def _state(self, person: str | None, looks_on: bool) -> Encoded:  # noqa: FBT001  a listener's key
        hand = self._stagehand
        if person is None:
            recent = hand.recent()
            view = caller_view(
                hand.show,
                looked_on(hand.state()) if looks_on else hand.state(),
                plan=self._plan_id,
                # Not even that something happened is told by a number to whoever looks on.
                seq=max((one.seq for one in recent), default=0) if looks_on else hand.seq(),
                processes=hand.processes(),
                recent=recent,
                line=hand.line(),
                score=self._score(),
                history=hand.history(),
                machine=machine_view(hand.machine()),
            )
        else:
            view = phone_view(hand.show, hand.state(), person)
        event_id = sha256(_encode(view)).hexdigest()[:16]
        return Encoded(event_id, frame("state", view, event_id))

    def _beat(self) -> bytes:
        hand = self._stagehand
        return frame("beat", {"at": round(hand.now(), 3), "day": round(hand.day_seconds(), 1)})

    def _music_frame(self) -> bytes:
        hand = self._stagehand
        place = place_view(hand.show, hand.state(), hand.music(), self._score())
        return frame("music", {**place, "notice": hand.notice()})

    def _score(self) -> Score | None:
        number = self._stagehand.state().number
        written = None if number is None else self._stagehand.scores.get(number)
        return None if written is None else written[0]

    def _stage_frame(self) -> bytes:
        hand = self._stagehand
        levels = hand.stage_levels()
        # Whole percent: finer than the eye, and a fade of a second is 20 messages, not 44.
        # A channel nobody has sent yet is not at zero: its level is not known.
        percent = [
            None if (level := levels.get(name)) is None else round(100 * level)
            for name in hand.show.patch.channels
        ]
        return frame("stage", {"levels": percent})
