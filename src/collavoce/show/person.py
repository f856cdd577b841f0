"""Where a person on stage is, as far as cues depend on it."""

from enum import StrEnum


class PersonIs(StrEnum):
    """What is known of a person, always by somebody's word."""

    IN_POSITION = "in position"
    ON_STAGE = "on stage"
    CLEAR = "clear"  # off, and their way was free
    NOT_CLEAR = "not clear"
