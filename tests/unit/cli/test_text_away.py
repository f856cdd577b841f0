"""Being away in plain text, over the real rules: the same powers as the page, in sentences."""

from typing import Any, cast

import msgspec
import pytest
from tests.scenario.line_stage import PEOPLE
from tests.unit.care.test_leave_acts import World

from collavoce.care.outcome import Kept
from collavoce.care.states.leave import LET_KNOW_AFTER_S
from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.away import Away
from collavoce.cli.text.door import Door
from collavoce.desk.care.view import phone_view
from collavoce.words import say

NAMES = {person.id: person.name for person in PEOPLE.values()}


class Terminal:
    """The phone of one person, typed."""

    def __init__(self, world: World, me: str) -> None:
        self.world, self.me = world, me
        self.page = Away(cast("Door", self), NAMES, me, self.act)
        self.asking = Asking("text.phone", self.page.commands(), Twice())

    def post(self, path: str, what: dict[str, Any]) -> Any:
        assert path == "/care/read"
        kind = what.pop("type")
        return msgspec.json.decode(self.world.reads(self.me, kind, **what))

    def act(self, **act: Any) -> str:
        kind = act.pop("type")
        outcome = self.world.says(self.me, kind, **act)
        return say("text.kept") if outcome == Kept() else str(getattr(outcome, "why", outcome))

    def types(self, line: str) -> str:
        self.hears()
        return self.asking.ask(line)

    def hears(self, away: dict[str, str] | None = None) -> str:
        """What the stream has it say; away: of the line, as the manager's page has it."""
        world, token = self.world, self.world.tokens[self.me]
        world.care.unlock(token)
        view = {**phone_view(world.care, self.me), **world.care.seen(token)}
        view |= {"line": {"may": [], **({} if away is None else {"away": away})}}
        plain = msgspec.json.decode(msgspec.json.encode(view))
        return "\n".join(self.page.says(plain))


@pytest.fixture
def world() -> World:
    return World()


def test_done_away_and_what_is_done_again_are_said_and_heard(world: World) -> None:
    idol = Terminal(world, "idol")
    assert idol.hears() == ""
    for line, heard in (
        ("done", "not available, no date"),
        ("away", "You stepped away. Shown is: not available, no date. You are not called"),
        ("away 2030-01-02", "until 2030-01-02. Shown is: not available, no date."),
        ("away 2030-01-02 shown called", "not available until 2030-01-02. You are called"),
        ("notyet", "no date"),
        ("again rehearses", "rehearses, does not perform"),
        ("again performs", "performs, does not rehearse"),
        ("again none", "no date"),
    ):
        assert idol.types(line) == say("text.kept"), line
        assert heard in idol.hears(), line
    idol.types("again both")
    assert idol.hears() == ""


def test_words_for_those_named_are_read_by_them_and_taken_away(world: World) -> None:
    idol, friend, second = (Terminal(world, p) for p in ("idol", "friend", "second"))
    idol.types("away 2030-01-02")
    assert idol.types("awaywords keep singing; mira") == say("text.kept")
    assert idol.types("awaywords") == "keep singing Read by: Mira."
    assert "Jun chose to be away" in friend.hears()
    assert friend.types("gone jun") == "Jun: keep singing"
    assert second.hears() == ""
    assert second.types("gone jun") == say("away.says.gone_nothing")
    idol.types("awaywords none")
    assert idol.types("awaywords") == say("away.text.none")
    assert friend.types("gone jun") == say("away.says.gone_nothing")


def test_the_way_back_is_written_walked_and_shared(world: World) -> None:
    idol, friend = Terminal(world, "idol"), Terminal(world, "friend")
    assert idol.types("way") == say("away.text.no_way")
    idol.types("way no one; the friend; the roof")
    idol.types("iamat the roof")
    idol.types("iamat the friend")
    idol.types("wayreaders mira")
    assert "You stand at: the friend. Seen by: Mira." in idol.types("way")
    assert "Jun shares a way back" in friend.hears()
    assert "Way back: no one; the friend; the roof. Stands at: the friend." in friend.types(
        "gone jun"
    )
    # Where they stand goes with the step itself.
    idol.types("way the friend; no one")
    assert "You stand at: the friend." in idol.types("way")
    idol.types("way none")
    assert friend.types("gone jun") == say("away.says.gone_nothing")


def test_a_step_goes_by_its_number_unless_a_step_is_called_so(world: World) -> None:
    idol = Terminal(world, "idol")
    idol.types("way no one; the friend; 1")
    idol.types("iamat 2")
    assert "You stand at: the friend." in idol.types("way")
    idol.types("iamat 1")
    assert "You stand at: 1." in idol.types("way")
    for beyond in ("0", "4"):
        with pytest.raises(AskingError):
            idol.types(f"iamat {beyond}")


def test_what_is_done_again_and_an_office_may_be_cut_short(world: World) -> None:
    idol = Terminal(world, "idol")
    idol.types("again r")
    assert "rehearses, does not perform" in idol.hears()
    idol.types("again p")
    assert "performs, does not rehearse" in idol.hears()
    idol.types("again n")
    world.clock.now += LET_KNOW_AFTER_S
    assert idol.types("tell b") == say("text.kept")
    assert "box office" in Terminal(world, "manager").types("offices")


def test_an_office_is_let_know_and_the_manager_hands_it_on(world: World) -> None:
    idol, manager = Terminal(world, "idol"), Terminal(world, "manager")
    idol.types("done")
    assert "Nobody can be told of it before" in idol.types("tell box office")
    world.clock.now += LET_KNOW_AFTER_S
    idol.types("tell press")
    idol.types("keepback press")
    assert manager.types("offices") == say("care.phone.lets_know_none")
    idol.types("tell box office")
    assert say("away.text.known") in manager.hears({"idol": "not available, no date"})
    assert "Jun lets the box office know: not available, no date." in manager.types("offices")
    assert idol.types("keepback box office") == say("away.refused.read")


def test_who_asks_is_told_one_sentence(world: World) -> None:
    manager = Terminal(world, "manager")
    assert "Jun: not available." in manager.hears({"idol": "not available"})
    told = manager.asking.ask("notavailable")
    assert told.splitlines() == [
        "Jun: not available.",
        say("away.page.asked_for"),
        say("away.page.neutral"),
    ]


@pytest.mark.parametrize(
    "line",
    ["away tomorrow", "away 2030-01-01 2030-01-02", "again", "tell label", "gone", "iamat x"],
)
def test_what_cannot_be_understood_is_answered_with_how(world: World, line: str) -> None:
    with pytest.raises(AskingError):
        Terminal(world, "idol").types(line)


def test_every_word_of_it_is_in_the_help(world: World) -> None:
    asking = Terminal(world, "idol").asking
    assert len(list(asking.lines())) == len(asking.commands)
