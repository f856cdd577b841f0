"""A show whose engine is killed and frozen, a caller who never stops, and who hears what arrives.

A hundred cues by hand, each with a message that carries its number, every third with a level too.
The caller posts GO by mail with a key of its own and posts it again, the same, until it is
answered. What was answered, what arrived, and what the ledger holds must tell one story.
"""

import os
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from collavoce.cli.run import readable_show
from collavoce.ledger import SqliteStore
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.lead import leader
from collavoce.runtime.links import Mailbox
from collavoce.runtime.live import LivePerformance, kept_events, live_performance
from collavoce.runtime.mail import Asked, Declined, Kept, pack, unpack
from collavoce.runtime.opening import Options
from collavoce.runtime.writer import STORE, drain_left_behind
from collavoce.show.commands import AnyCommand, Go, StartNumber
from collavoce.show.events import AnyEvent, CueFired, CueSent
from collavoce.wire.osc import OscMessage, decode

CUES = 100
NUMBER = "hand"
AGAIN_S = 0.05
"""A command that is not answered is posted again this often."""

SETTLED_S = 0.35
"""A spare that has just sat down has heard its first pulse by then."""

PATIENCE_S = 20.0
LEADS_WITHIN_S = 20.0
ENDLESS = 1 << 30

OPTIONS, STREAM_TERMINATED = 112, 0x40
LIGHT, FAREWELL = "light", "farewell"

HEAD = """\
title = "Survival"
timezone = "UTC"
guard = 0.0

[[people]]
id = "caller"
name = "Caller"
roles = ["caller"]

[patch.osc]
probe = "127.0.0.1:{osc}"

[patch.sacn]
to = ["127.0.0.1:{sacn}"]

[patch.channels]
front = "1/1"

[[numbers]]
id = "hand"
title = "By hand"
"""

CUE = """
[[numbers.cues]]
number = "{number}"
name = "{number}"
department = "LX"
by = "hand"
osc = {{ to = "probe", address = "/cue", args = ["{number}"] }}
"""


def write_show(folder: Path, osc: int, sacn: int) -> Path:
    """Write the show into `folder`. osc, sacn : the ports of whoever listens."""
    folder.mkdir()
    parts = [HEAD.format(osc=osc, sacn=sacn)]
    for number in range(1, CUES + 1):
        level = f"levels = {{ front = {number % 90} }}\n" if number % 3 == 0 else ""
        parts.append(CUE.format(number=number) + level)
    (folder / "show.toml").write_text("".join(parts), encoding="utf-8")
    return folder


class Ear(threading.Thread):
    """A foreign socket that keeps what arrives, with the instant in ns."""

    def __init__(self, read: Callable[[bytes], str]) -> None:
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.heard: list[tuple[int, str]] = []
        self.ended = False
        self._read = read
        self.start()

    def run(self) -> None:
        """Until it is ended."""
        while not self.ended:
            if select.select([self.socket], [], [], 0.1)[0]:
                data = self.socket.recv(2048)
                self.heard.append((time.monotonic_ns(), self._read(data)))

    def first_after(self, instant_ns: int, what: str | None = None) -> int | None:
        """When `what` (or anything) arrived first after an instant; waits for it."""
        until = time.monotonic() + PATIENCE_S
        begin = max(0, len(self.heard) - 50)
        while time.monotonic() < until:
            for at, said in self.heard[begin:]:
                if at > instant_ns and what in (None, said):
                    return at
            time.sleep(0.0005)
        return None


def cue_in(data: bytes) -> str:
    """The number of the cue that sent `data`."""
    message = decode(data)
    assert isinstance(message, OscMessage)
    return str(message.args[0])


def light_in(data: bytes) -> str:
    """Whether a packet is light, or says that none will follow (E1.31 6.2.6)."""
    return FAREWELL if data[OPTIONS] & STREAM_TERMINATED else LIGHT


@dataclass(slots=True)
class Caller:
    """Somebody with a mailbox, who remembers every answer."""

    live: LivePerformance
    box: Mailbox = field(init=False)
    kept: dict[str, int] = field(default_factory=dict[str, int])
    declined: set[str] = field(default_factory=set[str])
    posted: int = 0

    def __post_init__(self) -> None:
        self.box = Mailbox(Path(self.live.config.run_dir) / "survival")

    def ask(self, command: AnyCommand) -> Kept | Declined | None:
        """Post `command` until it is answered; None when nobody answers at all."""
        key = fresh_id()
        letter = pack(Asked(command, "caller", key))
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self.posted += 1
            self.box.send(self.live.config.box("engine"), letter)
            answer = self._answer(key)
            if isinstance(answer, Kept):
                self.kept[key] = answer.seq
            elif isinstance(answer, Declined):
                self.declined.add(key)
            if answer is not None:
                return answer
        return None

    def go(self) -> Kept | Declined | None:
        """GO; from the top again when the number is at its end."""
        answer = self.ask(Go())
        if isinstance(answer, Declined):
            self.ask(StartNumber(NUMBER))
            return self.ask(Go())
        return answer

    def _answer(self, key: str) -> Kept | Declined | None:
        if select.select([self.box], [], [], AGAIN_S)[0]:
            while (received := self.box.receive()) is not None:
                mail = unpack(received[0])
                if isinstance(mail, Kept | Declined) and mail.key == key:
                    return mail
        return None


@dataclass(slots=True)
class Stage:
    """The running show with everybody around it."""

    live: LivePerformance
    caller: Caller
    osc: Ear
    sacn: Ear
    struck: set[int] = field(default_factory=set[int])
    """processes that were killed; a dead one is seen to be dead a moment later only"""

    def leader(self) -> int:
        """The process that leads; waits until one does that is alive."""
        until = time.monotonic() + LEADS_WITHIN_S
        while time.monotonic() < until:
            _, pid = leader(self.live.config.state_dir)
            if pid in self.live.supervisor.pids().values() and pid not in self.struck:
                return pid
            time.sleep(0.005)
        raise TimeoutError("nobody leads")

    def writer(self) -> int:
        """The writer's process once it has said that it is ready, 0 until then."""
        (child,) = (c for c in self.live.supervisor.children if c.job.name == "writer")
        return child.process.pid if child.ready and child.process is not None else 0

    def both_there(self) -> None:
        """Wait until a spare stands by again."""
        until = time.monotonic() + LEADS_WITHIN_S
        children = [c for c in self.live.supervisor.children if c.job.name in ("engine", "spare")]
        while not all(c.ready and c.process and c.process.pid not in self.struck for c in children):
            assert time.monotonic() < until, "no spare came back"
            time.sleep(0.01)

    def hit(self, pid: int, how: signal.Signals) -> None:
        """Kill or freeze a process."""
        self.struck.add(pid)
        os.kill(pid, how)

    def next_cue(self) -> str:
        """What the next GO fires, "" at the end of the number."""
        self.live.folded.catch_up()
        return self.live.folded.state.pointer or ""

    def strike(self, how: signal.Signals) -> dict[str, float]:
        """Kill or freeze the leader, then GO: ms until the cue and until any light arrived."""
        self.both_there()
        self.caller.go()
        time.sleep(SETTLED_S)
        cue = self.next_cue()
        if not cue:
            self.caller.ask(StartNumber(NUMBER))
            cue = "1"
        pid = self.leader()
        struck = time.monotonic_ns()
        self.hit(pid, how)
        self.caller.ask(Go())
        arrived = self.osc.first_after(struck, cue)
        light = self.sacn.first_after(struck, LIGHT)
        assert arrived is not None, f"cue {cue} did not come after the strike"
        assert light is not None, "the lights did not come back"
        return {"cue": (arrived - struck) * 1e-6, "light": (light - struck) * 1e-6}


@contextmanager
def stage(work: Path, *, realtime: bool = False) -> Generator[Stage]:
    """The show, running: writer, engine and spare, and a supervisor that never gives up."""
    osc, sacn = Ear(cue_in), Ear(light_in)
    folder = write_show(work / "show", osc.port, sacn.port)
    prepared, plan = readable_show(folder)
    options = Options(folder, care_root=work / "care", realtime=realtime)
    only = ("writer", "engine", "spare")
    with live_performance(options, prepared, plan, lambda *_: None, only) as live:
        live.supervisor.intensity = ENDLESS
        ended = threading.Event()
        turning = threading.Thread(target=_turn, args=(live, ended))
        turning.start()
        caller = Caller(live)
        try:
            yield Stage(live, caller, osc, sacn)
        finally:
            ended.set()
            turning.join()
            caller.box.close()
    time.sleep(0.2)
    osc.ended = sacn.ended = True


def _turn(live: LivePerformance, ended: threading.Event) -> None:
    while not ended.is_set():
        live.supervisor.turn()


def judged(stage: Stage) -> dict[str, int]:
    """What is on disk beside what was answered and what arrived, after the show was closed.

    behind : what a writer that was dead or frozen at the close left in the ring; the next opening
    brings it to disk, and so it is done here.
    """
    config = stage.live.config
    before, _ = kept_events(Path(config.folder), config.epoch)
    store = SqliteStore.open(config.state_dir / STORE)
    drain_left_behind(store, config.ring_dir.parent, config.epoch + 1)
    store.close()
    events, _ = kept_events(Path(config.folder), config.epoch)
    arrived = Counter(said for _, said in stage.osc.heard)
    lights = [said for _, said in stage.sacn.heard]
    found = {"behind": len(events) - len(before), "light_after_farewell": 0}
    if FAREWELL in lights:
        found["light_after_farewell"] = lights[lights.index(FAREWELL) :].count(LIGHT)
    return found | counted(events, stage.caller, arrived)


def counted(events: list[AnyEvent], caller: Caller, arrived: Counter[str]) -> dict[str, int]:
    """What does not agree.

    lost : answered as kept and not on disk. doubled : arrived more often than fired. missed :
    fired, not arrived, and not marked as perhaps sent.
    """
    fired = Counter(e.cue for e in events if isinstance(e, CueFired))
    maybe = Counter(e.cue for e in events if isinstance(e, CueSent) and e.problem)
    return {
        "posted": caller.posted,
        "answered": len(caller.kept),
        "fired": fired.total(),
        "arrived": arrived.total(),
        "perhaps": maybe.total(),
        "lost": sum(seq > len(events) for seq in caller.kept.values()),
        "doubled": sum(max(0, arrived[cue] - fired[cue]) for cue in arrived),
        "missed": sum(max(0, fired[cue] - maybe[cue] - arrived[cue]) for cue in fired),
    }
