"""Many a GO, beside kill -9 of the engine and steps of the wall clock: none missed, none doubled.

Each GO has a key and is asked again, under the same key, until it is answered; that is what a desk
does. Meanwhile whichever engine leads is killed at random moments, and the wall clock of the show's
processes jumps hours to and fro (`wall.c`: nobody else's does). Then the ledger and what arrived on
the wire are compared.
"""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

from amounts import Amount
from house import CUES, HAND, build
from judging import Fired, judge
from lanes import Probe, cue_in, make_room
from stage import Stage, stage
from wall import own_wall_clock
from ways import Caller

from collavoce.ledger.record import Record
from collavoce.ledger.sqlite import SqliteReader
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.config import state_dir
from collavoce.runtime.entry import decode_body
from collavoce.runtime.lead import leader
from collavoce.runtime.mail import Declined, Kept, unpack
from collavoce.runtime.writer import STORE
from collavoce.show.commands import AnyCommand, Go, StartNumber
from collavoce.show.events import CueFired, CueSent

PROCESSES = ("writer", "web", "engine", "spare")
ASKED_AGAIN_S = 0.1
GIVEN_UP_S = 60.0
KILLS_S = (7.0, 9.0)
"""Between two kills: the supervisor gives up what dies more than five times in half a minute."""

STEPS_S = (3.0, 5.0)
STEPS = (3 * 3600.0, -5 * 3600.0, 25 * 3600.0, -60.0, 2.0, 0.0)
"""Seconds that the wall clock is off, each in turn."""

A_STEP_NS = 1_500_000_000
"""Two entries whose wall times differ by so much more than their monotonic ones: a step between."""


@dataclass(slots=True)
class Press:
    """What came of the GO. longest_s : the longest that one of them waited for its answer."""

    acknowledged: list[str] = field(default_factory=list[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    asked_again: int = 0
    longest_s: float = 0.0
    seconds: float = 0.0


def measure(work: Path, amount: Amount) -> dict[str, Any]:
    """The verdict, with how many GO, kills and steps there were."""
    osc = Probe()
    make_room(osc.socket)
    house = build(work / "show", osc.port, Probe().port, amount.notes)
    with own_wall_clock(work) as step, stage(house, work, PROCESSES) as performance:
        over = threading.Event()
        arrived: list[str] = []
        kills: list[float] = []
        epoch = performance.live.config.epoch
        beside = [threading.Thread(target=_listen, args=(osc, arrived, over))]
        beside.append(threading.Thread(target=_kill, args=(performance, kills, over)))
        if step is not None:
            beside.append(threading.Thread(target=_step, args=(step, over)))
        for thread in beside:
            thread.start()
        try:
            press = _press(Caller(performance.live.config), amount)
        finally:
            time.sleep(0.5)
            over.set()
            for thread in beside:
                thread.join()
    records = [one for one in _records(house.folder) if one.epoch == epoch]
    return _said(press, records, arrived, len(kills), osc)


def _press(caller: Caller, amount: Amount) -> Press:
    """GO after GO, each when the last is answered; the number anew when its cues are used up."""
    press = Press()
    begun = time.monotonic()
    for number in range(amount.goes):
        if time.monotonic() - begun > amount.goes_s:
            break
        if number % CUES == 0:
            _ask(caller, StartNumber(HAND), fresh_id(), press)
        key = fresh_id()
        answer = _ask(caller, Go(), key, press)
        if isinstance(answer, Kept):
            press.acknowledged.append(key)
        else:
            press.refused[answer.why] += 1
    press.seconds = time.monotonic() - begun
    caller.box.close()
    return press


def _ask(caller: Caller, command: AnyCommand, key: str, press: Press) -> Kept | Declined:
    """Its answer, however often it must be asked again."""
    letter = caller.letter(command, key)
    begun = time.monotonic()
    while True:
        caller.post(letter)
        again = time.monotonic() + ASKED_AGAIN_S
        while (left := again - time.monotonic()) > 0:
            answer = _answer(caller, left)
            if answer is not None and answer.key == key:
                press.longest_s = max(press.longest_s, time.monotonic() - begun)
                return answer
        press.asked_again += 1
        assert time.monotonic() - begun < GIVEN_UP_S, "the engine does not come back"


def _answer(caller: Caller, within_s: float) -> Kept | Declined | None:
    caller.box.socket.settimeout(within_s)
    with contextlib.suppress(TimeoutError):
        received = caller.box.receive()
        mail = None if received is None else unpack(received[0])
        return mail if isinstance(mail, Kept | Declined) else None
    return None


def _listen(osc: Probe, arrived: list[str], over: threading.Event) -> None:
    osc.socket.settimeout(0.2)
    while not over.is_set():
        with contextlib.suppress(TimeoutError):
            while True:
                arrived.append(cue_in(osc.socket.recv(2048)))


def _kill(performance: Stage, kills: list[float], over: threading.Event) -> None:
    """Whoever leads, at moments that nobody chose."""
    folder = Path(performance.live.config.folder)
    while not over.wait(random.uniform(*KILLS_S)):
        _, pid = leader(state_dir(folder))
        if pid in performance.pids("engine", "spare"):
            os.kill(pid, signal.SIGKILL)
            kills.append(time.monotonic())


def _step(step: Callable[[float], None], over: threading.Event) -> None:
    for seconds in cycle(STEPS):
        if over.wait(random.uniform(*STEPS_S)):
            return
        step(seconds)


def _records(folder: Path) -> list[Record]:
    store = SqliteReader.open(state_dir(folder) / STORE)
    try:
        found: list[Record] = []
        while page := store.read(found[-1].seq if found else 0):
            found += page
        return found
    finally:
        store.close()


def _said(
    press: Press, records: list[Record], arrived: list[str], kills: int, osc: Probe
) -> dict[str, Any]:
    fired = firings(records)
    verdict = judge(press.acknowledged, fired, arrived)
    return {
        "goes": len(press.acknowledged),
        "refused": dict(press.refused),
        "seconds": round(press.seconds, 1),
        "a_second": round(len(press.acknowledged) / press.seconds, 1),
        "kills": kills,
        "clock_steps": steps_in(records),
        "asked_again": press.asked_again,
        "longest_wait_s": round(press.longest_s, 3),
        "firings": len(fired),
        "perhaps_sent": sum(one.doubtful for one in fired),
        "dropped_by_the_probe": _dropped(osc),
        "failed": not verdict.whole,
        **asdict(verdict),
    }


def firings(records: list[Record]) -> list[Fired]:
    """Every firing in `records`, marked if the show was not sure that its datagram had left."""
    found: list[Fired] = []
    for record in records:
        event = decode_body(record.body)
        if isinstance(event, CueFired):
            found.append(Fired(_asked_key(record.key), event.cue))
        elif isinstance(event, CueSent) and not event.datagrams:
            # The last firing of that cue; nothing else has no datagram in this show.
            at = max(n for n, one in enumerate(found) if one.cue == event.cue)
            found[at] = Fired(found[at].key, found[at].cue, doubtful=True)
    return found


def _asked_key(key: str) -> str:
    """The key of the command in a record's: `ring:EPOCH:SEQ:KEY:PLACE`, see `ledger/drain.py`."""
    parts = key.split(":")
    return parts[3] if len(parts) > 3 else key


def steps_in(records: list[Record]) -> int:
    """How often the wall clock of the engines was set, as the ledger shows."""
    apart = (b.wall_ns - a.wall_ns - (b.mono_ns - a.mono_ns) for a, b in pairwise(records))
    return sum(abs(one) > A_STEP_NS for one in apart)


def _dropped(osc: Probe) -> int:
    """Datagrams for which the probe's socket had no room (proc_net_udp, last column)."""
    inode = str(os.fstat(osc.socket.fileno()).st_ino)
    for line in Path("/proc/net/udp").read_text(encoding="ascii").splitlines():
        if inode in (words := line.split()):
            return int(words[-1])
    return 0
