"""The watchdog's hands: hears care's list, carries what is late, tells care what it carried."""

from pathlib import Path

from collavoce.rig.channels import ChannelsError, Failed, load_services
from collavoce.runtime.care.ways.deadman import (
    CARE_BOX,
    WATCHDOG_BOX,
    DeadmanError,
    Leaving,
    StoodIn,
    pack,
    unpack,
)
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.links import Mailbox
from collavoce.runtime.porter import Claims, Porter
from collavoce.runtime.watchdog.standing_in import StandingIn

REPORT_EVERY_S = 0.5


class Deputy:
    """run_dir : the performance's private folder. channels : the operator's file, perhaps none.

    Without services it has nothing to carry by and no process to carry with.
    """

    def __init__(self, run_dir: Path, channels: Path | None) -> None:
        self.standing = StandingIn()
        self._box = Mailbox(run_dir / WATCHDOG_BOX)
        self._care = run_dir / CARE_BOX
        self._claims = Claims(run_dir, "watchdog")
        self._porter = Porter(channels, now) if channels and _is_set_up(channels) else None
        self._out: dict[int, str] = {}
        self._report_at = 0.0

    def filenos(self) -> list[int]:
        """For whoever waits; they may change with every turn."""
        porter = -1 if self._porter is None else self._porter.fileno()
        return [self._box.fileno(), *([porter] if porter >= 0 else [])]

    def turn(self) -> None:
        """Hear, carry, tell."""
        # First the letters: a list that waited while this process stood still is newer than ours.
        while (received := self._box.receive()) is not None:
            self._hear(received[0])
        at = now()
        if self._porter is not None:
            self._answered(self._porter)
            self._carry(self._porter, at)
        if at >= self._report_at:
            self._report_at = at + REPORT_EVERY_S
            report = self.standing.to_report()
            if report:
                self._box.send(self._care, pack(StoodIn(report)))

    def close(self) -> None:
        """Take the mailbox away; what is handed over is still carried."""
        self._box.close()
        if self._porter is not None:
            self._porter.close()

    def _hear(self, datagram: bytes) -> None:
        try:
            said = unpack(datagram)
        except DeadmanError:
            return
        if isinstance(said, Leaving):
            self.standing.told(said)

    def _carry(self, porter: Porter, at: float) -> None:
        for item in tuple(self.standing.late(at)):
            if not porter.room(item.channel):
                # Another channel's messages are not behind it.
                continue
            ours = self._claims.take(item.key)
            self.standing.handed(item, ours=ours)
            if ours:
                number = porter.hand(
                    item.channel, item.address, item.text, item.key, distress=item.distress
                )
                self._out[number] = item.key

    def _answered(self, porter: Porter) -> None:
        for number, outcome in porter.collect():
            key = self._out.pop(number, None)
            if key is None:
                continue
            failed = isinstance(outcome, Failed)
            why = outcome.kind if isinstance(outcome, Failed) else ""
            self.standing.answered(key, taken=not failed, why=why)


def _is_set_up(channels: Path) -> bool:
    try:
        return bool(load_services(channels).channels)
    except ChannelsError:
        # Whoever started the show was told in words.
        return False


def now() -> float:
    """Seconds on the machine's monotonic clock, the one in which care says what is due."""
    return monotonic_ns() * 1e-9
