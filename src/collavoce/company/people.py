"""The people of a show, as far as everybody may know them (plane 1)."""

from dataclasses import dataclass

ROLES = (
    "performer",
    "caller",
    "assistant",
    "company manager",
    "artist liaison",
    "musical director",
    "operator",
    "steward",
    "security lead",
    "welfare lead",
    "medic",
    "keyholder",
    "administrator",
    "guest",
)
"""Every role a person may hold in `show.toml`. A circle is not a role and never stands there."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the company or close to it. id: short, stable; name: any script.

    under_18 : then guardian and chaperone, both persons of the show, see whom they may call; while
    either is "" they have no circle. engagement_end : the last day, "2026-12-31", "" for none set.
    gender : in their own word, lower-case, "" for not given; asked for by nothing but a rule of who
    may come near somebody.
    """

    id: str
    name: str
    roles: tuple[str, ...] = ()
    under_18: bool = False
    guardian: str = ""
    chaperone: str = ""
    engagement_end: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
    """A way off the stage."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the house as it is named on the radio. exit: the way off it lies at, "" for none.

    Every exit is a zone too, under its own id.
    """

    id: str
    name: str
    exit: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place held for whoever sees a performer off; `person` is None while it is empty."""

    name: str
    person: str | None
