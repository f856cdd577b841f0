"""One stage, walked from its first number to its last: time goes from one thing to the next."""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, takewhile

from collavoce.evening.chance import Dice
from collavoce.following.estimate import Music
from collavoce.following.follower import Follower
from collavoce.listening.ear import Ear
from collavoce.rig.performer import Performer
from collavoce.runtime.clock import VirtualClock
from collavoce.runtime.performance import Performance
from collavoce.runtime.players import LEAD_IN
from collavoce.runtime.rehearsal.caller import BETWEEN_S, Caller
from collavoce.runtime.rehearsal.log import Log, Span
from collavoce.runtime.rehearsal.outputs import FOREVER, VirtualStage
from collavoce.runtime.rehearsal.people import Act, People
from collavoce.runtime.rehearsal.playing import played
from collavoce.score.model import Score
from collavoce.show.asked.running import FireByInput, ReadClock
from collavoce.show.commands import AnyCommand, Hear, LightsSeen, StartNumber
from collavoce.show.cues import Number, Show
from collavoce.show.events import AnyEvent, MusicEnded, ShowClosed
from collavoce.show.triggers import AtClock, ByHand, InGroup
from collavoce.units import Instant, Seconds

Messages = Sequence[tuple[Seconds, bytes]]

GRID = Seconds(0.05)
"""Silence is an observation this often while somebody plays."""

GIVEN_UP = Seconds(20.0)
"""A follower that has not found the end so long after the last note does not find it any more."""

WALKED_OFF = Seconds(5.0)
"""Between two numbers where the show plans no minutes for it."""

PRESSED_S = 3.0
"""So long after its number began somebody presses the button of a cue that only an input fires."""

CLOCK_WAIT = Seconds(3 * 3600.0)
"""A clock cue that would come later than this in its number is not waited for."""

LONGEST = Seconds(4 * 3600.0)
"""A number in which something still comes so long after its length goes round for ever."""

SETTLED = 0.001


class Walk:
    """The rehearsal of one stage.

    times : the venue's time when the house opens, and when the performance begins.
    """

    def __init__(
        self,
        show: Show,
        stage: str,
        scores: Mapping[str, Score],
        recorded: Mapping[str, Messages],
        dice: Dice,
        times: tuple[float, float],
    ) -> None:
        self.clock = VirtualClock()
        self.log = Log(stage, times[0])
        self._show = show
        self._begins = Instant(times[1] - times[0])
        self._scores, self._recorded, self._dice = scores, recorded, dice
        self._people = People(show, dice)
        self._outputs = VirtualStage(show.patch)
        self._agenda: list[tuple[float, int, AnyCommand, str]] = []
        self._order = count()
        self._performance = Performance(show, self._record, self._outputs, self.clock.now)
        self._caller = Caller(self._performance)
        self._player = Performer((), Instant(0.0))
        self._follower: Follower | None = None
        self._ear = Ear()
        self._over: float | None = None
        self._progress: Callable[[float], None] = lambda _: None

    def run(self, progress: Callable[[float], None]) -> None:
        """Play every number."""
        self._progress = progress
        self._performance.open("rehearsal")
        for index, number in enumerate(self._show.numbers):
            self._play(number, self._begins if index == 0 else self.clock.now())
            if index + 1 < len(self._show.numbers):
                self._wait(number)
        self._record(ShowClosed(at=self.clock.now()), "engine", "", 0)
        self.log.sent = self._outputs.count

    def _wait(self, number: Number) -> None:
        """The change-over: what is still under way goes on."""
        until = self.clock.now() + max(60.0 * number.change, WALKED_OFF)
        while self.clock.now() < until:
            self._step(until)

    def _play(self, number: Number, begins: Instant) -> None:
        began = self.clock.now()
        self._over = None
        self._performance.ask(StartNumber(number.id), "engine")
        self._take_places(number, begins)
        latest = self._latest(number, began, begins)
        while not self._is_over(number, latest):
            if self.clock.now() > latest + self._last_note() + LONGEST:
                self.log.endless.append(number.id)
                self._agenda.clear()
                break
            # Nobody says GO before the beginning, and nobody comes late to it.
            self._step(latest if self.clock.now() >= begins else begins)
            if self.clock.now() >= begins:
                self._caller.look(self.clock.now())
        now = self.clock.now()
        self.log.overridden |= self._caller.overridden
        off = now if self._over is None else self._over
        opened = self.log.opened
        self.log.spans.append(
            Span(number.id, self.log.stage, opened + max(began, begins), opened + off, opened + now)
        )
        dark = not any(self._performance.look.at(now).values())
        self._performance.ask(LightsSeen(dark), "stage")

    def _take_places(self, number: Number, begins: Instant) -> None:
        """Everybody is where the number begins."""
        score = self._scores.get(number.id)
        hands = sum(isinstance(cue.trigger, ByHand) for cue in number.cues)
        planned = 0.0 if score is not None else 60.0 * (number.minutes or 0.0)
        self._caller = Caller(self._performance, planned / (hands + 1) or BETWEEN_S)
        messages: Messages = ()
        self._follower, self._ear = None, Ear(number.transpose)
        if score is not None:
            messages = self._recorded.get(number.id) or played(score, self._dice, number.transpose)
            self._follower = Follower(score)
        self._player = Performer(messages, Instant(begins + LEAD_IN + _said_before(number)))
        self._plan(self._people.begin(number), begins)
        self._plan(self._inputs(number), begins)
        self._plan(self._clocks(number), self.clock.now())

    def _inputs(self, number: Number) -> Iterable[Act]:
        """What only an input fires is fired by one, once."""
        for cue in number.cues:
            if isinstance(cue.trigger, InGroup) and cue.inputs:
                words = cue.inputs[0].words
                yield PRESSED_S, FireByInput(cue.number, words), "gateway"

    def _clocks(self, number: Number) -> Iterable[Act]:
        """The clock is read when it has something to say."""
        here = self.log.opened + self.clock.now()
        yield SETTLED, ReadClock(here + SETTLED, here), "clock"
        for cue in number.cues:
            time = cue.trigger.time if isinstance(cue.trigger, AtClock) else None
            if time is not None and here < time <= here + CLOCK_WAIT:
                yield time - here, ReadClock(time, time - SETTLED), "clock"

    def _is_over(self, number: Number, latest: float) -> bool:
        """Whether nothing of `number` is left: it was played, and a hand has nothing to fire."""
        now = self.clock.now()
        if not self._idle() or now < latest - SETTLED:
            return False
        if self._over is None:
            self._over = now
            self._plan(self._people.end(number), now)
            return False
        return not self._caller.go_on()

    def _latest(self, number: Number, began: Instant, begins: Instant) -> float:
        """Until when time goes by although nothing happens: the length of what has no music."""
        if number.id in self._scores:
            return max(began, begins)
        return max(began, begins) + 60.0 * (number.minutes or 0.0)

    def _idle(self) -> bool:
        """Whether nothing comes any more unless somebody does something."""
        state = self._performance.state
        waits = [*state.waiting.values(), *(run.until for run in state.running.values())]
        due = any(until is not None and until > self.clock.now() for until in waits)
        to_play = self._playing() or self._player.next_at is not None
        return not (self._agenda or to_play or due or self._caller.wakes is not None)

    def _playing(self) -> bool:
        """Whether silence means something: from the beginning until the end was found."""
        now, start = self.clock.now(), self._player.start
        if self._follower is None or now < start - LEAD_IN:
            return False
        if self._player.next_at is not None:
            return True
        state = self._performance.state
        ended = state.ended_at is not None and state.music is Music.ENDED
        return not ended and now < start + self._last_note() + GIVEN_UP

    def _last_note(self) -> float:
        return self._player.performance[-1][0] if self._player.performance else 0.0

    def _step(self, latest: float) -> None:
        """To the next thing that happens, but not past `latest` unless that is over."""
        before = self.clock.now()
        now = self._next(latest)
        self.clock.advance_to(now)
        self._listen(now)
        while self._agenda and self._agenda[0][0] <= now:
            _, _, command, by = heapq.heappop(self._agenda)
            self._performance.ask(command, by)
        self._performance.turn()
        if int(now) != int(before):
            self._progress(now)

    def _next(self, latest: float) -> Instant:
        now = self.clock.now()
        candidates: list[float] = [self._performance.next_turn()]
        candidates += [at for at, *_ in self._agenda[:1]]
        if self._caller.wakes is not None:
            candidates.append(self._caller.wakes)
        if self._playing():
            candidates.append(now + GRID)
        if (note := self._player.next_at) is not None:
            candidates.append(note)
        running = self._performance.state.running.values()
        candidates += [run.until for run in running if run.until is not None and run.until > now]
        if latest > now:
            candidates.append(latest)
        soonest = min(candidates)
        return Instant(soonest if now < soonest < FOREVER else now + SETTLED)

    def _listen(self, now: Instant) -> None:
        if self._follower is None:
            return
        played_now = self._player.due(now)
        heard = [self._ear.hear(at, message) for at, message in played_now]
        if not played_now and self._playing():
            heard.append(self._ear.silence(now))
        for observation in heard:
            if observation is not None:
                self._performance.ask(Hear(self._follower.step(observation)), "follower")

    def _plan(self, acts: Iterable[Act], since: float) -> None:
        for wait, command, by in acts:
            heapq.heappush(self._agenda, (since + wait, next(self._order), command, by))

    def _record(self, event: AnyEvent, _actor: str, _key: str, _cause: int) -> int:
        self.log.events.append(event)
        now = self.clock.now()
        self._plan(self._people.react(event), now)
        if isinstance(event, MusicEnded) and self._over is None:
            self._over = now + event.held
            number = self._performance.state.number
            if number is not None:
                self._plan(self._people.end(self._show.number(number)), self._over)
        return len(self.log.events)


def _said_before(number: Number) -> Seconds:
    """How long the caller takes for what a hand fires before the first cue of the music."""
    hands = sum(1 for _ in takewhile(lambda cue: isinstance(cue.trigger, ByHand), number.cues))
    # With no other cue behind them nobody knows which are meant before the music.
    return Seconds(BETWEEN_S * hands if hands < len(number.cues) else 0.0)
