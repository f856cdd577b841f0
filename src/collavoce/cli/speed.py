"""`--speed`: how many times as fast as life, or as fast as the machine can."""

from collavoce.cli.errors import UsageError
from collavoce.words import say

MAX = "max"


def speed_of(words: str, lowest: float, highest: float) -> float | None:
    """The speed, None for `MAX`; raises UsageError."""
    if words == MAX:
        return None
    try:
        speed = float(words)
    except ValueError:
        speed = 0.0
    if not lowest <= speed <= highest:
        raise UsageError(say("run.bad_speed", speed=words, low=lowest, high=highest))
    return speed
