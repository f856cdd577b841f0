"""What a card can say, and how long it may be: the words are its owner's, and nothing reads them.

field      free text, a paper of its own, shared with whom its owner names, one by one
avoids     kinds of effect its owner is told of before a cue does them; shared with nobody
review     when its owner looked it over last, and after how many days they want to again
"""

from enum import StrEnum
from typing import Final

FIELD_CHARACTERS_MAX: Final = 1000
SHARED_MAX: Final = 64
"""Persons to whom one field is open."""

REVIEW_USUAL: Final = 90
REVIEW_MIN: Final = 7
REVIEW_MAX: Final = 365
NEVER: Final = 0
"""Days between two looks at one's own card."""


class Field(StrEnum):
    """In the order in which a page shows them."""

    TRIGGERS = "triggers"
    HELPS = "helps"
    NEAR = "near"
    TOUCH = "touch"
    SCENTS = "scents"
    LIGHT = "light"
    SOUND = "sound"
    WORDS = "words"
    RESTRICTIONS = "restrictions"


class Effect(StrEnum):
    """What a cue can do that somebody may not bear."""

    STROBE = "strobe"
    HAZE = "haze"
    SCENT = "scent"
    PYRO = "pyro"
    TOUCH = "touch"


FOR_A_CALL: Final = (Field.HELPS, Field.TOUCH, Field.WORDS)
"""What stands beside the two lines on the page of whoever is called, if it is shared with them."""
