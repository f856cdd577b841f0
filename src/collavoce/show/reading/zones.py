"""The show file's zones, and when the performance begins."""

import re
from collections.abc import Mapping

from collavoce.company.people import Exit, Zone
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table

LINE_DAYS = 365
"""How long a security record is kept where the show says nothing else."""

LINE_DAYS_MOST = 3650

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def read_zones(top: Table, exits: Mapping[str, Exit]) -> dict[str, Zone]:
    """Every zone by its id: the exits first, then what stands under [[zones]]."""
    zones = {way.id: Zone(way.id, way.name, way.id) for way in exits.values()}
    for table in top.tables("zones", ("id", "name", "exit")):
        zone = Zone(table.id("id"), table.text("name", required=True), table.text("exit"))
        if zone.exit and zone.exit not in exits:
            table.error("exit", "unknown_exit", exit=zone.exit, instead=Instead(zone.exit, exits))
        if zone.id in exits:
            table.error("id", "zone_is_exit", id=zone.id)
        elif zone.id and zone.id in zones:
            table.error("id", "twice", id=zone.id)
        zones.setdefault(zone.id, zone)
    return zones


def read_starts(top: Table) -> str:
    """The time of day at which the performance begins, "" where it is not said."""
    starts = top.text("starts")
    if starts and not _CLOCK.fullmatch(starts):
        top.error("starts", "bad_clock", time=starts)
    return starts
