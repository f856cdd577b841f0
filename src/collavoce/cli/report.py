"""`collavoce report DIR`: the show report, as a page, on paper and for machines."""

import argparse
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.cli.reading import load_show
from collavoce.ledger import LedgerError
from collavoce.ledger.errors import StoreMissingError
from collavoce.report import Report, as_html, as_typst
from collavoce.report.page import as_json, heading, summary
from collavoce.runtime.clock import wall_ns
from collavoce.runtime.config import state_dir
from collavoce.runtime.paper import PaperError, pdf_of
from collavoce.runtime.reporting import NoPerformanceError, read_report
from collavoce.words import say

FOLDER = "reports"


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("report.arguments.folder"))
    parser.add_argument(
        "--performance", type=int, metavar="N", help=say("report.arguments.performance")
    )
    parser.add_argument("--stage", default="", help=say("report.arguments.stage"))
    parser.add_argument("--out", type=Path, metavar="FOLDER", help=say("report.arguments.out"))
    parser.add_argument("--json", action="store_true", help=say("report.arguments.as_json"))


def run(args: argparse.Namespace) -> int:
    """Write the report, or print it as JSON."""
    report = read(args.folder, args.performance, args.stage)
    if args.json:
        print(as_json(report))
        return 0
    name = f"report-{report.performance:04d}" + (f"-{args.stage}" if args.stage else "")
    target = args.out or state_dir(args.folder) / FOLDER
    source, inputs = as_typst(report)
    try:
        paper = pdf_of(source, inputs, wall_ns() * 1e-9)
        target.mkdir(parents=True, exist_ok=True)
        written = [target / f"{name}.{kind}" for kind in ("html", "pdf", "json")]
        written[0].write_text(as_html(report), encoding="utf-8")
        written[1].write_bytes(paper)
        written[2].write_text(as_json(report) + "\n", encoding="utf-8")
    except (OSError, PaperError) as error:
        raise UsageError(say("report.cannot_write", folder=target, why=error)) from error
    print(f"{report.title}, {heading(report)}")
    for label, value in summary(report):
        print(say("report.line", name=label, value=value))
    for path in written:
        print(say("report.written", file=path))
    return 0


def read(folder: Path, performance: int | None, stage: str = "") -> Report:
    """The report; raises UsageError."""
    reading = load_show(folder)
    if reading.show is None:
        raise UsageError(say("report.not_a_show", folder=folder))
    show = reading.show
    if stage and stage not in show.stages:
        known = ", ".join(show.stages) or say("report.none")
        raise UsageError(say("run.unknown_stage", stage=stage, known=known))
    scores = {
        number.id: reading.scores[number.score]
        for number in show.numbers
        if number.score is not None and number.score in reading.scores
    }
    try:
        return read_report(folder, show, scores, performance, stage)
    except StoreMissingError as error:
        raise UsageError(say("log.missing", folder=folder)) from error
    except LedgerError as error:
        raise UsageError(say("log.unreadable", file=state_dir(folder), why=error)) from error
    except NoPerformanceError as error:
        known = ", ".join(map(str, error.known)) or say("report.none")
        raise UsageError(say("report.no_performance", number=performance, known=known)) from error
