"""C8: the note that never reached her. A draft, sealed in two steps, changed, and delivered, once.

What is delivered on a date, two weeks on, is shown in a house whose clock is moved by hand.
"""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.by_hand import HandHouse, open_by_hand
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.stories.weeks_cast import FRIEND, MANAGER, SINGER, ZONE, care_config
from collavoce.cli.text.door import View
from collavoce.runtime.clock import monotonic_ns, wall_ns
from collavoce.words import say

FIRST, NEXT = "CanaryNote keep singing", "CanaryNote keep singing. I will wait in the park."
ASKED = "CanaryAsked you asked"
LETTER = "the-letter-on-the-counter"
HOUR = "09:00"
DAY_S = 86_400.0
MEGA = 1e6
TEN_YEARS_S = 3652 * DAY_S
TOLD_MS = 2000.0


def letter(
    account: Account, house: StoryHouse, home: Path, friend: Terminal, her: Terminal, name: str
) -> None:
    """In the real house: a draft, two steps, changed, at her next sign-in, when she asks."""
    with account.step("C8") as taking:
        writer, reader = house.phones[FRIEND], house.phones[SINGER]
        friend.types("letters", f"write {SINGER} / asked / {FIRST}")
        (draft,) = _mine(writer)
        taking.is_so("draft", draft["is"] == "draft" and not _given(reader))
        once = friend.types("letters", "seal 1")
        taking.is_so("help", say("letters.text.help") in once and _mine(writer)[0]["is"] == "draft")
        friend.types("letters", "seal 1")
        taking.is_so("two_steps", _mine(writer)[0]["is"] == "sealed")
        fields = {key: draft[key] for key in ("to", "way", "day", "at")}
        writer.does("WriteLetter", letter=draft["id"], words=NEXT, **fields)
        taking.is_so("edited", _mine(writer)[0]["is"] == "sealed" and not _given(reader))
        asked = monotonic_ns()
        her.types("letters", "ask")
        reader.at(lambda view: view["post"]["waits"], asked)
        others = [p for p in house.others(SINGER) if _given(p)]
        taking.is_so("asked", len(_given(reader)) == 1 and not others, Figure(len(others)))
        said = her.types("letters", "open 1")
        taking.is_so("opened", said == NEXT, words=NEXT.partition(" ")[2])
        left = writer.reads("ReadLetter", letter=draft["id"])["words"]
        taking.is_so("left", not _mine(writer) and left is None)
        nothing = [p.answer("AskForLetters") for p in (reader, house.phones[MANAGER])]
        taking.is_so("same_answer", nothing[0] == nothing[1] and len(_given(reader)) == 1)
        _sign_in(taking, writer, reader)
        stored = house.care_bytes()
        taking.is_so("sealed", b"Canary" not in stored, Figure(round(len(stored) / MEGA, 1), "MB"))
        refused = friend.types("letters", f"write {SINGER} / silence / {FIRST}")
        taking.is_so("silence", refused == say("letters.refused.silence"), said=refused)
        _dated(taking, home, name)


def _sign_in(taking: Taking, writer: PhonePage, reader: PhonePage) -> None:
    act = {"to": SINGER, "way": "sign_in", "words": ASKED, "day": "", "at": ""}
    writer.does("WriteLetter", letter=LETTER, **act)
    writer.does("SealLetter", letter=LETTER, sure=True)
    sealed = monotonic_ns()
    reader.answer("Ping")
    here = LETTER in _given(reader)
    taking.within("sign_in", [ms(sealed, monotonic_ns()) if here else None], TOLD_MS)


def _dated(taking: Taking, home: Path, name: str) -> None:
    """Two weeks; the machine's clock is set ten years on, and back, before they are over."""
    config = care_config(name, str(home))
    zone, now = ZoneInfo(ZONE), wall_ns() * 1e-9
    due = datetime.fromtimestamp(now, zone) + timedelta(days=14)
    due = due.replace(hour=int(HOUR[:2]), minute=0, second=0, microsecond=0)
    with open_by_hand(config, home, now, (SINGER, FRIEND, MANAGER)) as house:
        writer = house.phones[FRIEND]
        day = due.date().isoformat()
        act = {"to": SINGER, "way": "date", "words": NEXT, "day": day, "at": HOUR}
        writer.does("WriteLetter", letter=LETTER, **act)
        writer.does("SealLetter", letter=LETTER, sure=True)
        house.pings(SINGER)
        before = len(_given(house.phones[SINGER]))
        _jumps(taking, house)
        house.passes(due.timestamp() - house.care.wall - 1.0)
        house.pings(SINGER)
        house.passes(0.0)
        early = before + len(_given(house.phones[SINGER]))
        taking.is_so("not_early", early == 0, Figure(early), day=day, hour=HOUR)
        house.passes(1.0)
        shown = {person: len(_given(phone)) for person, phone in house.phones.items()}
        taking.is_so(
            "her_alone", shown == {SINGER: 1, FRIEND: 0, MANAGER: 0}, Figure(shown[SINGER])
        )
        for jump in (-DAY_S, 2 * DAY_S, TEN_YEARS_S):
            house.passes(5.0, wall=jump)
            house.pings(SINGER)
            house.passes(5.0)
        times = house.care.delivered
        taking.is_so("once", times == 1 and len(_given(house.phones[SINGER])) == 1, Figure(times))


def _jumps(taking: Taking, house: HandHouse) -> None:
    true = house.care.wall
    house.passes(5.0, wall=TEN_YEARS_S)
    house.pings(SINGER, true + 5.0)
    house.passes(5.0)
    ahead = len(_given(house.phones[SINGER]))
    house.passes(5.0, wall=true + 15.0 - house.care.wall)
    house.pings(SINGER)
    taking.is_so("jump", ahead == 0, Figure(ahead))


def _post(phone: PhonePage) -> View:
    post: View = phone.reads("ReadPost")["post"]
    return post


def _mine(phone: PhonePage) -> list[View]:
    mine: list[View] = _post(phone)["mine"]
    return mine


def _given(phone: PhonePage) -> list[str]:
    return [one["id"] for one in _post(phone)["given"]]
