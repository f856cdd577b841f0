"""From a trigger to the wire: every way in, the echoes and the peers, in turns."""

import contextlib
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from amounts import Amount
from floors import Floor, floors
from gateway_ways import BareWay, KeyedWay
from house import HAND, LIGHT, MUSIC, House, build
from lanes import LOST_S, CueLane, EchoLane, Lane, Probe, cue_in
from peers import Peers, peers
from regimes import allowed, under
from stage import Stage, no_garbage, stage
from ways import Caller, MailboxWay, PageWay, Way

from collavoce.runtime.players import LEAD_IN
from collavoce.show.events import NumberStarted
from collavoce.wire.midi import read_performance

BARE = "bare socket echo, Python"
FOLLOWED = "note played -> OSC"
WAYS_IN = {
    "mailbox": "GO in the engine's mailbox",
    "page": "GO on the page",
    "keyed": "GO by keyed OSC",
    "bare": "GO by bare OSC that is allowed",
}
FIRST_UNSURE = 8
"""Notes from which the follower finds out that it is the piece; their cues are offered, not
fired, and do not count."""

Shots = dict[str, dict[str, list[float | None]]]
"""regime -> way -> milliseconds of each shot."""


def figures(shots: Sequence[float | None]) -> dict[str, Any]:
    """The percentiles of one way."""
    arrived = sorted(ms for ms in shots if ms is not None)
    found: dict[str, Any] = {"shots": len(shots), "lost": len(shots) - len(arrived)}
    if arrived:
        last = len(arrived) - 1
        for name, share in (("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("max", 1.0)):
            found[name] = round(arrived[round(share * last)], 3)
    return found


def measure(work: Path, amount: Amount, ways: Sequence[str], *, with_peers: bool) -> dict[str, Any]:
    """The rows of every way under every regime, and which peers are missing."""
    osc, sacn = Probe(), Probe()
    house = build(work / "show", osc.port, sacn.port, amount.notes)
    beside = peers(work) if with_peers else contextlib.nullcontext(Peers())
    with floors(work) as bare, stage(house, work, plays=True) as performance, beside as others:
        caller = Caller(performance.live.config)
        lanes: list[Lane] = [EchoLane(floor.name, floor.port) for floor in bare]
        lanes += _ours(caller, ways, osc, sacn)
        lanes += others.lanes
        real_time = _real_time(performance, bare) + others.pids
        regimes = allowed()
        shots: Shots = {regime: {lane.name: [] for lane in lanes} for regime in regimes}
        with no_garbage():
            for _ in range(amount.rounds):
                for regime in regimes:
                    with under(regime, real_time):
                        for lane in lanes:
                            lane.begin()
                            row = shots[regime][lane.name]
                            for _ in range(amount.shots // amount.rounds):
                                row.append(lane.shoot())
                                time.sleep(random.uniform(*lane.rest_s))
            for regime in regimes:
                with under(regime, real_time):
                    shots[regime][FOLLOWED] = _follow(performance, caller, house, osc)
        caller.box.close()
    rows = summary(shots)
    ours = {lane.name for lane in lanes if isinstance(lane, CueLane)} | {FOLLOWED}
    return {
        "trigger_to_wire": rows,
        "missing": others.missing,
        "failed": any(row["lost"] for row in rows if row["way"] in ours),
    }


def _ours(caller: Caller, ways: Sequence[str], osc: Probe, sacn: Probe) -> list[Lane]:
    """Every way to OSC; the first of them to light."""
    made = {name: way_in(name, caller) for name in ways}
    lanes: list[Lane] = [
        CueLane(f"{WAYS_IN[name]} -> OSC", way, HAND, caller, osc) for name, way in made.items()
    ]
    first, way = next(iter(made.items()))
    light = f"{WAYS_IN[first]} -> changed light frame"
    return [*lanes, CueLane(light, way, LIGHT, caller, sacn, watch_level=True)]


def way_in(name: str, caller: Caller) -> Way:
    """The way called `name`, one of `WAYS_IN`."""
    made: dict[str, Callable[[], Way]] = {
        "mailbox": lambda: MailboxWay(caller),
        "page": lambda: PageWay(caller.config),
        "keyed": lambda: KeyedWay(caller.config),
        "bare": lambda: BareWay(caller.config),
    }
    return made[name]()


def _real_time(performance: Stage, bare: list[Floor]) -> list[int]:
    ours = performance.pids("engine", "spare", "follower", "gateway", "web")
    return [*ours, os.getpid(), *(floor.pid for floor in bare)]


def _follow(performance: Stage, caller: Caller, house: House, probe: Probe) -> list[float | None]:
    """From the instant a note is played until its cue arrives, for each note of the music."""
    live = performance.live
    played = read_performance(house.performance.read_bytes())
    onsets = [seconds for seconds, message in played if message[0] >> 4 == 9 and message[2]]
    probe.drain()
    caller.start(MUSIC)
    time.sleep(0.2)
    live.folded.catch_up()
    started = [e.event for _, e in live.folded.recent if isinstance(e.event, NumberStarted)]
    assert started, "the music did not start"
    assert started[-1].number == MUSIC
    begins = started[-1].at + LEAD_IN
    clock = live.config.clock
    arrived: dict[str, float] = {}
    while clock.now() < begins + onsets[-1] + LOST_S:
        with contextlib.suppress(TimeoutError):
            data = probe.socket.recv(2048)
            arrived.setdefault(cue_in(data), clock.now())
    sure = list(enumerate(onsets))[FIRST_UNSURE:]
    late = [(arrived.get(f"m{n}"), begins + seconds) for n, seconds in sure]
    return [None if at is None else 1000 * (at - due) for at, due in late]


def summary(shots: Shots) -> list[dict[str, Any]]:
    """A row for each way and regime, with its ratio to the bare echo of that regime."""
    rows: list[dict[str, Any]] = []
    for regime, ways in shots.items():
        bare = figures(ways[BARE])
        for name, each in ways.items():
            row = {"regime": regime, "way": name} | figures(each)
            if "p50" in row:
                row["ratio_p50"] = round(row["p50"] / bare["p50"], 2)
                row["ratio_p99"] = round(row["p99"] / bare["p99"], 2)
            rows.append(row)
    return rows
