"""A1, A5, A-e: his circle, his card shared line by line, his rule, and what is for everybody."""

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.stories.recital_cast import CORRIDOR, RULE
from collavoce.cli.stories.recital_ends import SECOND_S, TWO_LINES, Ends, trust
from collavoce.cli.text.door import View
from collavoce.line import LineState, decide, evolve, line_view
from collavoce.line.commands import RaiseHazard
from collavoce.line.events import Refused
from collavoce.line.place import Utc
from collavoce.runtime.clock import monotonic_ns, utc_now
from collavoce.runtime.line.config import line_config
from collavoce.words import say

LAVENDER = "Lavender takes me back. Please none near me."
LEAVE_ME = "Leave me alone afterwards. Do not ask."
NEAR_WORDS = "Mina. Nobody else without asking me."
SHARED = {"scents": LAVENDER, "helps": LEAVE_ME}
REVIEW_DAYS = 90
WET, MINUTES = "wet floor", 5
DENIED_MS = 1000.0
ALONE_MIN = 30


def card(account: Account, ends: Ends) -> None:
    """A1: whom he would have, what they may know, and the one rule that speaks for him."""
    with account.step("A1") as taking:
        before = ends.she.heard()
        ends.he.types("circle", "m")
        ends.she.hears(say("care.phone.wants", who=ends.name()), before)
        ends.she.types("yes", "r")
        agreed = ends.his.when(lambda v: [p["is"] for p in v["circle"]["order"]] == ["agreed"])
        taking.is_so("circle", agreed)
        _his_card(taking, ends)
        _who_may_come(taking, ends)
        ends.he.writes("rules", "add tired: mina")
        rules = [(r["answers"], r["persons"]) for r in ends.his.reads("ReadCheckIn")["rules"]]
        taking.is_so("rule", rules == [(["tired"], [ends.hers.person])], Figure(len(rules)))
        kept = ends.his.reads("ReadCard")["card"]
        taking.is_so("review", kept["every"] == REVIEW_DAYS, Figure(kept["every"]))
        _a_second(ends)


def _his_card(taking: Taking, ends: Ends) -> None:
    for field, words in {**SHARED, "near": NEAR_WORDS}.items():
        ends.he.writes("write", f"{field}: {words}")
    ends.he.writes("share", "scents, helps with mina")
    shown = _of_him(ends.hers, ends)
    taking.is_so("shared", shown == SHARED, Figure(len(shown)), all=len(SHARED) + 1)
    others = ends.house.others(ends.his.person, ends.hers.person)
    readers = [phone for phone in others if _of_him(phone, ends)]
    taking.is_so("nobody_else", not readers, Figure(len(readers)), count=len(others))
    ends.his.does("WriteLines", lines=[TWO_LINES], shared=[ends.hers.person])
    log = ends.his.reads("ReadLog")["log"]
    rows = [row for row in log if row["who"] == ends.hers.person]
    taking.is_so("log", rows, Figure(len(rows)))


def _who_may_come(taking: Taking, ends: Ends) -> None:
    ends.he.writes("near", "only mina, layla")
    near = ends.his.reads("ReadMine")["near"]
    so = (near["kind"], {*near["ids"]}) == ("only", {ends.hers.person, ends.third.person})
    taking.is_so("near", so)


def _of_him(phone: PhonePage, ends: Ends) -> View:
    shown: View = phone.reads("ReadCardOf", owner=ends.his.person).get("fields", {})
    return shown


def _a_second(ends: Ends) -> None:
    """Somebody who would be called after her, so that it shows when they are not."""
    times = {"receipt_after": SECOND_S, "all_after": 60.0, "voice_after": 120.0}
    ends.his.does("WriteLadder", **times)
    order = [ends.hers.person, ends.third.person]
    ends.his.does("WriteCircle", order=order, second_after=SECOND_S)
    ends.third.does("Reply", owner=ends.his.person, agrees=True)


def scent(account: Account, ends: Ends) -> None:
    """A5: what is his stands on his card; what is the house's is for all, from nobody's name."""
    with account.step("A5") as taking:
        house, phones = ends.house, list(ends.house.phones.values())
        read = ends.she.types("who", "r")
        taking.is_so("card", LAVENDER in read)
        marked = [phone for phone in phones if phone.view["line"].get("hazards")]
        taking.is_so("no_map", not marked, Figure(len(marked)))
        told = [phone for phone in phones if RULE in phone.door.get("/care/").decode()]
        taking.is_so("rule", len(told) == len(phones), Figure(len(told)), all=len(phones))
        began = monotonic_ns()
        house.desk.says("RaiseHazard", zone=CORRIDOR, kind=WET, minutes=MINUTES)
        came = [phone.when(_wet, began) for phone in phones]
        taking.is_so("hazard", all(came), Figure(sum(map(bool, came))), all=len(phones))
        (one,) = ends.third.view["line"]["hazards"]
        taking.is_so("no_name", set(one) == {"zone", "kind", "left", "minutes"}, Figure(len(one)))
        taking.is_so("expires", _is_over(ends), minutes=MINUTES)


def _wet(view: View) -> bool:
    return [one["kind"] for one in view["line"].get("hazards", ())] == [WET]


def _is_over(ends: Ends) -> bool:
    """By the line's own rules, which hold on every page: nobody waits five minutes for it here."""
    at = utc_now()
    place, now = line_config(ends.house.live.folded.show, at).place(), Utc(at.timestamp())
    wet = RaiseHazard(CORRIDOR, WET, MINUTES)
    decided = decide(place, LineState(), wet, place.desk(), now)
    if isinstance(decided, Refused):
        return False
    state = LineState()
    for event in decided:
        state = evolve(state, event)
    last, over = Utc(now + 60.0 * MINUTES - 1.0), Utc(now + 60.0 * MINUTES)
    who = place.who(ends.third.person)
    seen = [bool(line_view(place, state, who, one).get("hazards")) for one in (last, over)]
    return seen == [True, False]


def friend_withdrawn(account: Account, ends: Ends) -> None:
    """A-e: whoever is taken off reads nothing any more, and is told nothing."""
    with account.step("A-e") as taking:
        mark = ends.hers.view["card"]
        taken = monotonic_ns()
        ends.he.types("allback")
        shown = _of_him(ends.hers, ends)
        taking.is_so("field_denied", not shown, Figure(len(shown)))
        taking.within("read", [ms(taken, monotonic_ns())], DENIED_MS)
        changed = ends.hers.at(lambda view: view["card"] != mark, taken)
        taking.within("open_page", [ms(taken, changed)], DENIED_MS)
        kept = ends.his.reads("ReadCard")["card"]["fields"]
        taking.is_so("words_stay", kept["scents"]["words"] == LAVENDER)
        ends.his.does("Alone", minutes=ALONE_MIN)
        ends.hers.at(lambda view: trust(view, ends)["alone"] is not None, monotonic_ns())
        dropped = monotonic_ns()
        ends.he.types("circle", "l")
        denied = ends.hers.at(lambda view: trust(view, ends)["alone"] is None, dropped)
        taking.within("denied", [ms(dropped, denied)], DENIED_MS)
        ends.his.does("Back")
