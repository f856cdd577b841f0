"""The piece: complete, playable, and nowhere twice the same."""

from collections import Counter
from fractions import Fraction

from collavoce.evening.notation import read_voice
from collavoce.evening.piece import BARS, PHRASES
from collavoce.evening.unfolding import unfold

HAND_SPAN = 16
"""Semitones a hand reaches without rolling the chord: a tenth."""


def test_every_voice_of_every_bar_fills_it() -> None:
    for number, bar in enumerate(BARS):
        for voice in filter(None, (bar.right, bar.left, bar.inner)):
            length = sum((note.length for note in read_voice(voice)), Fraction(0))
            assert length == (1 if number == 0 else 3), f"bar {number}: {voice}"


def test_it_has_the_length_and_the_marks_a_show_wants() -> None:
    assert len(BARS) - 1 >= 64
    assert [bar.mark for bar in BARS if bar.mark] == ["A", "B", "C", "D", "E"]
    tempos = [bar.tempo[0] for bar in BARS if bar.tempo]
    assert len(set(tempos)) > 2
    assert tempos[0] == tempos[-1]


def test_no_two_bars_are_written_alike() -> None:
    assert [bar for bar, times in Counter(bar.left for bar in BARS).items() if times > 1] == []
    assert [bar for bar, times in Counter(bar.right for bar in BARS).items() if times > 1] == [
        "c5/2.)"  # a cadence and its reprise, over different figures
    ]


def test_slurs_close_in_their_own_voice() -> None:
    for voice in ("right", "left"):
        depth = 0
        for bar in BARS:
            for note in read_voice(getattr(bar, voice)):
                depth += {"(": 1, ")": -1, "": 0}[note.slur]
                assert depth in (0, 1), bar
        assert depth == 0


def test_what_is_not_rolled_lies_under_two_hands() -> None:
    for tone_group in _chords().values():
        assert len(tone_group) <= 5, tone_group
        assert max(tone_group) - min(tone_group) <= HAND_SPAN, tone_group


def test_the_hands_do_not_collide() -> None:
    tones = [tone for tone in unfold().tones if not tone.grace]
    for tone in tones:
        if tone.hand == "left":
            above = [t for t in tones if t.hand != "left" and t.onset <= tone.onset < t.end]
            assert all(t.pitch > tone.pitch for t in above), tone


def test_the_repeat_is_taken_with_its_two_endings() -> None:
    numbers = [bar.number for bar in unfold().bars]
    assert numbers[:18] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert numbers[18:] == list(range(11, len(BARS)))


def test_phrases_begin_at_bars_that_exist() -> None:
    assert list(PHRASES) == sorted(PHRASES)
    assert PHRASES[-1] == len(BARS)


def _chords() -> dict[tuple[str, Fraction], list[int]]:
    chords: dict[tuple[str, Fraction], list[int]] = {}
    for tone in unfold().tones:
        if not tone.grace and "arp" not in tone.tags:
            hand = "left" if tone.hand == "left" else "right"
            chords.setdefault((hand, tone.onset), []).append(tone.pitch)
    return chords
