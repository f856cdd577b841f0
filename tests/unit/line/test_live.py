"""The line kept and told: its own file, its mailboxes, what it asks of the engine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.scenario.line_stage import Disk
from tests.unit.line.house import NOW, PLACE, key

from collavoce.ledger.seal import new_key
from collavoce.ledger.sealed import SealedStore
from collavoce.line import commands as c
from collavoce.line import events as e
from collavoce.line.place import Utc
from collavoce.runtime import mail
from collavoce.runtime.line.asking import AGAIN_S, EngineAsker
from collavoce.runtime.line.config import starts_at
from collavoce.runtime.line.counter import Counter
from collavoce.runtime.line.house import EVENING_LASTS_S, LineHouse
from collavoce.runtime.line.shelf import DAY_S, EVENING_DAYS, LineShelf
from collavoce.runtime.links import Mailbox
from collavoce.show.commands import AskStop, SetAvailable

KEY = new_key()
SECURITY = PLACE.who("security_lead")


class Moment:
    """UTC, moved by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> Utc:
        return Utc(self.at)


def opened(path: Path, clock: Moment, server_key: bytes = KEY, days: int = 365) -> LineHouse:
    store = SealedStore.open(path / "line.db", ballast_bytes=0)
    house = LineHouse(PLACE, LineShelf(store, server_key), clock, days)
    house.open()
    return house


def a_breach(house: LineHouse, number: int = 1) -> None:
    assert house.ask(c.RaiseLine(key(number), "SR"), SECURITY) == e.Kept()
    record = c.WriteRecord(key(number), "camera-7", "PN-4711", "led-out-by-two")
    assert house.ask(record, SECURITY) == e.Kept()


def test_what_was_kept_is_known_after_a_restart(tmp_path: Path) -> None:
    clock = Moment()
    house = opened(tmp_path, clock)
    a_breach(house)
    house.ask(c.KeepClear(key(2), "SL"), SECURITY)
    before = house.state
    house.close()
    again = opened(tmp_path, clock)
    assert again.state == before
    again.close()


def test_the_file_shows_nothing_of_what_is_in_it(tmp_path: Path) -> None:
    house = opened(tmp_path, Moment())
    a_breach(house)
    house.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in (b"camera-7", b"PN-4711", b"led-out-by-two", b"security_lead", b"LineRaised"):
        assert word not in written


def test_the_record_is_kept_as_long_as_the_law_says_and_then_erased(tmp_path: Path) -> None:
    clock = Moment()
    house = opened(tmp_path, clock, days=30)
    a_breach(house)
    house.ask(c.ResolveLine(key(1)), SECURITY)
    clock.at += 30 * DAY_S - 10.0
    house.turn()
    house.close()
    house = opened(tmp_path, clock, days=30)
    assert key(1) in house.state.breaches
    clock.at += DAY_S
    house.turn()
    house.close()
    house = opened(tmp_path, clock, days=30)
    assert house.state.breaches == {}
    house.close()


def test_what_was_asked_for_last_night_is_not_open_tonight_but_a_breach_is(
    tmp_path: Path,
) -> None:
    clock = Moment()
    house = opened(tmp_path, clock)
    a_breach(house)
    house.ask(c.KeepClear(key(2), "SL"), SECURITY)
    house.close()
    clock.at += EVENING_LASTS_S + 1.0
    house = opened(tmp_path, clock)
    assert (list(house.state.breaches), list(house.state.clears)) == ([key(1)], [])
    clock.at += (EVENING_DAYS + 1) * DAY_S
    house.turn()
    house.close()


def test_a_disk_that_was_full_is_written_to_when_it_has_room(tmp_path: Path) -> None:
    del tmp_path
    disk = Disk(full=True)
    house = LineHouse(PLACE, disk, Moment())
    told: list[e.AnyEvent] = []
    house.told.append(told.append)
    assert house.ask(c.RaiseLine(key(1), "SR"), SECURITY) == e.NotRecorded(done=True)
    assert house.ask(c.ResolveLine(key(1)), SECURITY) == e.NotRecorded(done=False)
    assert [type(event) for event in told] == [e.LineRaised], "told all the same"
    disk.full = False
    assert house.ask(c.RaiseLine(key(1), "SR"), SECURITY) == e.Kept(), "the same press again"
    assert [type(event) for event in disk.events] == [e.LineRaised]


def test_nothing_is_told_before_it_is_on_disk() -> None:
    disk = Disk()
    house = LineHouse(PLACE, disk, Moment())
    house.told.append(lambda event: told.append(event in disk.events))
    told: list[bool] = []
    house.ask(c.RaiseLine(key(1), "SR"), SECURITY)
    assert told == [True]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "engine") as box:
        yield box


class Seconds:
    """A clock moved by hand."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def heard(engine: Mailbox) -> list[mail.Asked]:
    found: list[mail.Asked] = []
    while (received := engine.receive()) is not None:
        asked = mail.unpack(received[0])
        assert isinstance(asked, mail.Asked)
        found.append(asked)
    return found


def test_the_engine_is_asked_until_it_answers(tmp_path: Path, engine: Mailbox) -> None:
    clock = Seconds()
    asker = EngineAsker(tmp_path, clock)
    asker.ask(AskStop("s1"), "stop-s1")
    asker.ask(AskStop("s1"), "stop-s1")
    assert [asked.key for asked in heard(engine)] == ["stop-s1"]
    asker.turn()
    assert heard(engine) == [], "not yet again"
    clock.at += AGAIN_S
    asker.turn()
    assert [(asked.command, asked.by) for asked in heard(engine)] == [(AskStop("s1"), "wings")]
    engine.send(tmp_path / "line", mail.pack(mail.Kept("stop-s1", 7)))
    asker.hear()
    assert asker.waiting == 0
    clock.at += AGAIN_S
    asker.turn()
    assert heard(engine) == []
    asker.close()


def test_what_is_true_of_a_person_now_stands_for_what_was_true_before(
    tmp_path: Path, engine: Mailbox
) -> None:
    clock = Seconds()
    asker = EngineAsker(tmp_path, clock)
    asker.ask(SetAvailable("jun", available=False), "k1", "available jun")
    asker.ask(SetAvailable("jun", available=True), "k2", "available jun")
    heard(engine)
    clock.at += AGAIN_S
    asker.turn()
    assert [asked.key for asked in heard(engine)] == ["k2"]
    asker.close()


def test_a_desk_is_answered_once_for_a_key_and_told_everything(tmp_path: Path) -> None:
    asked: list[tuple[object, str]] = []

    def ask(command: object, role: str) -> e.Outcome:
        asked.append((command, role))
        return e.NotRecorded(done=True)

    counter = Counter(tmp_path, ask, lambda: {"may": [], "breaches": []})
    with Mailbox(tmp_path / "web") as desk:
        question = mail.pack(mail.LineAsked(c.LogRadio(key(1)), "desk-0001", "assistant"))
        for _ in range(2):
            desk.send(tmp_path / "care-line", question)
        desk.send(tmp_path / "care-line", b"nonsense")
        counter.answer_all()
        answers = [mail.unpack(desk.receive()[0]) for _ in range(2)]  # pyright: ignore[reportOptionalSubscript]  two were sent
        wanted = mail.LineAnswered("desk-0001", done=True, recorded=False)
        assert answers == [wanted, wanted]
        assert asked == [(c.LogRadio(key(1)), "assistant")]
        counter.tell()
        received = desk.receive()
        assert received is not None
        assert mail.unpack(received[0]) == mail.LineTold({"may": [], "breaches": []})
    counter.tell()
    counter.close()


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-03-29T16:00:00", "2026-03-29T17:30:00"),  # the day summer time begins in Vienna
        ("2026-11-21T10:00:00", "2026-11-21T18:30:00"),
        ("2026-11-21T22:00:00", "2026-11-21T18:30:00"),  # it is on
        ("2026-11-22T07:00:00", "2026-11-22T18:30:00"),  # last night's is over
    ],
)
def test_a_show_starts_at_its_own_time_of_day(now: str, wanted: str) -> None:
    at = starts_at("19:30", "Europe/Vienna", datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(wanted).replace(tzinfo=UTC).timestamp()
    assert starts_at("", "Europe/Vienna", datetime.now(UTC)) is None
