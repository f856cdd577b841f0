"""A person says where the music is: believed, and told once."""

from tests.recorded.measures import estimates, heard
from tests.recorded.pieces import piece
from tests.recorded.playing import Passage, Pianist

from collavoce.following.estimate import Music
from collavoce.following.follower import Follower
from collavoce.listening import Silence
from collavoce.units import Instant, Quarters

SCORE = piece("ABC", 1)


def test_the_next_estimate_tells_who_placed_it_and_from_where() -> None:
    follower = Follower(SCORE)
    played = Pianist(1).play(SCORE, Passage(0.0, 16.0))
    before = estimates(follower, played.notes)[-1]
    follower.place_at(Quarters(48.0), by="caller")
    told = follower.step(Silence(Instant(before.at + 0.02)))
    assert told.jump is not None
    assert (told.jump.origin, told.jump.target) == (before.quarter, 48.0)
    assert told.jump.placed_by == "caller"
    assert (told.quarter, told.state) == (48.0, Music.HELD)
    assert told.confidence > 0.8
    assert follower.step(Silence(Instant(before.at + 0.04))).jump is None


def test_placed_by_nobody_it_says_nothing() -> None:
    follower = Follower(SCORE)
    follower.place_at(Quarters(48.0))
    assert follower.step(Silence(Instant(0.1))).jump is None


def test_what_is_played_next_is_followed_from_there() -> None:
    follower = Follower(SCORE)
    played = Pianist(1).play(SCORE, Passage(0.0, 16.0), Passage(48.0, 64.0, pause=2.0))
    landed = played.truth[1][0][0]
    said = []
    for observation in heard(played.notes):
        if observation.heard_at >= landed and not said:
            follower.place_at(Quarters(48.0), by="caller")
        estimate = follower.step(observation)
        if observation.heard_at >= landed:
            said.append(estimate)
    assert [e.jump.placed_by for e in said if e.jump is not None] == ["caller"]
    assert said[-1].quarter >= 63.0
    assert any(e.state is Music.FOLLOWING for e in said[:20])
