"""`collavoce rehearse DIR`: the whole evening on a virtual clock, before anybody is there."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.progress import Progress

from collavoce.cli.errors import UsageError
from collavoce.cli.reading import load_show
from collavoce.cli.speed import MAX, speed_of
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.runtime.rehearsal import Account, Problem, rehearse
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.reading.folder import Reading
from collavoce.units import Seconds
from collavoce.wire.midi import MidiError, read_performance
from collavoce.words import say

SPEEDS = (0.1, 10_000.0)
MODEL = "model"

Messages = tuple[tuple[Seconds, bytes], ...]


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("rehearse.folder"))
    parser.add_argument(
        "--performer",
        action="append",
        default=[],
        metavar="PERF.mid|NUMBER=PERF.mid|model",
        help=say("rehearse.performer"),
    )
    parser.add_argument("--speed", default=MAX, metavar="N|max", help=say("rehearse.speed"))
    parser.add_argument("--seed", type=int, default=1, help=say("rehearse.seed"))
    parser.add_argument("--json", action="store_true", help=say("rehearse.json"))


def run(args: argparse.Namespace) -> int:
    """Rehearse and print the account; 1 if anything in it is a fault."""
    speed = speed_of(args.speed, *SPEEDS)
    reading = load_show(args.folder, look_up=False)
    show = reading.show
    if show is None:
        raise UsageError(say("run.not_a_show", folder=args.folder))
    read = reading.scores
    scores = {n.id: read[n.score] for n in show.numbers if n.score and n.score in read}
    recorded = performers(args.performer, show, scores)
    began = monotonic_ns()
    with Progress(disable=args.json, transient=True) as bar:
        task = bar.add_task(say("rehearse.progress"), total=planned_seconds(show))
        pace = pacing(speed, began)

        def tell(over: float) -> None:
            bar.update(task, completed=over)
            pace(over)

        account = rehearse(show, scores, recorded, args.seed, tell)
    took = (monotonic_ns() - began) * 1e-9
    account = msgspec.structs.replace(
        account, problems=(*of_the_folder(reading), *account.problems)
    )
    if args.json:
        print(as_json(account, took))
    else:
        print("\n".join(lines(account, took)))
    return 1 if account.failed else 0


def pacing(speed: float | None, began: int) -> Callable[[float], None]:
    """What waits until life has caught up with so many seconds of the evening."""
    if speed is None:
        return lambda _: None
    return lambda over: sleep(over / speed - (monotonic_ns() - began) * 1e-9)


def performers(written: list[str], show: Show, scores: dict[str, Score]) -> dict[str, Messages]:
    """The recordings by number id; raises UsageError."""
    recorded: dict[str, Messages] = {}
    for words in written:
        if words == MODEL:
            continue
        number, separator, file = words.partition("=")
        if not separator:
            file = words
            number = next((n.id for n in show.numbers if n.id in scores), "")
            if not number:
                raise UsageError(say("rehearse.no_music"))
        if number not in scores:
            raise UsageError(say("rehearse.bad_performer", number=number))
        if number in recorded:
            raise UsageError(say("rehearse.twice", number=number))
        try:
            recorded[number] = tuple(read_performance(Path(file).read_bytes()))
        except (OSError, MidiError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise UsageError(say("run.performer_unreadable", file=file, why=why)) from error
    return recorded


def planned_seconds(show: Show) -> float | None:
    """How long the evening is planned to be, for a bar; None where not every number says."""
    minutes = [number.minutes for number in show.numbers]
    if any(one is None for one in minutes):
        return None
    return 60.0 * sum(m or 0.0 for m in minutes) + 60.0 * sum(n.change for n in show.numbers)


def of_the_folder(reading: Reading) -> tuple[Problem, ...]:
    """What reading found wrong, missing files among it; an empty seat is said by the walk."""
    return tuple(
        Problem("folder", f"{one.file}:{one.line}: {one.what}", one.remedy, failure=True)
        for one in reading.errors
    )


def as_json(account: Account, took: float) -> str:
    """The account as a JSON object; took: seconds in life."""
    told = msgspec.to_builtins(account)
    told |= {"failed": account.failed, "took": round(took, 3)}
    return json.dumps(told, ensure_ascii=False, indent=2)


def lines(account: Account, took: float) -> list[str]:
    """The account in words."""
    minutes = round(account.seconds / 60)
    length = f"{minutes // 60}:{minutes % 60:02}"
    times = account.seconds / max(took, 1e-9)
    told = [say("rehearse.line.title", title=account.title, length=length, took=took, times=times)]
    for one in account.numbers:
        line = say("rehearse.line.number", **msgspec.to_builtins(one))
        if one.stage:
            line += say("rehearse.line.on", stage=one.stage)
        if one.planned is not None:
            line += say("rehearse.line.planned", planned=one.planned)
        told.append(line)
    causes = ", ".join(f"{cause} {times}" for cause, times in account.causes.items())
    told.append(
        say(
            "rehearse.line.cues",
            fired=account.fired,
            cues=account.cues,
            causes=causes,
            sent=account.sent,
        )
    )
    told += [
        say("rehearse.line.change", **msgspec.to_builtins(change)) for change in account.changes
    ]
    if account.curfew is not None:
        key = "rehearse.line.over" if account.curfew > 0 else "rehearse.line.under"
        told.append(say(key, minutes=abs(account.curfew)))
    for problem in sorted(account.problems, key=lambda one: not one.failure):
        key = "rehearse.line.failure" if problem.failure else "rehearse.line.note"
        told.append(say(key, what=problem.what, remedy=problem.remedy))
    faults = sum(problem.failure for problem in account.problems)
    if not account.problems:
        told.append(say("rehearse.line.clean"))
    else:
        told.append(say("rehearse.line.count", faults=faults, notes=len(account.problems) - faults))
    return told
