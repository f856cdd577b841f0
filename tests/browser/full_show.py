"""A show with all that a caller may meet: crews, a hazard, waited-for people, timers, a curfew."""

from dataclasses import replace

from tests.browser.little_show import little_show

from collavoce.company.people import Person
from collavoce.score import Score
from collavoce.score.engraving import Engraving
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.cues import Countdown, Crew, Cue, Department, Number, Show
from collavoce.show.inputs import Input, InputKind
from collavoce.show.person import PersonIs
from collavoce.show.triggers import AfterCue, AtClock, ByHand, OnPerson
from collavoce.units import Seconds

STORM = "storm"


def full_show(written: tuple[Score, Engraving] | None = None) -> Show:
    """The little show, and a number before it that needs everybody."""
    little = little_show(written[0] if written else None)
    lena = Person("lena", "Lena Okafor", ("operator",))
    storm = Number(STORM, "Storm", None, "ren", _storm(), minutes=12.0, change=2.0)
    return replace(
        little,
        people={**little.people, "lena": lena},
        numbers=(storm, *(replace(number, minutes=8.0) for number in little.numbers)),
        crews={
            "LX": Crew("LX", "Light", ("lena",)),
            "SND": Crew("SND", "Sound", ("mina",)),
            "FX": Crew("FX", "Effects", ("darya",)),
        },
        timers={
            "stage": Countdown("stage", "Stage time", "down", Seconds(600.0)),
            "doors": Countdown("doors", "Doors", "to", until=Seconds(20 * 3600 + 30 * 60.0)),
        },
        starts="20:10",
        curfew=Seconds(20 * 3600 + 45 * 60.0),
        patch=replace(little.patch, osc={"desk": ("127.0.0.1", 9000)}),
    )


def _storm() -> tuple[Cue, ...]:
    dim = SetLevels({"front": 0.2, "back": 0.6}, Seconds(3.0))
    pedal = Input(InputKind.CONTROL, "64", 1, "midi control 64 channel 1")
    clear = OnPerson("friend", PersonIs.IN_POSITION)
    return (
        Cue("1A", "Clouds", Department.LX, ByHand(), (dim,), crew=("LX", "SND"), inputs=(pedal,)),
        Cue("2A", "Thunder", Department.SND, ByHand(), (SendOsc("desk", "/go", (2,)),)),
        Cue("3A", "Flash pot", Department.FX, ByHand(), (), hazard="pyro"),
        Cue("4A", "Rain", Department.LX, AfterCue("3A", Seconds(4.0)), (dim,), pre=Seconds(1.0)),
        Cue("5A", "Ren walks", Department.LX, ByHand(), (dim,), needs=(clear,)),
        Cue("6A", "House", Department.LX, AtClock(Seconds(76200.0), "clock 21:10"), (dim,)),
    )
