"""The caller learns of a card by nothing but a release: any sequence of edits, cards, releases.

The same evening is lived twice, or three times: as it is, with no card at all, and with cues that
bring nothing to anybody. Whatever the caller sees and is answered is the same, byte by byte. So
what stands on the desk cannot depend on what a card says, nor on whether a cue meets it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.meets_house import CUES, PERFORMERS, Cues, Evening, evening

from collavoce.company.effects import EFFECTS
from collavoce.show.commands import Arm, GoTo, StartNumber

ANY_CUE = (*CUES, "44")


@dataclass(frozen=True)
class Step:
    """what : "card", "release", "take back", "edit", "arm", "go", "care dies", "engine away"."""

    what: str
    person: str = ""
    cue: str = ""
    effects: tuple[str, ...] = ()
    cues: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    on: bool = False

    def written(self) -> Cues:
        return {cue: (brings, meets) for cue, brings, meets in self.cues}


some = st.lists(st.sampled_from(EFFECTS), unique=True, max_size=3).map(tuple)
whom = st.lists(st.sampled_from(PERFORMERS), unique=True, max_size=2).map(tuple)
shows = (
    st.dictionaries(st.sampled_from(ANY_CUE), st.tuples(some, whom), min_size=1)
    .map(lambda cues: tuple((cue, *cues[cue]) for cue in sorted(cues)))
)  # fmt: skip
people, cue = st.sampled_from(PERFORMERS), st.sampled_from(ANY_CUE)
steps = st.lists(
    st.one_of(
        st.builds(Step, st.just("card"), people, effects=some),
        st.builds(Step, st.just("release"), people, cue),
        st.builds(Step, st.just("take back"), people, cue),
        st.builds(Step, st.just("edit"), cues=shows),
        st.builds(Step, st.just("arm"), cue=cue, on=st.booleans()),
        st.builds(Step, st.just("go"), cue=cue),
        st.builds(Step, st.sampled_from(("care dies", "engine away", "engine back"))),
    ),
    max_size=10,
)


@dataclass
class Seen:
    """caller : everything, in order. others: the same of everybody else. notices: at each step."""

    caller: list[object]
    others: list[bytes]
    notices: list[frozenset[str]]
    released: list[frozenset[str]]


def lived(begins: Step, sequence: list[Step], change: Callable[[Step], Step] = lambda s: s) -> Seen:
    """The evening that `change` makes of it."""
    begins = change(begins)
    with evening(begins.written()) as house:
        seen = Seen([], [], [], [])
        released: dict[str, set[str]] = {person: set() for person in PERFORMERS}
        for step in map(change, sequence):
            _does(house, step, released)
            house.passes()
            house.look()
            for person in PERFORMERS:
                house.page(person)
            seen.others.append(house.others())
            if not house.engine_away:
                seen.notices.append(house.noticed)
                everybody = frozenset[str]().union(*released.values())
                seen.released.append(everybody & house.show.cues_by_number.keys())
        house.call_everything()
        house.look()
        seen.caller = house.told_caller
        return seen


def _does(house: Evening, step: Step, released: dict[str, set[str]]) -> None:
    match step.what:
        case "card":
            house.card(step.person, step.effects)
        case "release":
            house.release(step.person, step.cue)
            if step.cue in house.show.cues_by_number:
                released[step.person].add(step.cue)
        case "take back":
            house.take_back(step.person, step.cue)
            released[step.person].discard(step.cue)
        case "edit":
            house.edit(step.written())
        case "arm":
            house.call(Arm((step.cue,), step.on))
        case "go":
            house.call(StartNumber("one"))
            house.call(GoTo(step.cue))
        case "care dies":
            house.care_dies()
            # Before anybody's phone is here again, the desk is told what stands.
            house.passes()
            house.look()
            house.phones_come()
        case _:
            house.engine_away = step.what == "engine away"


def without_cards(step: Step) -> Step:
    """Nobody avoids anything."""
    return replace(step, effects=())


def with_other_cards(step: Step) -> Step:
    """Everybody avoids everything."""
    return replace(step, effects=EFFECTS) if step.what == "card" else step


def without_effects(step: Step) -> Step:
    """No cue brings anything to anybody."""
    return replace(step, cues=tuple((number, (), ()) for number, _, _ in step.cues))


def with_every_effect(step: Step) -> Step:
    """Every cue brings everything to everybody."""
    return replace(step, cues=tuple((number, EFFECTS, ()) for number, _, _ in step.cues))


@settings(max_examples=25, deadline=None)
@given(shows, steps)
def test_the_caller_sees_the_same_whatever_cards_say_and_cues_bring(
    begins: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], sequence: list[Step]
) -> None:
    first = Step("edit", cues=begins)
    seen = lived(first, sequence)
    for change in (without_cards, with_other_cards, without_effects, with_every_effect):
        other = lived(first, sequence, change)
        assert other.caller == seen.caller, change.__name__
        assert other.others == seen.others, change.__name__


@settings(max_examples=40, deadline=None)
@given(shows, steps)
def test_a_notice_stands_exactly_where_somebody_released_a_cue_of_the_show(
    begins: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], sequence: list[Step]
) -> None:
    seen = lived(Step("edit", cues=begins), sequence)
    assert seen.notices == seen.released


def without_releases(step: Step) -> Step:
    """Nobody lets the caller know of anything."""
    return Step("engine back") if step.what in ("release", "take back") else step


@settings(max_examples=20, deadline=None)
@given(shows, steps)
def test_nobody_but_the_caller_sees_a_release(
    begins: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], sequence: list[Step]
) -> None:
    first = Step("edit", cues=begins)
    here = [step for step in sequence if not step.what.startswith("engine")]
    assert lived(first, here, without_releases).others == lived(first, here).others
