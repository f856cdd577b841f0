"""The pictures of followers beside each other: errors, jumps found, three jumps from close by."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import beliefs
from errors import LADDER_MS
from followed import Followed
from svg import QUIET, RULE, STYLES, Frame, Scale, Sheet, Style, ticks

LEAST_PCT = 0.05
"""Where the picture of errors ends below: one onset in two thousand."""

MS_TICKS = ((5.0, "5"), (20.0, "20"), (100.0, "100"), (300.0, "300"))
MS_TICKS += ((1000.0, "1 s"), (5000.0, "5 s"), (30000.0, "30 s"))
PCT_TICKS = ((0.1, "0.1 %"), (1.0, "1 %"), (10.0, "10 %"), (100.0, "100 %"))
S_TICKS = ((0.1, "0.1"), (0.3, "0.3"), (1.0, "1"), (3.0, "3"), (10.0, "10"), (30.0, "30"))
S_TICKS += ((100.0, "100"),)

NEVER_S = 240.0
"""Where those never found are set, right of every recovery there can be."""

HEADS = {
    "skip_fwd": "8-16 bars skipped",
    "repeat_back": "8 bars back",
    "restart": "from the top again",
}


def draw(folder: Path, followers: Sequence[Followed], asked: Mapping[str, Any]) -> list[Path]:
    """Write every picture there are figures for into `folder`."""
    shown = [one for one in followers if one.curves["clean"]][: len(STYLES)]
    drawn = {"errors.svg": errors(shown)}
    if any(one.curves["jumps"] for one in shown):
        drawn |= {"found.svg": found(shown), "jumps.svg": jumps(shown)}
    drawn |= beliefs.sheets(asked)
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in drawn.items():
        sheet.write(folder / name)
    return [folder / name for name in drawn]


def errors(followers: Sequence[Followed]) -> Sheet:
    """Share of onsets farther off than so much, clean and with jumps."""
    sheet = Sheet(
        920,
        470,
        "How far off",
        "Share of all onsets that were said farther from their time than so much, or never: "
        "lower is better.",
    )
    scales = Scale(LADDER_MS[0], LADDER_MS[-1], logarithmic=True), Scale(LEAST_PCT, 100, True)
    for k, (key, heading) in enumerate((("clean", "as played"), ("jumps", "with a jump"))):
        frame = Frame(sheet, 78 + 440 * k, 96, 370, 270, *scales)
        frame.axes(heading, ("off by more than (ms)", MS_TICKS), ("onsets", PCT_TICKS))
        for style, one in reversed(list(zip(STYLES, followers, strict=False))):
            values = list(zip(LADDER_MS, one.curves[key], strict=False))
            last = next((i for i, (_, y) in enumerate(values) if y < LEAST_PCT), len(values))
            frame.curve(values[: last + 1], style)
    sheet.legend(24, 430, [one.name for one in followers])
    return sheet


def found(followers: Sequence[Followed]) -> Sheet:
    """Every jump of every run as a mark: how long until the player was found."""
    band = 15 * len(followers) + 22
    bottom = 84 + len(HEADS) * (band + 12)
    sheet = Sheet(
        920,
        bottom + 88,
        "Found again",
        "A mark is a run: seconds from the jump until the position was right and stayed so. "
        "At the right, how many never.",
    )
    for k, (case, heading) in enumerate(HEADS.items()):
        top = 84 + k * (band + 12)
        sheet.text(24, top + 16, heading, size=13, weight=600)
        frame = Frame(sheet, 190, top, 680, band, Scale(0.04, NEVER_S, True), Scale(0, band))
        for value, _ in (*S_TICKS, (NEVER_S, "")):
            sheet.line([frame.at(value, 0), frame.at(value, band)], Style(RULE, width=1))
        sheet.line([frame.at(0.04, 0), frame.at(NEVER_S, 0)], Style(QUIET, width=1))
        for row, (style, one) in enumerate(zip(STYLES, followers, strict=False)):
            _marks(frame, band - 18 - 15 * row, one.found[case], style)
        if k == len(HEADS) - 1:
            for value, words in (*S_TICKS, (NEVER_S, "never")):
                x, y = frame.at(value, 0)
                sheet.text(x, y + 17, words, size=11, anchor="middle", colour=QUIET)
    sheet.text(530, bottom + 24, "seconds until found", anchor="middle")
    sheet.legend(24, bottom + 52, [one.name for one in followers], marks=True)
    return sheet


def _marks(frame: Frame, height: float, seconds: Sequence[float | None], style: Style) -> None:
    never = sum(each is None for each in seconds)
    for each in seconds:
        frame.sheet.mark(*frame.at(NEVER_S if each is None else each, height), style)
    if never:
        x, y = frame.at(NEVER_S, height)
        frame.sheet.text(x + 10, y + 4, str(never), size=11)


def jumps(followers: Sequence[Followed]) -> Sheet:
    """One run of every kind from close by: how far from the player the position said was."""
    runs = list(followers[0].gaps)
    sheet = Sheet(
        920,
        142 + 222 * len(runs),
        "Three jumps",
        "Position said less position played, in quarter notes. 0 is where the player is; "
        "the jump is where the lines part.",
    )
    for k, run in enumerate(runs):
        case, _, pair = run.partition(" ")
        gaps = [one.gaps.get(run, []) for one in followers]
        end = max(at for each in gaps for at, _ in each) + 5
        far = [gap for each in gaps for _, gap in each]
        low, high = min(-1.0, 1.06 * min(far)), max(1.0, 1.06 * max(far))
        frame = Frame(sheet, 78, 96 + 222 * k, 812, 140, Scale(0, end), Scale(low, high))
        seconds = [(at, f"{at:g}") for at in ticks(0, end, 8)]
        levels = [(level, f"{level:+g}" if level else "0") for level in ticks(low, high)]
        frame.axes(f"{HEADS[case]} ({pair})", ("seconds", seconds), ("quarters", levels))
        for style, each in reversed(list(zip(STYLES, gaps, strict=False))):
            frame.stairs(each, end, style)
    sheet.legend(24, 106 + 222 * len(runs), [one.name for one in followers])
    return sheet
