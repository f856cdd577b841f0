"""The care store of an earlier release, with a call open in it, goes on under this one."""

import shutil
from pathlib import Path

import pytest
from tests.process.opened_dump import opened

from collavoce.care.commands import SayComing
from collavoce.care.ladder import Moment, Rung
from collavoce.care.outcome import Kept
from collavoce.care.reached.standing import CallState, calls
from collavoce.care.states.keys import Sight
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.home import Home, server_key
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.shelf import Shelf

STORE = Path(__file__).parent / "care_a37af66"
NAMES = ("Yuna Park", "Mona Adler", "Ines Okafor", "Tove Lind", "Karl Weber")
IDS = ("pianist", "friend", "second", "singer", "manager")
PEOPLE = {i: Person(i, name) for i, name in zip(IDS, NAMES, strict=True)}
BOOT = "the machine's first start"
OPEN, ENDED, TAKEN_BACK = "pianist-press-0001", "singer-press-00001", "singer-press-00002"


class Today:
    """Today's program over a copy of the old store."""

    def __init__(self, folder: Path, now: float, people: dict[str, Person] = PEOPLE) -> None:
        self.now = now
        store = SealedStore.open(folder / "care.db", ballast_bytes=0)
        key = server_key(Home(folder, folder / "server.key"))
        self.shelf = Shelf(store, key, people, lambda: 1_790_000_000.0)
        self.house = House(people, self.shelf, lambda: Moment(self.now))
        self.house.open(BOOT)
        self.own = OwnThings(self.house, self.shelf)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(STORE, tmp_path / "care")
    return tmp_path / "care"


def rows_of(today: Today, press: str) -> list[str]:
    place = next(place for place in today.shelf.places() if place[2] == press)
    return [type(entry.event).__name__ for entry in today.shelf.entries(place)]


def test_the_open_call_is_open_and_goes_on_where_it_was(folder: Path) -> None:
    today = Today(folder, 203.0)
    alert = today.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.press == OPEN
    assert alert.order == ("friend", "second")
    assert alert.shown == {"friend"}
    assert alert.rung is Rung.FIRST
    today.house.turn()
    assert rows_of(today, OPEN) == ["AlertRaised", "CallShown"], "nothing is repeated"
    today.now = 200.0 + 15.0 - 0.01
    today.house.turn()
    assert rows_of(today, OPEN) == ["AlertRaised", "CallShown"], "no step is early"
    today.now = 200.0 + 15.0
    today.house.turn()
    alert = today.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert tuple(alert.calls) == ("friend", "second")
    assert rows_of(today, OPEN).count("RungReached") == 1
    assert isinstance(today.house.ask(SayComing("second", OPEN)), Kept)
    found = {c.owner: c.state for c in calls(today.house.state, "friend", Moment(today.now))}
    assert found["pianist"] is CallState.COVERED
    today.shelf.close()


def test_everything_else_is_there_and_what_was_taken_back_is_not(folder: Path) -> None:
    today = Today(folder, 203.0)
    state = today.house.state
    assert state.circles.agreed("pianist") == ("friend", "second")
    assert state.circles.of("pianist").times.second_after == 15.0
    assert state.circles.agreed("singer") == ("second",)
    assert len(state.pairings.devices_of("pianist")) == 2
    assert len(state.pairings.devices) == 6
    assert "pianist" in state.pairings.recoveries
    assert state.alerts.open_of("singer") is None
    presses = {place[2] for place in today.shelf.places() if place[0] == "press"}
    assert presses == {OPEN, ENDED}
    today.shelf.close()


def test_opened_once_no_id_of_the_show_is_left_in_the_store(folder: Path, tmp_path: Path) -> None:
    Today(folder, 203.0).shelf.close()
    today = Today(folder, 204.0)
    today.shelf.close()
    key = (folder / "server.key").read_bytes()
    told = repr(opened(folder / "care.db", key, tmp_path / "scratch").bodies)
    assert not [i for i in (*IDS, *NAMES) if f"'{i}'" in told]
    assert today.house.state.alerts.open_of("pianist") is not None
    assert told.count("'CareOpened'") == 3
    assert TAKEN_BACK not in told


def test_two_openings_read_the_same(folder: Path) -> None:
    first = Today(folder, 203.0)
    before = first.house.state
    first.shelf.close()
    second = Today(folder, 203.0)
    assert second.house.state == before
    second.shelf.close()


def test_phones_of_then_get_their_key_at_their_next_request(folder: Path) -> None:
    today = Today(folder, 203.0)
    for person in IDS:
        unlocked = today.own.unlock(f"token of {person}")
        assert unlocked is not None
        assert (unlocked.person, unlocked.sight) == (person, Sight.OPEN)
    today.own.unlock("tablet of pianist")
    today.own.unlock("token of pianist")
    assert isinstance(today.own.write_lines("tablet of pianist", ("quiet",), ("friend",)), Kept)
    assert today.own.lines_for("token of friend", "pianist") == ("quiet",)
    today.shelf.close()


def test_somebody_who_is_of_the_company_no_more_is_called_on_in_an_open_call(
    folder: Path,
) -> None:
    Today(folder, 202.0).shelf.close()
    fewer = {i: person for i, person in PEOPLE.items() if i != "second"}
    today = Today(folder, 203.0, fewer)
    alert = today.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.order[0] == "friend"
    assert alert.order[1].startswith("~")
    today.shelf.close()
    # Back on the list they are themselves again: nothing of theirs was lost.
    today = Today(folder, 204.0)
    alert = today.house.state.alerts.open_of("pianist")
    assert alert is not None
    assert alert.order == ("friend", "second")
    assert today.own.unlock("token of second") is not None
    today.shelf.close()


def test_the_old_store_itself_was_written_by_the_old_release(tmp_path: Path) -> None:
    key = (STORE / "server.key").read_bytes()
    bodies = opened(STORE / "care.db", key, tmp_path).bodies
    assert {len(body) for body in bodies} == {2}, "it would prove nothing were it of today's form"
    assert "'pianist'" in repr(bodies)
    assert secret_hash("token of pianist") in repr(bodies)
