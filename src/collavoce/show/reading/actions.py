"""What a cue of the show file does: levels, OSC messages, a person called."""

from collections.abc import Mapping
from dataclasses import dataclass

from collavoce.show.actions.action import Action
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.person import CallPerson
from collavoce.show.patch import Patch
from collavoce.show.reading.finding import Instead
from collavoce.show.reading.people import Company
from collavoce.show.reading.table import Table, is_number
from collavoce.units import Seconds
from collavoce.wire.osc import OscError, OscMessage, encode
from collavoce.words import say

FADE_LONGEST_S = 3600.0
LEAD_LONGEST_S = 3600.0
LEAD_S = 40.0
"""Ahead of the end, unless the cue says otherwise: enough to cross a backstage."""


@dataclass(frozen=True, slots=True)
class House:
    """What cues may speak of."""

    company: Company
    patch: Patch


def read_actions(cue: Table, house: House) -> tuple[Action, ...]:
    """The actions of a cue: light first, then messages, then the person."""
    actions: list[Action] = []
    if "levels" in cue:
        actions.append(_levels(cue, house))
    elif "fade" in cue:
        cue.warning("fade", "fade_alone")
    actions.extend(
        _osc(osc, house) for osc in cue.tables("osc", ("to", "address", "args"), alone=True)
    )
    if "person" in cue:
        actions.append(_person(cue.table("person", ("seat", "exit", "lead")), house))
    return tuple(actions)


def _levels(cue: Table, house: House) -> SetLevels:
    table = cue.free("levels")
    channels: Mapping[str, object] = house.patch.channels
    levels: dict[str, float] = {}
    for name in table.names():
        if name not in channels:
            table.error(name, "unknown_channel", channel=name, instead=Instead(name, channels))
        levels[name] = table.number(name, 0.0, 0.0, 100.0) / 100
    fade = cue.number("fade", 0.0, 0.0, FADE_LONGEST_S)
    return SetLevels(levels, Seconds(fade))


def _osc(osc: Table, house: House) -> SendOsc:
    to = osc.text("to", required=True)
    known = house.patch.osc
    if to and to not in known:
        osc.error("to", "unknown_destination", to=to, instead=Instead(to, known))
    address = osc.text("address", required=True)
    args: list[int | float | str | bool] = []
    for index, value in enumerate(osc.items("args")):
        if isinstance(value, bool | str) or is_number(value):
            args.append(value)
        else:
            osc.item_error("args", index, "bad_argument")
    try:
        # Encoding knows every limit of the standard; what passes here leaves at the show.
        if address:
            encode(OscMessage(address, tuple(args)))
    except OscError as error:
        osc.sentence("address", str(error), say("show.found.bad_osc.remedy"))
    return SendOsc(to, address, tuple(args))


def _person(person: Table, house: House) -> CallPerson:
    seat = person.text("seat", required=True)
    way = person.text("exit", required=True)
    company = house.company
    held = company.seats.get(seat)
    if seat and held is None:
        person.error("seat", "unknown_seat", seat=seat, instead=Instead(seat, company.seats))
    if held is not None and held.person is None:
        person.error("seat", "empty_seat", blocking=False, seat=seat)
    if way and way not in company.exits:
        person.error("exit", "unknown_exit", exit=way, instead=Instead(way, company.exits))
    lead = person.number("lead", LEAD_S, 0.0, LEAD_LONGEST_S)
    return CallPerson(seat, way, Seconds(lead))
