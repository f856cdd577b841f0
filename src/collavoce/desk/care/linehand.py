"""What the phone pages ask of the line: what a person sees of it, and what they say there.

It is roles that decide (`line/roles.py`), never the page: what is not in the view is not to be
shown, and what is not in `may` would be refused.
"""

from collections.abc import Mapping
from typing import Protocol

from collavoce.care.outcome import Outcome
from collavoce.line.commands import AnyCommand as LineCommand


class LineHand(Protocol):
    """The line of one show, as far as a phone's page may touch it."""

    @property
    def zones(self) -> Mapping[str, str]:
        """The places of the house by id -> name, exits among them: for the page, once."""
        ...

    def line_view(self, person: str) -> dict[str, object]:
        """The line as the page of `person` shows it now; plain values, ready for JSON.

        may       list of what they may do: "raise", "come", "radio", "resolve", "record", "clear",
                  "medic", "treat", "ears", "risk", "stop", "ask support", "confirm", "drill",
                  "hazard", "hand" (`line.roles.Act`). While they are called it holds "medic" and
                  "stop" for everybody; once they said "coming" also "clear" and "risk".
        breaches  (only with that fact) [{"id", "zone", "is": "raised" | "coming" | "resolved",
                  "at": UTC s, "age": s, "by": person or "", "coming": [persons], "radio": bool,
                  "resolved_at"}], and "record": {"camera", "police", "text"} for security
        clears    [{"id", "zone", "age"}]: ways to keep clear. Nobody's name, no reason.
        medics    [{"id", "zone", "is": "asked" | "coming", "who", "age"}]
        ears      [persons with their ears out]
        away      {person: what is shown of them in words}, of whoever is not available
        support   {"ready", "asked", "seats": [{"seat", "person", "age", "took", "trip_ms"}]}
        hazards   [{"zone", "kind", "left": minutes, "minutes": as said}]: for everybody
        drill     {"voice": {"at", "by"} | None, "hand": ...}
        waits     (seat holders) the round their device is to answer by a tap, "" for none:
                  answer with ConfirmSupport(round, trip_ms), only from a visible page

        Which keys are there depends on the person's roles alone. It never depends on anybody's
        press but for `may` of whoever is called by it.
        """
        ...

    def ask_line(self, person: str, act: LineCommand) -> Outcome:
        """Carry out what `person` says at the line (`line/commands.py`); Kept means on disk.

        `person` comes from the device. Each press of a button has a random `key` of its own, the
        same when it is sent again. A breach, a medic, a stop and a hand-over are carried out even
        if no disk takes them: NotRecorded(done=True).
        """
        ...
