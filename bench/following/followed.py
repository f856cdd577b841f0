"""One follower's whole result: what is printed, drawn, kept and taken up again by --reuse."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from harness import JUMPS, Run
from rows import Row, curve_of, rows_of

CURVES = {"clean": ("clean",), "jumps": JUMPS}


@dataclass(frozen=True, slots=True)
class Followed:
    """rows : one a case. curves : percent of onsets farther off than each step of the ladder.

    found : for each kind of jump, seconds until found, run by run; None where never. gaps : for
    the runs that are drawn, (seconds, quarters said too far). measured : the circumstances.
    """

    name: str
    rows: list[Row]
    curves: dict[str, list[float]]
    found: dict[str, list[float | None]]
    gaps: dict[str, list[tuple[float, float]]]
    measured: dict[str, Any]

    def kept(self) -> dict[str, Any]:
        """For a file of figures: three decimals are more than they carry."""
        return _rounded(asdict(self))


def followed(
    name: str, runs: Iterable[Run], hard_pairs: Collection[str], measured: Mapping[str, Any]
) -> Followed:
    """The result of all its runs."""
    runs = list(runs)
    good = [run for run in runs if "within_300" in run]
    return Followed(
        name,
        rows_of(runs, hard_pairs),
        {key: curve_of(good, cases) for key, cases in CURVES.items()},
        {case: [r["found_after_s"] for r in good if r["case"] == case] for case in JUMPS},
        {f"{r['case']} {r['pair']}": r["gaps"] for r in good if "gaps" in r},
        dict(measured),
    )


def pictured(hard_pairs: Sequence[str]) -> list[str]:
    """The runs that are drawn: a jump of each kind, spread over the set in its own order."""
    step = max(1, len(hard_pairs) // len(JUMPS))
    return [f"{case} {pair}" for case, pair in zip(JUMPS, hard_pairs[::step], strict=False)]


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return value
