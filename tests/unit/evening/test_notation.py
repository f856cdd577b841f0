"""The short way of writing music by hand."""

from fractions import Fraction

import pytest

from collavoce.evening.notation import NotationError, pitch, read_voice


def test_a_length_holds_until_the_next_one() -> None:
    notes = read_voice("c5/8 d5 e5/4. r/4")
    assert [(note.at, note.length) for note in notes] == [
        (Fraction(0), Fraction(1, 2)),
        (Fraction(1, 2), Fraction(1, 2)),
        (Fraction(1), Fraction(3, 2)),
        (Fraction(5, 2), Fraction(1)),
    ]
    assert notes[-1].pitches == ()


def test_three_triplet_eighths_fill_one_quarter() -> None:
    assert sum(note.length for note in read_voice("c5/8t d5 e5")) == 1


def test_a_grace_note_takes_no_time_and_leaves_the_length_alone() -> None:
    grace, main, after = read_voice("f4/8 *d5 e5 f5")[1:]
    assert (grace.grace, grace.length, grace.at) == (True, 0, Fraction(1, 2))
    assert (main.at, main.length, after.length) == (Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))


def test_a_chord_is_read_from_low_to_high() -> None:
    (chord,) = read_voice("f5+d4+bb4/2.:arp:fermata~)")
    assert [p.midi for p in chord.pitches] == [62, 70, 77]
    assert (chord.tags, chord.tied, chord.slur) == ({"arp", "fermata"}, True, ")")


def test_c4_is_midi_60_and_accidentals_move_it_by_one() -> None:
    assert [pitch(name).midi for name in ("c4", "c#4", "db4", "bb3", "b3")] == [60, 61, 61, 58, 59]


@pytest.mark.parametrize("bad", ["h4", "c5/5", "c5/4:loud", "c/4", "c5)4", "c5/4()"])
def test_what_is_no_music_is_refused_by_name(bad: str) -> None:
    with pytest.raises(NotationError, match=r"c5|h4|c/4"):
        read_voice(bad)
