"""`collavoce latency DIR`: how long each destination takes, and what to write into the show."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from rich.progress import track

from collavoce.cli.errors import UsageError
from collavoce.cli.reading import load_show
from collavoce.rig import echo
from collavoce.rig.echo import Measured
from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import MidiIn
from collavoce.rig.midi_out import MidiOut
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.show.latency import LONGEST
from collavoce.show.patch import Patch
from collavoce.units import Instant
from collavoce.wire.osc import OscError, check_address
from collavoce.words import say

ADDRESS = "/collavoce/echo"

Measure = Callable[[], Measured]


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("latency.folder"))
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help=say("latency.only")
    )
    parser.add_argument("--address", default=ADDRESS, metavar="OSC", help=say("latency.address"))
    parser.add_argument("--json", action="store_true", help=say("latency.as_json"))


def run(args: argparse.Namespace) -> int:
    """Measure and print; 1 when nobody answered."""
    show = load_show(args.folder).show
    if show is None:
        raise UsageError(say("run.not_a_show", folder=args.folder))
    try:
        check_address(args.address)
    except OscError as error:
        raise UsageError(str(error)) from error
    measures = [
        (name, measure)
        for name, measure in everything(show.patch, args.address)
        if not args.only or name in args.only
    ]
    if not measures:
        raise UsageError(say("latency.nothing"))
    steps = track(measures, say("latency.progress"), disable=args.json, transient=True)
    try:
        found = [measure() for _, measure in steps]
    except RigError as error:
        raise UsageError(str(error)) from error
    print(as_json(found) if args.json else "\n".join(lines(found, has_book=bool(show.patch.delay))))
    return 0 if any(one.answered for one in found) else 1


def everything(patch: Patch, address: str) -> Iterator[tuple[str, Measure]]:
    """Every destination that can answer, with how it is asked."""
    for to, where in patch.osc.items():
        yield to, lambda to=to, where=where: echo.osc_by_udp(to, where, address, now, sleep)
    for to, where in patch.osc_tcp.items():
        yield to, lambda to=to, where=where: echo.osc_by_tcp(to, where, address, now, sleep)
    for to, origin in patch.http.items():
        yield to, lambda to=to, origin=origin: echo.http(to, origin, now)
    for to, port in patch.midi.items():
        yield to, lambda to=to, port=port: through_midi(to, port)


def through_midi(to: str, port: str) -> Measured:
    """A MIDI destination, if there is an input of its name to be answered at."""
    out = MidiOut({to: port})
    try:
        heard = MidiIn(port, lambda: Instant(now()))
    except RigError as error:
        return echo.measured(to, "MIDI", (), str(error))
    try:
        return echo.midi(to, out, heard, now, sleep)
    finally:
        heard.close()
        out.close()


def now() -> float:
    """Seconds, never set back."""
    return monotonic_ns() * 1e-9


def as_json(found: Sequence[Measured]) -> str:
    """A JSON list of {to, by, asked, answered, ms, most, why}."""
    return json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2)


def lines(found: Sequence[Measured], *, has_book: bool = False) -> list[str]:
    """A line for each, then what to write. has_book: the show has `[patch.delay]` already.

    A table may stand in a file only once (TOML 1.0): whoever has it is told the lines alone.
    """
    told = [_line(one) for one in found]
    book = {one.to: min(one.ms, 1000.0 * LONGEST) for one in found if one.ms is not None}
    if book:
        if has_book:
            told += ["", say("latency.write_into"), ""]
        else:
            told += ["", say("latency.write"), "", "[patch.delay]"]
        told += [f"{json.dumps(to)} = {ms:g}" for to, ms in book.items()]
        told += ["", say("latency.beyond")]
    return told


def _line(one: Measured) -> str:
    if one.ms is None:
        return say("latency.silent", to=one.to, by=one.by, why=one.why)
    return say(
        "latency.line",
        to=one.to,
        by=one.by,
        ms=f"{one.ms:g}",
        most=f"{one.most:g}",
        answered=one.answered,
        asked=one.asked,
    )
