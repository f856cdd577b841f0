"""Ten thousand breaches, four other alarms at once with each: nobody hears who is not meant to."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.scenario.line_stage import BEGAN, CONFIG, PEOPLE, SHOW, ZONES, Backstage, key, press

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
    SetNear,
    SetOpening,
)
from collavoce.care.decide import decide as decide_care
from collavoce.care.events import AlertRaised, Refused, Unseen
from collavoce.care.ladder import Moment
from collavoce.care.near import Kind, Near
from collavoce.care.reached.standing import calls
from collavoce.care.state import CareState
from collavoce.care.state import evolve as evolve_care
from collavoce.line import LineState, decide, evolve, line_view
from collavoce.line import commands as c
from collavoce.line import events as e
from collavoce.line.place import Utc
from collavoce.runtime.care.policies import from_line, hand_overs
from collavoce.show.commands import AskStop, HoldRisk

BREACHES = 10_000
OTHERS = 4
NOW = Moment(100.0)
PLACE = CONFIG.place()
SEEN_BY = {"security", "caller", "liaison"}
CIRCLES = {"idol": ("friend", "second"), "pianist": ("second", "welfare")}


def circles() -> CareState:
    """Two performers with circles; the bodyguard may not come near the idol, whatever happens."""
    state = CareState()
    for owner, order in CIRCLES.items():
        for command in (
            SetCircle(owner, order, 20.0),
            *(AnswerRequest(trusted, owner, agrees=True) for trusted in order),
            SetOpening(owner, hand=True, breach=True),
            SetNear(owner, Near(Kind.NOT, ("bodyguard",))),
        ):
            state = asked(state, command)[0]
    return state


def asked(state: CareState, command: AnyCommand) -> tuple[CareState, tuple[object, ...]]:
    decision = decide_care(PEOPLE, state, command, NOW)
    assert not isinstance(decision, Refused | Unseen), (command, decision)
    for event in decision:
        state = evolve_care(state, event)
    return state, decision


@dataclass
class Moments:
    """One moment in which several alarms come at once."""

    care: CareState
    line: LineState = field(default_factory=LineState)
    show: list[object] = field(default_factory=list[object])
    owners: set[str] = field(default_factory=set[str])
    breaches: dict[str, str] = field(default_factory=dict[str, str])
    medics: set[str] = field(default_factory=set[str])

    def say(self, person: str, command: c.AnyCommand) -> None:
        decision = decide(PLACE, self.line, command, PLACE.who(person), Utc(BEGAN))
        assert not isinstance(decision, e.Refused), (person, command, decision)
        for event in decision:
            self.line = evolve(self.line, event)
            self.show += [one.command for one in from_line(event, ZONES)]
            for opened in hand_overs(event, ZONES, CONFIG.comes_off, b"secret"):
                before = self.care
                self.care, told = asked(self.care, opened)
                if self.care is not before:
                    self.owners |= {x.person for x in told if isinstance(x, AlertRaised)}

    def alarm(self, number: int, chance: Random) -> None:
        """One alarm of any kind."""
        match chance.randrange(6):
            case 0:
                self.breach(number, chance)
            case 1:
                self.say("asm", c.AskMedic(key(number), chance.choice(sorted(ZONES))))
                self.medics.add(key(number))
            case 2:
                self.say("monitors", c.SayEars(chance.choice(("idol", "pianist")), out=True))
            case 3:
                self.say("asm", c.StopShow(key(number)))
            case 4:
                self.say("asm", c.HandToFriend(key(number), chance.choice(("idol", "pianist"))))
            case _:
                owner = chance.choice(("idol", "pianist"))
                self.care, _ = asked(self.care, RaiseAlert(owner, press(number)))
                self.owners.add(owner)

    def breach(self, number: int, chance: Random) -> None:
        by = chance.choice(("steward", "bodyguard", "asm", "security"))
        self.say(by, c.RaiseLine(key(number), chance.choice(sorted(ZONES))))
        self.breaches[key(number)] = by


def test_ten_thousand_breaches_reach_nobody_who_is_not_meant() -> None:
    ready, chance = circles(), Random(20_261_121)
    reached: Counter[str] = Counter()
    for index in range(BREACHES):
        now = Moments(ready)
        alarms = [now.breach, *[now.alarm] * OTHERS]
        chance.shuffle(alarms)
        for number, alarm in enumerate(alarms):
            alarm(index * 10 + number, chance)
        called = {p: call.owner for p in PEOPLE for call in calls(now.care, p, NOW)}
        firsts = {CIRCLES[owner][0] for owner in now.owners}
        assert set(called) == firsts, index
        for person in PEOPLE:
            view: Any = line_view(PLACE, now.line, PLACE.who(person), BEGAN)
            breaches = {b["id"] for b in view.get("breaches", ())}
            mine = {k for k, by in now.breaches.items() if by == person}
            assert breaches == (set(now.breaches) if person in SEEN_BY else mine), (index, person)
            medics = {m["id"] for m in view.get("medics", ())}
            assert medics == (now.medics if person == "medic" else set()), (index, person)
            reached[person] += len(breaches)
        assert all(isinstance(command, HoldRisk | AskStop) for command in now.show)
        at_exits = {k for k in now.breaches if ZONES[now.line.breaches[k].zone].exit}
        assert {x.risk for x in now.show if isinstance(x, HoldRisk)} == at_exits
    assert reached["security"] == reached["caller"] == reached["liaison"] > BREACHES
    for person in ("manager", "admin", "keys", "welfare", "friend", "second", "idol", "medic"):
        assert reached[person] == 0


NOT_MEANT = ("manager", "bodyguard", "steward", "admin", "keys", "security", "asm", "liaison")
"""And the caller's desk; none of them may tell a press from no press."""

HIS: tuple[AnyCommand, ...] = (
    RaiseAlert("idol", press(1)),
    ConfirmShown("friend", press(1)),
    SayComing("friend", press(1)),
    EndAlert("idol", press(1)),
    RaiseAlert("idol", press(2)),
    CancelAlert("idol", press(2)),
)


def somebody_elses(stage: Backstage, number: int, chance: Random) -> None:
    """Something at the line that is not about him."""
    match chance.randrange(7):
        case 0:
            stage.line("steward", c.RaiseLine(key(number), chance.choice(("SL", "foyer"))))
        case 1:
            stage.line("asm", c.KeepClear(key(number), "SL"))
        case 2:
            stage.line("asm", c.AskMedic(key(number), "foyer"))
        case 3:
            stage.line("monitors", c.SayEars("idol", out=bool(number % 2)))
        case 4:
            stage.line("asm", c.StopShow(key(number)))
        case 5:
            stage.desk(c.AskSupport(key(number)))
        case _:
            stage.desk(c.TickDrill(by_hand=bool(number % 2)))


def evening(folder: Path, seed: int, *, with_presses: bool) -> Iterator[bytes]:
    """What everybody who is not meant sees of one evening, moment by moment, as bytes."""
    folder.mkdir()
    stage, chance = Backstage(folder), Random(seed)
    stage.circle("idol", "friend")
    his = list(HIS)
    for number in range(12):
        if chance.random() < 0.6 and his:
            command = his.pop(0)
            if with_presses:
                stage.care(command)
        else:
            somebody_elses(stage, number, chance)
        stage.passes(chance.choice((0.5, 8.0, 21.0)))
        views = {person: stage.view(person) for person in NOT_MEANT}
        seen = [views, stage.desk_view, repr(stage.show), len(stage.show_told)]
        yield json.dumps(seen, default=repr).encode()
    assert set(stage.show.unavailable) == set()
    stage.close()


@pytest.mark.parametrize("seed", range(25))
def test_with_and_without_his_press_the_others_see_the_same_bytes(
    tmp_path: Path, seed: int
) -> None:
    with_him = evening(tmp_path / "with", seed, with_presses=True)
    without = evening(tmp_path / "without", seed, with_presses=False)
    for moment, (one, other) in enumerate(zip(with_him, without, strict=True)):
        assert one == other, moment


def test_with_him_the_manager_and_the_caller_learn_that_he_is_not_available_and_no_more(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with_him, without = Backstage(tmp_path / "a"), Backstage(tmp_path / "b")
    for stage in (with_him, without):
        stage.circle("idol", "friend")
    with_him.care(RaiseAlert("idol", press(1)))
    with_him.care(SayWith("friend", press(1)))
    for stage in (with_him, without):
        stage.passes(1.0)
    for person in NOT_MEANT:
        one, other = with_him.view(person), without.view(person)
        differ = {name for name in one if one[name] != other.get(name)}
        assert differ == ({"away"} if person == "manager" else set()), person
    assert with_him.desk_view == without.desk_view
    assert [type(x).__name__ for x in with_him.show_told] == ["AvailabilitySaid"]
    assert SHOW.people["idol"].id in with_him.show.unavailable
    for stage in (with_him, without):
        stage.close()
