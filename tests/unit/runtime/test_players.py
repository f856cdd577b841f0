"""Whoever plays says when to listen next, so that nobody has to look again and again."""

from collavoce.rig.performer import Performer
from collavoce.runtime.players import Recorded, nobody
from collavoce.units import Instant, Seconds

FIRST, SECOND = bytes((0x90, 60, 70)), bytes((0x90, 62, 70))


def recorded() -> Recorded:
    notes = [(Seconds(0.0), FIRST), (Seconds(0.5), SECOND)]
    return Recorded(Performer(notes, start=Instant(10.0)))


def test_a_recording_is_to_be_asked_at_its_next_note() -> None:
    player = recorded()
    assert player.next_at == 10.0
    assert player.due(Instant(10.0)) == [(10.0, FIRST)]
    assert player.next_at == 10.5


def test_a_recording_that_is_over_is_not_to_be_asked_again() -> None:
    player = recorded()
    assert [message for _, message in player.due(Instant(11.0))] == [FIRST, SECOND]
    assert player.next_at is None


def test_nobody_plays_nothing_and_rings_no_bell() -> None:
    player = nobody()
    assert player.due(Instant(1000.0)) == []
    assert player.next_at is None
    assert player.bell is None
