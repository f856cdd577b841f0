"""What is said in a stop, at a landing, and on the onset after it."""

import pytest
from tests.recorded.measures import estimates
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist

from collavoce.following.estimate import Music
from collavoce.following.follower import Follower
from collavoce.show.rules.sure import FIRE_CONFIDENCE
from collavoce.units import Quarters

PIECE = piece("ABC")


@pytest.mark.parametrize("seed", range(3))
def test_in_a_stop_the_place_stays_known(seed: int) -> None:
    played = Pianist(seed).play(PIECE, Passage(0.0, 48.0), Passage(48.0, 96.0, 8.0))
    resumed = played.truth[1][0][0]
    said = estimates(Follower(PIECE), played.notes)
    held = [e for e in said if resumed - 5.0 < e.at < resumed - 0.1]
    assert {e.state for e in held} == {Music.HELD}
    assert min(e.confidence for e in held) > FIRE_CONFIDENCE


@pytest.mark.parametrize("seed", range(3))
def test_a_landing_is_jumped_and_the_next_onset_following(seed: int) -> None:
    score = piece("ABC", seed)
    played = Pianist(seed).play(score, Passage(0.0, 32.0), Passage(64.0, 96.0))
    said = estimates(Follower(score), played.notes)
    k = next(k for k, e in enumerate(said) if e.jump is not None)
    landed = said[k]
    assert landed.state is Music.JUMPED
    assert 0.5 < landed.confidence < FIRE_CONFIDENCE
    onsets = sorted({n.onset for n in score.notes})
    upcoming = next(o for o in onsets if o > landed.quarter + 1e-6)
    after = [e for e in said[k:] if e.quarter < upcoming - 1e-6]
    assert {e.state for e in after} <= {Music.JUMPED, Music.FOLLOWING}
    reached = next(e for e in said[k:] if e.quarter >= upcoming - 1e-6)
    assert reached.state is Music.FOLLOWING
    assert reached.confidence > FIRE_CONFIDENCE


def test_a_person_who_places_the_music_is_believed_before_a_note_is_heard() -> None:
    follower = Follower(PIECE)
    estimates(follower, Pianist().play(PIECE, Passage(0.0, 16.0)).notes)
    follower.place_at(Quarters(64.0))
    said = estimates(follower, Pianist().play(PIECE, Passage(64.0, 96.0, 30.0)).notes)
    first = said[0]
    assert first.state is Music.HELD
    assert first.quarter == 64.0
    assert first.confidence > FIRE_CONFIDENCE
