"""Telling controllers what is so: what changed, the latest only, ten times a second at most."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from collavoce.runtime.gateway.signs import OUT, Args
from collavoce.wire.osc import OscError, OscMessage, encode

REST_S = 0.1
"""Between two tellings of one controller."""

AGAIN_S = 5.0
"""Everything is said again this often: a datagram may be lost, a controller switched on late."""

LEASE_S = 60.0
"""A wish not said again for this long is over: the controller may be gone."""

LISTENERS_MAX = 64

FOR_EVER = float("inf")

Send = Callable[[bytes], None]


@dataclass(slots=True)
class _Listener:
    send: Send
    until: float
    owner: str
    told: dict[str, Args] = field(default_factory=dict[str, Args])
    told_at: float = float("-inf")
    all_at: float = float("-inf")


class Feedback:
    """The controllers that are told. Times are seconds of one clock."""

    def __init__(self) -> None:
        self._listeners: dict[str, _Listener] = {}

    @property
    def wanted(self) -> bool:
        """Whether anybody is told anything."""
        return bool(self._listeners)

    def listen(self, where: str, send: Send, until: float, owner: str = "") -> bool:
        """Tell `where` ("address:port") until then; False if there are too many.

        owner : whose permission it hangs on, a controller or a source.
        """
        known = self._listeners.get(where)
        if known is not None:
            # Who asks again may have forgotten everything.
            known.send, known.until, known.owner = send, until, owner
            known.all_at = float("-inf")
            return True
        if len(self._listeners) >= LISTENERS_MAX:
            return False
        self._listeners[where] = _Listener(send, until, owner)
        return True

    def leave(self, where: str) -> None:
        """Tell `where` no more."""
        self._listeners.pop(where, None)

    def keep(self, places: Mapping[str, Send], owners: Collection[str]) -> None:
        """Tell exactly these for ever; of those who asked for a time, only the `owners` still."""
        for where, listener in list(self._listeners.items()):
            gone = (
                where not in places if listener.until == FOR_EVER else listener.owner not in owners
            )
            if gone:
                self.leave(where)
        for where, send in places.items():
            if where not in self._listeners:
                self.listen(where, send, FOR_EVER)

    def turn(self, signs: Mapping[str, Args], now: float) -> None:
        """Tell everybody whose turn it is what they have not been told."""
        for where, listener in list(self._listeners.items()):
            if now >= listener.until:
                self.leave(where)
            elif now - listener.told_at >= REST_S:
                self._tell(listener, signs, now)

    def answer(self, source: str, address: str, *, done: bool, words: str) -> None:
        """Tell a source what became of what it asked, wherever it is told; nothing if it is not."""
        for where, listener in self._listeners.items():
            if where.rpartition(":")[0] == source:
                _send(listener.send, f"{OUT}/answer", (address, int(done), words))

    def _tell(self, listener: _Listener, signs: Mapping[str, Args], now: float) -> None:
        if now - listener.all_at >= AGAIN_S:
            listener.told.clear()
            listener.all_at = now
        for address, args in signs.items():
            if listener.told.get(address) != args:
                _send(listener.send, address, args)
                listener.told[address] = args
                listener.told_at = now


def _send(send: Send, address: str, args: Args) -> None:
    try:
        # Messages, never bundles: common controllers read no others.
        send(encode(OscMessage(address, args)))
    except OscError:
        # A name that OSC cannot carry is written on the desk; here it is left out.
        return
