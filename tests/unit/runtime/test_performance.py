"""The rule of record, and what a restart may and may not do."""

from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.performance import Performance
from collavoce.show.commands import Go, Hear, Hold, StartNumber
from collavoce.show.event import Cause
from collavoce.show.events import CueFired, CueSent

from .small_show import SHOW, VIDEO, Stage, estimate


def opened() -> Stage:
    stage = Stage()
    stage.performance.open("plan")
    stage.performance.ask(StartNumber("1"), "engine")
    return stage


def fired(stage: Stage) -> list[tuple[str, Cause]]:
    return [(e.cue, e.cause) for e in stage.events if isinstance(e, CueFired)]


def test_a_firing_is_kept_before_its_datagram_leaves() -> None:
    stage = opened()
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    assert (8.0, VIDEO) in stage.sent
    at = next(i for i, e in enumerate(stage.events) if isinstance(e, CueFired) and e.cue == "2")
    assert stage.kept_when_sent[-1] > at


def test_an_after_cue_follows_by_itself() -> None:
    stage = opened()
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    stage.at(12.0)
    assert ("3", Cause.AFTER) in fired(stage)
    assert [at for at, _ in stage.sent] == [8.0, 9.0]


def test_the_same_key_gets_the_same_answer_and_fires_once() -> None:
    stage = opened()
    first = stage.performance.ask(Go("1"), "caller", "key-1")
    again = stage.performance.ask(Go("1"), "caller", "key-1")
    assert isinstance(first, Kept)
    assert first == again
    assert fired(stage) == [("1", Cause.HAND)]


def test_a_refused_command_is_answered_in_words_and_leaves_nothing() -> None:
    stage = opened()
    before = len(stage.ring)
    answer = stage.performance.ask(Go("6"), "caller", "key-1")
    assert isinstance(answer, Declined)
    assert answer.why
    assert len(stage.ring) == before


def test_a_dead_wire_does_not_stop_the_show_and_is_said() -> None:
    stage = opened()
    stage.broken = "127.0.0.1:7000: no route"
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    sent = next(e for e in stage.events if isinstance(e, CueSent) and e.cue == "2")
    assert "no route" in sent.problem
    stage.at(12.0)
    assert ("3", Cause.AFTER) in fired(stage)


def test_levels_fade_with_the_clock() -> None:
    stage = opened()
    stage.at(4.0)
    stage.performance.ask(Hear(estimate(4.0, 4.0)), "follower")
    stage.at(5.0)
    assert 0.45 < stage.levels["front"] < 0.55
    stage.at(7.0)
    assert stage.levels["front"] == 1.0


def test_a_successor_folds_the_same_state_and_look_and_answers_old_keys() -> None:
    stage = opened()
    stage.at(4.0)
    stage.performance.ask(Hear(estimate(4.0, 4.0)), "follower")
    kept = stage.performance.ask(Hold(), "caller", "key-9")
    successor = Performance(SHOW, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    assert successor.state == stage.performance.state
    assert successor.look == stage.performance.look
    assert successor.settle() == ()
    assert isinstance(kept, Kept)
    assert successor.ask(Hold(), "caller", "key-9") == kept


def test_a_firing_in_doubt_is_not_sent_twice_but_said() -> None:
    stage = opened()
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    # The engine was killed between the record and the wire: the entry of the sending is missing.
    cut = next(i for i, e in enumerate(stage.events) if isinstance(e, CueSent) and e.cue == "2")
    stage.ring = stage.ring[:cut]
    stage.sent.clear()
    successor = Performance(SHOW, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    assert successor.settle() == ("2",)
    assert stage.sent == []
    last = stage.events[-1]
    assert isinstance(last, CueSent)
    assert last.problem
    successor.ask(Hear(estimate(8.1, 8.1)), "follower")
    assert fired(stage).count(("2", Cause.FOLLOWER)) == 1
