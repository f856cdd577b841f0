"""The two people of the demonstration whose phones are played: who plays, and who waits for him."""

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from collavoce.cli.phones import Phone
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.show.commands import Acknowledge, AnyCommand
from collavoce.show.events import AnyEvent, ExitStandby
from collavoce.units import Seconds

PERFORMER, FRIEND = "ren", "mina"
"""Their ids in the bundled evening."""

REACTION_S = Seconds(2.0)
"""How long she takes to see the standby and touch the glass."""

REACHED_S = 30.0
"""The demonstration waits this long for a press to arrive before it says that it did not."""


class PressTimes(msgspec.Struct, frozen=True):
    """kept_ms: from the finger to "kept"; delivered_ms: to her phone, None if it never came."""

    kept_ms: float
    delivered_ms: float | None


def acknowledge_later(event: AnyEvent) -> tuple[Seconds, AnyCommand, str] | None:
    """What she does about a standby when the clock is virtual."""
    if isinstance(event, ExitStandby) and event.person is not None:
        return REACTION_S, Acknowledge(event.cue, event.person), event.person
    return None


@dataclass(slots=True)
class EveningPeople:
    """Their two phones, paired and introduced to each other."""

    performer: Phone
    friend: Phone
    seen: dict[str, float] = field(default_factory=dict[str, float])
    acknowledged: frozenset[str] = frozenset()

    @classmethod
    def arrive(
        cls, link: Callable[[str], str], care: tuple[str, int], web: tuple[str, int]
    ) -> "EveningPeople":
        """Pair both phones; he names her, she says yes. link: person -> pairing link.

        Raises PhoneError.
        """
        performer, friend = Phone(PERFORMER, care, web), Phone(FRIEND, care, web)
        performer.pair(link(PERFORMER))
        friend.pair(link(FRIEND))
        performer.act(type="WriteCircle", order=[FRIEND], second_after=20.0)
        friend.act(type="Reply", owner=PERFORMER, agrees=True)
        return cls(performer, friend)

    def acknowledge_standbys(self, now: float) -> None:
        """Let her answer what has stood on her phone for `REACTION_S` at show time `now`."""
        for way in self.friend.show_view.get("exits", ()):
            cue = str(way["cue"])
            asked_at = self.seen.setdefault(cue, now)
            if cue not in self.acknowledged and now - asked_at >= REACTION_S:
                self.friend.acknowledge(cue)
                self.acknowledged |= {cue}

    def press_in_the_wings(self) -> PressTimes:
        """He presses; she is called, comes, and is with him. Raises PhoneError."""
        press = fresh_id()
        pressed_ns = monotonic_ns()
        self.performer.act(type="Press", press=press)
        kept_ns = monotonic_ns()
        called_ns = self.friend.wait_for(lambda: press in self._calls(), REACHED_S)
        if called_ns is not None:
            for word in ("Shown", "Coming", "With"):
                self.friend.act(type=word, press=press)
        return PressTimes(
            kept_ms=round((kept_ns - pressed_ns) * 1e-6, 2),
            delivered_ms=None if called_ns is None else round((called_ns - pressed_ns) * 1e-6, 2),
        )

    def leave(self) -> None:
        """Put both phones away."""
        self.performer.closed = self.friend.closed = True

    def _calls(self) -> set[str]:
        return {str(call["press"]) for call in self.friend.care_view.get("calls", ())}
