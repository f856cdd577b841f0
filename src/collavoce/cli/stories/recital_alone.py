"""A4, A4b: he is left alone, or somebody is with him; typed at both ends in plain text."""

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.page import ms
from collavoce.cli.stories.recital_away import neutral
from collavoce.cli.stories.recital_ends import ANSWER_MS, SECOND_S, TWO_LINES, Ends, trust
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

LOOK_S = 3.0
AWAIT_NOTHING_S = 2.0
MINUTES = 30


def alone(account: Account, ends: Ends) -> None:
    """A4: left alone, longer, looked after once the time is over that he set."""
    with account.step("A4") as taking:
        began = monotonic_ns()
        ends.he.types("alone")
        at = ends.hers.at(lambda v: trust(v, ends)["alone"] is not None, began)
        taking.within("circle", [ms(began, at)], ANSWER_MS)
        left = trust(ends.hers.view, ends)["alone"]
        taking.is_so("minutes", MINUTES * 60 - 10 <= left <= MINUTES * 60, Figure(left, "s"))
        desk = ends.house.desk.at(ends.away, began)
        taking.within("desk", [ms(began, desk)], ANSWER_MS)
        (one,) = ends.house.desk.view["people"]["away"]
        neutral(taking, ends)
        taking.is_so("no_reason", set(one) == {"person", "name", "sign"}, Figure(len(one)))
        ends.hers.at(lambda v: (trust(v, ends)["alone"] or left) < left - 1, began)
        longer = monotonic_ns()
        ends.he.types("alone")
        taking.is_so("longer", ends.hers.when(lambda v: trust(v, ends)["alone"] >= left, longer))
        floor = monotonic_ns()
        ends.his.does("Alone", minutes=MINUTES, look_after=LOOK_S / 60)
        look = ends.hers.at(lambda v: trust(v, ends)["look"], floor)
        taking.is_so("looked_after", True, Figure(round(ms(floor, look) / 1000, 1), "s"))
        others = [v for v in ends.third.views_since(floor) if trust(v, ends)["look"]]
        taking.is_so("that_person", not others)
        back = monotonic_ns()
        ends.he.types("back")
        gone = ends.house.desk.when(lambda view: not ends.away(view), back)
        taking.is_so("back", gone)


def with_him(account: Account, ends: Ends) -> None:
    """A4b: she says it, without a press; and with one open, ladder and calls stop."""
    with account.step("A4b") as taking:
        began = monotonic_ns()
        ends.she.types("with")
        seen = ends.third.at(lambda v: trust(v, ends)["with"] == ends.hers.person, began)
        taking.within("circle", [ms(began, seen)], ANSWER_MS)
        away = ends.house.desk.at(ends.away, began)
        taking.within("desk", [ms(began, away)], ANSWER_MS)
        ends.she.types("apart")
        ends.house.desk.at(lambda view: not ends.away(view), began)
        _stops_the_ladder(taking, ends)
        _at_her_hand(taking, ends)


def _stops_the_ladder(taking: Taking, ends: Ends) -> None:
    pressed = monotonic_ns()
    ends.he.types("press")
    ends.hers.at(lambda view: view["calls"], pressed)
    press = ends.hers.view["calls"][0]["press"]
    lines = [phone.reads("ReadLines", press=press)["lines"] for phone in (ends.hers, ends.third)]
    taking.is_so("card", lines == [[TWO_LINES], []])
    said = monotonic_ns()
    ends.she.types("with")
    over = ends.his.at(lambda view: view["press"]["is"] == "arrived", said)
    taking.within("call_over", [ms(said, over)], ANSWER_MS)
    sleep(max(0.0, SECOND_S + AWAIT_NOTHING_S - ms(pressed, monotonic_ns()) / 1000))
    called = [view for view in ends.third.views_since(pressed) if view["calls"]]
    taking.is_so("ladder", not called, seconds=f"{SECOND_S:g}")


def _at_her_hand(taking: Taking, ends: Ends) -> None:
    """Send a medic, the emergency number, stop the show: from the page of whoever is with him."""
    taking.is_so("medic", ends.she.types("medic") == _page("line_medic"))
    number = ends.house.live.folded.show.emergency
    taking.is_so("emergency", number in ends.she.types("emergency"), number=number)
    began = monotonic_ns()
    ends.she.types("stop", times=2)
    held = ends.house.desk.at(lambda view: view["rail"]["held"], began)
    taking.within("stop", [ms(began, held)], ANSWER_MS)
    ends.house.desk.orders("Resume")
    # She stays until he says that he is there again.
    again = monotonic_ns()
    ends.he.types("back")
    ends.house.desk.at(lambda view: not ends.away(view), again)


def _page(key: str) -> str:
    return say(f"care.phone.{key}", number="112")
