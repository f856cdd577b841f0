"""B5, B5b, B6, B9, B11: he presses, or cannot; the one comes, and stays."""

import json

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.gateway import Gateway
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.line_cast import (
    ASM,
    DOOR,
    FRIEND,
    IDOL,
    MANAGER,
    SECURITY,
    SISTER,
    STEWARD,
    WAY_OFF,
    WELFARE,
    Cast,
)
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.text.door import View
from collavoce.runtime.clock import fresh_id, monotonic_ns, sleep

DEVICE_MS = 2000.0
AWAIT_NOTHING_S = 2.0
"""Four frames of every page: what has not come by then was not sent at once."""

LINES = ("Stand where he sees you. Say your name.", "No questions. Water, no coffee.")
AFTERCARE = "Tomorrow at four. Walk first, talk later or not at all."

HOUR = "16:00"

HER_NUMBER, HIS_NUMBER = "+821000000001", "+821000000002"
SISTERS_NUMBER, LEADS_NUMBER = "+821000000003", "+821000000004"
NUMBERS = {FRIEND: HER_NUMBER, IDOL: HIS_NUMBER, SISTER: SISTERS_NUMBER, WELFARE: LEADS_NUMBER}
RECEIPT_S, SECOND_S, ALL_S, VOICE_S = 5.0, 5.5, 10.5, 11.0
"""His own values: the ladder of B-d and B-e is over in 11 s. The receipt's are the usual 5 s."""


def settle(house: StoryHouse) -> None:
    """What he wrote on his own phone, weeks before: no woman but one, and nobody else."""
    idol, friend, sister = (house.phones[p] for p in (IDOL, FRIEND, SISTER))
    idol.does("WriteCircle", order=[FRIEND, SISTER], second_after=SECOND_S)
    for trusted in (friend, sister):
        trusted.does("Reply", owner=IDOL, agrees=True)
    idol.does(
        "WriteLadder",
        receipt_after=RECEIPT_S,
        all_after=ALL_S,
        voice_after=VOICE_S,
        last_resort=WELFARE,
    )
    idol.does("WriteNear", kind="only", ids=[FRIEND])
    for person, number in NUMBERS.items():
        contacts = [{"channel": channel, "address": number} for channel in ("sms", "voice")]
        house.phones[person].does("WriteContacts", contacts=contacts)
    idol.does("WriteLines", lines=LINES, shared=[FRIEND])


def presses(account: Account, house: StoryHouse, gateway: Gateway) -> None:
    """B5: exactly one person."""
    with account.step("B5") as taking:
        idol, friend = house.phones[IDOL], house.phones[FRIEND]
        press, began = fresh_id(), monotonic_ns()
        taking.within("kept", [idol.does("Press", press=press)], 100.0)
        taking.within("device", [ms(began, friend.call(press, began))], DEVICE_MS)
        friend.does("Shown", press=press)
        idol.at(lambda v: v["press"]["is"] == "shown" and v["press"]["who"] == [FRIEND], began)
        taking.is_so("told", True)
        sleep(AWAIT_NOTHING_S)
        called = called_since(house, began)
        taking.is_so("exactly_one", called == {FRIEND}, Figure(len(called)))
        taking.is_so("no_message", not gateway.since(began))
        risks = [v for v in house.desk.views_since(began) if v["line"]["risks"]]
        taking.is_so("no_risk", not risks)
        end(house, press)


def cannot_press(account: Account, house: StoryHouse) -> None:
    """B5b: a breach at his exit or a hand opens his ladder, if his card says so."""
    with account.step("B5b") as taking:
        friend = house.phones[FRIEND]
        before, _ = _breach_at_his_exit(house)
        began = monotonic_ns()
        sleep(AWAIT_NOTHING_S)
        taking.is_so("closed", not called_since(house, began))
        house.phones[IDOL].does("WriteOpening", hand=True, breach=True)
        after, raised = _breach_at_his_exit(house)
        at = friend.at(lambda view: _opened(view, "breach"), raised)
        taking.within("opened", [ms(raised, at)], DEVICE_MS)
        taking.is_so("same_answer", before == after, Figure(len(after), "bytes"))
        call = _opened(friend.view, "breach")
        assert call is not None
        taking.is_so("running_order", call["place"] == WAY_OFF and not call["said"])
        end(house, call["press"])
        handed = monotonic_ns()
        house.phones[ASM].does("HandToFriend", key=fresh_id(), person=IDOL)
        at = friend.at(lambda view: _opened(view, "hand"), handed)
        taking.within("handed", [ms(handed, at)], DEVICE_MS)
        taking.is_so("exactly_one", called_since(house, handed) == {FRIEND})


def _breach_at_his_exit(house: StoryHouse) -> tuple[str, int]:
    """The steward raises the line at door 4: the answer as it was said, and when."""
    key, began = fresh_id(), monotonic_ns()
    answer = house.phones[STEWARD].answer("RaiseLine", key=key, zone=DOOR)
    house.phones[SECURITY].does("ResolveLine", breach=key)
    return json.dumps(answer), began


def _opened(view: View, how: str) -> View | None:
    """The call that stands, opened so."""
    return next((c for c in view["calls"] if c["is"] == "open" and c["how"] == how), None)


def comes(account: Account, house: StoryHouse) -> None:
    """B6: the place, two lines of his card, a free way without a reason."""
    with account.step("B6") as taking:
        idol, friend, security = (house.phones[p] for p in (IDOL, FRIEND, SECURITY))
        call = _opened(friend.view, "hand")
        assert call is not None
        began = monotonic_ns()
        friend.does("Coming", press=call["press"])
        at = idol.at(lambda view: view["press"]["is"] == "coming", began)
        taking.within("told", [ms(began, at)], DEVICE_MS)
        taking.is_so("place", call["place"] == WAY_OFF)
        lines = friend.reads("ReadLines", press=call["press"]).get("lines", ())
        taking.is_so("lines", tuple(lines) == LINES, Figure(len(lines)))
        asked, key = monotonic_ns(), fresh_id()
        friend.does("KeepClear", key=key, zone=DOOR)
        cleared = security.at(lambda view: view["line"]["clears"], asked)
        taking.within("clear", [ms(asked, cleared)], DEVICE_MS)
        (clear,) = security.view["line"]["clears"]
        taking.is_so("no_reason", set(clear) == {"id", "zone", "age"}, Figure(len(clear)))
        shown = {p.person: p.reads("ReadLines", press=call["press"]) for p in house.others()}
        readers = {person for person, theirs in shown.items() if theirs["lines"]}
        taking.is_so("lines_for_her", readers == {FRIEND}, Figure(len(readers)))
        security.does("LiftClear", clear=key)


def stays(account: Account, house: StoryHouse, cast: Cast) -> None:
    """B9: it stands until he or she says so, and nothing is asked of him."""
    with account.step("B9") as taking:
        idol, friend, manager = (house.phones[p] for p in (IDOL, FRIEND, MANAGER))
        press, began = idol.view["press"]["press"], monotonic_ns()
        friend.does("With", press=press)
        at = idol.at(lambda view: view["press"]["is"] == "arrived", began)
        taking.within("arrived", [ms(began, at)], DEVICE_MS)
        away = house.desk.at(lambda view: _away(view, cast), began)
        taking.within("away", [ms(began, away)], DEVICE_MS)
        (one,) = house.desk.view["people"]["away"]
        fields = set(one) == {"person", "name", "sign"}
        manager.at(lambda view: list(view["line"]["away"]) == [IDOL], began)
        taking.is_so("no_more", fields, Figure(len(one)))
        sleep(AWAIT_NOTHING_S)
        asked = [v for v in idol.views_since(began) if v["asked"] or v["waiting"] or v["calls"]]
        taking.is_so("no_questions", not asked, Figure(len(idol.views_since(began))))
        taking.is_so("stands", _away(house.desk.view, cast))
        back = monotonic_ns()
        idol.does("NotWith", owner=IDOL)
        idol.does("Back")
        taking.is_so("he_ends_it", house.desk.when(lambda view: not _away(view, cast), back))


def _away(view: View, cast: Cast) -> bool:
    return any(one["name"] == cast.names()[IDOL] for one in view["people"]["away"])


def afterwards(account: Account, house: StoryHouse) -> None:
    """B11: his own words, sealed to him."""
    with account.step("B11") as taking:
        idol = house.phones[IDOL]
        idol.does("WriteAftercare", words=AFTERCARE)
        taking.is_so("his_words", idol.reads("ReadMine")["aftercare"] == AFTERCARE)
        found = b"".join(file.read_bytes() for file in house.care_files())
        taking.is_so("sealed", AFTERCARE.encode() not in found, Figure(len(found), "bytes"))
        for person, key in ((IDOL, "his_hour"), (SECURITY, "security_too")):
            house.phones[person].does("ChooseHour", at=HOUR)
            chosen = house.phones[person].reads("ReadMine")["after"]
            taking.is_so(key, chosen["at"] == HOUR, at=HOUR)
        taking.not_shown("next_day")


def called_since(house: StoryHouse, since_ns: int) -> set[str]:
    """Whose pages showed a call since."""
    return {
        phone.person
        for phone in house.others()
        if any(c["is"] == "open" for view in phone.views_since(since_ns) for c in view["calls"])
    }


def end(house: StoryHouse, press: str) -> None:
    """She comes, is with him, and it is over."""
    friend, idol = house.phones[FRIEND], house.phones[IDOL]
    for act in ("Coming", "With"):
        friend.does(act, press=press)
    idol.does("NotWith", owner=IDOL)
    idol.does("Over", press=press)
    gone(idol, friend, press)


def gone(idol: PhonePage, friend: PhonePage, press: str) -> None:
    """Wait until no page shows it as open."""
    idol.at(lambda v: v["press"]["press"] != press or v["press"]["is"] in ("none", "arrived"))
    friend.at(lambda v: not any(c["press"] == press and c["is"] == "open" for c in v["calls"]))
