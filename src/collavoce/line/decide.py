"""Every rule of the line, one line each: what is asked, who may ask it, and who decides it.

Asking twice for what is already so is answered with no events: safe, whatever the network does.
Whoever may not ask hears the same words whether what they named exists or not.
"""

from collections.abc import Callable, Mapping
from typing import Any

from collavoce.line import commands as c
from collavoce.line import events as e
from collavoce.line.hazards import MINUTE_S, NEWS_S
from collavoce.line.place import Place, Utc
from collavoce.line.roles import Act, Fact, Sight, Who, may, sees
from collavoce.line.state import LineState
from collavoce.line.support import waits_for
from collavoce.words import say

OPEN_MOST = 100
"""Open breaches, ways, medics, each. A house has fewer zones than that."""

Rule = Callable[[Place, LineState, Any, Who, float], e.Decision]


def decide(place: Place, state: LineState, command: c.AnyCommand, who: Who, now: Utc) -> e.Decision:
    """What follows from `command` of `who` at `now`, or why nothing does."""
    act, rule = COMMANDS[type(command)]
    if not may(who, act):
        return e.Refused(say("line.refused.not_yours"))
    return rule(place, state, command, who, now)


def _raise(
    place: Place, state: LineState, command: c.RaiseLine, who: Who, now: float
) -> e.Decision:
    if command.key in state.breaches:
        return ()
    if command.zone not in place.zones:
        return e.Refused(say("line.refused.no_zone"))
    if sum(b.resolved_at is None for b in state.breaches.values()) >= OPEN_MOST:
        return e.Refused(say("line.refused.too_many"))
    return (e.LineRaised(now, command.key, command.zone, who.person),)


def _come(
    _place: Place, state: LineState, command: c.ComeToLine, who: Who, now: float
) -> e.Decision:
    breach = state.breaches.get(command.breach)
    if breach is None:
        return e.Refused(say("line.refused.no_breach"))
    if breach.resolved_at is not None or who.person in breach.coming:
        return ()
    return (e.LineAcknowledged(now, command.breach, who.person),)


def _radio(
    _place: Place, state: LineState, command: c.LogRadio, who: Who, now: float
) -> e.Decision:
    breach = state.breaches.get(command.breach)
    if breach is None:
        return e.Refused(say("line.refused.no_breach"))
    if breach.radio_at is not None:
        return ()
    return (e.RadioLogged(now, command.breach, who.person),)


def _resolve(
    _place: Place, state: LineState, command: c.ResolveLine, who: Who, now: float
) -> e.Decision:
    breach = state.breaches.get(command.breach)
    if breach is None:
        return e.Refused(say("line.refused.no_breach"))
    if breach.resolved_at is not None:
        return ()
    return (e.LineResolved(now, command.breach, who.person),)


def _record(
    _place: Place, state: LineState, command: c.WriteRecord, who: Who, now: float
) -> e.Decision:
    breach = state.breaches.get(command.breach)
    if breach is None:
        return e.Refused(say("line.refused.no_breach"))
    wrote = (command.camera.strip(), command.police.strip(), command.text.strip())
    kept = breach.record
    if kept is not None and (kept.camera, kept.police, kept.text) == wrote:
        return ()
    return (e.RecordWritten(now, command.breach, *wrote, who.person),)


def _clear(
    place: Place, state: LineState, command: c.KeepClear, who: Who, now: float
) -> e.Decision:
    if command.key in state.clears:
        return ()
    if command.zone not in place.zones:
        return e.Refused(say("line.refused.no_zone"))
    open_ = [clear for clear in state.clears.values() if clear.lifted_at is None]
    if any(c_.zone == command.zone and c_.desk >= who.desk for c_ in open_):
        # One way is kept clear once, whoever asked; asked for at the desk it is the desk's too.
        return ()
    if len(open_) >= OPEN_MOST:
        return e.Refused(say("line.refused.too_many"))
    return (e.ClearAsked(now, command.key, command.zone, who.desk),)


def _lift(
    _place: Place, state: LineState, command: c.LiftClear, who: Who, now: float
) -> e.Decision:
    clear = state.clears.get(command.clear)
    seen = clear is not None and (sees(who, Fact.CLEAR) is Sight.ALL or (who.desk and clear.desk))
    if clear is None or not seen:
        return e.Refused(say("line.refused.no_clear"))
    if clear.lifted_at is not None:
        return ()
    return (e.ClearLifted(now, command.clear),)


def _medic(place: Place, state: LineState, command: c.AskMedic, who: Who, now: float) -> e.Decision:
    if command.key in state.medics:
        return ()
    if command.zone and command.zone not in place.zones:
        return e.Refused(say("line.refused.no_zone"))
    if sum(m.done_at is None for m in state.medics.values()) >= OPEN_MOST:
        return e.Refused(say("line.refused.too_many"))
    return (e.MedicAsked(now, command.key, command.zone, who.desk),)


def _take_medic(
    _place: Place, state: LineState, command: c.TakeMedic, who: Who, now: float
) -> e.Decision:
    medic = state.medics.get(command.medic)
    if medic is None:
        return e.Refused(say("line.refused.no_medic"))
    if medic.done_at is not None or medic.coming == who.person:
        return ()
    return (e.MedicComes(now, command.medic, who.person),)


def _end_medic(
    _place: Place, state: LineState, command: c.EndMedic, who: Who, now: float
) -> e.Decision:
    medic = state.medics.get(command.medic)
    if medic is None:
        return e.Refused(say("line.refused.no_medic"))
    if medic.done_at is not None:
        return ()
    return (e.MedicDone(now, command.medic, who.person),)


def _ears(place: Place, state: LineState, command: c.SayEars, who: Who, now: float) -> e.Decision:
    if command.person not in place.people:
        return e.Refused(say("line.refused.nobody"))
    if command.out is (command.person in state.ears_out):
        return ()
    return (e.EarsSaid(now, command.person, command.out, who.person),)


def _ask_support(
    _place: Place, state: LineState, command: c.AskSupport, who: Who, now: float
) -> e.Decision:
    if state.support.round == command.key:
        return ()
    return (e.SupportAsked(now, command.key, who.person),)


def _confirm(
    place: Place, state: LineState, command: c.ConfirmSupport, who: Who, now: float
) -> e.Decision:
    if state.support.round != command.round:
        return e.Refused(say("line.refused.round_over"))
    if not waits_for(place, state, who.person, now):
        return ()
    took_s = max(0.0, now - state.support.asked_at)
    return (e.SupportConfirmed(now, command.round, who.person, took_s, command.trip_ms),)


def _drill(
    _place: Place, _state: LineState, command: c.TickDrill, who: Who, now: float
) -> e.Decision:
    return (e.DrillTicked(now, command.by_hand, who.person),)


def _stop(
    _place: Place, state: LineState, command: c.StopShow, _who: Who, now: float
) -> e.Decision:
    return () if command.key in state.passed_on else (e.StopAsked(now, command.key),)


def _risk(
    _place: Place, state: LineState, command: c.RaiseRisk, _who: Who, now: float
) -> e.Decision:
    return () if command.key in state.passed_on else (e.RiskAsked(now, command.key),)


def _hand(
    place: Place, state: LineState, command: c.HandToFriend, _who: Who, now: float
) -> e.Decision:
    if command.person not in place.people:
        return e.Refused(say("line.refused.nobody"))
    if command.key in state.passed_on:
        return ()
    return (e.HandAsked(now, command.key, command.person),)


def _hazard(
    place: Place, state: LineState, command: c.RaiseHazard, _who: Who, now: float
) -> e.Decision:
    if command.zone not in place.zones:
        return e.Refused(say("line.refused.no_zone"))
    stands = state.hazards.find(command.zone, command.kind, now)
    if stands is not None and command.minutes * MINUTE_S - stands.left_s(now) < NEWS_S:
        return ()
    return (e.HazardRaised(now, command.zone, command.kind, command.minutes),)


def _no_hazard(
    _place: Place, state: LineState, command: c.LiftHazard, _who: Who, now: float
) -> e.Decision:
    if state.hazards.find(command.zone, command.kind, now) is None:
        return ()
    return (e.HazardLifted(now, command.zone, command.kind),)


COMMANDS: Mapping[type[c.Command], tuple[Act, Rule]] = {
    c.RaiseLine: (Act.RAISE, _raise),
    c.ComeToLine: (Act.COME, _come),
    c.LogRadio: (Act.RADIO, _radio),
    c.ResolveLine: (Act.RESOLVE, _resolve),
    c.WriteRecord: (Act.RECORD, _record),
    c.KeepClear: (Act.CLEAR, _clear),
    c.LiftClear: (Act.CLEAR, _lift),
    c.AskMedic: (Act.MEDIC, _medic),
    c.TakeMedic: (Act.TREAT, _take_medic),
    c.EndMedic: (Act.TREAT, _end_medic),
    c.SayEars: (Act.EARS, _ears),
    c.AskSupport: (Act.ASK_SUPPORT, _ask_support),
    c.ConfirmSupport: (Act.CONFIRM, _confirm),
    c.TickDrill: (Act.DRILL, _drill),
    c.StopShow: (Act.STOP, _stop),
    c.RaiseRisk: (Act.RISK, _risk),
    c.HandToFriend: (Act.HAND, _hand),
    c.RaiseHazard: (Act.HAZARD, _hazard),
    c.LiftHazard: (Act.HAZARD, _no_hazard),
}
"""Who may ask and who decides; a test holds it against `AnyCommand`."""
