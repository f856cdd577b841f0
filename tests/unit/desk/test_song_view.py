"""A song on the caller's desk: proposed with its cost, taken, called by its title, taken out."""

from typing import Any

import msgspec
import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.full_show import STORM, full_show
from tests.unit.cli.test_text_caller import Terminal, terminal

from collavoce.desk.orders import NotAnOrder, read_order
from collavoce.desk.tonight import evening_now
from collavoce.desk.views import caller_view, options_view, phone_view
from collavoce.report.making import Night, Told, report_of
from collavoce.runtime.telling import tell
from collavoce.show.commands import (
    ChangeSetList,
    ProposeNumber,
    StartNumber,
    Undo,
    WithdrawProposal,
)
from collavoce.show.events import Refused
from collavoce.show.setlist.evening import Lengths

__all__ = ["terminal"]  # a fixture that is another room's

BALLAD = ProposeNumber("song-1", "For the corner", "references/1.wav", 3.5, ("ren",))


@pytest.fixture
def hand() -> FakeStagehand:
    hand = FakeStagehand(show=full_show())
    hand.begin(STORM)
    hand.act(BALLAD, "wings")
    return hand


def plain(view: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(view))


def shown(hand: FakeStagehand) -> list[Any]:
    found = plain(options_view(evening_now(hand, Lengths())))["options"]
    return [one for one in found if "For the corner" in one["words"]]


def rows(hand: FakeStagehand) -> list[Any]:
    view = caller_view(
        hand.show, hand.state(), plan="p", seq=0, processes={}, history=hand.history()
    )
    return plain(view)["set"]


def take(hand: FakeStagehand) -> None:
    order = {
        "type": "ChangeSetList",
        **{k: shown(hand)[0][k] for k in ("plan", "option", "instead")},
    }
    hand.act(msgspec.convert(order, ChangeSetList))


def test_the_planner_shows_it_first_with_its_cost_in_words(hand: FakeStagehand) -> None:
    offered = shown(hand)
    assert 0 < len(offered) <= 3
    assert offered[0]["words"].startswith("For the corner after ")
    cost = " ".join(offered[0]["cost"])
    for words in ("it takes 3.5 min", "must be there: ", "recording: references/1.wav"):
        assert words in cost
    first = plain(options_view(evening_now(hand, Lengths())))["options"][0]
    assert first["words"] == offered[0]["words"]


def test_before_it_is_taken_the_page_itself_has_nothing_of_it(hand: FakeStagehand) -> None:
    without = FakeStagehand(show=full_show())
    without.begin(STORM)
    assert rows(hand) == rows(without)


def test_taken_it_has_its_title_everywhere_and_undo_takes_it_out(hand: FakeStagehand) -> None:
    take(hand)
    [song] = [row for row in rows(hand) if row["id"] == "song-1"]
    assert song["title"] == "For the corner"
    assert song["notes"] == ["by hand and clock, recording references/1.wav"]
    hand.act(StartNumber("song-1"))
    assert phone_view(hand.show, hand.state(), "ren")["number"] == "For the corner"
    refused = hand.act(Undo())
    assert isinstance(refused, Refused), "what is played stays"
    assert "For the corner" in refused.why
    assert any(row["id"] == "song-1" for row in rows(hand))


def test_undo_before_it_is_played_takes_it_out(hand: FakeStagehand) -> None:
    take(hand)
    hand.act(Undo())
    assert not any(row["id"] == "song-1" for row in rows(hand))
    assert shown(hand)


@pytest.mark.parametrize("command", [BALLAD, WithdrawProposal("song-1")])
def test_no_page_of_the_desk_proposes_or_withdraws(command: Any) -> None:
    body = plain(command) | {"type": type(command).__name__, "key": "12345678"}
    for speaker in ("caller", "phone"):
        answer = read_order(msgspec.json.encode(body), speaker)  # pyright: ignore[reportArgumentType]
        assert isinstance(answer, NotAnOrder)


def test_the_report_names_it_and_says_that_it_was_taken_into_the_set(hand: FakeStagehand) -> None:
    take(hand)
    hand.act(StartNumber("song-1"))
    told = Told(lambda event: tell(event, hand.show, str), lambda _number, _quarter: "", (1, ""))
    night = Night(1, "2026-05-04", tuple(hand.events), lambda _at: "20:14:00")
    report = report_of(hand.show, night, (), told)
    assert report.numbers[-1].title == "For the corner"
    [change] = [line.text for line in report.changes if "For the corner" in line.text]
    assert "For the corner after " in change
    said = [line.text for line in (*report.notes, *report.said, *report.changes)]
    assert not any("proposed" in text for text in said), (
        "that it was proposed is no news of a night"
    )


def test_the_text_desk_has_it_in_its_list_and_starts_it_by_its_title(
    terminal: Terminal,
) -> None:
    terminal.hand.act(BALLAD, "wings")
    told = terminal.types("setlist")
    line = next(one for one in told.splitlines() if "For the corner after " in one)
    assert "must be there: " in line
    terminal.types(f"choose {line.split()[1].rstrip(':')}")
    assert "For the corner, to come, by hand and clock" in terminal.types("setlist")
    terminal.types("start for the")
    assert terminal.asked()[-1] == StartNumber("song-1")
