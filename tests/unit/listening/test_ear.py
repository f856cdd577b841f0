"""One player's messages as they come over a cable, with everything that can be wrong about them."""

import math

from hypothesis import given
from hypothesis import strategies as st
from tests.recorded.pieces import melody

from collavoce.following.follower import Follower
from collavoce.listening import Ear, NoteOff, NoteOn, Observation, Silence
from collavoce.units import Instant
from collavoce.wire.midi import MidiStream

C4, D4 = b"\x90\x3c\x40", b"\x90\x3e\x40"


def on(at: float, pitch: int) -> NoteOn:
    return NoteOn(Instant(at), pitch, 64)


def hear(*messages: tuple[float, bytes], transpose: int = 0) -> list[Observation]:
    ear = Ear(transpose)
    heard = (ear.hear(Instant(at), message) for at, message in messages)
    return [observation for observation in heard if observation is not None]


def test_a_stroke_that_comes_over_two_ports_is_heard_once() -> None:
    assert hear((1.0, C4), (1.004, C4), (1.004, D4)) == [on(1.0, 60), on(1.004, 62)]


def test_the_fastest_repetition_of_a_key_is_heard_stroke_by_stroke() -> None:
    assert len(hear(*((0.065 * k, C4) for k in range(20)))) == 20


def test_time_that_goes_back_or_is_no_number_stands_still() -> None:
    instants = [o.heard_at for o in hear((2.0, C4), (1.0, D4), (math.nan, b"\x80\x3c\x00"))]
    assert instants == [2.0, 2.0, 2.0]
    ear = Ear()
    ear.hear(Instant(5.0), C4)
    assert ear.silence(Instant(4.0)) == Silence(Instant(5.0))


def test_drums_are_counted_and_not_heard() -> None:
    ear = Ear()
    assert ear.hear(Instant(0.0), b"\x99\x24\x64") is None
    assert ear.hear(Instant(0.1), b"\x89\x24\x40") is None
    assert ear.drums == 1


def test_a_transposed_keyboard_is_heard_as_it_is_meant() -> None:
    assert hear((0.0, C4), (0.5, b"\x80\x3c\x00"), transpose=-2) == [
        on(0.0, 58),
        NoteOff(Instant(0.5), 58),
    ]


def test_a_key_that_leads_out_of_the_keys_there_are_is_not_heard() -> None:
    assert hear((0.0, b"\x90\x7f\x40"), transpose=1) == []
    assert hear((0.0, b"\x90\x00\x40"), transpose=-1) == []


def test_a_piece_without_a_single_note_off_is_followed_to_the_same_place() -> None:
    score = melody(60, 62, 64, 65, 67, 69, 71, 72)
    with_offs, without = Follower(score), Follower(score)
    said: list[float] = []
    for follower, offs in ((with_offs, True), (without, False)):
        ear = Ear()
        estimate = follower.step(ear.silence(Instant(0.0)))
        for k, note in enumerate(score.notes):
            at = 1.0 + 0.625 * k
            for later, velocity in ((0.0, 64), *([(0.3, 0)] if offs else [])):
                message = bytes((0x90, note.pitch, velocity))
                heard = ear.hear(Instant(at + later), message)
                assert heard is not None
                estimate = follower.step(heard)
        said.append(estimate.quarter)
    assert said == [7.0, 7.0]


@given(st.lists(st.tuples(st.floats(), st.binary(max_size=4)), max_size=40), st.integers(-24, 24))
def test_no_message_and_no_instant_breaks_the_follower(
    messages: list[tuple[float, bytes]], transpose: int
) -> None:
    ear, follower = Ear(transpose), Follower(melody(60, 62, 64, 65, 67))
    latest = -math.inf
    for at, message in messages:
        finite = at if math.isfinite(at) and abs(at) < 1e6 else 0.0
        for heard in (ear.hear(Instant(finite), message), ear.silence(Instant(finite))):
            if heard is None:
                continue
            assert heard.heard_at >= latest
            latest = heard.heard_at
            estimate = follower.step(heard)
            assert 0.0 <= estimate.confidence <= 1.0
            assert 0.0 <= estimate.quarter <= 5.0


@given(st.binary(max_size=300), st.integers(1, 9))
def test_a_cable_of_any_bytes_is_heard_in_order_and_within_the_keys(data: bytes, size: int) -> None:
    stream, ear = MidiStream(), Ear()
    for k in range(0, len(data), size):
        for message in stream.feed(data[k : k + size]):
            heard = ear.hear(Instant(k / 1000), message)
            assert not isinstance(heard, NoteOn) or 0 <= heard.pitch <= 127
