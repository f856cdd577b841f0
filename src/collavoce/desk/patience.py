"""How long, and for how many at once, a connection may keep this process waiting.

A request's head has to be here some seconds after the connection was made, or after its own first
byte; what comes behind it is limited by whoever reads it. One address may hold so many connections
and no more, so that a single machine cannot use up what the process may open.
"""

import asyncio
from collections import Counter
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from collavoce.desk.one_write import OneWrite

HEAD_WITHIN_S = 10.0
OF_ONE_ADDRESS_MAX = 400
"""Of a whole company behind one router: a stream and a few requests each."""


class PatientProtocol(H11Protocol):
    """uvicorn's own, which ends what does not come to the point.

    held : address -> its open connections, of all protocols of one server.
    """

    def __init__(self, held: Counter[str], **given: Any) -> None:  # noqa: ANN401  uvicorn's own, handed through
        super().__init__(**given)
        self._held = held
        self._address = ""
        self._let_in = False
        self._cut: asyncio.TimerHandle | None = None
        self._out: OneWrite | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  as uvicorn has it
        """Take the connection, or end it at once: its address has enough."""
        peer: Any = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) and peer else ""
        if self._held[address] >= OF_ONE_ADDRESS_MAX:
            transport.abort()
            return
        self._address, self._let_in = address, True
        self._held[address] += 1
        self._out = OneWrite(transport)
        super().connection_made(self._out)
        self._heed()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        if not self._let_in:
            return
        self._let_in = False
        self._held[self._address] -= 1
        if not self._held[self._address]:
            del self._held[self._address]
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or of the next one."""
        super().data_received(data)
        self._heed()

    def on_response_complete(self) -> None:
        """It is answered. Of a body that nobody wanted to hear to its end no more is read."""
        if self._out is not None:
            self._out.next_answer()
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY and not self.transport.is_closing():
            self.transport.close()

    def _heed(self) -> None:
        """Count the seconds while there is a head that is not whole."""
        if self._is_served():
            self._stop()
        elif self._cut is None:
            self._cut = self.loop.call_later(HEAD_WITHIN_S, self._lose_patience)

    def _lose_patience(self) -> None:
        self._cut = None
        if not self._is_served() and not self.transport.is_closing():
            self.transport.abort()

    def _is_served(self) -> bool:
        """Whether a request is here that is not answered yet."""
        # Before the first request there is none, whatever the type says.
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _stop(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
