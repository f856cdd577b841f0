"""A show by chance: places, waits, policies, a person; every message says which cue it is of."""

from random import Random

from collavoce.company.people import Exit, Person, Seat
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import AfterJump, Cue, Department, Number, Show
from collavoce.show.patch import Channel, Patch
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.units import Quarters, Seconds

LENGTH = 48.0
"""Quarters of each number."""

CHANNELS = ("front", "back", "side")


def programme(chance: Random) -> Show:
    """Two numbers with some ten cues each."""
    numbers = tuple(_number(f"{n}", chance) for n in (1, 2))
    return Show(
        title="Simulated",
        timezone="UTC",
        numbers=numbers,
        people={"jun": Person("jun", "Jun", ("performer",)), "mina": Person("mina", "Mina")},
        exits={"SL": Exit("SL", "stage left")},
        seats={"friend": Seat("friend", "mina")},
        patch=Patch(
            osc={"video": ("127.0.0.1", 7000)},
            sacn=(("127.0.0.1", 5568),),
            channels={name: Channel(name, 1, i) for i, name in enumerate(CHANNELS, 1)},
        ),
    )


def _number(name: str, chance: Random) -> Number:
    cues: list[Cue] = []
    places = sorted(round(chance.uniform(0, LENGTH - 1), 2) for _ in range(chance.randint(3, 8)))
    for place in places:
        at = f"{name}.{len(cues)}"
        cues.append(_cue(at, AtPlace(Quarters(place), f"q{place}"), chance))
        if chance.random() < 0.4:
            wait = Seconds(chance.choice((0.0, 0.7, 2.5)))
            cues.append(_cue(f"{name}.{len(cues)}", AfterCue(at, wait), chance))
        if chance.random() < 0.2:
            cues.append(_cue(f"{name}.{len(cues)}", ByHand(), chance))
    person = CallPerson("friend", "SL", Seconds(chance.uniform(5.0, 15.0)))
    cues.append(
        Cue(f"{name}.exit", "off", Department.PEO, AtEnd(Seconds(0.5)), (person,)),
    )
    cues.append(_cue(f"{name}.out", AtEnd(Seconds(1.5)), chance))
    return Number(name, name, None, "jun", tuple(cues))


def _cue(number: str, trigger: Trigger, chance: Random) -> Cue:
    message = SendOsc("video", "/cue", (number,))
    levels = SetLevels(
        {chance.choice(CHANNELS): round(chance.random(), 2)}, Seconds(chance.choice((0.0, 1.5)))
    )
    actions = chance.choice(((message,), (levels,), (message, levels)))
    policies = (AfterJump.DROP, AfterJump.FIRE)
    return Cue(
        number,
        number,
        Department.LX,
        trigger,
        actions,
        again=chance.choice(policies),
        skipped=chance.choice(policies),
    )
