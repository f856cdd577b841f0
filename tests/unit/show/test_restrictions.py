"""A restriction on stage: there by what was said, and by nothing else."""

from collavoce.show.commands import AnyCommand, Arm, GoTo, SetRestrictions, StartNumber
from collavoce.show.cues import Cue, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, Refused, RestrictionLifted, RestrictionNoted
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.state import ShowState
from collavoce.show.triggers import ByHand
from collavoce.units import Instant

CUES = tuple(Cue(n, f"cue {n}", "LX", ByHand(), ()) for n in ("41", "42", "43"))
SHOW = Show("An evening", "UTC", (Number("one", "One", None, None, CUES),), {}, {}, {}, Patch())


class Desk:
    """A show that is asked one thing after the other."""

    def __init__(self) -> None:
        self.state = ShowState()
        self.told: list[AnyEvent] = []

    def when(self, command: AnyCommand, by: str = "caller") -> tuple[AnyEvent, ...]:
        decision = decide(SHOW, self.state, command, Instant(10.0), by)
        assert not isinstance(decision, Refused), decision
        for event in decision:
            self.told.append(event)
            self.state = evolve(SHOW, self.state, event)
        return decision


def test_exactly_what_is_said_carries_one() -> None:
    desk = Desk()
    assert desk.when(SetRestrictions(("42", "41")), "wings") == (
        RestrictionNoted(10.0, "42"),
        RestrictionNoted(10.0, "41"),
    )
    assert desk.when(SetRestrictions(("42",)), "wings") == (RestrictionLifted(10.0, "41"),)
    assert desk.state.restricted == {"42"}
    assert desk.when(SetRestrictions(()), "wings") == (RestrictionLifted(10.0, "42"),)
    assert desk.state.restricted == frozenset()


def test_said_again_it_is_so_already() -> None:
    desk = Desk()
    desk.when(SetRestrictions(("41", "41")))
    assert desk.when(SetRestrictions(("41",))) == ()


def test_a_cue_that_the_show_does_not_have_carries_none() -> None:
    desk = Desk()
    assert desk.when(SetRestrictions(("gone",))) == ()
    assert desk.state.restricted == frozenset()


def test_nothing_of_it_names_anybody() -> None:
    assert RestrictionNoted.__struct_fields__ == ("at", "cue")
    assert RestrictionLifted.__struct_fields__ == ("at", "cue")


def test_it_stays_whatever_becomes_of_the_cue_and_keeps_nothing_back() -> None:
    desk, plain = Desk(), Desk()
    desk.when(SetRestrictions(("41", "42")))
    for command in (
        StartNumber("one"),
        Arm(("41",), on=False),
        Arm(("41",), on=True),
        GoTo("43"),
        StartNumber("one"),
    ):
        assert desk.when(command) == plain.when(command)
        assert desk.state.restricted == {"41", "42"}
