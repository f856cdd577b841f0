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
from collavoce.show.cues import Show
from collavoce.show.reading.actions import House
from collavoce.show.reading.finding import Finding, Findings, Severity
from collavoce.show.reading.numbers import display_text, read_numbers
from collavoce.show.reading.patch import Resolves, read_patch
from collavoce.show.reading.people import read_company
from collavoce.show.reading.places import FileReader, Scores, paths_read
from collavoce.show.reading.staffing import check_staffing
from collavoce.show.reading.table import Table
from collavoce.show.reading.toml_lines import Lines
from collavoce.show.reading.zones import LINE_DAYS, LINE_DAYS_MOST, read_starts, read_zones
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
    "title",
    "timezone",
    "guard",
    "emergency",
    "people",
    "exits",
    "zones",
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
) -> Reading:
    """The show that the bytes of `show.toml` describe; see `read_show`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        broken = Findings(SHOW_FILE, Lines({(): line}))
        broken.error((), "not_utf8")
        return Reading(None, broken.done())
    return read_show(text, files, resolves=resolves, knows_timezone=knows_timezone)


def read_show(
    text: str,
    files: Mapping[str, bytes] | FileReader,
    *,
    resolves: Resolves,
    knows_timezone: Callable[[str], bool],
) -> Reading:
    """The show that `text` describes.

    files : the folder's other files by their path, "/" between folders; or what reads them.
    resolves : whether a host name can be looked up. knows_timezone : whether there is such a zone.
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
    house = House(company, read_patch(top, resolves))
    scores = Scores(files.get if isinstance(files, Mapping) else files)
    title = display_text(top, "title", house)
    numbers = read_numbers(top, house, scores)
    check_staffing(top, company, numbers)
    show = Show(
        title=title,
        timezone=timezone,
        numbers=numbers,
        people=company.people,
        exits=company.exits,
        seats=company.seats,
        patch=house.patch,
        emergency=emergency,
        guard=Seconds(top.number("guard", GUARD_S, 0.0, GUARD_LONGEST_S)),
        zones=read_zones(top, company.exits),
        starts=read_starts(top),
        line_days=int(top.number("line_days", LINE_DAYS, 1, LINE_DAYS_MOST)),
    )
    findings = found.done()
    blocked = any(finding.blocking for finding in findings)
    return Reading(None if blocked else show, findings, paths_read(scores.known))


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
