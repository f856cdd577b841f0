"""The rule of record, and what a restart may and may not do."""

from dataclasses import replace

import pytest

from collavoce.rig.udp import Sent
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.performance import Performance
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.commands import Go, Hear, Hold, StartNumber, Stop
from collavoce.show.cues import Cue, Department
from collavoce.show.events import CueAuditioned, CueFired, CueSent
from collavoce.show.told.event import Cause
from collavoce.show.triggers import ByHand
from collavoce.units import Seconds

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


def test_a_late_copy_of_what_was_refused_is_refused_too() -> None:
    stage = opened()
    stage.performance.ask(Go("1"), "caller", "key-1")
    too_soon = stage.performance.ask(Go(), "caller", "key-2")
    assert isinstance(too_soon, Declined)
    stage.at(60.0)
    before = len(stage.ring)
    assert stage.performance.ask(Go(), "caller", "key-2") == too_soon
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


class KilledError(Exception):
    """The engine's end, for a test."""


class DiesSending(Stage):
    """An engine that is killed the moment before its first message leaves."""

    def osc(self, action: SendOsc) -> Sent:
        raise KilledError(action)


def test_a_death_in_mid_decision_leaves_the_whole_decision_and_marks_what_did_not_leave() -> None:
    stage = DiesSending()
    stage.performance.open("plan")
    stage.performance.ask(StartNumber("1"), "engine")
    stage.at(8.0)
    with pytest.raises(KilledError):
        stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    whole = opened()
    whole.at(8.0)
    whole.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    decided = [event for event in whole.events if not isinstance(event, CueSent)]
    assert [event for event in stage.events if not isinstance(event, CueSent)] == decided
    successor = Performance(SHOW, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    assert successor.state.pointer == whole.performance.state.pointer
    assert successor.settle() == ("2",)


def test_all_of_a_decision_is_kept_before_any_of_it_leaves() -> None:
    stage = opened()
    before = len(stage.ring)
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 8.0)), "follower")
    last = max(i for i, e in enumerate(stage.events) if not isinstance(e, CueSent))
    first_sent = next(i for i, e in enumerate(stage.events) if isinstance(e, CueSent))
    assert before < last < first_sent


def with_delays(**delays: float) -> Stage:
    """The small show with a latency book, and a cue for two destinations and the lights."""
    both = Cue(
        "both",
        "clip, bell, light",
        Department.VID,
        ByHand(),
        (SendOsc("slow", "/clip"), SendOsc("video", "/bell"), SetLevels({"front": 1.0}, FADE)),
    )
    number = replace(SHOW.numbers[0], cues=(both, *SHOW.numbers[0].cues))
    patch = replace(
        SHOW.patch,
        osc={**SHOW.patch.osc, "slow": ("127.0.0.1", 7001)},
        delay={name: Seconds(delay) for name, delay in delays.items()},
    )
    stage = Stage(show=replace(SHOW, numbers=(number,), patch=patch, guard=Seconds(0.0)))
    stage.performance.open("plan")
    stage.performance.ask(StartNumber("1"), "engine")
    return stage


FADE = Seconds(1.0)


def sent_of(stage: Stage, cue: str) -> CueSent:
    return next(e for e in stage.events if isinstance(e, CueSent) and e.cue == cue)


def test_what_fires_together_arrives_together_and_the_slowest_leaves_first() -> None:
    stage = with_delays(slow=0.4, video=0.1)
    stage.performance.ask(Go("both"), "caller")
    assert [(at, action.to) for at, action in stage.sent] == [(0.0, "slow")]
    assert not any(isinstance(e, CueSent) for e in stage.events)
    stage.at(2.0)
    left = {action.to: at for at, action in stage.sent}
    assert left == {"slow": 0.0, "video": pytest.approx(0.3)}
    assert stage.performance.look.fades["front"].began == pytest.approx(0.4)
    sent = sent_of(stage, "both")
    assert [(one.to, round(one.ms)) for one in sent.sent] == [
        ("slow", 0),
        ("video", 300),
        ("sacn", 400),
    ]


def test_without_a_latency_book_nothing_waits() -> None:
    stage = with_delays()
    stage.performance.ask(Go("both"), "caller")
    assert [(at, action.to) for at, action in stage.sent] == [(0.0, "slow"), (0.0, "video")]
    assert [one.ms for one in sent_of(stage, "both").sent] == [0.0, 0.0, 0.0]


def test_a_stop_drops_what_waits_and_says_so() -> None:
    stage = with_delays(slow=0.4)
    stage.performance.ask(Go("both"), "caller")
    stage.at(0.1)
    stage.performance.ask(Stop(0.0), "caller")
    stage.at(2.0)
    assert [action.to for _, action in stage.sent] == ["slow"]
    said = {one.to: one.problem for one in sent_of(stage, "both").sent}
    assert said["slow"] == ""
    assert "stopped" in said["video"]
    assert stage.levels["front"] == 0.0


def test_a_hold_drops_nothing_that_has_fired() -> None:
    stage = with_delays(slow=0.4)
    stage.performance.ask(Go("both"), "caller")
    stage.performance.ask(Hold(), "caller")
    stage.at(1.0)
    assert [action.to for _, action in stage.sent] == ["slow", "video"]


def test_an_engine_killed_while_something_waits_sends_nothing_twice_and_marks_it() -> None:
    stage = with_delays(slow=0.4)
    stage.performance.ask(Go("both"), "caller")
    stage.sent.clear()
    successor = Performance(stage.show, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    assert successor.settle() == ("both",)
    assert stage.sent == []
    said = {one.to: one.problem for one in sent_of(stage, "both").sent}
    assert said["slow"] == said["video"] == "perhaps sent: the engine was restarted in that moment"
    assert said["sacn"] == ""


def test_levels_in_doubt_are_sent_again_and_not_marked() -> None:
    stage = opened()
    stage.at(4.0)
    stage.performance.ask(Hear(estimate(4.0, 4.0)), "follower")
    cut = next(i for i, e in enumerate(stage.events) if isinstance(e, CueSent) and e.cue == "1")
    stage.ring = stage.ring[:cut]
    stage.levels.clear()
    successor = Performance(SHOW, stage.record, stage, stage.clock.now)
    successor.restore(enumerate(stage.ring, start=1))
    assert successor.settle() == ()
    assert "front" in stage.levels
    assert sent_of(stage, "1").problem == ""


def test_of_every_destination_it_is_recorded_what_was_sent_and_how_late() -> None:
    stage = opened()
    stage.at(8.0)
    stage.performance.ask(Hear(estimate(8.0, 7.9)), "follower")
    stage.performance.ask(Go("1"), "caller")
    (lights,) = sent_of(stage, "1").sent
    assert (lights.to, lights.what, lights.problem) == ("sacn", "front 100 % in 2 s", "")


def test_an_audition_shows_what_would_be_and_sends_nothing() -> None:
    stage = opened()
    event = CueAuditioned(at=0.0, cue="1", by="caller")
    stage.performance._pass_on(event)
    assert stage.auditioned == [("1", {"front": 1.0})]
    assert stage.sent == []
    assert stage.levels == {}
