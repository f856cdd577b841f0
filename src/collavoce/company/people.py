"""The people of a show, as far as everybody may know them (plane 1)."""

from dataclasses import dataclass

ROLES = (
    "performer",
    "caller",
    "assistant",
    "company manager",
    "artist liaison",
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
    """Somebody of the company or close to it. id: short, stable; name: any script."""

    id: str
    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """A way off the stage."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A place held for whoever sees a performer off; `person` is None while it is empty."""

    name: str
    person: str | None
