"""B7, B8, B10: what the caller decides, what security writes, what the report says."""

import io
import re
import shutil
from pathlib import Path

import apsw

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.line_cast import CALLER, DOOR, FRIEND, MANAGER, SECURITY, STEWARD, Cast
from collavoce.cli.stories.page import ms
from collavoce.cli.text.caller import CallerText
from collavoce.cli.text.door import Door, View
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.show.events import ReportWritten
from collavoce.words import say

RISK_MS = 1000.0
CAMERA, POLICE, WROTE = "camera 3, 22:14", "2026/1147", "Fan held his arm, led out by two of us."
REPORTED = "22:14-22:21 hold, line breach stage right, resolved"
HEALTH = "22:14 hold, the artist had a panic attack"
CARE, LINE = "care.db", "line.db"
OPAQUE = re.compile(r"^[A-Za-z0-9_-]{16,}$")


def risk(account: Account, house: StoryHouse, cast: Cast) -> None:
    """B7: from the breach or by the helper's choice; a named human decides."""
    with account.step("B7") as taking:
        clear_risks(house)
        desk, names = house.desk, cast.names()
        key, began = fresh_id(), monotonic_ns()
        house.phones[STEWARD].does("RaiseLine", key=key, zone=DOOR)
        at = desk.at(lambda view: view["line"]["risks"], began)
        taking.within("caller", [ms(began, at)], RISK_MS)
        taking.is_so("words", True, said=say("desk.risk.text"), script=say("desk.risk.script"))
        taking.is_so("standby", desk.view["line"]["standby"] is not None)
        taking.is_so("holder", _holders(desk.view) == [names[CALLER]], name=names[CALLER])
        taking.is_so("holds_nothing", not desk.view["rail"]["held"])
        desk.orders("TakeRisk", risk=desk.view["line"]["risks"][0]["id"], person=MANAGER)
        given = desk.when(lambda view: _holders(view) == [names[MANAGER]], began)
        taking.is_so("handed_on", given, name=names[MANAGER])
        house.phones[SECURITY].does("ResolveLine", breach=key)
        clear_risks(house)
        _by_the_helper(taking, house)


def _by_the_helper(taking: Taking, house: StoryHouse) -> None:
    began = monotonic_ns()
    house.phones[FRIEND].does("RaiseRisk", key=fresh_id())
    at = house.desk.at(lambda view: view["line"]["risks"], began)
    taking.within("helper", [ms(began, at)], RISK_MS)
    (one,) = house.desk.view["line"]["risks"]
    taking.is_so("no_name", not one["place"] and not one["line"])
    clear_risks(house)


def _holders(view: View) -> list[str]:
    return [one["holder_name"] for one in view["line"]["risks"]]


def clear_risks(house: StoryHouse) -> None:
    """The named human has decided: no risk is open any more."""
    risks, began = house.desk.view["line"]["risks"], monotonic_ns()
    for one in risks:
        house.desk.orders("ClearRisk", risk=one["id"])
    if risks:
        house.desk.at(lambda view: not view["line"]["risks"], began)


def record(account: Account, house: StoryHouse) -> None:
    """B8: apart from the care record."""
    with account.step("B8") as taking:
        security, key = house.phones[SECURITY], fresh_id()
        house.phones[STEWARD].does("RaiseLine", key=key, zone=DOOR)
        began = monotonic_ns()
        security.does("WriteRecord", breach=key, camera=CAMERA, police=POLICE, text=WROTE)
        security.at(lambda view: _records(view) == [POLICE], began)
        taking.is_so("kept", True)
        security.does("ResolveLine", breach=key)
        readers = {p.person for p in house.others() if any(map(_records, p.views_since(began)))}
        taking.is_so("security_only", readers == {SECURITY}, Figure(len(readers)))
        care, line = (_file(house, name) for name in (CARE, LINE))
        taking.is_so("two_files", care.exists() and line.exists(), Figure(2))
        of_care, of_line = (_names_in(_copied(file)) for file in (care, line))
        shared = of_care & of_line
        known = len(of_care) + len(of_line)
        taking.is_so("no_shared_id", known and not shared, Figure(len(shared)), known=known)
        clear_risks(house)


def _records(view: View) -> list[str]:
    breaches = view["line"].get("breaches", ())
    return [b["record"]["police"] for b in breaches if b.get("record", {}).get("police")]


def _file(house: StoryHouse, name: str) -> Path:
    return next((file for file in house.care_files() if file.name == name), Path(name))


def _copied(file: Path) -> Path:
    """`file` and what is not in it yet, where nobody else holds it open."""
    copy = file.with_name(f"copy-{file.name}.kept")
    for ending in ("", "-wal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            shutil.copyfile(part, copy.with_name(copy.name + ending))
    return copy


def _names_in(file: Path) -> set[str]:
    """Every opaque name that a store holds in the open, whatever its tables are called."""
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        tables = [
            str(name)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        cells = (
            cell
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608  its own names
            for cell in row
        )
        return {cell for cell in cells if isinstance(cell, str) and OPAQUE.match(cell)}
    finally:
        connection.close()


def report(account: Account, house: StoryHouse) -> None:
    """B10: one line for everybody, and the author warned of health words where they type."""
    with account.step("B10") as taking:
        heard = io.StringIO()
        door = Door(house.live.desk_url)
        caller = CallerText(door, house.live.desk_url, Teller(heard))
        before = _reported(house)
        warned = caller.asking.ask(f"report {HEALTH}")
        word = next((w for w in ("panic", "attack") if w in warned), "")
        taking.is_so("warned", word, word=word)
        taking.is_so("nothing_sent", _reported(house) == before, Figure(len(before)))
        said = caller.asking.ask(f"report {REPORTED}")
        taking.is_so("kept", said == say("text.kept"))
        taking.is_so("read", _reported(house) == [REPORTED], line=REPORTED)


def _reported(house: StoryHouse) -> list[str]:
    house.live.folded.catch_up()
    return [
        entry.event.text
        for _, entry in house.live.folded.recent
        if isinstance(entry.event, ReportWritten)
    ]
