"""The socket that buttons speak to. An answer leaves first; then what was asked for is done."""

import contextlib
import socket
from functools import partial

from collavoce.runtime.care.buttons.carrying import Carrier
from collavoce.runtime.care.buttons.listening import Switchboard
from collavoce.runtime.care.config import CareConfig
from collavoce.wire.button import SAID_BYTES

AT_ONCE = 32
"""Datagrams read before pages and ladder have their turn, however many wait."""

WAITING_BYTES = 1 << 20
"""What the system may hold for us: a press among some thousand datagrams of a flood."""


class ButtonDoor:
    """Answers on `door`, a bound datagram socket."""

    def __init__(self, door: socket.socket, board: Switchboard, carrier: Carrier) -> None:
        door.setblocking(False)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WAITING_BYTES)
        self._door = door
        self._board = board
        self._carrier = carrier

    @property
    def port(self) -> int:
        """Where buttons speak to."""
        return int(self._door.getsockname()[1])

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._door.fileno()

    def answer_all(self) -> None:
        """Answer what waits, at most `AT_ONCE`; what is no button's is dropped."""
        for _ in range(AT_ONCE):
            try:
                # One byte more than a button says: what is longer is seen to be.
                datagram, sender = self._door.recvfrom(SAID_BYTES + 1)
            except BlockingIOError:
                return
            except OSError:
                # A machine that is gone said so of an answer before.
                continue
            answer = self._board.take(datagram)
            if answer is None:
                continue
            # A full network takes no answer; the button asks again.
            with contextlib.suppress(OSError):
                self._door.sendto(answer.datagram, sender)
            if answer.command is not None:
                done = partial(self._board.done, answer.button, answer.command)
                self._carrier.carry(answer.command, done)

    def close(self) -> None:
        """Hear no more."""
        self._door.close()


def bound_door(config: CareConfig) -> socket.socket:
    """The datagram socket that was handed down, or a fresh one; raises OSError."""
    if config.button_fd is not None:
        return socket.socket(fileno=config.button_fd)
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_DGRAM)
    door.bind((config.host, config.button_port))
    return door
