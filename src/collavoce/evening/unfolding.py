"""The piece as it is played: repeats taken, ties joined, one tone for each key to press.

In: `piece.BARS`. Out: bars and tones by quarters from the start. Never: a time in seconds.

The demo's score is read from its MusicXML by `collavoce.score.reading` like any other; this is
the player's own way through the music, and a test holds the two against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from collavoce.evening.notation import Pitch, Written, read_voice
from collavoce.evening.piece import BARS, Bar
from collavoce.evening.spelling import key_alter

_STEPS = "cdefgab"


@dataclass(frozen=True, slots=True)
class PlayedBar:
    """One bar as played once. number: as printed; turn: 1 the first time; fifths: its key."""

    number: int
    turn: int
    start: Fraction
    length: Fraction
    fifths: int

    @property
    def end(self) -> Fraction:
        """Where the next bar begins."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Tone:
    """One key to press.

    onset, length : quarters; a tied chain is one tone; a grace note has length 0 and the onset
        of its main note.
    hand : "right", "inner" or "left".
    melody : the highest tone of the right hand at its onset.
    slurred : bound to the tone after it in the same voice.
    neighbours : MIDI numbers one step below and above in the key, for ornaments.
    """

    onset: Fraction
    length: Fraction
    pitch: int
    hand: str
    grace: bool
    melody: bool
    slurred: bool
    tags: frozenset[str]
    neighbours: tuple[int, int]

    @property
    def end(self) -> Fraction:
        """Where its written length is over."""
        return self.onset + self.length


@dataclass(frozen=True, slots=True)
class Unfolded:
    """tones: by onset, grace notes first, then from low to high."""

    bars: tuple[PlayedBar, ...]
    tones: tuple[Tone, ...]

    @property
    def end(self) -> Fraction:
        """The end of the last bar."""
        return self.bars[-1].end

    def bar_at(self, quarter: Fraction) -> PlayedBar:
        """The bar that holds `quarter`."""
        return next(bar for bar in reversed(self.bars) if bar.start <= quarter)

    def bar(self, number: int, turn: int = 1) -> PlayedBar:
        """The bar printed `number`, the `turn`th time it is played."""
        return next(bar for bar in self.bars if (bar.number, bar.turn) == (number, turn))


def unfold() -> Unfolded:
    """The piece from the pickup to the last chord, repeats written out."""
    bars = tuple(_bars())
    tones = [
        tone for hand in ("right", "inner", "left") for tone in _join(list(_tones(bars, hand)))
    ]
    tones.sort(key=lambda tone: (tone.onset, not tone.grace, tone.pitch))
    return Unfolded(bars, tuple(tones))


def _bars() -> Iterator[PlayedBar]:
    at, turns = Fraction(0), dict.fromkeys(range(len(BARS)), 0)
    fifths = [0] * len(BARS)
    for number, bar in enumerate(BARS):
        fifths[number] = bar.key if bar.key is not None else fifths[number - 1]
    for number in _order():
        turns[number] += 1
        length = sum((note.length for note in read_voice(BARS[number].right)), Fraction(0))
        yield PlayedBar(number, turns[number], at, length, fifths[number])
        at += length


def _order() -> Iterator[int]:
    """Bar numbers as played: one repeat with two endings is all the piece has."""
    begin = next(n for n, bar in enumerate(BARS) if bar.repeat_from)
    end = next(n for n, bar in enumerate(BARS) if bar.repeat_to)
    yield from (n for n in range(end + 1) if _sounds(BARS[n], 1))
    yield from (n for n in range(begin, len(BARS)) if _sounds(BARS[n], 2))


def _sounds(bar: Bar, time_round: int) -> bool:
    return bar.ending in (0, time_round)


def _tones(bars: tuple[PlayedBar, ...], hand: str) -> Iterator[tuple[Tone, bool]]:
    """The tones of one voice, and whether each is tied to the next of its pitch."""
    in_slur = False
    for bar in bars:
        for note in read_voice(getattr(BARS[bar.number], hand)):
            if note.slur:
                in_slur = note.slur == "("
            for pitch in note.pitches:
                yield _tone(bar, note, pitch, hand, slurred=in_slur), note.tied


def _tone(bar: PlayedBar, note: Written, pitch: Pitch, hand: str, *, slurred: bool) -> Tone:
    return Tone(
        onset=bar.start + note.at,
        length=note.length,
        pitch=pitch.midi,
        hand=hand,
        grace=note.grace,
        melody=hand == "right" and not note.grace and pitch == note.pitches[-1],
        slurred=slurred,
        tags=note.tags,
        neighbours=(_neighbour(pitch, -1, bar.fifths), _neighbour(pitch, 1, bar.fifths)),
    )


def _join(voice: list[tuple[Tone, bool]]) -> list[Tone]:
    """Join tied tones; a tie ends where the next tone of its pitch begins."""
    joined: list[Tone] = []
    open_ties: dict[int, int] = {}
    for tone, tied in voice:
        index = open_ties.pop(tone.pitch, None)
        if index is not None:
            joined[index] = replace(joined[index], length=joined[index].length + tone.length)
        else:
            index = len(joined)
            joined.append(tone)
        if tied:
            open_ties[tone.pitch] = index
    return joined


def _neighbour(pitch: Pitch, way: int, fifths: int) -> int:
    place = _STEPS.index(pitch.step) + way
    step = _STEPS[place % 7]
    return Pitch(pitch.octave + place // 7, step, key_alter(step, fifths)).midi
