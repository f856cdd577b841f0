"""What one person sees of the line: plain values, by the table of `roles.py` alone.

Which keys are there depends on roles and on nothing else. What somebody may not see has no key,
no count and no empty place. Ages are whole seconds.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

from collavoce.line.hazards import MINUTE_S, Hazard
from collavoce.line.place import Place
from collavoce.line.roles import MAY, Act, Fact, Sight, Who, may, sees
from collavoce.line.state import OVER_LASTS_S, Breach, Clear, LineState, Medic, Tick
from collavoce.line.support import readiness, waits_for

View = dict[str, object]

HAZARDS_SHOWN = 12
"""Places on one page; the latest first. A house that has more shuts a door."""

SHOWN = 8
"""Of each kind on one page: what is open first, the latest first."""


def line_view(place: Place, state: LineState, who: Who, now: float, most: int = SHOWN) -> View:
    """The line as `who` sees it at `now`.

    may : what they may do, in the words of `Act`. breaches, clears, medics, ears, support, drill,
    hazards, waits : only where the table says so. most: of each kind.
    """
    view: View = {"may": [act.value for act in Act if may(who, act)]}
    if (sight := sees(who, Fact.LINE)) is not Sight.NONE:
        written = sees(who, Fact.RECORD) is Sight.ALL
        view["breaches"] = [
            _breach(key, breach, now, written=written)
            for key, breach in _shown(state.breaches, now, "resolved_at", most)
            if sight is Sight.ALL or breach.by == who.person
        ]
    if (sight := sees(who, Fact.CLEAR)) is not Sight.NONE:
        view["clears"] = [
            _clear(key, clear, now)
            for key, clear in _shown(state.clears, now, "lifted_at", most, over_lasts_s=0.0)
            if sight is Sight.ALL or (who.desk and clear.desk)
        ]
    if (sight := sees(who, Fact.MEDIC)) is not Sight.NONE:
        view["medics"] = [
            _medic(key, medic, now)
            for key, medic in _shown(state.medics, now, "done_at", most, over_lasts_s=0.0)
            if sight is Sight.ALL or (who.desk and medic.desk)
        ]
    if sees(who, Fact.EARS) is Sight.ALL:
        view["ears"] = list(state.ears_out)
    if sees(who, Fact.SUPPORT) is Sight.ALL:
        view["support"] = _support(place, state, now)
    if sees(who, Fact.DRILL) is Sight.ALL:
        view["drill"] = _drill(place, state, now)
    if sees(who, Fact.HAZARD) is Sight.ALL:
        standing = state.hazards.standing(now)[:HAZARDS_SHOWN]
        view["hazards"] = [_hazard(hazard, now) for hazard in standing]
    if not who.desk and sees(who, Fact.SUPPORT) is not Sight.NONE:
        view["waits"] = waits_for(place, state, who.person, now)
    return view


def sees_away(roles: frozenset[str]) -> bool:
    """Whether these roles see who is not available."""
    return sees(Who("", roles), Fact.AWAY) is Sight.ALL


def acts_of(role: str) -> tuple[Act, ...]:
    """What a role may do, in the order of `Act`."""
    return tuple(act for act in Act if MAY[role, act])


def _shown(
    kept: Mapping[str, Any], now: float, over: str, most: int, *, over_lasts_s: float = OVER_LASTS_S
) -> list[tuple[str, Any]]:
    """Open ones first, the latest first; those that are over only for a while."""
    newest = [(key, kept[key]) for key in reversed(list(kept))]
    open_ = [(key, one) for key, one in newest if getattr(one, over) is None]
    done = [
        (key, one)
        for key, one in newest
        if getattr(one, over) is not None and now - getattr(one, over) < over_lasts_s
    ]
    return [*open_, *done][:most]


def _breach(key: str, breach: Breach, now: float, *, written: bool) -> View:
    is_ = "resolved" if breach.resolved_at else "coming" if breach.coming else "raised"
    view: View = {
        "id": key,
        "zone": breach.zone,
        "is": is_,
        "at": int(breach.at),
        "age": _age(now, breach.at),
        "by": breach.by,
        "coming": list(breach.coming),
        "radio": breach.radio_at is not None,
        "resolved_at": None if breach.resolved_at is None else int(breach.resolved_at),
    }
    if written:
        kept = breach.record
        view["record"] = {
            "camera": kept.camera if kept else "",
            "police": kept.police if kept else "",
            "text": kept.text if kept else "",
        }
    return view


def _clear(key: str, clear: Clear, now: float) -> View:
    return {"id": key, "zone": clear.zone, "age": _age(now, clear.at)}


def _medic(key: str, medic: Medic, now: float) -> View:
    is_ = "coming" if medic.coming else "asked"
    age = _age(now, medic.at)
    return {"id": key, "zone": medic.zone, "is": is_, "who": medic.coming, "age": age}


def _hazard(hazard: Hazard, now: float) -> View:
    """left: whole minutes, begun ones too; minutes: what one more press makes of it."""
    left = ceil(hazard.left_s(now) / MINUTE_S)
    return {"zone": hazard.zone, "kind": hazard.kind, "left": left, "minutes": hazard.minutes}


def _support(place: Place, state: LineState, now: float) -> View:
    found = readiness(place, state, now)
    return {
        "ready": found.ready,
        "asked": bool(state.support.round),
        "seats": [
            {
                "seat": check.seat,
                "person": check.person,
                "age": None if check.age_s is None else int(check.age_s),
                "took": round(check.took_s, 1),
                "trip_ms": round(check.trip_ms),
            }
            for check in found.seats
        ],
    }


def _drill(place: Place, state: LineState, now: float) -> View:
    found = readiness(place, state, now)
    return {"voice": _tick(found.by_voice), "hand": _tick(found.by_hand)}


def _tick(tick: Tick | None) -> View | None:
    return None if tick is None else {"at": int(tick.at), "by": tick.by}


def _age(now: float, at: float) -> int:
    return max(0, int(now - at))
