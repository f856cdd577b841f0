"""The pictures of what the follower says about itself: how sure it is, and what it foresees.

Drawn from the figures of the parts `knowing` and `foreseeing`; a part that was not asked, or that
says nothing of the kind, gives no picture.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log10
from typing import Any

from svg import QUIET, STYLES, Frame, Scale, Sheet, Style

SHARES = tuple((k / 5, f"{20 * k} %") for k in range(6))
EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The tenths in which the figures are counted already."""

THUMBS = {"ours": "foreseen", "mean": "mean tempo", "last": "last interval"}
MS_TICKS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
DIAGONAL = Style(QUIET, "4 3", width=1)

Bin = tuple[float, float, float]
"""Mean confidence said, share of it that was right, how many were said."""


def sheets(asked: Mapping[str, Any]) -> dict[str, Sheet]:
    """File names and pictures, of those there are figures for."""
    said = {
        name: pooled(row["bins"] for row in turn["cases"] if row.get("bins"))
        for name, turn in zip(("as played", "hard cases"), asked.get("knowing", ()), strict=False)
    }
    said = {name: bins for name, bins in said.items() if bins}
    drawn = {"confidence.svg": confidence(said)} if said else {}
    if len(asked.get("foreseeing", ())) == 2:
        drawn["foreseen.svg"] = foreseen(*asked["foreseeing"])
    return drawn


def pooled(rows: Iterable[Sequence[Sequence[float]]]) -> list[Bin]:
    """The bins of several rows, put together between EDGES; empty ones left out."""
    sums: dict[int, list[float]] = {}
    for bins in rows:
        for mean, share, count in bins:
            if count:
                held = sums.setdefault(bisect(EDGES, mean), [0.0, 0.0, 0.0])
                held[0] += mean * count
                held[1] += share * count
                held[2] += count
    return [(m / n, s / n, n) for _, (m, s, n) in sorted(sums.items())]


def confidence(said: Mapping[str, Sequence[Bin]]) -> Sheet:
    """A reliability diagram, and how often each confidence was said."""
    sheet = Sheet(
        920,
        480,
        "How sure, and how often right",
        "Ten times a second: the confidence said, and the share of it that lay within 300 ms. "
        "On the dashed line it knows exactly what it knows.",
    )
    unit, most = Scale(0, 1), max(count for bins in said.values() for _, _, count in bins)
    right = Frame(sheet, 78, 96, 340, 290, unit, unit)
    right.axes("right when it says so", ("confidence said", SHARES), ("right", SHARES))
    right.curve([(0, 0), (1, 1)], DIAGONAL)
    top = int(log10(most)) + 1
    often = Frame(sheet, 520, 96, 340, 290, unit, Scale(1, 10**top, logarithmic=True))
    powers = [(10.0**k, f"{10**k:,}".replace(",", " ")) for k in range(top + 1)]
    often.axes("how often it says so", ("confidence said", SHARES), ("times", powers))
    for style, bins in zip(STYLES, said.values(), strict=False):
        for frame, values in (
            (right, [(mean, share) for mean, share, _ in bins]),
            (often, [(mean, count) for mean, _, count in bins]),
        ):
            frame.curve(values, style)
            for value in values:
                sheet.mark(*frame.at(*value), style)
    sheet.legend(24, 456, list(said))
    return sheet


def foreseen(alone: Mapping[str, Any], taught: Mapping[str, Any]) -> Sheet:
    """How far off the near future is, beside rules of thumb, and after a rehearsal."""
    sheet = Sheet(
        920,
        480,
        "What comes, and when",
        "How far off an onset's foreseen time is, by how long before it is asked. Thick with "
        "marks: the median; thin: nine of ten stay under it.",
    )
    panels = (
        ("beside two rules of thumb", [(w, alone["rows"], key) for key, w in THUMBS.items()]),
        (
            "another player's playing as rehearsal",
            [("without", taught["rows"], "ours"), ("with it", taught["taught"], "ours")],
        ),
    )
    said = [row[key] for _, lines in panels for _, rows, key in lines for row in rows]
    low = 0.8 * min(each["median_ms"] for each in said if each["median_ms"])
    high = 1.2 * max(each["p90_ms"] for each in said if each["p90_ms"])
    heights = [(float(ms), f"{ms}") for ms in MS_TICKS if low < ms < high]
    for k, (heading, lines) in enumerate(panels):
        ahead = [(row["horizon_s"], f"{row['horizon_s']:g}") for row in lines[0][1]]
        scales = (
            Scale(ahead[0][0] * 0.85, ahead[-1][0] * 1.18, True),
            Scale(low, high, logarithmic=True),
        )
        frame = Frame(sheet, 78 + 440 * k, 96, 370, 290, *scales)
        frame.axes(heading, ("seconds ahead", ahead), ("off by (ms)", heights))
        for style, (_, rows, key) in zip(STYLES, lines, strict=False):
            for figure, drawn in (("p90_ms", replace(style, width=1)), ("median_ms", style)):
                values = [(r["horizon_s"], r[key][figure]) for r in rows if r[key][figure]]
                frame.curve(values, drawn)
                if figure == "median_ms":
                    for value in values:
                        sheet.mark(*frame.at(*value), style)
        sheet.legend(78 + 440 * k, 456, [words for words, _, _ in lines])
    return sheet
