"""Who is with whom without a press, and who wants to be alone.

"I am with them" is kept as each one said it; whose word counts is asked of the circle at the
moment it is looked at (`calling.py`). So nothing that a dropped person can see moves.

    alone   AloneSaid --until--> over by itself      BackSaid --> over
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from collavoce.care.events import (
    AloneSaid,
    BackSaid,
    CompanyEvent,
    MessageEnded,
    MessageTried,
    WithEnded,
    WithStarted,
)
from collavoce.care.ladder import Moment
from collavoce.care.states.sent import Sent, ended, tried

WITH_LASTS = 24 * 3600.0
"""Seconds after which "I am with them" is over by itself: somebody forgot to say so."""

ALONE_MIN_MINUTES = 1.0
ALONE_MAX_MINUTES = 1440.0

LOOK = "look-"
"""How the name begins under which the messages of an "alone" are kept: it has no press."""


@dataclass(frozen=True, slots=True)
class Alone:
    """From `said_at` to `until`. look_at: when their first is asked to look, None for never.

    order : who could be called when it was said, first to be asked first.
    name : of its messages, the same for ever. messages : by key.
    """

    name: str
    said_at: float
    until: float
    look_at: float | None
    order: tuple[str, ...] = ()
    messages: Mapping[str, Sent] = field(default_factory=dict[str, Sent])

    def looked_for(self, now: Moment) -> bool:
        """Whether somebody is asked to look."""
        return self.look_at is not None and self.look_at <= now < self.until

    def shifted(self, seconds: float) -> "Alone":
        """The same with every moment moved."""
        return replace(
            self,
            said_at=self.said_at + seconds,
            until=self.until + seconds,
            look_at=None if self.look_at is None else self.look_at + seconds,
            messages={key: sent.shifted(seconds) for key, sent in self.messages.items()},
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """withs: owner -> who said they are with them -> since when; alones: person -> Alone.

    said : how often anybody said "alone"; it tells two of one person apart whose moments are alike.
    backs : person -> when they last said that they are back.
    """

    withs: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    alones: Mapping[str, Alone] = field(default_factory=dict[str, Alone])
    said: int = 0
    backs: Mapping[str, float] = field(default_factory=dict[str, float])

    def with_of(self, owner: str, now: Moment) -> tuple[str, ...]:
        """Who says they are with `owner`, whether or not it counts, the longest first."""
        said = self.withs.get(owner, {})
        return tuple(trusted for trusted, since in said.items() if now - since < WITH_LASTS)

    def alone(self, person: str, now: Moment) -> Alone | None:
        """The "alone" of `person` that stands at `now`."""
        alone = self.alones.get(person)
        return alone if alone is not None and now < alone.until else None

    def evolve(self, event: CompanyEvent) -> "Beside":
        """What is true after `event`."""
        match event:
            case WithStarted():
                said = {**self.withs.get(event.owner, {}), event.trusted: event.at}
                return replace(self, withs={**self.withs, event.owner: said})
            case WithEnded():
                left = {
                    trusted: since
                    for trusted, since in self.withs.get(event.owner, {}).items()
                    if trusted != event.trusted
                }
                others = {o: said for o, said in self.withs.items() if o != event.owner}
                return replace(self, withs={**others, event.owner: left} if left else others)
            case AloneSaid():
                seed = f"{event.person} {event.at!r} {self.said}"
                name = LOOK + sha256(seed.encode()).hexdigest()[:32]
                alone = Alone(name, event.at, event.until, event.look_at, event.order)
                alones = {**self.alones, event.person: alone}
                return replace(self, alones=alones, said=self.said + 1)
            case BackSaid():
                present = {p: alone for p, alone in self.alones.items() if p != event.person}
                backs = {**self.backs, event.person: event.at}
                return replace(self, alones=present, backs=backs)

    def messaged(self, event: MessageTried | MessageEnded) -> "Beside":
        """What is true after a message of an "alone" was tried or ended."""
        alone = self.alones.get(event.person)
        if alone is None or alone.name != event.press:
            return self
        if isinstance(event, MessageTried):
            sent = tried(event)
        elif event.key in alone.messages:
            sent = ended(alone.messages[event.key], event)
        else:
            return self
        after = replace(alone, messages={**alone.messages, sent.key: sent})
        return replace(self, alones={**self.alones, event.person: after})

    def shifted(self, seconds: float) -> "Beside":
        """The same with every moment moved."""
        return Beside(
            {
                owner: {trusted: since + seconds for trusted, since in said.items()}
                for owner, said in self.withs.items()
            },
            {person: alone.shifted(seconds) for person, alone in self.alones.items()},
            self.said,
            {person: at + seconds for person, at in self.backs.items()},
        )
