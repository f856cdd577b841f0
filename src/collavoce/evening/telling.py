"""The evening in sentences: what the player did, and how the cues fell.

In: the truth, the account. Out: lines for a person. Never: a figure that is in neither.
"""

from collections.abc import Iterator

from collavoce.evening.scoring import Row, Scored, Verdict
from collavoce.evening.truth import Truth
from collavoce.words import say

SLIPS = frozenset({"omission", "substitution", "addition"})


def player_lines(truth: Truth) -> Iterator[str]:
    """Who played, and what he did that is not in the music."""
    yield say("evening.made", seed=truth.seed)
    yield say("evening.wrong", count=sum(event.what in SLIPS for event in truth.events))
    for event in truth.events:
        if event.what == "stop":
            yield say("evening.stop", bar=event.bar, seconds=f"{event.seconds:g}")
        elif event.what == "jump":
            yield say("evening.jump", bar=event.bar, to=event.to_bar)


def account_lines(scored: Scored) -> Iterator[str]:
    """The counts, the errors, and each cue that did not fall as it should."""
    yield say(
        "evening.scored",
        planned=scored.planned,
        fired=scored.fired,
        missed=scored.missed,
        doubled=scored.doubled,
        early=scored.early,
    )
    if scored.error_ms is not None:
        error = scored.error_ms
        yield say(
            "evening.error", p50=f"{error.p50:.0f}", p95=f"{error.p95:.0f}", max=f"{error.max:.0f}"
        )
    for row in scored.rows:
        if row.verdict is not Verdict.FIRED:
            yield row_line(row)


def row_line(row: Row) -> str:
    """One cue of the account."""
    return say(
        f"evening.row.{row.verdict}",
        cue=row.cue,
        due="" if row.due is None else f"{row.due:.2f}",
        fired="" if row.fired is None else f"{row.fired:.2f}",
        error="" if row.error_ms is None else f"{row.error_ms:+.0f}",
    )
