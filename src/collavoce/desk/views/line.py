"""The line strip: breaches, ways to keep clear, hold risks, whether support is ready. No reasons.

What the line says comes from the care process' own table of who may see what; what the show says
of risks and stops comes from its state. When the line is silent the strip says so: then the radio.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from collavoce.company.availability import availability_words
from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, sign
from collavoce.line.hazards import KINDS
from collavoce.show.cues import Show
from collavoce.show.person import AvailabilityIs
from collavoce.show.rules.line import DECIDERS
from collavoce.show.state import ShowState
from collavoce.words import say

MINUTE_S = 60

Told = Mapping[str, Any]
"""What the care process told of the line (`collavoce/line/view.py`), as plain values."""


def line_plan(show: Show) -> View:
    """What does not change: where a breach can be, who may decide, who may be handed over."""
    return {
        "zones": [{"id": zone.id, "name": zone.name} for zone in show.zones.values()],
        "house_rules": list(show.house_rules),
        "hazards": [{"kind": kind, "word": _kind(kind)} for kind in KINDS],
        "deciders": [
            {"id": p.id, "name": p.name} for p in show.people.values() if set(DECIDERS) & {*p.roles}
        ],
        "performers": [
            {"id": p.id, "name": p.name} for p in show.people.values() if "performer" in p.roles
        ],
    }


def line_strip(show: Show, state: ShowState, told: Told | None) -> View:
    """The strip. told: None while the line is silent.

    Times of breaches are UTC seconds, those of risks and stops on the show clock. Ages are whole
    minutes, so that an unchanged line gives unchanged bytes.
    """
    line: Told = {} if told is None else told
    waits = bool(state.risks) or state.stop_asked is not None
    return {
        "silent": sign("line.silent") if told is None else None,
        "breaches": [_breach(show, b) for b in _list(line, "breaches")],
        "clears": [
            {"id": c["id"], "zone": _zone(show, c["zone"]), "sign": sign("line.clear")}
            for c in _list(line, "clears")
        ],
        "medics": [_medic(show, m) for m in _list(line, "medics")],
        "ears": [
            {"name": person_name(show, p), "sign": sign("line.ears_out")}
            for p in _list(line, "ears")
        ],
        "hazards": [_hazard(show, h) for h in _list(line, "hazards")],
        "risks": [
            {
                "id": risk_id,
                "at": risk.at,
                "place": _zone(show, risk.place),
                "line": risk.line,
                "holder": risk.holder,
                "holder_name": _holder(show, risk.holder),
                "sign": sign("risk.open"),
            }
            for risk_id, risk in state.risks.items()
        ],
        "stop": None
        if state.stop_asked is None
        else {"holder_name": _holder(show, state.stop_asked), "sign": sign("risk.stop")},
        "standby": sign("risk.standby") if waits else None,
        "support": _support(show, line),
    }


def away_view(show: Show, state: ShowState) -> list[View]:
    """Who is not available, or plays in part, and nothing about it but what they let be shown."""
    return [
        {"person": p, "name": person_name(show, p), "sign": _availability(state, p)}
        for p in sorted(state.unavailable | state.availability.keys())
    ]


def _availability(state: ShowState, person: str) -> View:
    said = state.availability.get(person, AvailabilityIs())
    performs = person not in state.unavailable
    words = availability_words(performs=performs, rehearses=said.rehearses, until=said.until)
    return {**sign("person.away"), "word": words}


def _list(line: Told, key: str) -> Sequence[Any]:
    return cast("Sequence[Any]", line.get(key, ()))


def _breach(show: Show, breach: Told) -> View:
    return {
        "id": breach["id"],
        "zone": _zone(show, breach["zone"]),
        "at": breach["at"],
        "resolved_at": breach["resolved_at"],
        "radio": breach["radio"],
        "coming": [person_name(show, p) for p in breach["coming"]],
        "by": _by(show, breach["by"]),
        "sign": sign(f"line.{breach['is']}"),
    }


def _hazard(show: Show, hazard: Told) -> View:
    place = {"kind": _kind(hazard["kind"]), "zone": _zone(show, hazard["zone"])}
    return {
        "zone": hazard["zone"],
        "kind": hazard["kind"],
        "minutes": hazard["minutes"],
        "words": say("desk.hazards.row", **place, left=hazard["left"]),
        "place": place,
        "sign": sign("line.hazard"),
    }


def _kind(kind: str) -> str:
    return say(f"hazards.kind.{kind.replace(' ', '_')}")


def _medic(show: Show, medic: Told) -> View:
    return {
        "id": medic["id"],
        "zone": _zone(show, medic["zone"]),
        "who": person_name(show, medic["who"] or None),
        "sign": sign(f"line.medic_{medic['is']}"),
    }


def _support(show: Show, line: Told) -> View:
    """Ready or not, and what is missing. Without word from the line it is not ready."""
    support = cast("Told", line.get("support") or {})
    drill = cast("Told", line.get("drill") or {})
    ready = bool(support.get("ready"))
    seats = [_seat(show, s) for s in _list(support, "seats")]
    return {
        "sign": sign("support.ready" if ready else "support.not_ready"),
        "asked": bool(support.get("asked")),
        "seats": seats,
        "oldest": max((cast("int", s["age"]) for s in seats if s["age"] is not None), default=None),
        "drill": {way: _tick(show, drill.get(way)) for way in ("voice", "hand")},
    }


def _seat(show: Show, seat: Told) -> View:
    age = seat["age"]
    is_ = "empty" if seat["person"] is None else "asked" if age is None else "in_place"
    return {
        "seat": seat["seat"],
        "name": person_name(show, seat["person"]),
        "age": None if age is None else int(age) // MINUTE_S,
        "took": seat["took"],
        "trip_ms": seat["trip_ms"],
        "sign": sign(f"support.{is_}"),
    }


def _tick(show: Show, tick: Told | None) -> View | None:
    if tick is None:
        return None
    return {"at": tick["at"], "name": _by(show, tick["by"])}


def _zone(show: Show, zone: str) -> str:
    return show.zones[zone].name if zone in show.zones else zone


def _by(show: Show, person: str) -> str:
    return person_name(show, person or None) or say("desk.line.the_desk")


def _holder(show: Show, person: str) -> str:
    return person_name(show, person or None) or say("desk.line.nobody_named")
