"""Before the house opens."""

from tests.recorded.pieces import melody, piece

from collavoce.following.follower import Follower
from collavoce.listening import NoteOn
from collavoce.runtime.warming import warm
from collavoce.score.model import Score, Tempo
from collavoce.units import Bpm, Instant, Quarters
from collavoce.words import catalogue

EMPTY = Score("", (), (), (Tempo(Quarters(0.0), Bpm(60.0)),), (), (), Quarters(0.0))


def test_warming_reads_the_words_and_leaves_every_follower_as_it_was() -> None:
    score, note = piece("A"), NoteOn(Instant(1.0), 60, 64)
    cold = Follower(score).step(note)
    catalogue.cache_clear()
    warm([score])
    assert catalogue.cache_info().currsize == 1
    assert Follower(score).step(note) == cold


def test_scores_without_notes_and_none_at_all_are_no_fault() -> None:
    warm([])
    warm([EMPTY, melody(60, 62)])
