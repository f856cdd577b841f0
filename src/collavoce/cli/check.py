"""`collavoce check DIR`: find what is wrong in a show folder before an audience does."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from collavoce.cli.care_check import care_findings
from collavoce.cli.reading import load_show
from collavoce.cli.rig_check import rig_findings
from collavoce.cli.takes_check import takes_findings
from collavoce.show.written.finding import Finding, Severity
from collavoce.words import say


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("check.folder"))
    parser.add_argument("--json", action="store_true", help=say("check.json"))


def run(args: argparse.Namespace) -> int:
    """Print what was found; 1 if any of it is an error."""
    reading = load_show(args.folder)
    found = reading.findings
    if reading.show is not None:
        found += rig_findings(reading.show) + takes_findings(args.folder, reading.show)
        found += care_findings(args.folder, reading.show)
    if args.json:
        print(as_json(found))
    else:
        print("\n".join([*map(line, found), summary(found)]))
    return 1 if reading.errors else 0


def as_json(findings: Sequence[Finding]) -> str:
    """A JSON list of {file, line, what, remedy, severity, blocking}."""
    return json.dumps(msgspec.to_builtins(findings), ensure_ascii=False, indent=2)


def line(finding: Finding) -> str:
    """One finding as editors and people read it; a warning or a note says that it is one."""
    key = f"check.{finding.severity}"
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return say(key, place=place, what=finding.what, remedy=finding.remedy)


def summary(findings: Sequence[Finding]) -> str:
    """The last line: how much there is, and whether the show can be run."""
    if not findings:
        return say("check.clean")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    blocked = any(finding.blocking for finding in findings)
    runs = say("check.blocked" if blocked else "check.runs")
    return say("check.count", errors=errors, warnings=warnings, runs=runs)
