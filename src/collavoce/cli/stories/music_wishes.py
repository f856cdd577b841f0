"""D1, D6: marks that nobody reads unless it is said so; the knock from above."""

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.music_cast import (
    BEDS,
    DANCER,
    DIRECTOR,
    MANAGER,
    STAR,
    STUDIO,
    THIRD,
    ZONES,
    care_config,
)
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.text.door import View
from collavoce.desk.care.by_hand import HandCare
from collavoce.runtime.clock import fresh_id, monotonic_ns, wall_ns
from collavoce.words import say

FEELING, WISH = "CanaryGrowl this is not what I hear", "CanaryLow a ballad, down in E flat"
DENIED_MS = 1000.0
MEGA = 1e6
ANSWER_MS = 2000.0
HALF_A_DAY_S = 12 * 3600.0
PLACES = [(zone, name) for zone, name, _ in ZONES]


def wishes(account: Account, house: StoryHouse, star: Terminal) -> None:
    """D1: marks on a piece and in general; a wish to the musical director, and taken back."""
    with account.step("D1") as taking:
        kept = say("text.kept")
        marks = (f"notmine of growl: {FEELING}", f"sits: {WISH}")
        said = [star.types("mark", mark) == kept for mark in marks]
        taking.is_so("typed", all(said), Figure(len(said)))
        began = monotonic_ns()
        shown = [p for p in house.others(STAR) if p.reads("ReadGiven").get("given")]
        taking.is_so("nobody", not shown, Figure(len(shown)), count=len(house.phones) - 1)
        feeling = star.types("give", "1 director")
        taking.is_so("feeling", feeling == say("music.refused.feeling"), said=feeling)
        power = star.types("give", f"2 {MANAGER}")
        taking.is_so("power", power == say("music.refused.power"), said=power)
        star.types("give", "2 director")
        director = house.phones[DIRECTOR]
        given = [one["words"] for one in director.reads("ReadGiven")["given"]]
        taking.is_so("director", given == [WISH])
        log = house.phones[STAR].reads("ReadLog")["log"]
        taking.is_so("log", [row["who"] for row in log] == [DIRECTOR], Figure(len(log)))
        back = monotonic_ns()
        star.types("give", "2 nobody")
        denied = director.reads("ReadGiven")["given"] == []
        taking.within("denied", [ms(back, monotonic_ns()) if denied else None], DENIED_MS)
        told = [p for p in house.others(STAR) if _told(p, began)]
        taking.is_so("frames", not told, Figure(len(told)))
        stored = house.care_bytes()
        taking.is_so(
            "sealed", stored and b"Canary" not in stored, Figure(round(len(stored) / MEGA, 1), "MB")
        )


def _told(phone: PhonePage, since_ns: int) -> bool:
    """Whether a frame of the page named him, or his words, since."""
    return any(STAR in str(view.get(part)) for view in phone.views_since(since_ns) for part in view)


def knock(account: Account, house: StoryHouse, star: Terminal, dancer: Terminal) -> None:
    """D6: one tap from above; names only if both choose."""
    with account.step("D6") as taking:
        above, below = house.phones[STAR], house.phones[DANCER]
        dancer.types("at", STUDIO)
        began = monotonic_ns()
        star.types("knock", f"{STUDIO} named")
        heard = below.at(_heard, began)
        dancer.hears(say("music.says.knock_heard", place=dict(PLACES)[STUDIO]))
        taking.within("heard", [ms(began, heard)], ANSWER_MS)
        answered = monotonic_ns()
        dancer.types("answer", "come")
        at = above.at(_answers, answered)
        taking.within("come", [ms(answered, at)], ANSWER_MS, said=say("music.says.knock_got_come"))
        one_side = _who(above.view) + _who(below.view)
        taking.is_so("one_side", not one_side)
        both = monotonic_ns()
        dancer.types("answer", "come named")
        ends = (above.when(_who, both), below.when(_who, both))
        taking.is_so("both", _who(above.view) == DANCER and _who(below.view) == STAR)
        taking.within("apart", [abs(ms(ends[0] or 0, ends[1]))], ANSWER_MS)
        empty = house.phones[THIRD].answer("Knock", id=fresh_id(), place=BEDS)
        there = house.phones[DIRECTOR].answer("Knock", id=fresh_id(), place=STUDIO)
        again = above.answer("Knock", id=fresh_id(), place=STUDIO)
        taking.is_so("nobody_there", empty.get("kept") and empty == there)
        taking.is_so("minute", again.get("why") == say("music.refused.minute"))
        (manager,) = house.others(STAR, DANCER, THIRD, DIRECTOR)
        others = [manager] if _knows(manager, began) else []
        taking.is_so("nobody_else", not others, Figure(len(others)))
        page = house.phones[STAR].door.get("/care/music").decode()
        taking.is_so("house_of_five", say("music.page.knock_five") in page)
        _forgotten(taking)


def _forgotten(taking: Taking) -> None:
    """After half a day nothing is left; on a clock moved by hand, no process."""
    care = HandCare(care_config("-"), wall_ns() * 1e-9)
    for person in (STAR, DANCER):
        care.phone(person)
    care.does(DANCER, "BeHere", place=STUDIO)
    care.does(STAR, "Knock", id=fresh_id(), place=STUDIO)
    care.passes(HALF_A_DAY_S - 1)
    before = bool(care.seen(DANCER)["knock"]["heard"])
    care.passes(1)
    left = care.seen(DANCER)["knock"], care.seen(STAR)["knock"]
    nothing = all(not part["heard"] and not part["mine"] and not part["here"] for part in left)
    taking.is_so("forgotten", before and nothing, Figure(HALF_A_DAY_S / 3600, "h"))


def _heard(view: View) -> bool:
    return bool(view["knock"]["heard"])


def _answers(view: View) -> bool:
    return any(mine["answers"] for mine in view["knock"]["mine"])


def _who(view: View) -> str:
    """The name that a knock, or its answer, shows; "" for none."""
    heard = [one["who"] for one in view["knock"]["heard"]]
    mine = [answer["who"] for one in view["knock"]["mine"] for answer in one["answers"]]
    return "".join([*heard, *mine])


def _knows(phone: PhonePage, since_ns: int) -> bool:
    return any(
        view["knock"]["heard"] or view["knock"]["mine"] for view in phone.views_since(since_ns)
    )
