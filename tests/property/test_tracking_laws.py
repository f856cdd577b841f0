"""Tracking: walking to a place and jumping there give the same stage."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.sound import PlaySound
from collavoce.show.commands import (
    AnyCommand,
    Follow,
    Go,
    GoTo,
    Hear,
    Hold,
    Resume,
    StartNumber,
    Tick,
)
from collavoce.show.cues import AfterJump, Cue, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, CueFired, Refused
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.state import ShowState
from collavoce.show.triggers import AfterCue, AtPlace, ByHand, Trigger
from collavoce.units import Bpm, Instant, Quarters, Seconds

LENGTH = 24
LEVELS: st.SearchStrategy[dict[str, float]] = st.dictionaries(
    st.sampled_from(["front", "back", "haze"]), st.sampled_from([0.0, 0.4, 1.0]), min_size=1
)
FADES = st.sampled_from([Seconds(0.0), Seconds(3.0)])
PLACES = st.integers(0, 2 * LENGTH).map(lambda half: Quarters(half / 2))


@st.composite
def cue_lists(draw: st.DrawFn) -> tuple[Cue, ...]:
    """Cues in the order of the music, all with a state that is tracked; some bring others along."""
    cues: list[Cue] = []
    quarters = sorted(draw(st.lists(st.integers(1, LENGTH), max_size=6)))
    for index, quarter in enumerate(quarters):
        trigger: Trigger = AtPlace(Quarters(quarter), "there")
        # Between two cues of one instant no hand could come.
        if quarters.count(quarter) == 1 and index > 0 and draw(st.booleans()):
            trigger = ByHand()
        cues.append(_cue(draw, f"{index}", trigger, cues))
        if draw(st.booleans()):
            cues.append(_cue(draw, f"{index}a", AfterCue(f"{index}", Seconds(0.0)), cues))
    return tuple(cues)


def _cue(draw: st.DrawFn, number: str, trigger: Trigger, others: Iterable[Cue]) -> Cue:
    actions: list[Action] = [SetLevels(draw(LEVELS), draw(FADES))]
    kind = draw(st.sampled_from(["light", "loop", "clip", "switch"]))
    named = [cue.number for cue in others if isinstance(cue.trigger, ByHand)]
    if kind == "loop":
        actions.append(PlaySound("rain.wav", loop=True))
    elif kind == "clip":
        actions.append(SendOsc("video", "/clip/go"))
    elif kind == "switch" and named:
        actions.append(SwitchCues((draw(st.sampled_from(named)),), on=True))
    track = AfterJump.TRACK
    return Cue(number, number, "LX", trigger, tuple(actions), again=track, skipped=track)


SHOWS = cue_lists().map(
    lambda cues: Show(
        title="tracking",
        timezone="UTC",
        numbers=(Number("1", "", None, None, cues),),
        people={},
        exits={},
        seats={},
        patch=Patch(),
    )
)


class Run:
    """A show whose music somebody walks through, or jumps about in."""

    def __init__(self, show: Show) -> None:
        self.show, self.state, self.now = show, ShowState(), 0.0
        self.told: list[AnyEvent] = []
        self.ask(StartNumber("1"))

    def ask(self, command: AnyCommand) -> None:
        answer = decide(self.show, self.state, command, Instant(self.now), "caller")
        assert not isinstance(answer, Refused), answer.why
        for event in answer:
            self.told.append(event)
            self.state = evolve(self.show, self.state, event)

    def hear(self, quarter: float, jump: Jump | None = None, confidence: float = 0.95) -> None:
        self.now += 10.0
        self.ask(
            Hear(
                Estimate(
                    at=Instant(self.now),
                    heard_at=Instant(self.now),
                    quarter=Quarters(quarter),
                    tempo=Bpm(120.0),
                    confidence=confidence,
                    state=Music.FOLLOWING,
                    jump=jump,
                )
            )
        )
        self.ask(Tick())

    def walk(self, place: float, origin: float = 0.0) -> None:
        """Play on from `origin` to just before `place`; GO for each hand cue before what is next.

        A hand cue that nothing written after it has been reached yet is left to the hand.
        """
        ahead = [
            cue.trigger.quarter
            for cue in self.show.numbers[0].cues
            if isinstance(cue.trigger, AtPlace) and origin <= cue.trigger.quarter < place
        ]
        for quarter in sorted(set(ahead)):
            while self._hand_cue_stands_before(quarter):
                self.now += 10.0
                self.ask(Go())
            self.hear(quarter)

    def _hand_cue_stands_before(self, quarter: float) -> bool:
        cues = self.show.numbers[0].cues
        numbers = [cue.number for cue in cues]
        if self.state.pointer is None:
            return False
        onwards = cues[numbers.index(self.state.pointer) :]
        next_place = next((c for c in onwards if isinstance(c.trigger, AtPlace)), None)
        return (
            isinstance(onwards[0].trigger, ByHand)
            and next_place is not None
            and isinstance(next_place.trigger, AtPlace)
            and next_place.trigger.quarter <= quarter
        )

    def stage(self) -> tuple[dict[str, float], set[str], set[str], frozenset[str]]:
        """Levels, sounds that play, place cues that are armed, cues that are passed over."""
        state = self.state
        lit = {channel: level for channel, level in state.levels.items() if level}
        loops = {cue for cue, run in state.running.items() if run.until is None}
        return lit, loops, set(state.armed), state.edited.disarmed


@given(SHOWS, PLACES)
@settings(max_examples=300)
def test_walking_to_a_place_and_jumping_there_give_the_same_stage(
    show: Show, place: Quarters
) -> None:
    walked, jumped = Run(show), Run(show)
    walked.walk(place)
    walked.hear(place)
    jumped.hear(0.0)
    jumped.hear(place, Jump(Quarters(0.0), place))
    assert jumped.stage() == walked.stage()


@given(SHOWS, st.lists(PLACES, min_size=1, max_size=4), PLACES)
@settings(max_examples=400)
def test_having_been_elsewhere_leaves_nothing_on_the_stage(
    show: Show, elsewhere: list[Quarters], place: Quarters
) -> None:
    walked, jumped = Run(show), Run(show)
    walked.walk(place)
    walked.hear(place)
    first, *others = (Quarters(one + 0.25) for one in elsewhere)  # between two cues
    jumped.walk(first)
    jumped.hear(first)
    for one in (*others, place):
        jumped.hear(one, Jump(first, one))
        first = one
    assert jumped.stage() == walked.stage()


@given(SHOWS, PLACES)
@settings(max_examples=200)
def test_losing_the_music_and_finding_it_again_gives_the_stage_that_belongs_there(
    show: Show, place: Quarters
) -> None:
    walked, lost = Run(show), Run(show)
    walked.walk(place)
    walked.hear(place + 0.25)
    lost.hear(0.0)
    lost.hear(place + 0.25, confidence=0.2)
    walked.hear(place + 6)
    lost.hear(place + 6)
    if not any(place <= _place(cue) <= place + 6 for cue in show.numbers[0].cues):
        assert lost.stage() == walked.stage()


def _place(cue: Cue) -> float:
    return cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else -1.0


@given(SHOWS, PLACES)
@settings(max_examples=200)
def test_a_jump_that_nobody_is_sure_of_moves_nothing_until_it_is_proved(
    show: Show, place: Quarters
) -> None:
    run, sure = Run(show), Run(show)
    for one in (run, sure):
        one.hear(0.0)
    before = run.stage()[0]
    run.hear(place, Jump(Quarters(0.0), place), confidence=0.3)
    assert run.stage()[0] == before
    run.hear(place)
    sure.hear(place, Jump(Quarters(0.0), place))
    assert run.stage() == sure.stage()


@given(SHOWS, PLACES)
@settings(max_examples=200)
def test_in_a_hold_and_with_follow_off_the_stage_stays_and_is_put_right_after(
    show: Show, place: Quarters
) -> None:
    for stop, go_on in ((Hold(), Resume()), (Follow(on=False), Follow(on=True))):
        run, free = Run(show), Run(show)
        for one in (run, free):
            one.hear(0.0)
        before = run.stage()[0]
        run.ask(stop)
        run.hear(place, Jump(Quarters(0.0), place))
        assert run.stage()[0] == before
        run.ask(go_on)
        run.hear(place)
        free.hear(place, Jump(Quarters(0.0), place))
        assert run.stage() == free.stage()


@given(SHOWS, st.data())
@settings(max_examples=200)
def test_going_to_a_cue_gives_the_stage_of_everything_before_it(
    show: Show, data: st.DataObject
) -> None:
    cues = [c for c in show.numbers[0].cues if isinstance(c.trigger, AtPlace)]
    if not cues:
        return
    cue = data.draw(st.sampled_from(cues))
    if sum(_place(other) == _place(cue) for other in cues) > 1:
        return
    walked, gone = Run(show), Run(show)
    walked.walk(_place(cue))
    while walked.state.pointer != cue.number:
        walked.now += 10.0
        walked.ask(Go())
    gone.ask(GoTo(cue.number))
    assert gone.stage() == walked.stage()


@given(SHOWS, PLACES, PLACES)
def test_nothing_but_light_loops_and_arming_is_tracked(
    show: Show, first: Quarters, place: Quarters
) -> None:
    run = Run(show)
    run.walk(first)
    run.hear(first)
    clips = {
        c.number for c in show.numbers[0].cues if any(isinstance(a, SendOsc) for a in c.actions)
    }
    before = [e.cue for e in run.told if isinstance(e, CueFired) and e.cue in clips]
    run.hear(place, Jump(first, place))
    run.hear(place + 0.25)
    fired = [e.cue for e in run.told if isinstance(e, CueFired) and e.cue in clips]
    again = fired[len(before) :]
    assert not set(again) & set(before)
