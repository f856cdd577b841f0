"""Where a person on stage is, and what they let be shown of when they play."""

from enum import StrEnum

import msgspec


class PersonIs(StrEnum):
    """What is known of a person, always by somebody's word."""

    IN_POSITION = "in position"
    ON_STAGE = "on stage"
    CLEAR = "clear"  # off, and their way was free
    NOT_CLEAR = "not clear"


class AvailabilityIs(msgspec.Struct, frozen=True):
    """What somebody lets be shown besides whether they are available: never a reason.

    rehearses : None where they said nothing of it. until: a day ("2026-12-12"), "none" for no
    date, "" for no length.
    """

    rehearses: bool | None = None
    until: str = ""
