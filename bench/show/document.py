"""The results in words and tables: what is printed after each part, and docs/figures.md."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"
TIMES = ("p50", "p99", "max")

HEAD = """\
# Figures of the cue engine

Written by `bench/show/run.py --document` from `bench/show/results/show.json`; change the bench, not
this page. One command measures all of it, beside other people's programs where this machine can
have them:

```sh
python bench/show/run.py --out bench/show/results/show.json --document
python bench/show/run.py --quick
python bench/show/run.py --only goes --count 100000
```

The processes are those of `collavoce run`. What is timed is timed from outside, by a socket of the
bench, on this machine's loopback. *Ordinary* is how the program runs by itself; under *SCHED_FIFO*
the programs that are measured, ours and others', and the probe have the priority 50. Milliseconds
are this machine's, under the load that is named; the ratio to the bare echo, a Python loop that
answers what it receives and was measured in turns with everything else, is what carries to another.
"""

TITLES = {
    "shots": "From a trigger to the wire",
    "idle": "Idle",
    "goes": "Missed and doubled",
    "screens": "Many screens",
    "flood": "Bad packets",
    "grid": "Light: 44 frames a second",
    "ticks": "Five milliseconds",
    "cost": "Where the microseconds go",
    "witness": "What others read",
}
NOTES = {
    "shots": """\
A shot lasts from just before the trigger is handed over until the datagram has been read. The ways
take turns in rounds, at random moments. *Note played* is from the instant at which a recording has
its note and holds the follower's own decision. The peers are driven as their users drive them, and
do less or more than a cue: OLA translates and decides nothing; QLC+ looks 50 times a second; Linux
Show Player 0.5 has no OSC and starts a program for each message. Each peer runs in a network of its
own, which no packet leaves. `liblo` reads a message and writes it anew, without any show.""",
    "idle": """\
All processes together; memory is the proportional set size, so that what is shared counts once.""",
    "goes": """\
Each GO has a key and is asked again under it until it is answered, as a desk does. Meanwhile the
engine that leads is killed with SIGKILL every seven to nine seconds, and the wall clock of the
show's processes jumps hours to and fro. Then ledger, acknowledgements and datagrams are compared
one by one. *Perhaps sent* are firings that the show itself put before the caller as such, because
the engine died between ring and wire.""",
    "screens": """\
Each page is a desk: a connection of its own with the caller's stream. A press is on a page when the
state that holds it has been read from that page's socket, by one process that reads all of them.
The slow ones are opened apart and never read, while GO is pressed as often as desks are told.""",
    "flood": """\
Bytes at random, messages cut short, bundles whose lengths lie, unknown addresses, other protocols:
to each UDP door of the performance in turn. *Nobody listens* is the same flood to a port of the
bench, so what it costs is the processor that it takes. A light frame is late by what the interval
to the last one exceeds 22.7 ms.""",
    "grid": """\
Every universe moves at every frame. The engine of a show decides, mixes, sends, and copies each
packet to the desk; the others only send.""",
    "ticks": """\
A chain of cues, each 5 ms after the one before; lateness is the interval between two datagrams less
5 ms. The loop sleeps 5 ms and sends, again and again: what any Python program is late by here.""",
    "cost": """\
Time on the processor for one GO, as the system counts it, without a profiler. The shares come from
a second run in which Python counts calls, without the time that was spent waiting.""",
    "witness": """\
Wireshark's `tshark` listens to loopback: packets as the system's network saw them, with its own
clock and its own reading of OSC and E1.31. It takes the processor from what it watches.""",
}


def page(results: dict[str, Any]) -> str:
    """All that was ever measured into the results."""
    known = [name for name in TITLES if name in results]
    return "\n\n".join([HEAD.rstrip(), *(section(name, results[name]) for name in known)]) + "\n"


def section(name: str, found: dict[str, Any]) -> str:
    """One part: its title, its circumstances, what it means, its tables."""
    around = ", ".join(found["circumstances"].values())
    lines = [f"## {TITLES[name]}", NOTES[name], "", around + ".", "", *TABLES[name](found)]
    lines += [f"\nNot measured: {who}. {why}." for who, why in found.get("missing", {}).items()]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [" | ".join(map(str, cells)) for cells in (head, ["---"] * len(head), *rows)]
    return [f"| {line} |" for line in lines]


def _times(row: dict[str, Any], names: Sequence[str] = TIMES) -> str:
    return " / ".join(f"{row[name]:.2f}" if name in row else "-" for name in names)


def _shots(found: dict[str, Any]) -> list[str]:
    head = ["way", "shots", "lost", "p50 / p99 / max ms", "p50, p99 to bare echo"]
    lines: list[str] = []
    rows: list[dict[str, Any]] = found["trigger_to_wire"]
    for regime in dict.fromkeys(row["regime"] for row in rows):
        cells = [
            [row["way"], row["shots"], row["lost"], _times(row), _ratio(row)]
            for row in rows
            if row["regime"] == regime
        ]
        lines += [f"\n### {regime}", *_table(head, cells)]
    return lines[1:] if lines and not lines[0] else lines


def _ratio(row: dict[str, Any]) -> str:
    return f"{row['ratio_p50']:.1f}, {row['ratio_p99']:.1f}" if "ratio_p50" in row else "-"


def _idle(found: dict[str, Any]) -> list[str]:
    head = ["idle", "% of a core", "MB", "the most of it: % of a core, MB"]
    rows: list[list[object]] = []
    for name, one in found["rows"].items():
        most = sorted(one["each"].items(), key=lambda each: each[1], reverse=True)
        each = ", ".join(f"{process} {cpu:.1f}, {mb:.0f}" for process, (cpu, mb) in most)
        rows.append([name, f"{one['cpu_percent']:.1f}", f"{one['memory_mb']:.0f}", each])
    return _table(head, rows)


def _goes(found: dict[str, Any]) -> list[str]:
    said = [
        ("GO acknowledged", found["goes"]),
        ("refused", sum(found["refused"].values())),
        ("in", f"{found['seconds']:.0f} s, {found['a_second']:.0f} a second"),
        ("kill -9 of the engine that led", found["kills"]),
        ("steps of the wall clock in the ledger", found["clock_steps"]),
        ("asked again", found["asked_again"]),
        ("longest wait for an answer", f"{1000 * found['longest_wait_s']:.0f} ms"),
        ("firings with their one datagram", found["matched"]),
        ("perhaps sent, and not on the wire", found["doubtful_silent"]),
        ("**acknowledged and not fired**", found["unfired"]),
        ("**fired twice for one GO**", found["twice_fired"]),
        ("**fired and not on the wire**", found["missed"]),
        ("**on the wire and not fired**", found["doubled"]),
    ]
    return _table(["", ""], said)


def _screens(found: dict[str, Any]) -> list[str]:
    head = ["what", "n", "lost", "p50 / p99 / p99.9 / max ms"]
    names = ("p50", "p99", "p99.9", "max")
    rows = [[row["what"], row["shots"], row["lost"], _times(row, names)] for row in found["rows"]]
    said = (
        f"{found['screens']} pages were open at the end; a state has {found['frame_bytes']} bytes; "
        f"the web process took {found['web_mb_before']:.0f} MB before and "
        f"{found['web_mb_during']:.0f} MB meanwhile. Of {found['slow']} that never read, "
        f"{found['slow_let_go']} were let go; the fullest had "
        f"{found['slow_bytes_most'] / 1024:.0f} KiB under way, all of them took "
        f"{found['slow_web_mb']:.1f} MB of the web process."
    )
    return [*_table(head, rows), "", said]


def _flood(found: dict[str, Any]) -> list[str]:
    head = ["regime", "flooded", "packets a second", "GO", "lost", "p50 / p99 / max ms"]
    head += ["light frames, late p99 / max ms", "grew most", "restarts"]
    rows = [
        [
            row["regime"],
            row["what"],
            row["packets_a_second"],
            row["shots"],
            row["lost"],
            _times(row),
            f"{row.get('frames', 0)}, {_times(row, ('late_p99', 'late_max'))}",
            row["grew_most"],
            row["restarts"],
        ]
        for row in found["rows"]
    ]
    return _table(head, rows)


def _grid(found: dict[str, Any]) -> list[str]:
    head = ["regime", "who", "universes", "frames a second", "interval p50 / p99 / max ms"]
    rows = [
        [
            row["regime"],
            row["who"],
            row["universes"],
            row["frames"],
            _times(row),
            row["cpu_percent"],
        ]
        for row in found["rows"]
    ]
    about = f"{found['universes']} universes, {found['fades']} fades, {found['seconds']:g} s each."
    return [about, "", *_table([*head, "% of a core"], rows)]


def _ticks(found: dict[str, Any]) -> list[str]:
    head = ["regime", "who", "ticks", "lost", "late p50 / p99 / p99.9 / max ms"]
    names = ("p50", "p99", "p99.9", "max")
    rows = [
        [row["regime"], row["who"], row["ticks"], row["lost"], _times(row, names)]
        for row in found["rows"]
    ]
    return _table(head, rows)


def _cost(found: dict[str, Any]) -> list[str]:
    if "parts" not in found:
        return []
    each: dict[str, dict[str, float]] = found["microseconds_a_go"]
    processes = list(next(iter(each.values())))
    spent = [[way, *(f"{us[name]:.0f}" for name in processes)] for way, us in each.items()]
    lines = _table(["GO by", *(f"{name}, us" for name in processes)], spent)
    head = ["POST to answer", "n", "p50 / p99 / max ms"]
    lines += ["", *_table(head, [[r["what"], r["shots"], _times(r)] for r in found["layers"]])]
    for name, parts in found["parts"].items():
        lines += ["", *_table([f"{name}: part", "% of its work"], parts)]
    return lines


def _witness(found: dict[str, Any]) -> list[str]:
    if "rows" not in found:
        return []
    rows = [[row["what"], row["shots"], row["lost"], _times(row)] for row in found["rows"]]
    said = (
        f"For {found['shots']} keyed GO and as many by hand that set light it saw "
        f"{found['asked']} GO, {found['cues']} cues and {found['frames']} light frames; it could "
        f"not read {found['unread']} of them."
    )
    return [*_table(["what", "shots", "lost", "p50 / p99 / max ms"], rows), "", said]


TABLES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "shots": _shots,
    "idle": _idle,
    "goes": _goes,
    "screens": _screens,
    "flood": _flood,
    "grid": _grid,
    "ticks": _ticks,
    "cost": _cost,
    "witness": _witness,
}
