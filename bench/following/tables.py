"""Figures as Markdown."""

from collections.abc import Mapping, Sequence

from followed import Followed
from rows import NAMES, Row
from targets import Judged, judged

COLUMNS = (
    ("runs", "runs", "{}"),
    ("failed", "failed", "{}"),
    ("lost", "lost", "{}"),
    ("<= 25", "within_25", "{:.1f}"),
    ("<= 100", "within_100", "{:.1f}"),
    ("<= 300 ms %", "within_300", "{:.2f}"),
    ("early %", "early", "{:.2f}"),
    ("never %", "never", "{:.2f}"),
    ("time %", "time_within_300", "{:.1f}"),
    ("median ms", "median_ms", "{:.1f}"),
    ("found", "found", "{}"),
    ("found after s", "found_after_s", "{:.2f}"),
    ("drift", "drift_quarters", "{:.2f}"),
    ("p99 ms", "p99_ms", "{:.2f}"),
    ("max ms", "max_ms", "{:.1f}"),
)

FIGURES = {
    "within_25": ("within 25 ms", "{:.1f} %"),
    "within_100": ("within 100 ms", "{:.1f} %"),
    "within_300": ("within 300 ms", "{:.2f} %"),
    "early": ("early by more than 300 ms", "{:.2f} %"),
    "never": ("never reached", "{:.2f} %"),
    "time_within_300": ("time right to 300 ms", "{:.1f} %"),
    "lost": ("pairs lost", "{:.0f}"),
    "found": ("found", "{:.0f} %"),
    "found_after_s": ("found after, median", "{:.2f} s"),
    "drift_quarters": ("drift, quarters", "{:.2f}"),
    "p99_ms": ("a block, p99", "{:.2f} ms"),
    "max_ms": ("a block, longest", "{:.1f} ms"),
    "load_s": ("score opened in", "{:.2f} s"),
    "memory_mb": ("memory", "{:.0f} MB"),
}

HARD_CELLS = ("wrong5", "wrong15", "freeze8", "skip_fwd", "repeat_back", "restart")
HARD_CELLS += ("tempo0.6", "tempo1.6")


def comparison(found: Sequence[Followed]) -> list[str]:
    """Our follower by itself, against its targets, and beside the others: tables with headings."""
    ours, rows = found[0], {one.name: one.rows for one in found}
    others = {one.name: one.rows for one in found[1:]}
    beside = [
        "### Beside the others, as played",
        clean(rows),
        "### Beside the others, hard cases",
        hard(rows),
    ]
    return [
        "### Every case",
        cases(ours.rows),
        "### Targets",
        targets(judged(ours.rows, others)),
        *(beside if others else []),
    ]


def cases(rows: Sequence[Row], names: Mapping[str, str] = NAMES) -> str:
    """One follower: a line a case, called as in `names` or by its own name."""
    return _by("case", [(names.get(row["case"], row["case"]), row) for row in rows])


def clean(followers: Mapping[str, Sequence[Row]]) -> str:
    """Every follower over the clean pairs: a line each."""
    found = [(name, row) for name, rows in followers.items() for row in rows]
    return _by("follower", [(name, row) for name, row in found if row["case"] == "clean"])


def hard(followers: Mapping[str, Sequence[Row]]) -> str:
    """Every follower over the hard cases: within 300 ms / early %; found, after s."""
    shown = [case for case in HARD_CELLS if any(_of(rows, case) for rows in followers.values())]
    lines = [["follower", *(NAMES[case] for case in shown)]]
    for name, rows in followers.items():
        lines.append([name, *(_cell(_of(rows, case)) for case in shown)])
    return _markdown(lines)


def targets(found: Sequence[Judged]) -> str:
    """Every target, met or not, beside the best of the others."""
    lines = [["case", "figure", "Collavoce", "target", "", "best of the others", "ratio"]]
    for one in found:
        words, shape = FIGURES[one.target.figure]
        sign = ">=" if one.target.least else "<="
        best = "-" if one.best is None else f"{shape.format(one.best)} ({one.by})"
        lines.append(
            [
                NAMES[one.target.case],
                words,
                shape.format(one.ours),
                f"{sign} {one.target.bound:g}",
                "met" if one.target.met(one.ours) else "**not met**",
                best,
                _ratio(one),
            ]
        )
    return _markdown(lines)


def _ratio(one: Judged) -> str:
    if one.best is None:
        return "-"
    if one.ours == one.best:
        return "="
    return "∞" if one.ratio is None else f"{one.ratio:.2f}"


def _cell(row: Row | None) -> str:
    if row is None or not row["runs"]:
        return "-"
    figures = f"{row['within_300']:.1f} / {row['early']:.1f}"
    if row["found"] is None:
        return figures
    after = "" if row["found_after_s"] is None else f", {row['found_after_s']:.1f} s"
    return f"{figures}; {row['found']}{after}"


def _of(rows: Sequence[Row], case: str) -> Row | None:
    return next((row for row in rows if row["case"] == case), None)


def _by(head: str, named: Sequence[tuple[str, Row]]) -> str:
    shown = [
        column
        for column in COLUMNS
        if any(row.get(column[1]) not in {None, 0} or column[1] == "lost" for _, row in named)
        and any(row.get(column[1]) is not None for _, row in named)
    ]
    lines = [[head, *(title for title, _, _ in shown)]]
    for name, row in named:
        values = ((row.get(key), shape) for _, key, shape in shown)
        lines.append([name, *("-" if v is None else shape.format(v) for v, shape in values)])
    return _markdown(lines)


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(lines[0])
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))
