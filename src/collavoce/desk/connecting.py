"""The desk at the gateway: asks what is connected, lets it learn a control. It holds nothing.

The gateway is asked only while somebody looks. One that does not answer is said to be away.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from collavoce.desk.stagehand import Connections
from collavoce.runtime import mail

HEARD_WITHIN_S = 3.0
ASK_EVERY_S = 0.5


class GatewayDesk:
    """send: hands a datagram to a mailbox of the performance. clock: seconds, never set back."""

    def __init__(
        self, send: Callable[[Path, bytes], bool], gateway: Path, clock: Callable[[], float]
    ) -> None:
        self._send = send
        self._gateway = gateway
        self._clock = clock
        self._asked_at = float("-inf")
        self._told_at = float("-inf")
        self._told: Mapping[str, Any] | None = None
        self._learned = ""

    def now(self) -> Connections:
        """What the gateway told lately, and what it learned; asks it for the next time."""
        if self._clock() - self._asked_at > ASK_EVERY_S:
            self._asked_at = self._clock()
            self._send(self._gateway, mail.pack(mail.AskConnections()))
        fresh = self._clock() - self._told_at <= HEARD_WITHIN_S
        return Connections(self._told if fresh else None, self._learned)

    def take(self, item: mail.ConnectionsTold | mail.Learned) -> None:
        """The gateway said something."""
        if isinstance(item, mail.ConnectionsTold):
            self._told, self._told_at = item.view, self._clock()
        else:
            self._learned = item.words

    def learn(self, does: str, key: str) -> bool:
        """Let what is pressed next do `does`; "" lets it wait for nothing. False: it is away."""
        self._learned = ""
        return self._send(self._gateway, mail.pack(mail.Learn(does, key)))
