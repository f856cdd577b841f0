"""The show folder, read: `show.toml` and the scores beside it become a Show and findings.

Nothing in here opens a file or asks a name server: what lies around the text is handed in. However
broken the text is, what comes back are findings, each with its line and its remedy.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from collavoce.score.model import Score
from collavoce.show.actions.house import House
from collavoce.show.cues import Show
from collavoce.show.reading.changes import read_changes
from collavoce.show.reading.clock import read_clock
from collavoce.show.reading.departments import check_departments, read_departments
from collavoce.show.reading.effects import read_house_rules
from collavoce.show.reading.numbers import Tonight, read_numbers
from collavoce.show.reading.patch import Resolves, read_patch
from collavoce.show.reading.people import read_company
from collavoce.show.reading.places import FileReader, Scores, paths_read
from collavoce.show.reading.schedule import check_schedule
from collavoce.show.reading.sound_length import Peek
from collavoce.show.reading.sounds import FilePeek, SoundFiles
from collavoce.show.reading.staffing import check_staffing
from collavoce.show.reading.stages import read_stages, read_timers
from collavoce.show.reading.zones import LINE_DAYS, LINE_DAYS_MOST, read_starts, read_zones
from collavoce.show.written.finding import Finding, Findings, Severity
from collavoce.show.written.table import Table
from collavoce.show.written.toml_lines import Lines
from collavoce.units import Seconds

SHOW_FILE = "show.toml"

SHOW_LIMIT = 4 * 1024 * 1024
"""Bytes of `show.toml`: ten thousand cues."""

GUARD_S = 0.5
GUARD_LONGEST_S = 5.0
"""A GO that stays deaf longer is taken for broken."""

EMERGENCY = "112"
"""Answered in the European Union and on mobile phones nearly everywhere."""

TOP_KEYS = (
    "departments",
    "stages",
    "timers",
    "curfew",
    "changes",
    "title",
    "timezone",
    "guard",
    "emergency",
    "people",
    "exits",
    "zones",
    "house_rules",
    "seats",
    "starts",
    "line_days",
    "patch",
    "numbers",
)

_DIALLED = re.compile(r"\+?[0-9][0-9 *#-]{1,19}")

_TOML_LINE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a folder came to.

    show : None while a finding blocks. scores : by their path in the folder, as far as they read.
    """

    show: Show | None
    findings: tuple[Finding, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict[str, Score])

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


def read_show_file(
    data: bytes,
    files: Mapping[str, bytes] | FileReader,
    *,
    resolves: Resolves,
    knows_timezone: Callable[[str], bool],
    peek: FilePeek | None = None,
) -> Reading:
    """The show that the bytes of `show.toml` describe; see `read_show`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        broken = Findings(SHOW_FILE, Lines({(): line}))
        broken.error((), "not_utf8")
        return Reading(None, broken.done())
    return read_show(text, files, resolves=resolves, knows_timezone=knows_timezone, peek=peek)


def read_show(
    text: str,
    files: Mapping[str, bytes] | FileReader,
    *,
    resolves: Resolves,
    knows_timezone: Callable[[str], bool],
    peek: FilePeek | None = None,
) -> Reading:
    """The show that `text` describes.

    files : the folder's other files by their path, "/" between folders; or what reads them.
    resolves : whether a host name can be looked up. knows_timezone : whether there is such a zone.
    peek : both ends of a sound file by its path; None reads it whole.
    """
    data, trouble = _parse(text)
    if data is None:
        return Reading(None, trouble)
    found = Findings(SHOW_FILE, Lines.read(text))
    top = Table(found, (), data, TOP_KEYS)
    timezone = top.text("timezone", required=True)
    if timezone and not knows_timezone(timezone):
        top.error("timezone", "unknown_timezone", timezone=timezone)
    emergency = top.text("emergency") or EMERGENCY
    if not _DIALLED.fullmatch(emergency):
        top.error("emergency", "bad_emergency", number=emergency)
    company = read_company(top)
    tonight = Tonight(company, read_departments(top, company.people), read_stages(top))
    timers = read_timers(top)
    read_file = files.get if isinstance(files, Mapping) else files
    scores = Scores(read_file)
    sounds = SoundFiles(peek or _peeking(read_file))
    patch = read_patch(top, resolves)
    house = House(patch, company.seats, company.exits, sounds, timers, company.people)
    title = tonight.text(top, "title")
    read = read_numbers(top, house, tonight, scores)
    numbers = tuple(one.number for one in read)
    changes = read_changes(top, company.people, numbers)
    show = Show(
        title=title,
        timezone=timezone,
        numbers=numbers,
        people=company.people,
        exits=company.exits,
        seats=company.seats,
        patch=patch,
        emergency=emergency,
        guard=Seconds(top.number("guard", GUARD_S, 0.0, GUARD_LONGEST_S)),
        zones=read_zones(top, company.exits),
        house_rules=read_house_rules(top),
        starts=read_starts(top),
        line_days=int(top.number("line_days", LINE_DAYS, 1, LINE_DAYS_MOST)),
        crews=tonight.crews,
        stages=tonight.stages,
        timers=timers,
        curfew=read_clock(top, "curfew"),
        changes=tuple(change for _, change in changes),
    )
    check_staffing(top, company, numbers)
    check_departments(top, show.crews, (cue for number in numbers for cue in number.cues))
    check_schedule(top, show, paths_read(scores.known), read, changes)
    findings = found.done()
    blocked = any(finding.blocking for finding in findings)
    return Reading(None if blocked else show, findings, paths_read(scores.known))


def _peeking(read_file: FileReader) -> FilePeek:
    def peek(path: str) -> Peek | None:
        data = read_file(path)
        return None if data is None else Peek.of(data)

    return peek


def _parse(text: str) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """The text as tables; or None and what is wrong with it."""
    nowhere = Findings(SHOW_FILE, Lines())
    if len(text) > SHOW_LIMIT:
        nowhere.error((), "show_too_big", limit=SHOW_LIMIT >> 20)
        return None, nowhere.done()
    try:
        return tomllib.loads(text), ()
    except RecursionError:
        nowhere.error((), "too_deep")
        return None, nowhere.done()
    except ValueError as error:
        # TOMLDecodeError is a ValueError; so is a number with more digits than Python reads.
        line = _TOML_LINE.search(str(error))
        last = text.count("\n") + 1
        at = int(line["line"]) if line and line["line"] else last
        broken = Findings(SHOW_FILE, Lines({(): at}))
        reason = _TOML_LINE.sub("", str(error))
        broken.error((), "not_toml", reason=reason)
        return None, broken.done()
