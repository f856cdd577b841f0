"""One performance, running: commands in, events kept, then the world is touched.

The rule of record is written here. A show goes on: a firing is appended to the ring (which a
killed process does not lose, and which waits for no disk) and only then what it sends leaves; the
disk follows behind. Whatever asks, be it the follower, a hand or a timer, takes this one way.

Nothing in here reads a clock, opens a socket or starts a task: the live engine and the lockstep
run drive the same object.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from collavoce.rig.udp import Sent
from collavoce.runtime.entry import Entry
from collavoce.runtime.leaving import Firing, Leaving
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.wires.said import said
from collavoce.runtime.wires.shot import Pull, Shot
from collavoce.show.actions.action import Replay
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.sound import PlaySound
from collavoce.show.board import Board, board_after
from collavoce.show.commands import AnyCommand, HearAnswer, Tick
from collavoce.show.cues import Cue, Show
from collavoce.show.decide import decided
from collavoce.show.events import (
    AnyEvent,
    CueAuditioned,
    CueFired,
    CueHalted,
    CueSent,
    Refused,
    ShowOpened,
    ShowStopped,
)
from collavoce.show.evolve import evolve
from collavoce.show.latency import LONGEST, landed
from collavoce.show.looks import Look
from collavoce.show.patch import LIGHTS
from collavoce.show.rules.waits import next_due
from collavoce.show.state import ShowState
from collavoce.show.told.event import Sending
from collavoce.units import Instant, Seconds
from collavoce.words import say

KEYS_KEPT = 10_000
"""Answers remembered, so that a command sent again is answered again and not done again."""


class Outputs(Protocol):
    """The wires of the performance."""

    def shots(self, cue: Cue) -> Sequence[Shot]:
        """What `cue` sends besides levels; asked once, before the house opens."""
        ...

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Send what the lights' network is due at `now`."""
        ...

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """When `lights` must be called next."""
        ...

    def hear(self, event: AnyEvent) -> None:
        """Pass on what changes what is under way at the other end."""
        ...

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Show `cue`, and the look it would make, to nobody but the virtual stage."""
        ...

    def turn(self, now: Instant) -> None:
        """Do what connections need."""
        ...

    def answers(self, now: Instant) -> Sequence[HearAnswer]:
        """What other ends answered since the last call."""
        ...


Recorder = Callable[[AnyEvent, str, str, int], int]
"""(event, actor, key, cause) -> ring sequence number."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A cue as it will leave. levels: once the look is made; messages: before."""

    messages: tuple[Shot, ...]
    levels: tuple[Shot, ...]


NOTHING = _Ready((), ())


class Lights:
    """The light frame that all performances of one house share."""

    def __init__(self) -> None:
        self.board = Board()


class Performance:
    """The show's state, its look, and the way from a command to the wire.

    stage : which of several stages this is, "" of the only one; `show` has its numbers alone.
    lights : shared with the other stages; its own where there are none.
    """

    def __init__(
        self,
        show: Show,
        record: Recorder,
        outputs: Outputs,
        now: Callable[[], Instant],
        *,
        stage: str = "",
        lights: Lights | None = None,
    ) -> None:
        self.show = show
        self.stage = stage
        self.state = ShowState()
        self.seq = 0
        self._lights = lights or Lights()
        self._record = record
        self._outputs = outputs
        self._now = now
        self._answers: OrderedDict[str, Kept | Declined] = OrderedDict()
        self._leaving = Leaving()
        self._doubtful: dict[int, CueFired] = {}
        self._ready = {
            number: _Ready(tuple(outputs.shots(cue)), self._light_shots(cue))
            for number, cue in show.cues_by_number.items()
        }

    @property
    def look(self) -> Look:
        """What the lights of the house look like, other stages' among them."""
        return self._lights.board.look

    def restore(self, entries: Iterable[tuple[int, Entry]]) -> None:
        """Fold what was kept before this process was started; touches nothing.

        A firing of which it is not recorded what was sent is in doubt until `settle`.
        """
        for seq, entry in entries:
            self._fold(seq, entry.event)
            if entry.key:
                key = entry.key.rpartition(":")[0] or entry.key
                self._remember(key, Kept(key, seq))
            if isinstance(entry.event, CueFired):
                self._doubtful[seq] = entry.event
            elif isinstance(entry.event, CueSent):
                self._doubtful.pop(entry.cause, None)

    def settle(self) -> tuple[str, ...]:
        """Send again of what is in doubt what says how things shall be, and mark the rest.

        Light levels go out with the next frame by themselves, a looped sound is asked for under
        its old id. What starts something is not sent twice: it is marked as perhaps sent, and the
        caller sees it. What was ended in the very moment of the death is ended again. The cues so
        marked.
        """
        self._end_what_is_over()
        marked = [fired.cue for seq, fired in self._doubtful.items() if self._settled(seq, fired)]
        self._doubtful.clear()
        return tuple(marked)

    def open(self, plan: str) -> None:
        """Begin: the first fact of a performance. Harmless when it has begun already."""
        if not self.state.opened:
            now = self._now()
            self._keep(ShowOpened(at=now, title=self.show.title, plan=plan), "engine", "", 0)

    def ask(self, command: AnyCommand, by: str, key: str = "") -> Kept | Declined:
        """Decide `command`; keep what follows from it; send it. Same key, same answer."""
        if key and (answer := self._answers.get(key)) is not None:
            return answer
        now = self._now()
        came = decided(self.show, self.state, command, now, by)
        if isinstance(came, Refused):
            # A late copy of it must not do what its sender was told would not be done.
            return self._remember(key, Declined(key, came.why))
        kept = self._keep_whole(landed(self.show, came.events), by, key)
        # Folded once: whoever decided has the state that the events make.
        sounding, self.state = self.state.running, came.state
        for seq, event in kept:
            if isinstance(event, CueFired):
                self._fire(event, now, seq)
            else:
                self._light(event)
                self._pass_on(event, sounding)
        return self._remember(key, Kept(key, self.seq))

    def turn(self) -> None:
        """Let time pass: what waits leaves, what is due fires, the lights get their frames."""
        self.let_time_pass()
        now = self._now()
        self._outputs.turn(now)
        for answer in self._outputs.answers(now):
            self.ask(answer, answer.to)
        self.lights()

    def let_time_pass(self) -> None:
        """What waits leaves, what is due fires."""
        now = self._now()
        leaving = self._leaving.due(now)
        for firing, shot in leaving:
            self._send(firing, shot)
        self._confirm_each(leaving)
        due = next_due(self.state)
        if due is not None and due <= now:
            self.ask(Tick(), "clock")

    def lights(self) -> None:
        """Send the light data that is due."""
        now = self._now()
        self._outputs.lights(now, self.look.at(now))

    def next_turn(self) -> Instant:
        """The instant at which `turn` must be called at the latest."""
        now = self._now()
        lights = self._outputs.lights_due(now, moving=self.look.moving_until > now)
        dues = (lights, next_due(self.state), self._leaving.next_due)
        return min(due for due in dues if due is not None)

    def _fire(self, event: CueFired, asked_at: Instant, seq: int) -> None:
        """Recorded is recorded: messages leave before the look, on which only lights depend."""
        trigger = asked_at if event.heard_at is None else Instant(event.heard_at)
        firing = Firing(event.cue, seq, trigger, min(event.lands, LONGEST))
        ready = self._ready.get(event.cue, NOTHING)
        for shot in ready.messages:
            self._send_in_time(firing, shot, event)
        self._light(event)
        for shot in ready.levels:
            self._send_in_time(firing, shot, event)
        self._confirm(firing)

    def _send_in_time(self, firing: Firing, shot: Shot, event: CueFired) -> None:
        wait = firing.wait(shot)
        if wait > 0.0:
            self._leaving.put(Instant(event.at + wait), firing, shot)
        else:
            self._send(firing, shot)

    def _send(self, firing: Firing, shot: Shot) -> None:
        sent = shot.send(Pull(firing.cue, str(firing.seq), self._now()))
        ms = round(1000.0 * (self._now() - firing.trigger), 3)
        firing.datagrams += sent.datagrams
        waited = round(1000.0 * firing.wait(shot), 3)
        firing.sent.append(Sending(shot.to, shot.what, ms, sent.problem, waited))

    def _confirm_each(self, waited: Sequence[tuple[Firing, Shot]]) -> None:
        """Confirm, once, each firing that something waited of."""
        for firing in {firing.seq: firing for firing, _ in waited}.values():
            self._confirm(firing)

    def _confirm(self, firing: Firing) -> None:
        """Record what was sent, once nothing of it waits any more."""
        if firing.waiting:
            return
        now = self._now()
        problems = dict.fromkeys(one.problem for one in firing.sent if one.problem)
        event = CueSent(
            at=now,
            cue=firing.cue,
            datagrams=firing.datagrams,
            ms=round(1000.0 * (now - firing.trigger), 3),
            problem="; ".join(problems),
            sent=tuple(firing.sent),
        )
        self._keep(event, "engine", "", firing.seq)

    def _pass_on(self, event: AnyEvent, sounding: Collection[str] = ()) -> None:
        """What an event that fires nothing does to the world. sounding: cues under way before."""
        match event:
            case ShowStopped():
                self._never_sent(self._leaving.drop(lambda _: True))
            case CueHalted(cue=cue):
                self._never_sent(self._leaving.drop(lambda firing: firing.cue == cue))
            case CueAuditioned(cue=cue) if cue in self.show.cues_by_number:
                known = self.show.cues_by_number[cue]
                self._outputs.audition(known, self._would_look(known))
            case _:
                pass
        for told in self._as_heard(event, sounding):
            self._outputs.hear(told)

    def _as_heard(self, event: AnyEvent, sounding: Collection[str]) -> Iterable[AnyEvent]:
        """A stop on one of several stages ends what sounds there, and nothing elsewhere."""
        if not self.stage or not isinstance(event, ShowStopped):
            return (event,)
        fade = 0.0 if event.hard else event.fade
        return [CueHalted(event.at, cue, event.by, fade) for cue in sounding]

    def _never_sent(self, dropped: Sequence[tuple[Firing, Shot]]) -> None:
        """Stopped while it waited for something slower: it does not leave, and that is recorded."""
        for firing, shot in dropped:
            ms = round(1000.0 * (self._now() - firing.trigger), 3)
            firing.sent.append(Sending(shot.to, shot.what, ms, say("run.stopped_first")))
        self._confirm_each(dropped)

    def _settled(self, seq: int, fired: CueFired) -> bool:
        """Put the firing `seq` out of doubt; whether it has to be marked as perhaps sent."""
        trigger = Instant(fired.at if fired.heard_at is None else fired.heard_at)
        firing = Firing(fired.cue, seq, trigger)
        ready = self._ready.get(fired.cue, NOTHING)
        for shot in (*ready.messages, *ready.levels):
            if shot.replay is Replay.ABSOLUTE and not self._ended(fired.cue):
                self._send(firing, shot)
            else:
                firing.sent.append(Sending(shot.to, shot.what, 0.0, say("run.maybe_sent")))
        self._confirm(firing)
        return any(shot.replay is not Replay.ABSOLUTE for shot in ready.messages)

    def _end_what_is_over(self) -> None:
        """A sound plays on in its own process; whoever died may not have told it of its end."""
        for cue in self.state.fired.keys() | self.state.tracked:
            if self._ended(cue):
                self._outputs.hear(CueHalted(self._now(), cue, "engine"))

    def _ended(self, cue: str) -> bool:
        """Whether `cue` has a sound of known end, or of none, that is not under way any more."""
        known = self.show.cues_by_number.get(cue)
        sounds = () if known is None else known.actions
        lasting = any(isinstance(a, PlaySound) and (a.loop or a.length > 0) for a in sounds)
        return lasting and cue not in self.state.running

    def _light_shots(self, cue: Cue) -> tuple[Shot, ...]:
        """One frame says everything that the cue's levels come to."""
        levels = [action for action in cue.actions if isinstance(action, SetLevels)]
        if not levels:
            return ()
        what = "; ".join(said(action) for action in levels)
        delay = Seconds(self.show.patch.delay.get(LIGHTS, 0.0))
        return (Shot(LIGHTS, what, Replay.ABSOLUTE, delay, self._send_lights),)

    def _send_lights(self, pull: Pull) -> Sent:
        return self._outputs.lights(pull.now, self.look.at(pull.now), at_once=True)

    def _would_look(self, cue: Cue) -> dict[str, float]:
        levels = self.look.at(self._now())
        for action in cue.actions:
            if isinstance(action, SetLevels):
                levels |= action.levels
        return levels

    def _keep_whole(
        self, decision: Sequence[AnyEvent], by: str, key: str
    ) -> Sequence[tuple[int, AnyEvent]]:
        """Record all of a decision before anything of it leaves.

        Whoever dies while it is sent leaves a successor who knows what was meant, and can say what
        was perhaps not sent.
        """
        kept: list[tuple[int, AnyEvent]] = []
        cause = 0
        for i, event in enumerate(decision):
            seq = self._record(event, by, f"{key}:{i}" if key else "", cause)
            cause = cause or seq
            self.seq = seq
            kept.append((seq, event))
        return kept

    def _keep(self, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        seq = self._record(event, actor, key, cause)
        self._fold(seq, event)
        return seq

    def _fold(self, seq: int, event: AnyEvent) -> None:
        self.seq = seq
        self.state = evolve(self.show, self.state, event)
        self._light(event)

    def _light(self, event: AnyEvent) -> None:
        """The event is kept and folded: what it makes of the light."""
        self._lights.board = board_after(self.show, self._lights.board, self.stage, event)

    def _remember(self, key: str, answer: Kept | Declined) -> Kept | Declined:
        """`answer`, which is given again to whoever asks again with the same key."""
        if key:
            self._answers[key] = answer
            while len(self._answers) > KEYS_KEPT:
                self._answers.popitem(last=False)
        return answer
