"""What left the house, held against the show file and the ledger."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tests.simulation.show.stage import Arrival, Stage
from tests.simulation.show.world import World

from collavoce.runtime.entry import Entry
from collavoce.show import events as e
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Show
from collavoce.show.patch import LIGHTS, SOUND

SLACK_S = 0.05
"""A turn of the loop may be late by that."""

Disturbed = Sequence[tuple[float, float]]


def judge_what_left(
    world: World, show: Show, entries: Sequence[Entry], stage: Stage, disturbed: Disturbed
) -> None:
    """Each promise of what is on the wires."""
    by_firing: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in stage.arrivals:
        by_firing[arrival.seq].append(arrival)
    confirmed = _confirmed(world, show, entries)
    slowest = _slowest(show, entries)
    for seq, entry in enumerate(entries, 1):
        event = entry.event
        if isinstance(event, e.CueFired):
            cue = show.cue(event.cue)
            left = by_firing[seq]
            _as_told(world, cue, left, confirmed[seq])
            _in_time(world, show, event, left, slowest[entry.cause or seq], disturbed)
    _stopped(world, entries, stage.arrivals)
    _in_order(world, show, stage.arrivals)
    _sounding(world, show, entries, stage)


def to_of(action: object) -> str:
    """Where an action goes, by its name in the show file; "" for nowhere."""
    match action:
        case SendOsc(to=to) | SendHttp(to=to):
            return to
        case PlaySound():
            return SOUND
        case SetLevels():
            return LIGHTS
        case _:
            return ""


def _once(cue: Cue) -> set[str]:
    """Destinations to which this cue sends what is never sent twice."""
    loops = any(isinstance(action, PlaySound) and action.loop for action in cue.actions)
    kept = {LIGHTS, SOUND} if loops else {LIGHTS}
    return {to_of(action) for action in cue.actions} - kept - {""}


def _confirmed(world: World, show: Show, entries: Sequence[Entry]) -> Mapping[int, e.CueSent]:
    """Of every firing it is known, once, what became of all it sends."""
    confirmed: dict[int, e.CueSent] = {}
    for entry in entries:
        if isinstance(entry.event, e.CueSent):
            if entry.cause in confirmed:
                world.breaks("what was sent of a firing is told once", entry)
            confirmed[entry.cause] = entry.event
            world.counts["perhaps sent"] += bool(entry.event.problem)
    for seq, entry in enumerate(entries, 1):
        if not isinstance(entry.event, e.CueFired):
            continue
        if seq not in confirmed:
            world.breaks("of every firing it is known whether it was sent", (seq, entry.event))
            confirmed[seq] = e.CueSent(0.0, entry.event.cue, 0, 0.0)
            continue
        meant = Counter(to for a in show.cue(entry.event.cue).actions if (to := to_of(a)))
        told = Counter(one.to for one in confirmed[seq].sent)
        if meant != told:
            world.breaks("all that a cue sends is told of its firing", (seq, meant, told))
    return confirmed


def _as_told(world: World, cue: Cue, left: Sequence[Arrival], told: e.CueSent) -> None:
    """What is told as sent has left, what is told as not sent has not; ONCE is once."""
    arrived = Counter(one.to for one in left)
    for to in _once(cue):
        if arrived[to] > 1:
            world.breaks("what starts something is never sent twice", (cue.number, to))
    for one in told.sent:
        if one.to != LIGHTS and not one.problem and not arrived[one.to]:
            world.breaks("what is told as sent has left", (cue.number, one))
        if one.problem and one.to in _once(cue) and arrived[one.to] and one.ms:
            world.breaks("what is told as not sent has not left", (cue.number, one))


def _slowest(show: Show, entries: Sequence[Entry]) -> Mapping[int, float]:
    """By decision: the longest way of all that it fires, by the latency book."""
    slowest: dict[int, float] = defaultdict(float)
    for seq, entry in enumerate(entries, 1):
        if isinstance(entry.event, e.CueFired):
            delays = [
                show.patch.delay.get(to_of(a), 0.0) for a in show.cue(entry.event.cue).actions
            ]
            decision = entry.cause or seq
            slowest[decision] = max(slowest[decision], *delays, 0.0)
    return slowest


def _in_time(
    world: World,
    show: Show,
    event: e.CueFired,
    left: Sequence[Arrival],
    slowest: float,
    disturbed: Disturbed,
) -> None:
    """What fires together lands together, and nothing leaves before its trigger."""
    for arrival in left:
        due = event.at + slowest - show.patch.delay.get(arrival.to, 0.0)
        if any(begin <= arrival.at and event.at <= end for begin, end in disturbed):
            continue
        if arrival.at < due - 1e-6:
            world.breaks("what belongs together lands together", (event, arrival, due))
        if arrival.at > due + SLACK_S:
            world.breaks("a message leaves in time", (event, arrival, due))


def _stopped(world: World, entries: Sequence[Entry], arrivals: Sequence[Arrival]) -> None:
    """After a stop nothing of an earlier firing leaves any more; on that stage."""
    stops: dict[str, list[int]] = defaultdict(list)
    for seq, entry in enumerate(entries, 1):
        if isinstance(entry.event, e.ShowStopped):
            stops[entry.stage].append(seq)
    for arrival in arrivals:
        stage = entries[arrival.seq - 1].stage
        at = stops[stage]
        if bisect_right(at, arrival.seq) != bisect_right(at, arrival.recorded):
            world.breaks("after a stop nothing fired before it leaves", arrival)


def _in_order(world: World, show: Show, arrivals: Sequence[Arrival]) -> None:
    """Without a latency book everything leaves in the order of the ledger."""
    if show.patch.delay:
        return
    seqs = [arrival.seq for arrival in arrivals]
    if seqs != sorted(seqs):
        world.breaks("what left is in the order of the ledger", seqs)


def _sounding(world: World, show: Show, entries: Sequence[Entry], stage: Stage) -> None:
    """What sounds on and on is what the record says."""
    started = {arrival.seq for arrival in stage.arrivals if arrival.to == SOUND}
    sounding: dict[str, str] = {}
    for seq, entry in enumerate(entries, 1):
        match entry.event:
            case e.CueFired(cue=cue):
                loops = any(isinstance(a, PlaySound) and a.loop for a in show.cue(cue).actions)
                if loops and seq in started:
                    sounding[cue] = entry.stage
            case e.CueHalted(cue=cue):
                sounding.pop(cue, None)
            case e.ShowStopped():
                sounding = {cue: on for cue, on in sounding.items() if on != entry.stage}
            case e.StageTracked(sounds=sounds, ended=ended):
                sounding = {cue: on for cue, on in sounding.items() if cue not in ended}
                sounding |= dict.fromkeys(sounds, entry.stage)
            case _:
                pass
    if set(sounding) != stage.sounding:
        world.breaks("what sounds is what the record says", (sounding, stage.sounding))
