"""What came of a performance, for people and for machines."""

from typing import Any

from collavoce.runtime.tally import Tally
from collavoce.words import say


def outcome_json(tally: Tally, head: str, performer_at: float) -> dict[str, Any]:
    """The facts that `run --json` and `demo --json` share.

    early and error_ms need the true places of the performance: None unless those are known.
    """
    return {
        "cues": {
            "planned": tally.planned,
            "fired": tally.fired,
            "passed": tally.passed,
            "missed": tally.missed,
            "doubled": tally.doubled,
            "early": None,
            "offered": tally.offered,
        },
        "error_ms": None,
        "exit": {
            "standby_s": _rounded(tally.exit_standby_s),
            "standby_at": _rounded(tally.exit_standby_at),
            "acknowledged": tally.acknowledged,
        },
        "lights_out_s": _rounded(_lights_out_after(tally)),
        "performer_at": performer_at,
        "fired": [[firing.cue, round(firing.at, 4)] for firing in tally.firings],
        "ledger": {"events": tally.events, "head": head},
    }


def outcome_lines(tally: Tally, head: str, planned: int | None = None) -> list[str]:
    """The same in words, a line each. planned: firings that were due, where the truth is known.

    Where it is not, cues are counted, not firings: one that came twice makes up for none missed.
    """
    lines = [
        say(
            "run.line.done",
            fired=tally.came if planned is None else tally.fired,
            planned=tally.planned if planned is None else planned,
            passed=tally.passed,
            missed=tally.missed,
            doubled=tally.doubled,
            offered=tally.offered,
        )
    ]
    if tally.exit_standby_s is not None:
        answer = "acknowledged" if tally.acknowledged else "not_acknowledged"
        standby = say("run.line.exit", standby=tally.exit_standby_s)
        lines.append(f"{standby}, {say(f'run.line.{answer}')}")
    after = _lights_out_after(tally)
    if after is not None:
        lines.append(say("run.line.lights_out", after=after))
    lines.append(say("run.line.kept", events=tally.events, head=head[:16]))
    return lines


def _lights_out_after(tally: Tally) -> float | None:
    if tally.lights_out_at is None or tally.ended_at is None:
        return None
    return tally.lights_out_at - tally.ended_at


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
