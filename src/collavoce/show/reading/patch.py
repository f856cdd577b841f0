"""The show file's patch: where messages, sound and light go."""

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address

from collavoce.show.patch import LIGHTS, SOUND, Channel, Patch
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.units import Seconds
from collavoce.wire.sacn import HIGHEST_PRIORITY, HIGHEST_UNIVERSE, PORT, SLOTS

MULTICAST = "multicast"
"""Instead of an address: each universe goes to its own multicast group."""

NAMED = ("osc", "midi", "http", "sound")
"""Kinds of destinations that have names."""

OVER_TCP = "/tcp"

DELAY_MOST_MS = 500.0
"""A GO that is answered later than this is no GO."""

HIGHEST_PORT = 65_535

_DESTINATION = re.compile(r"(?P<host>[A-Za-z0-9._-]{1,253}):(?P<port>\d{1,5})")
_SERVER = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9._-]{1,253})(?P<port>:\d{1,5})?")
_SLOT = re.compile(r"\s*(?P<universe>\d{1,6})\s*/\s*(?P<address>\d{1,4})\s*")
_LOOKS_NUMERIC = re.compile(r"[\d.]+")

Resolves = Callable[[str], bool]
"""Whether a host name can be looked up here and now."""


def read_patch(top: Table, resolves: Resolves) -> Patch:
    """Where messages, sound and light go."""
    patch = top.table("patch", (*NAMED, LIGHTS, "channels", "delay"))
    sacn = patch.table(LIGHTS, ("to", "priority"))
    reader = _Destinations(resolves)
    osc, osc_tcp = _osc(patch.free("osc"), reader)
    channels = _channels(patch.free("channels"))
    lights = _lights(sacn, reader)
    if channels and "to" not in sacn:
        patch.warning("channels", "no_lights")
    priority = sacn.number("priority", 100, 0, HIGHEST_PRIORITY)
    _one_of_a_name(patch)
    midi, sound = patch.free("midi"), patch.free("sound")
    return Patch(
        osc=osc,
        sacn=lights,
        sacn_priority=int(priority),
        channels=channels,
        osc_tcp=osc_tcp,
        midi={name: midi.text(name, required=True) for name in midi.names()},
        http=_http(patch.free("http"), reader),
        sound={name: sound.text(name) for name in sound.names()},
        delay=_delay(patch),
    )


def _osc(
    table: Table, reader: "_Destinations"
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, int]]]:
    """What goes by UDP, and what goes by TCP: "host:port/tcp"."""
    ways: dict[bool, dict[str, tuple[str, int]]] = {False: {}, True: {}}
    for name in table.names():
        words = table.text(name, required=True)
        by_tcp = words.endswith(OVER_TCP)
        address = reader.read(table, name, words.removesuffix(OVER_TCP))
        if address is not None:
            ways[by_tcp][name] = address
    return ways[False], ways[True]


def _http(table: Table, reader: "_Destinations") -> dict[str, str]:
    servers: dict[str, str] = {}
    for name in table.names():
        words = table.text(name, required=True).rstrip("/")
        parts = _SERVER.fullmatch(words)
        if parts is None:
            if words:
                table.error(name, "bad_server", to=words)
            continue
        port = parts["port"] or (":443" if parts["scheme"] == "https" else ":80")
        reader.read(table, name, parts["host"] + port)
        servers[name] = words
    return servers


def _one_of_a_name(patch: Table) -> None:
    """The log, the latency book and people on the radio know a destination by its name alone."""
    taken: dict[str, str] = {LIGHTS: LIGHTS}
    for kind in NAMED:
        table = patch.free(kind)
        for name in table.names():
            first = taken.setdefault(name, kind)
            if first != kind:
                table.error(name, "name_taken", name=name, first=first)


def _delay(patch: Table) -> dict[str, Seconds]:
    """The latency book: milliseconds as written, seconds as kept."""
    table = patch.free("delay")
    known = (LIGHTS, SOUND, *(name for kind in NAMED for name in patch.free(kind).names()))
    book: dict[str, Seconds] = {}
    for name in table.names():
        if name not in known:
            table.error(name, "unknown_delay", to=name, instead=Instead(name, known))
        book[name] = Seconds(table.number(name, 0.0, 0.0, DELAY_MOST_MS) / 1000)
    return book


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
