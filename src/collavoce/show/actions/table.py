"""Every action: the key of the show file it is read from, and how it is said.

The order is the order in which a cue does what it does: light, then what leaves the house, then
what changes the show, then the person.
"""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.show.actions import (
    arm,
    entrance,
    go_to,
    group,
    http,
    levels,
    load,
    memo,
    midi,
    osc,
    others,
    person,
    sound,
    timer,
    wait,
)
from collavoce.show.actions.action import Action
from collavoce.show.actions.house import House
from collavoce.show.actions.naming import Names
from collavoce.show.written.table import Table

Reader = Callable[[Table, House], tuple[Action, ...]]
"""Reads a cue's table in which the action's key stands."""

ACTIONS: Mapping[str, Reader] = {
    "levels": levels.read,
    "osc": osc.read,
    "midi": midi.read,
    "http": http.read,
    "sound": sound.read,
    "others": others.read,
    "group": group.read,
    "wait": wait.read,
    "go_to": go_to.read,
    "arm": arm.read,
    "disarm": arm.read,
    "load": load.read,
    "timer": timer.read,
    "memo": memo.read,
    "person": person.read,
    "entrance": entrance.read,
}
"""TOML key -> reader. Two keys with one reader are read together, once."""

WORDS: Mapping[type[Action], Callable[[Any], str]] = {
    levels.SetLevels: levels.words,
    osc.SendOsc: osc.words,
    midi.SendMidi: midi.words,
    http.SendHttp: http.words,
    sound.PlaySound: sound.words,
    others.ActOn: others.words,
    group.FireGroup: group.words,
    wait.Wait: wait.words,
    go_to.MoveTo: go_to.words,
    arm.SwitchCues: arm.words,
    load.LoadCue: load.words,
    memo.Remind: memo.words,
}

NAMING: Mapping[type[Action], Callable[[Any, Names], str]] = {
    timer.RunTimer: timer.words,
    person.CallPerson: person.words,
    entrance.ComeOn: entrance.words,
}
"""Those that speak of people, doors and timers, which have names."""

WHAT: Mapping[type[Action], Callable[[Any], str]] = {
    levels.SetLevels: levels.words,
    osc.SendOsc: osc.what,
    midi.SendMidi: midi.what,
    http.SendHttp: http.what,
    sound.PlaySound: sound.what,
    load.LoadCue: load.words,
}
"""What leaves, where its destination is said beside it."""

IDS = Names()


def read_actions(cue: Table, house: House) -> tuple[Action, ...]:
    """Everything that a cue does, in order."""
    if "fade" in cue and "levels" not in cue:
        cue.warning("fade", "fade_alone")
    readers = dict.fromkeys(reader for key, reader in ACTIONS.items() if key in cue)
    return tuple(action for reader in readers for action in reader(cue, house))


def words(action: Action, names: Names = IDS) -> str:
    """What `action` does, in words for people."""
    names_something = NAMING.get(type(action))
    return (
        WORDS[type(action)](action) if names_something is None else names_something(action, names)
    )


def what(action: Action) -> str:
    """What `action` sends, without whereto; "" for what sends nothing."""
    sends = WHAT.get(type(action))
    return "" if sends is None else sends(action)
