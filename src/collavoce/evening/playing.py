"""A performance of the piece by a model of expressive playing; no human hand was recorded.

In: the piece, a seed. Out: keys pressed, pedal, and the truth about every place. Never: a file.

`rubato.py` bends the tempo, `touch.py` shapes each tone, `slips.py` makes mistakes. On top of them:
drift of tempo with a 1/f spectrum (Gilden, Thornton and Mallon, Science 267, 1995), a motor noise
that does not add up (Wing and Kristofferson, Perception & Psychophysics 14(1), 1973), one stop,
and one jump back, as when a pianist's memory takes the wrong turn at a bar he has met before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from collavoce.evening import touch
from collavoce.evening.chance import Dice
from collavoce.evening.ornaments import Stroke, strokes
from collavoce.evening.rubato import STEPS, step_of, tempo_curve
from collavoce.evening.slips import Slip, slips
from collavoce.evening.unfolding import Tone, Unfolded

SEED = 2026
"""The seed of the performance that is shipped."""

STARTS_AT = 2.0
"""Seconds of silence before the first key."""

STOP_BEFORE, STOP = 20, 6.0
"""He stops before this bar, for so many seconds."""

JUMP_FROM, JUMP_TO, HESITATION = 37, 29, 0.45
"""Reaching the first of these bars he plays the second instead, after a moment."""

DRIFT, MOTOR, TOUCH = 0.022, 0.0035, 3.0
"""Deviations: of a beat's length (share), of a single key (seconds), of its velocity."""

BRUSHED = (0.05, 0.11)
"""Seconds for which an added wrong key sounds."""

PEDAL_LAG, PEDAL_UP = 0.09, 0.01
"""Seconds after a new bass: the pedal goes down again, and up before that."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key pressed. on, off: seconds; velocity 1..127."""

    on: float
    off: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Heard:
    """An onset of the piece as it was played: the first key of it, grace notes left out."""

    quarter: Fraction
    at: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is not in the music. what: "stop", "jump" or a kind of slip."""

    what: str
    at: float
    quarter: Fraction
    target: Fraction | None = None
    seconds: float | None = None
    written: int | None = None
    played: int | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """keys: by time; pedal: (seconds, down); passes: each runs forward through the piece.

    ends_at : the last chord is let go.
    """

    seed: int
    keys: tuple[Key, ...]
    pedal: tuple[tuple[float, bool], ...]
    passes: tuple[tuple[Heard, ...], ...]
    events: tuple[Event, ...]
    ends_at: float


@dataclass(frozen=True, slots=True)
class _Pass:
    """One way forward: times[i] is when step `first + i` begins."""

    begin: Fraction
    end: Fraction
    first: int
    times: tuple[float, ...]

    def at(self, quarter: Fraction) -> float:
        """When `quarter` is reached; past the end, the end."""
        return self.times[min(step_of(quarter) - self.first, len(self.times) - 1)]


def play(piece: Unfolded, seed: int = SEED) -> Performance:
    """The whole performance."""
    dice = Dice(seed)
    stop_at = piece.bar(STOP_BEFORE).start
    ways = tuple(_walk(piece, stop_at, dice))
    player = _Player(piece, dice)
    for way in ways:
        player.follow(way)
    stopped, jumped = ways[0].at(stop_at), ways[1].times[0]
    events = [
        Event("stop", stopped - STOP, stop_at, seconds=STOP),
        Event("jump", jumped, ways[0].end, target=ways[1].begin),
        *player.events,
    ]
    ends_at = ways[-1].times[-1]
    return Performance(
        seed=seed,
        keys=tuple(_freed(player.keys)),
        pedal=tuple(_pedal(piece, ways, (stopped - STOP, ends_at))),
        passes=tuple(player.passes),
        events=tuple(sorted(events, key=lambda event: event.at)),
        ends_at=ends_at,
    )


def _walk(piece: Unfolded, stop_at: Fraction, dice: Dice) -> Iterator[_Pass]:
    """The way through the piece, in seconds."""
    curve = tempo_curve(piece)
    drift = dice.pink(DRIFT)
    left, back = piece.bar(JUMP_FROM).start, piece.bar(JUMP_TO).start
    now, uneven = STARTS_AT, 0.0
    for begin, end in ((Fraction(0), left), (back, piece.end)):
        first, last = step_of(begin), step_of(end)
        times = [now]
        for step in range(first, last):
            if step == first or step % STEPS == 0:
                uneven = next(drift)
            now += curve[step] * (1.0 + uneven)
            if step + 1 == step_of(stop_at):
                now += STOP
            times.append(now)
        yield _Pass(begin, end, first, tuple(times))
        now += HESITATION


class _Player:
    """Presses the keys of one pass after another."""

    def __init__(self, piece: Unfolded, dice: Dice) -> None:
        self.piece = piece
        self.dice = dice
        self.loudness = touch.loudness(piece)
        self.unsteady = dice.pink(TOUCH)
        self.keys: list[Key] = []
        self.events: list[Event] = []
        self.passes: list[tuple[Heard, ...]] = []

    def follow(self, way: _Pass) -> None:
        """Play every tone that begins in `way`."""
        tones = [tone for tone in self.piece.tones if way.begin <= tone.onset < way.end]
        safe = (way.begin + 6, min(way.end - 6, self.piece.bars[-2].start))
        wrong = slips(tones, safe, self.dice)
        heard: dict[Fraction, float] = {}
        for index, tone in enumerate(tones):
            first = self._press(tone, way, wrong.get(index))
            if first is not None and not tone.grace:
                heard[tone.onset] = min(first, heard.get(tone.onset, first))
        self.passes.append(tuple(Heard(quarter, at) for quarter, at in sorted(heard.items())))

    def _press(self, tone: Tone, way: _Pass, slip: Slip | None) -> float | None:
        """Press the key or keys of `tone`; the first one's time, None if it was left out."""
        unsteady = next(self.unsteady) + self.loudness[tone.onset]
        velocity = round(unsteady) + touch.colour(tone)
        on = way.at(tone.onset) - touch.lead(tone, touch.colour(tone))
        on += self.dice.normal(MOTOR)
        off = on + touch.held(tone, way.at(tone.end) - way.at(tone.onset))
        pitch = tone.pitch
        if slip:
            self.events.append(Event(slip.kind, on, tone.onset, None, None, pitch, slip.played))
            if slip.played is None:
                return None
            if slip.kind == "addition":
                brushed = on + self.dice.uniform(0.0, 0.02)
                until = brushed + self.dice.uniform(*BRUSHED)
                self.keys.append(Key(brushed, until, slip.played, _within(velocity - 18)))
            else:
                pitch = slip.played
        plain = Stroke(on, off, pitch, 0)
        pressed = [
            Key(stroke.on, stroke.off, stroke.pitch, _within(velocity + stroke.softer))
            for stroke in strokes(tone, plain, self._chord(tone))
        ]
        self.keys.extend(pressed)
        return pressed[0].on

    def _chord(self, tone: Tone) -> tuple[int, ...]:
        """The pitches that are rolled together with `tone`, from low to high."""
        if "arp" not in tone.tags:
            return ()
        return tuple(t.pitch for t in self.piece.tones if t.onset == tone.onset and "arp" in t.tags)


def _within(velocity: int) -> int:
    return min(112, max(18, velocity))


def _freed(keys: list[Key]) -> Iterator[Key]:
    """The keys by time, each let go before the same key is pressed again."""
    ordered = sorted(keys, key=lambda key: (key.on, key.pitch))
    following: dict[int, float] = {}
    freed: list[Key] = []
    for key in reversed(ordered):
        off = min(key.off, following.get(key.pitch, key.off + 1.0) - 0.02)
        following[key.pitch] = key.on
        freed.append(Key(key.on, max(off, key.on + 0.02), key.pitch, key.velocity))
    return reversed(freed)


def _pedal(
    piece: Unfolded, ways: tuple[_Pass, ...], lifted: tuple[float, ...]
) -> Iterator[tuple[float, bool]]:
    """Changes of the pedal, and where it is lifted altogether."""
    changes = [
        (way.at(quarter) + late, late == PEDAL_LAG)
        for way in ways
        for quarter in touch.pedals(piece)
        if way.begin <= quarter < way.end
        for late in (PEDAL_UP, PEDAL_LAG)
    ]
    return iter(sorted([*changes, *((at, False) for at in lifted)]))
