"""Learning from the terminal: by the gateway of a running show, or with ears of one's own."""

import contextlib
import select
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from collavoce.rig.midi_in import whole_driver
from collavoce.rig.osc_in import OscDatagrams, OscStreams
from collavoce.runtime.clock import LiveClock, fresh_id, monotonic_ns
from collavoce.runtime.gateway import place
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.gateway.cables import Cables
from collavoce.runtime.gateway.learning import LEARN_S, Teacher
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import (
    AskConnections,
    ConnectionsTold,
    Learn,
    Learned,
    MailError,
    pack,
    unpack,
)
from collavoce.runtime.opening import osc_doors
from collavoce.words import say

ANSWER_S = 2.0
"""A gateway that runs answers within this."""

Announce = Callable[[str], None]


def running(state: Path) -> dict[str, Any] | None:
    """What the gateway of a running show tells of its connections; None without one."""
    with _asked(state, pack(AskConnections())) as box:
        told = None if box is None else _answer(box, ConnectionsTold, ANSWER_S)
        return told.view if isinstance(told, ConnectionsTold) else None


def teach(
    file: BookFile, state: Path, does: str, door: tuple[str, int], announce: Announce
) -> Learned:
    """Learn what is pressed next for `does`. door: where to hear OSC while no show runs."""
    waiting = say("gateway.learn.waiting", does=does, seconds=f"{LEARN_S:g}")
    asked = Learn(does, fresh_id())
    with _asked(state, pack(asked)) as box:
        if box is not None:
            announce(waiting)
            told = _answer(box, Learned, LEARN_S + ANSWER_S)
            if isinstance(told, Learned):
                return told
            return Learned(asked.key, done=False, words=say("gateway.silent"))
    return _with_own_ears(file, asked, door, lambda osc: announce(f"{osc}\n{waiting}"))


def _with_own_ears(
    file: BookFile, asked: Learn, door: tuple[str, int], announce: Announce
) -> Learned:
    told: list[Learned] = []

    def take(_: str, datagram: bytes) -> bool:
        mail = unpack(datagram)
        assert isinstance(mail, Learned), "a teacher says nothing else"
        told.append(mail)
        return True

    teacher = Teacher(file, take)
    teacher.begin(asked, str(file.path), _now())
    with contextlib.ExitStack() as open_doors:
        if not told:
            datagrams, streams = osc_doors(*door)
            host, port = datagrams.getsockname()[:2]
            listening = _Ears(f"{host}:{port}", OscDatagrams(datagrams), OscStreams(streams))
            open_doors.callback(listening.close)
            announce(say("gateway.list.osc", address=listening.address))
            while not told:
                listening.turn(teacher)
    return told[0]


class _Ears:
    """Doors and cables while no show runs. address: the doors', in words."""

    def __init__(self, address: str, datagrams: OscDatagrams, streams: OscStreams) -> None:
        self.address = address
        self._datagrams, self._streams = datagrams, streams
        self._cables = Cables("", whole_driver, LiveClock.start().now)

    def turn(self, teacher: Teacher) -> None:
        """Wait a moment for a press."""
        self._cables.look(_now(), wanted=True)
        rings = self._cables.filenos()
        doors = [self._datagrams.fileno(), *self._streams.filenos(), *rings]
        readable, _, _ = select.select(doors, [], [], 0.1)
        now = _now()
        packets = [*self._datagrams.receive(), *self._streams.receive(set(readable))]
        found = [teacher.waiting and teacher.waiting.osc(p.source, p.packet) for p in packets]
        for number in set(readable) & set(rings):
            port = rings[number]
            found += [
                teacher.waiting and teacher.waiting.midi(port, message, now)
                for message in self._cables.drain(port)
            ]
        first = next(filter(None, found), None)
        if first is not None:
            teacher.heard(*first)
        teacher.turn(now, self._cables.trouble)

    def close(self) -> None:
        """Hear nothing more."""
        self._cables.close()
        self._streams.close()
        self._datagrams.close()


@contextlib.contextmanager
def _asked(state: Path, datagram: bytes) -> Generator[Mailbox | None]:
    """A mailbox of one's own from which the running gateway was asked; None without one."""
    gateway = place.find(state)
    with tempfile.TemporaryDirectory(prefix="collavoce-") as folder, contextlib.ExitStack() as own:
        if gateway is None:
            yield None
            return
        box = own.enter_context(Mailbox(Path(folder) / "asking"))
        yield box if box.send(gateway, datagram) else None


def _answer(box: Mailbox, kind: type, seconds: float) -> object:
    until = _now() + seconds
    while (left := until - _now()) > 0:
        if not select.select([box], [], [], left)[0]:
            break
        received = box.receive()
        with contextlib.suppress(MailError):
            if received is not None and isinstance(mail := unpack(received[0]), kind):
                return mail
    return None


def _now() -> float:
    return monotonic_ns() * 1e-9
