"""A show by chance: every trigger, group and policy there is; every message says whose it is."""

from random import Random

from collavoce.company.people import Exit, Person, Seat
from collavoce.show.actions.action import Action
from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.person import CallPerson
from collavoce.show.actions.sound import PlaySound
from collavoce.show.actions.timer import RunTimer
from collavoce.show.actions.wait import Wait
from collavoce.show.cues import AfterJump, Countdown, Crew, Cue, Number, Show
from collavoce.show.cues import Stage as StageOf
from collavoce.show.inputs import read_input
from collavoce.show.patch import LIGHTS, Channel, Patch
from collavoce.show.person import PersonIs
from collavoce.show.triggers import (
    AfterCue,
    AtClock,
    AtEnd,
    AtPlace,
    ByHand,
    InGroup,
    OnPerson,
    Trigger,
)
from collavoce.units import Quarters, Seconds

LENGTH = 48.0
"""Quarters of each number."""

DOORS = 72000.0
"""Seconds after midnight, venue time, when a simulated show begins."""

OPENING_DAY = 20_000
"""Days since 1970."""

TRACKED = "3"
"""A number of tracked place cues alone, so that the judge can walk it by himself."""

CHANNELS = {"main": ("front", "back", "side"), "yard": ("lamp", "tree")}
PEOPLE = ("jun", "mina", "lena", "sam")
CREWS = {"LX": "lena", "SND": "sam"}


def programme(chance: Random) -> Show:
    """Some numbers with some ten cues each, on one stage or on two."""
    two = chance.random() < 0.4
    stages = {"main": StageOf("main", "Main"), "yard": StageOf("yard", "Yard")} if two else {}
    numbers = [_Making(name, "main", chance).number() for name in ("1", "2")]
    numbers.insert(chance.choice((0, 2)), _tracked(chance))
    if two:
        numbers += [_Making(name, "yard", chance).number() for name in ("4", "5")]
    delays = {"video": 0.25, "media": 0.1, LIGHTS: 0.05} if chance.random() < 0.5 else {}
    names = [name for channels in CHANNELS.values() for name in channels]
    return Show(
        title="Simulated",
        timezone="UTC",
        numbers=tuple(numbers),
        people={name: Person(name, name.title()) for name in PEOPLE},
        exits={"SL": Exit("SL", "stage left")},
        seats={"friend": Seat("friend", "mina")},
        crews={letters: Crew(letters, letters, (who,)) for letters, who in CREWS.items()},
        stages=stages,
        timers={"change": Countdown("change", "Change", "up")},
        patch=Patch(
            osc={"video": ("127.0.0.1", 7000), "desk": ("127.0.0.1", 7001)},
            http={"media": "http://127.0.0.1:8000"},
            sacn=(("127.0.0.1", 5568),),
            channels={name: Channel(name, 1, i) for i, name in enumerate(names, 1)},
            delay={name: Seconds(delay) for name, delay in delays.items()},
        ),
    )


def _tracked(chance: Random) -> Number:
    places = sorted(round(chance.uniform(0, LENGTH - 1), 2) for _ in range(chance.randint(4, 8)))
    cues: list[Cue] = []
    for i, place in enumerate(places):
        level = {chance.choice(CHANNELS["main"]): round(chance.random(), 2)}
        action = SetLevels(level, Seconds(chance.choice((0.0, 1.0))))
        cues.append(
            Cue(
                f"{TRACKED}.{i}",
                "",
                "VID",
                AtPlace(Quarters(place), f"q{place}"),
                (action,),
                again=AfterJump.TRACK,
                skipped=AfterJump.TRACK,
            )
        )
    return Number(TRACKED, TRACKED, None, "jun", tuple(cues), stage="main")


class _Making:
    """One number being written."""

    def __init__(self, name: str, stage: str, chance: Random) -> None:
        self.name = name
        self.stage = stage
        self.chance = chance
        self.cues: list[Cue] = []

    def number(self) -> Number:
        """Place cues in their order, with whatever hangs on them or stands between."""
        chance = self.chance
        count = chance.randint(3, 6)
        for place in sorted(round(chance.uniform(0, LENGTH - 1), 2) for _ in range(count)):
            lead = chance.choice((0.0, 0.0, 0.8))
            at = self._cue(AtPlace(Quarters(place), f"q{place}"), lead=lead)
            if chance.random() < 0.5:
                wait = Seconds(chance.choice((0.0, 0.7, 2.5)))
                self._cue(AfterCue(at, wait, chance.random() < 0.4))
            if chance.random() < 0.25:
                self._cue(ByHand())
            if chance.random() < 0.3:
                self._group()
        self._others()
        person = CallPerson("friend", "SL", Seconds(chance.uniform(5.0, 15.0)))
        off = Cue(f"{self.name}.exit", "off", "PEO", AtEnd(Seconds(0.5)), (person,))
        self.cues.append(off)
        self._cue(AtEnd(Seconds(1.5)))
        return Number(self.name, self.name, None, "jun", tuple(self.cues), stage=self.stage)

    def _others(self) -> None:
        chance = self.chance
        time = DOORS + chance.uniform(3.0, 40.0)
        self._cue(AtClock(Seconds(time), "clock"))
        who, state = chance.choice((("jun", PersonIs.CLEAR), ("friend", PersonIs.IN_POSITION)))
        self._cue(OnPerson(who, state))
        hazard = self._cue(chance.choice((ByHand(), AtPlace(Quarters(20.0), "q20"))), hazard=True)
        self._cue(AfterCue(hazard, Seconds(0.5), done=True))
        others = [cue.number for cue in self.cues]
        target = chance.choice(others)
        switch: tuple[Action, ...] = (
            SwitchCues((target,), on=chance.random() < 0.4),
            RunTimer("change", chance.choice(("start", "pause"))),
            ActOn(chance.choice((What.STOP, What.FADE, What.PAUSE, What.RESUME)), (target,)),
        )
        self._cue(ByHand(), (chance.choice(switch),))

    def _group(self) -> None:
        chance = self.chance
        members = tuple(self._cue(InGroup(), plain=True) for _ in range(chance.randint(2, 3)))
        order = chance.choice(tuple(Order))
        times = tuple(Seconds(0.8 * i) for i in range(len(members)))
        group = FireGroup(order, members, times if order is Order.TIMELINE else ())
        place = Quarters(round(chance.uniform(1, LENGTH - 1), 2))
        trigger = chance.choice((ByHand(), AtPlace(place, f"q{place}")))
        self._cue(trigger, (group,), plain=True)

    def _cue(
        self,
        trigger: Trigger,
        actions: tuple[Action, ...] = (),
        *,
        lead: float = 0.0,
        hazard: bool = False,
        plain: bool = False,
    ) -> str:
        chance = self.chance
        number = f"{self.name}.{len(self.cues)}"
        policies = tuple(AfterJump)
        listens = chance.random() < 0.3
        cue = Cue(
            number,
            number,
            chance.choice(("LX", "SND", "VID")),
            trigger,
            () if hazard else actions or self._actions(number),
            again=chance.choice(policies),
            skipped=chance.choice(policies),
            lead=Seconds(lead),
            pre=Seconds(0.0 if plain or chance.random() < 0.7 else chance.choice((0.4, 1.5))),
            inputs=(read_input(f"osc /go/{number}"),) if listens else (),
            hazard="pyro" if hazard else "",
            needs=() if plain or chance.random() < 0.9 else (OnPerson("jun", PersonIs.CLEAR),),
        )
        self.cues.append(cue)
        return number

    def _actions(self, number: str) -> tuple[Action, ...]:
        chance = self.chance
        message = SendOsc(chance.choice(("video", "desk")), "/cue", (number,))
        channel = chance.choice(CHANNELS[self.stage])
        fade = Seconds(chance.choice((0.0, 1.5)))
        levels = SetLevels({channel: round(chance.random(), 2)}, fade)
        request = SendHttp("media", "GET", f"/cue/{number}")
        sound = PlaySound("sound.wav", "", loop=chance.random() < 0.5, length=Seconds(2.0))
        return chance.choice(
            (
                (message,),
                (levels,),
                (message, levels),
                (message, request, levels),
                (sound, message),
                (message, Wait(Seconds(1.0))),
            )
        )
