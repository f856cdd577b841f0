"""`collavoce follow SCORE PERFORMANCE.mid`: where in the score a recorded performance is, and when.

The recording is heard as if live: the follower is given each note at its instant and nothing of
what comes after, on a virtual clock that runs as fast as the machine can.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.live import Live

from collavoce.cli.errors import UsageError
from collavoce.cli.following_summary import Summary, clock
from collavoce.following.estimate import Estimate
from collavoce.following.follower import Follower
from collavoce.following.incoming import Incoming, Notice
from collavoce.listening import Ear, NoteOn, Observation
from collavoce.score import Score, ScoreError, read_score, where
from collavoce.show.reading.places import SCORE_LIMIT
from collavoce.units import Instant, Quarters, Seconds
from collavoce.wire.midi import MidiError, read_performance
from collavoce.wire.midi.file import FILE_LIMIT
from collavoce.words import say

GRID = Seconds(0.05)
"""Silence is an observation this often."""

TELL_S = Seconds(0.1)
"""Without a note a line is told this often."""

AFTERWARDS = Seconds(1.0)
"""Heard after the last message, so that a last chord can be over."""

TRANSPOSE_MOST = 24
"""Semitones: two octaves, as far as keyboards go."""

Performance = Sequence[tuple[Seconds, bytes]]


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("score", type=Path, metavar="SCORE", help=say("follow.score"))
    parser.add_argument(
        "performance", type=Path, metavar="PERFORMANCE.mid", help=say("follow.performance")
    )
    parser.add_argument(
        "--transpose", type=int, default=0, metavar="N", help=say("follow.transpose")
    )
    parser.add_argument("--jsonl", action="store_true", help=say("follow.jsonl"))


def run(args: argparse.Namespace) -> int:
    """Follow the performance to its end."""
    if abs(args.transpose) > TRANSPOSE_MOST:
        words = say("follow.bad_transpose", value=args.transpose, most=TRANSPOSE_MOST)
        raise UsageError(words)
    score = _score(args.score)
    performance = _performance(args.performance)
    try:
        if args.jsonl:
            for line in jsonl(score, performance, args.transpose):
                print(line)
        else:
            _show(score, performance, args.transpose)
    except BrokenPipeError:
        # `| head` has seen enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def observations(performance: Performance, ear: Ear) -> Iterator[Observation]:
    """`performance` as it is heard: its notes, and silence wherever GRID passes without one."""
    now = Instant(0.0)
    for at, message in performance:
        while at - now > GRID:
            now = Instant(now + GRID)
            yield ear.silence(now)
        heard = ear.hear(Instant(at), message)
        if heard is not None:
            now = Instant(at)
            yield heard
    end = (performance[-1][0] if performance else 0.0) + AFTERWARDS
    while now < end:
        now = Instant(now + GRID)
        yield ear.silence(now)


Told = tuple[Observation, Estimate, tuple[Notice, ...]]


def told(score: Score, performance: Performance, transpose: int = 0) -> Iterator[Told]:
    """Every estimate that is worth a line: of each note, each jump, each notice, every TELL_S."""
    follower, incoming, ear = Follower(score), Incoming(score), Ear(transpose)
    last = -TELL_S
    for observation in observations(performance, ear):
        estimate = follower.step(observation)
        notices = incoming.step(observation, estimate, ear.drums)
        due = estimate.at - last >= TELL_S - GRID / 2
        if due or notices or isinstance(observation, NoteOn) or estimate.jump is not None:
            last = estimate.at
            yield observation, estimate, notices


def jsonl(score: Score, performance: Performance, transpose: int = 0) -> Iterator[str]:
    """One JSON object a line; `jump` and `notices` are on the lines that announce some."""
    for _, estimate, notices in told(score, performance, transpose):
        bar, beat = _bar_and_beat(score, estimate.quarter)
        line: dict[str, object] = {
            "t": round(estimate.at, 4),
            "quarter": round(estimate.quarter, 4),
            "bar": bar,
            "beat": beat,
            "tempo": round(estimate.tempo, 2),
            "confidence": round(estimate.confidence, 4),
            "state": estimate.state,
        }
        if estimate.jump is not None:
            line["jump"] = [round(estimate.jump.origin, 4), round(estimate.jump.target, 4)]
        if notices:
            line["notices"] = [{"matter": n.matter, "words": n.words} for n in notices]
        yield json.dumps(line)


def _show(score: Score, performance: Performance, transpose: int) -> None:
    """One line that goes with the music on a terminal, a line a bar elsewhere; then a summary."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    summary = Summary(score)
    console.print(say("follow.columns"))
    bar = ""
    with Live(console=console, auto_refresh=False, transient=True) as live:
        for observation, estimate, notices in told(score, performance, transpose):
            summary.add(observation, estimate)
            if estimate.jump is not None:
                console.print(summary.jump(estimate.at, estimate.jump))
            for notice in notices:
                console.print(say("follow.noticed", t=clock(estimate.at), words=notice.words))
            line = _line(score, estimate)
            if console.is_terminal:
                live.update(line, refresh=True)
            elif (now := _bar_and_beat(score, estimate.quarter)[0]) != bar:
                bar = now
                console.print(line)
    console.print("\n".join(summary.lines()))


def _line(score: Score, estimate: Estimate) -> str:
    bar, beat = _bar_and_beat(score, estimate.quarter)
    return say(
        "follow.line",
        t=clock(estimate.at),
        bar=bar,
        beat=f"{beat:.1f}",
        tempo=estimate.tempo,
        sure=f"{estimate.confidence:.0%}",
        state=say(f"follow.state.{estimate.state}"),
    )


def _bar_and_beat(score: Score, quarter: Quarters) -> tuple[str, float]:
    if not score.bars:
        return "", 1.0 + quarter
    place = where(score, quarter)
    return place.bar, round(place.beat, 4)


def _score(file: Path) -> Score:
    data = _read(file, SCORE_LIMIT, "follow.a_score")
    try:
        return read_score(data, str(file))
    except ScoreError as error:
        raise UsageError(say("follow.wrong_score", why=error)) from error


def _performance(file: Path) -> Performance:
    data = _read(file, FILE_LIMIT, "follow.a_performance")
    try:
        return read_performance(data)
    except MidiError as error:
        raise UsageError(say("follow.wrong_performance", file=file, why=error)) from error


def _read(file: Path, limit: int, what: str) -> bytes:
    """At most `limit` + 1 bytes of a plain file: a longer one shows as one, a pipe never hangs."""
    try:
        if not file.is_file():
            raise UsageError(say("follow.not_a_file", file=file, what=say(what)))
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(say("follow.unreadable", file=file, why=why)) from error
