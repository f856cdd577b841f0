"""The show file's patch: where messages and light go."""

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address

from collavoce.show.patch import Channel, Patch
from collavoce.show.reading.table import Table
from collavoce.wire.sacn import HIGHEST_PRIORITY, HIGHEST_UNIVERSE, PORT, SLOTS

MULTICAST = "multicast"
"""Instead of an address: each universe goes to its own multicast group."""

HIGHEST_PORT = 65_535

_DESTINATION = re.compile(r"(?P<host>[A-Za-z0-9._-]{1,253}):(?P<port>\d{1,5})")
_SLOT = re.compile(r"\s*(?P<universe>\d{1,6})\s*/\s*(?P<address>\d{1,4})\s*")
_LOOKS_NUMERIC = re.compile(r"[\d.]+")

Resolves = Callable[[str], bool]
"""Whether a host name can be looked up here and now."""


def read_patch(top: Table, resolves: Resolves) -> Patch:
    """Where messages and light go."""
    patch = top.table("patch", ("osc", "sacn", "channels"))
    sacn = patch.table("sacn", ("to", "priority"))
    osc = patch.free("osc")
    reader = _Destinations(resolves)
    destinations = {
        name: address
        for name in osc.names()
        if (address := reader.read(osc, name, osc.text(name, required=True))) is not None
    }
    channels = _channels(patch.free("channels"))
    lights = _lights(sacn, reader)
    if channels and "to" not in sacn:
        patch.warning("channels", "no_lights")
    priority = sacn.number("priority", 100, 0, HIGHEST_PRIORITY)
    return Patch(destinations, lights, int(priority), channels)


class _Destinations:
    """Reads addresses; a name is looked up once."""

    def __init__(self, resolves: Resolves) -> None:
        self._resolves = resolves
        self._known: dict[str, bool] = {}

    def read(self, table: Table, key: str, words: str) -> tuple[str, int] | None:
        if not words:
            return None
        parts = _DESTINATION.fullmatch(words)
        if parts is None:
            table.error(key, "bad_destination", to=words)
            return None
        host, port = parts["host"], int(parts["port"])
        if not 1 <= port <= HIGHEST_PORT:
            table.error(key, "bad_port", port=port, limit=HIGHEST_PORT)
        if not self._is_there(host):
            table.error(key, "unknown_host", host=host)
        return host, port

    def _is_there(self, host: str) -> bool:
        if _LOOKS_NUMERIC.fullmatch(host):
            try:
                IPv4Address(host)
            except AddressValueError:
                return False
            return True
        if host not in self._known:
            self._known[host] = self._resolves(host)
        return self._known[host]


def _lights(sacn: Table, reader: _Destinations) -> tuple[tuple[str, int], ...]:
    if sacn.raw("to") == MULTICAST:
        return ((MULTICAST, PORT),)
    read = (
        (MULTICAST, PORT) if words == MULTICAST else reader.read(sacn, "to", words)
        for words in sacn.texts("to")
    )
    return tuple(dict.fromkeys(address for address in read if address is not None))


def _channels(table: Table) -> dict[str, Channel]:
    channels: dict[str, Channel] = {}
    taken: dict[tuple[int, int], str] = {}
    for name in table.names():
        words = table.text(name, required=True)
        slot = _SLOT.fullmatch(words)
        if slot is None:
            if words:
                table.error(name, "bad_channel", channel=name, slot=words)
            continue
        universe, address = int(slot["universe"]), int(slot["address"])
        if not 1 <= universe <= HIGHEST_UNIVERSE:
            table.error(name, "bad_universe", universe=universe, limit=HIGHEST_UNIVERSE)
        if not 1 <= address <= SLOTS:
            table.error(name, "bad_address", address=address, limit=SLOTS)
        first = taken.setdefault((universe, address), name)
        if first != name:
            table.error(name, "same_address", channel=name, first=first, slot=words)
        channels[name] = Channel(name, universe, address)
    return channels
