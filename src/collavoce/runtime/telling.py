"""An event in one sentence, for people."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.words import say


def _variant(event: e.AnyEvent) -> str:
    """Which sentence of its kind an event asks for, where there are two."""
    match event:
        case e.CueSent(problem=problem) if problem:
            return "CueSentBadly"
        case e.PointerMoved(cue=None):
            return "PointerMovedPast"
        case e.FollowSwitched(on=on):
            return "FollowOn" if on else "FollowOff"
        case e.ExitStandby(person=None):
            return "ExitStandbyEmpty"
        case e.ExitCorrected(off_at=None):
            return "ExitCorrectedOpen"
        case e.RiskRaised(line=line):
            return "RiskRaisedByLine" if line else "RiskRaised"
        case e.AvailabilitySaid(available=available):
            return "AvailableAgain" if available else "NotAvailable"
        case _:
            return type(event).__name__


def tell(event: e.AnyEvent, show: Show, position: Callable[[float], str]) -> str:
    """The sentence for `event`. position: a quarter in words ("bar 12 beat 3")."""
    values: dict[str, object] = dict(cast("Mapping[str, Any]", msgspec.structs.asdict(event)))
    person, way_off = values.get("person"), values.get("exit")
    if isinstance(person, str):
        values["person"] = show.people[person].name if person in show.people else person
    if isinstance(way_off, str):
        values["exit"] = show.exits[way_off].name if way_off in show.exits else way_off
    match event:
        case (
            e.MusicJumped(origin=origin, target=target)
            | e.MusicPlaced(origin=origin, target=target)
        ):
            values |= {"origin": position(origin), "target": position(target)}
        case e.MusicChanged(state=state):
            values["state"] = say(f"desk.music.{state.value}")
        case e.CuesArmed(cues=cues):
            values["count"] = len(cues)
        case e.RiskRaised(place=place, holder=holder):
            values["place"] = show.zones[place].name if place in show.zones else place
            values["holder"] = _name(show, holder)
        case e.RiskTaken(holder=holder) | e.StopAsked(holder=holder):
            values["holder"] = _name(show, holder)
        case e.ExitCorrected(off_at=float(off_at)):
            values["at"] = clock_words(off_at)
        case _:
            pass
    return say(f"events.{_variant(event)}", **values)


def _name(show: Show, person: str) -> str:
    return show.people[person].name if person in show.people else say("events.nobody")


def worth_telling(event: e.AnyEvent) -> bool:
    """Whether `event` is news to a caller who sees pointer, exits and last firing anyway."""
    match event:
        case e.PointerMoved() | e.ExitCorrected():
            return False
        case e.CueSent(problem=problem):
            return bool(problem)
        case _:
            return True


def clock_words(seconds: float) -> str:
    """The show clock as people read it: 0:40, 1:02:03."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
