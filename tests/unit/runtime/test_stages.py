"""Two stages of one house: each has its own hold, standby and waits; the lights are one frame."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from collavoce.following.timing import Timing
from collavoce.runtime.entry import Entry, decode, encode, stage_of, stream_of
from collavoce.runtime.lockstep import Following
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.players import nobody
from collavoce.runtime.policies import followers
from collavoce.runtime.stages import Stages
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.remembering import Remembering
from collavoce.runtime.takes.shelf import Shelf
from collavoce.score.model import Bar, Note, Score, Tempo
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.asked.edits import Undo
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.commands import (
    AskStop,
    Go,
    Hear,
    HearAnswer,
    Hold,
    SetAvailable,
    StartNumber,
    Stop,
)
from collavoce.show.cues import Cue, Department, Number
from collavoce.show.cues import Stage as House
from collavoce.show.events import AnyEvent, AvailabilitySaid, CueFired, CueHalted, ShowStopped
from collavoce.show.patch import Channel, Patch
from collavoce.show.plan import Item, Plan
from collavoce.show.triggers import AfterCue, AtPlace, ByHand
from collavoce.units import Bpm, Instant, Quarters, Seconds

from .small_show import SHOW, Stage, estimate

OSC = (SendOsc("video", "/x"),)


SCORE = Score(
    "P",
    tuple(Note(f"n{i}", Quarters(float(i)), Quarters(1.0), 60 + i) for i in range(4)),
    (Bar("1", 1, Quarters(0.0), Quarters(4.0), 4, 4),),
    (Tempo(Quarters(0.0), Bpm(60.0)),),
    (),
    (),
    Quarters(4.0),
)


def light(number: str, level: float) -> Cue:
    does = (SetLevels({"front": level}, Seconds(0.0)),)
    return Cue(number, "light", Department.LX, ByHand(), does)


TWO = replace(
    SHOW,
    numbers=(
        Number(
            "a",
            "A",
            "a.musicxml",
            None,
            (
                light("1", 1.0),
                Cue("2", "place", Department.VID, AtPlace(Quarters(4.0), "bar 2"), OSC),
            ),
            stage="main",
        ),
        Number(
            "b",
            "B",
            None,
            "jun",
            (
                Cue("10", "go", Department.VID, ByHand(), OSC),
                Cue("11", "then", Department.VID, AfterCue("10", Seconds(2.0)), OSC),
                light("12", 0.5),
            ),
            stage="tent",
        ),
        Number("c", "C", None, None, (light("20", 0.2),), stage="tent"),
    ),
    stages={"main": House("main", "Main stage"), "tent": House("tent", "Tent")},
    patch=Patch(
        osc={"video": ("127.0.0.1", 7000)},
        channels={"front": Channel("front", 1, 1), "side": Channel("side", 1, 2)},
    ),
)


@dataclass
class TwoStages(Stage):
    """The house with a stage of its own for each name."""

    stages: Stages = field(init=False)

    def __post_init__(self) -> None:
        self.stages = Stages(self.show, self.record_on, self, self.clock.now)
        self.stages.open("plan")
        self.ring.clear()

    def record_on(self, stage: str, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        """Keep an entry as the ring would, to be read again."""
        entry = Entry(event, actor, key, cause, 0, 0, stage)
        self.ring.append(decode(encode(entry)))
        return len(self.ring)

    def pass_time(self, seconds: float) -> None:
        until = self.clock.now() + seconds
        while self.clock.now() < until:
            step = min(until, self.stages.next_turn())
            self.clock.advance_to(type(self.clock.now())(max(step, self.clock.now())))
            self.stages.turn()

    def fired(self, stage: str) -> list[str]:
        return [
            entry.event.cue
            for entry in self.ring
            if entry.stage == stage and isinstance(entry.event, CueFired)
        ]


def house() -> TwoStages:
    return TwoStages(show=TWO)


def test_each_stage_begins_with_its_own_first_number() -> None:
    stages = house().stages
    assert [p.state.number for p in stages] == ["a", "b"]
    assert [p.state.pointer for p in stages] == ["1", "10"]


def test_a_hold_on_one_stage_does_not_hold_the_other() -> None:
    two = house()
    two.stages.ask(Hold(), "caller", stage="main")
    two.stages.ask(Go(), "caller", stage="tent")
    two.pass_time(3.0)
    assert two.stages.performances["main"].state.held
    assert not two.stages.performances["tent"].state.held
    assert two.fired("tent") == ["10", "11"]


def test_the_music_of_one_stage_fires_nothing_on_the_other() -> None:
    two = house()
    two.stages.ask(Hear(estimate(1.0, 4.0)), "follower", stage="main")
    assert two.fired("main") == ["2"]
    assert two.fired("tent") == []


def test_a_command_goes_where_its_cue_or_number_is() -> None:
    two = house()
    assert isinstance(two.stages.ask(Go(cue="10"), "caller"), Kept)
    assert two.fired("tent") == ["10"]
    two.stages.ask(StartNumber("c"), "caller")
    assert [p.state.number for p in two.stages] == ["a", "c"]


def test_an_unknown_stage_is_refused_in_words() -> None:
    answer = house().stages.ask(Go(), "caller", "key", "moon")
    assert answer == Declined("key", "There is no stage moon.")


def test_a_fact_about_a_person_is_told_to_every_stage_under_keys_of_its_own() -> None:
    two = house()
    answer = two.stages.ask(SetAvailable("jun", available=False), "caller", "k")
    assert answer == Kept("k", 1)
    assert [e.stage for e in two.ring if isinstance(e.event, AvailabilitySaid)] == ["main", "tent"]
    keys = [entry.key for entry in two.ring]
    assert len(set(keys)) == len(keys)
    assert two.stages.ask(SetAvailable("jun", available=False), "caller", "k") == answer
    assert len(two.ring) == 2


def test_a_stop_asked_for_by_somebody_beside_any_stage_holds_them_all() -> None:
    two = house()
    two.stages.ask(AskStop("s1"), "mina")
    assert all(performance.state.held for performance in two.stages)
    one = house()
    one.stages.ask(AskStop("s1"), "mina", stage="tent")
    assert [performance.state.held for performance in one.stages] == [False, True]


def test_a_channel_belongs_to_whoever_set_it_last() -> None:
    two = house()
    two.stages.ask(Go(cue="1"), "caller")
    two.stages.turn()
    assert two.levels == {"front": 1.0}
    two.stages.ask(StartNumber("c"), "caller")
    two.stages.ask(Go(cue="20"), "caller")
    two.stages.turn()
    assert two.levels == {"front": 0.2}


def test_a_stop_takes_only_the_light_of_its_stage() -> None:
    two = house()
    two.stages.ask(StartNumber("c"), "caller")
    two.stages.ask(Go(cue="20"), "caller")
    two.stages.ask(Stop(fade=0.0), "caller", stage="main")
    two.stages.turn()
    assert two.levels == {"front": 0.2}
    two.stages.ask(Stop(fade=0.0), "caller", stage="tent")
    two.stages.turn()
    assert two.levels == {"front": 0.0}


def test_a_stop_on_one_stage_never_reaches_the_sounds_of_the_house() -> None:
    two = house()
    two.stages.ask(Go(cue="10"), "caller")
    two.stages.ask(Stop(), "caller", stage="main")
    assert not any(isinstance(event, ShowStopped) for event in two.heard)
    assert not any(isinstance(e, CueHalted) and e.cue == "10" for e in two.heard)


def test_an_answer_of_another_end_goes_to_the_stage_of_its_cue() -> None:
    two = house()
    two.stages.ask(Go(cue="10"), "caller")
    two.said.append(HearAnswer("10", "video", "200", ok=True, ms=3.0))
    two.stages.turn()
    assert [e.stage for e in two.ring if type(e.event).__name__ == "CueAnswered"] == ["tent"]


def test_a_set_list_is_one_stage_s() -> None:
    two = house()
    cut = Plan((Item("b"), Item("c", cut=True)))
    assert isinstance(two.stages.ask(ChangeSetList(cut, "cut"), "caller", stage="tent"), Kept)
    assert two.stages.performances["main"].state.edited.plan is None


def test_a_successor_restores_every_stage_and_the_one_light_frame() -> None:
    two = house()
    two.ring.clear()
    two.stages = Stages(TWO, two.record_on, two, two.clock.now)
    two.stages.open("plan")
    two.stages.ask(Go(cue="1"), "caller")
    two.stages.ask(Hold(), "caller", stage="main")
    two.stages.ask(Go(cue="10"), "caller")
    successor = Stages(TWO, two.record_on, two, two.clock.now)
    successor.restore(list(enumerate(two.ring, 1)))
    for stage, performance in two.stages.performances.items():
        assert successor.performances[stage].state == performance.state
        assert successor.performances[stage].look == performance.look
    assert successor.settle() == ()


def test_what_is_of_a_stage_that_the_folder_has_no_more_is_left() -> None:
    two = house()
    two.stages.ask(Go(cue="10"), "caller")
    strange = [replaced(entry, "moon") for entry in two.ring]
    successor = Stages(TWO, two.record_on, two, two.clock.now)
    successor.restore(list(enumerate(strange, 1)))
    assert successor.seq == 0


def replaced(entry: Entry, stage: str) -> Entry:
    return Entry(entry.event, entry.actor, entry.key, entry.cause, 0, 0, stage)


def test_a_show_without_stages_has_one_that_has_no_name() -> None:
    one = TwoStages(show=SHOW)
    assert [p.stage for p in one.stages] == [""]
    one.stages.ask(Stop(fade=0.0), "caller")
    assert any(isinstance(event, ShowStopped) for event in one.heard)
    assert followers(SHOW) == {"": "follower"}


def test_only_stages_with_music_have_a_follower() -> None:
    assert followers(TWO) == {"main": "follower"}
    both = replace(TWO, numbers=(*TWO.numbers, replace(TWO.numbers[0], id="d", stage="tent")))
    assert followers(both) == {"main": "follower", "tent": "follower2"}


def test_the_ledger_s_stream_says_the_stage() -> None:
    assert (stream_of(""), stream_of("tent")) == ("show", "show/tent")
    assert (stage_of("show"), stage_of("show/tent")) == ("", "tent")


def test_an_entry_of_before_there_were_stages_is_of_the_only_one() -> None:
    entry = Entry(ShowStopped(1.0, "caller", 2.0), "caller", "", 0, 1, 2)
    old = msgspec.msgpack.encode(msgspec.msgpack.decode(encode(entry))[:6])
    assert decode(old) == entry


class Noted(Remembering):
    """Remembers nothing but who was said to play."""

    players: list[str | None]

    def begin(self, player: str | None, score: Score) -> Timing | None:
        """Note who plays."""
        self.players.append(player)
        return super().begin(player, score)


def test_what_a_cover_plays_is_nobody_s_but_the_cover_s(tmp_path: Path) -> None:
    piece = replace(SHOW.numbers[0], id="p", title="P", score="p.musicxml", covers=("mina",))
    two = TwoStages(show=replace(SHOW, numbers=(SHOW.numbers[0], piece)))
    covered = Plan((Item("1"), Item("p", cover="mina")))
    memory = Noted(Shelf(takes_place(tmp_path, tmp_path), lambda: 0.0), two.show)
    memory.players = []
    (performance,) = two.stages
    following = Following(performance, {"p": SCORE}, nobody(), memory)
    for commands in (
        (ChangeSetList(covered, "cover"), StartNumber("p")),
        (StartNumber("1"), Undo(), StartNumber("p")),
    ):
        for command in commands:
            assert isinstance(two.stages.ask(command, "caller"), Kept)
        following.listen(two.clock.now())
        two.clock.advance_to(Instant(two.clock.now() + 1.0))
    assert memory.players == ["mina", "jun"]
