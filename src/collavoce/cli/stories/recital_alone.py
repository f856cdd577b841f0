"""A1, A4, A4b, A-a, A-e: his end and his friend's, typed in plain text with the monitor off."""

from dataclasses import dataclass

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.text.door import View
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

ANSWER_MS = 2000.0
SECOND_S = 5.0
LOOK_S = 3.0
DENIED_MS = 1000.0
KEYS_MOST = 5
AWAIT_NOTHING_S = 2.0
MINUTES = 30
SCENT = "Lavender. Not a word about it."


@dataclass(slots=True)
class Ends:
    """his, hers, third: what they hold; he, she: two of them in plain text."""

    house: StoryHouse
    his: PhonePage
    hers: PhonePage
    third: PhonePage
    he: Terminal
    she: Terminal

    def away(self, view: View) -> bool:
        """Whether the desk says that he is not available."""
        return any(one["person"] == self.his.person for one in view["people"]["away"])


def card(account: Account, ends: Ends) -> None:
    """A1: whom he would have, and that they agreed."""
    with account.step("A1") as taking:
        before = ends.she.heard()
        ends.he.types("circle", "m")
        ends.she.hears(say("care.phone.wants", who=_his_name(ends)), before)
        ends.she.types("yes", "r")
        agreed = ends.his.when(lambda v: [p["is"] for p in v["circle"]["order"]] == ["agreed"])
        taking.is_so("circle", agreed)
        _a_second(ends)
        ends.his.does("WriteLines", lines=[SCENT], shared=[ends.hers.person])
        shared = ends.his.reads("ReadMine")["shared"]
        taking.is_so("card", list(shared) == [ends.hers.person])
        taking.not_yet("rules")


def _a_second(ends: Ends) -> None:
    """Somebody who would be called after her, so that it shows when they are not."""
    times = {"receipt_after": SECOND_S, "all_after": 60.0, "voice_after": 120.0}
    ends.his.does("WriteLadder", **times)
    order = [ends.hers.person, ends.third.person]
    ends.his.does("WriteCircle", order=order, second_after=SECOND_S)
    ends.third.does("Reply", owner=ends.his.person, agrees=True)


def _his_name(ends: Ends) -> str:
    people = ends.house.live.folded.show.people
    return people[ends.his.person].name


def alone(account: Account, ends: Ends) -> None:
    """A4: left alone, longer, looked after once the time is over that he set."""
    with account.step("A4") as taking:
        began = monotonic_ns()
        ends.he.types("alone")
        at = ends.hers.at(lambda v: _trust(v, ends)["alone"] is not None, began)
        taking.within("circle", [ms(began, at)], ANSWER_MS)
        left = _trust(ends.hers.view, ends)["alone"]
        taking.is_so("minutes", MINUTES * 60 - 10 <= left <= MINUTES * 60, Figure(left, "s"))
        desk = ends.house.desk.at(ends.away, began)
        taking.within("desk", [ms(began, desk)], ANSWER_MS)
        (one,) = ends.house.desk.view["people"]["away"]
        taking.is_so("no_reason", set(one) == {"person", "name", "sign"}, Figure(len(one)))
        ends.hers.at(lambda v: (_trust(v, ends)["alone"] or left) < left - 1, began)
        longer = monotonic_ns()
        ends.he.types("alone")
        taking.is_so("longer", ends.hers.when(lambda v: _trust(v, ends)["alone"] >= left, longer))
        floor = monotonic_ns()
        ends.his.does("Alone", minutes=MINUTES, look_after=LOOK_S / 60)
        look = ends.hers.at(lambda v: _trust(v, ends)["look"], floor)
        taking.is_so("looked_after", True, Figure(round(ms(floor, look) / 1000, 1), "s"))
        others = [v for v in ends.third.views_since(floor) if _trust(v, ends)["look"]]
        taking.is_so("that_person", not others)
        back = monotonic_ns()
        ends.he.types("back")
        gone = ends.house.desk.when(lambda view: not ends.away(view), back)
        taking.is_so("back", gone)
        taking.not_yet("neutral")


def _trust(view: View, ends: Ends) -> View:
    found = (one for one in view["trust"] if one["id"] == ends.his.person)
    nothing: View = {"alone": None, "look": False, "with": ""}
    return next(found, nothing)


def with_him(account: Account, ends: Ends) -> None:
    """A4b: she says it, without a press; and with one open, ladder and calls stop."""
    with account.step("A4b") as taking:
        began = monotonic_ns()
        ends.she.types("with")
        seen = ends.third.at(lambda v: _trust(v, ends)["with"] == ends.hers.person, began)
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
    taking.is_so("card", lines == [[SCENT], []])
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


def by_keyboard(account: Account, ends: Ends) -> None:
    """A-a: no dead end, and few keys, at both ends."""
    with account.step("A-a") as taking:
        both = (ends.he, ends.she)
        dead = [word for end in both for word in end.dead_ends]
        taking.is_so("dead_ends", not dead, Figure(len(dead)))
        for end, key in ((ends.he, "his"), (ends.she, "hers")):
            most = max(end.keys.values())
            worst = ", ".join(word for word, keys in end.keys.items() if keys == most)
            taking.within(key, list(map(float, end.keys.values())), KEYS_MOST, "keys", worst=worst)


def friend_withdrawn(account: Account, ends: Ends) -> None:
    """A-e: whoever is taken off reads nothing any more, and is told nothing."""
    with account.step("A-e") as taking:
        ends.his.does("Alone", minutes=MINUTES)
        ends.hers.at(lambda view: _trust(view, ends)["alone"] is not None, monotonic_ns())
        dropped = monotonic_ns()
        ends.he.types("circle", "l")
        denied = ends.hers.at(lambda view: _trust(view, ends)["alone"] is None, dropped)
        taking.within("denied", [ms(dropped, denied)], DENIED_MS)
        ends.his.does("Back")


def _page(key: str) -> str:
    return say(f"care.phone.{key}", number="112")
