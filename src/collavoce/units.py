"""The units every room speaks.

In: nothing. Out: names for numbers. Never: arithmetic with a policy in it.

All four are plain floats at run time; the names exist so that a type checker notices when
seconds are handed where quarters were meant.
"""

from typing import NewType

Instant = NewType("Instant", float)
"""Seconds on the performance's own clock: 0 when the performance was opened, never set back."""

Seconds = NewType("Seconds", float)
"""A length of time."""

Quarters = NewType("Quarters", float)
"""Quarter notes from the start of the score as played, repeats written out."""

Bpm = NewType("Bpm", float)
"""Tempo: quarter notes a minute."""
