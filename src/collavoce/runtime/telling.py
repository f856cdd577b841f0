"""An event in one sentence, for people."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.words import say

Position = Callable[[float], str]
Values = dict[str, object]


def _variant(event: e.AnyEvent) -> str:
    """Which sentence of its kind an event asks for, where there are several."""
    for kind, variant in VARIANTS:
        if isinstance(event, kind):
            return variant(event)
    return type(event).__name__


VARIANTS: tuple[tuple[type[e.AnyEvent], Callable[[Any], str]], ...] = (
    (e.CueSent, lambda x: "CueSentBadly" if x.problem else "CueSent"),
    (e.PointerMoved, lambda x: "PointerMovedPast" if x.cue is None else "PointerMoved"),
    (e.FollowSwitched, lambda x: "FollowOn" if x.on else "FollowOff"),
    (e.ExitStandby, lambda x: "ExitStandbyEmpty" if x.person is None else "ExitStandby"),
    (e.ExitCorrected, lambda x: "ExitCorrectedOpen" if x.off_at is None else "ExitCorrected"),
    (e.RiskRaised, lambda x: "RiskRaisedByLine" if x.line else "RiskRaised"),
    (e.AvailabilitySaid, lambda x: "AvailableAgain" if x.available else "NotAvailable"),
    (e.ShowStopped, lambda x: "ShowCut" if x.hard else "ShowStopped"),
    (e.StandbyCalled, lambda x: "StandbyCalled" if x.people else "StandbyCalledToNobody"),
    (e.StandbyAnswered, lambda x: "StandbyClear" if x.clear else "StandbyNotClear"),
    (e.HazardConfirmed, lambda x: "HazardDone" if x.done else "HazardNotDone"),
    (e.CueHalted, lambda x: "CueFrozen" if x.freeze else "CueHalted"),
    (e.CueAnswered, lambda x: "CueAnswered" if x.ok else "CueRefused"),
    (e.CuesSwitched, lambda x: "CuesArmedByHand" if x.on else "CuesDisarmed"),
    (e.ShowLocked, lambda x: "ShowLocked" if x.on else "ShowUnlocked"),
    (e.SetListChanged, lambda x: "SetListChangedSo" if x.words else "SetListChanged"),
    (e.StageTracked, lambda x: "StageTracked" if x.cues else "StageTrackedNothing"),
)


def tell(event: e.AnyEvent, show: Show, position: Callable[[float], str]) -> str:
    """The sentence for `event`. position: a quarter in words ("bar 12 beat 3")."""
    values: dict[str, object] = dict(cast("Mapping[str, Any]", msgspec.structs.asdict(event)))
    person, way_off = values.get("person"), values.get("exit")
    if isinstance(person, str):
        values["person"] = _called(show, person)
    if isinstance(way_off, str):
        values["exit"] = show.exits[way_off].name if way_off in show.exits else way_off
    if type(event) in IN_WORDS:
        values |= IN_WORDS[type(event)](event, show, position)
    return say(f"events.{_variant(event)}", **values)


def _where(event: e.MusicJumped | e.MusicPlaced, _show: Show, position: Position) -> Values:
    return {"origin": position(event.origin), "target": position(event.target)}


def _risk(event: e.RiskRaised, show: Show, _position: Position) -> Values:
    place = show.zones[event.place].name if event.place in show.zones else event.place
    return {"place": place, "holder": _name(show, event.holder)}


def _holder(event: e.RiskTaken | e.StopAsked, show: Show, _position: Position) -> Values:
    return {"holder": _name(show, event.holder)}


def _expected(event: e.ExitCorrected, _show: Show, _position: Position) -> Values:
    return {} if event.off_at is None else {"at": clock_words(event.off_at)}


def _people(event: e.StandbyCalled, show: Show, _position: Position) -> Values:
    return {"people": ", ".join(_called(show, one) for one in event.people)}


def _cues(event: e.CuesSwitched | e.StageTracked, _show: Show, _position: Position) -> Values:
    return {"cues": ", ".join(event.cues)}


def _song(event: e.NumberProposed, _show: Show, _position: Position) -> Values:
    song = event.song
    return {"title": song.title, "minutes": f"{song.minutes:g}", "reference": song.reference}


def _state(event: e.PersonSaid, _show: Show, _position: Position) -> Values:
    return {"state": say(f"events.person_is.{event.state.name.lower()}")}


IN_WORDS: Mapping[type[e.AnyEvent], Callable[[Any, Show, Position], Values]] = {
    e.MusicJumped: _where,
    e.MusicPlaced: _where,
    e.MusicChanged: lambda x, _show, _position: {"state": say(f"desk.music.{x.state.value}")},
    e.CuesArmed: lambda x, _show, _position: {"count": len(x.cues)},
    e.RiskRaised: _risk,
    e.RiskTaken: _holder,
    e.StopAsked: _holder,
    e.ExitCorrected: _expected,
    e.CueBegun: lambda x, _show, _position: {"at": clock_words(x.due)},
    e.StandbyCalled: _people,
    e.PersonSaid: _state,
    e.CuesSwitched: _cues,
    e.StageTracked: _cues,
    e.NumberProposed: _song,
    e.TimerSet: lambda x, _show, _position: {"length": clock_words(x.seconds)},
}
"""Fields of events that people read otherwise than they are kept."""


def _called(show: Show, person: str) -> str:
    return show.people[person].name if person in show.people else person


def _name(show: Show, person: str) -> str:
    return show.people[person].name if person in show.people else say("events.nobody")


def worth_telling(event: e.AnyEvent) -> bool:
    """Whether `event` is news to a caller who sees pointer, exits and last firing anyway."""
    match event:
        case e.PointerMoved() | e.ExitCorrected() | e.CueEnded():
            return False
        case e.RestrictionNoted() | e.RestrictionLifted():
            # It stands on the cue, at the caller's desk and on no other.
            return False
        case e.CueSent(problem=problem):
            return bool(problem)
        case e.CueAnswered(ok=ok):
            return not ok
        case _:
            return True


def clock_words(seconds: float) -> str:
    """The show clock as people read it: 0:40, 1:02:03."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
