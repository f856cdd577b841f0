"""C9, C10, C12: an invitation without a time, messages, her own line, the concert."""

import json
import re

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.stories.weeks_cast import (
    CONCERT,
    ENTRANCE,
    FRIEND,
    NOT_CHOSEN,
    SINGER,
)
from collavoce.cli.text.door import View
from collavoce.runtime.clock import monotonic_ns
from collavoce.words import say

PLACE, SOMEDAY = "the park, by the water", "I will wait there again, someday."
LINE = "Sing. This is still yours."
NOTE = "I am here, whenever you look."
TOLD_MS = 2000.0
FRAME_MS = 1000 / 44
"""Of the light: the engine's grid is 44 Hz."""


def invitation(account: Account, house: StoryHouse, friend: Terminal, her: Terminal) -> None:
    """C9: a place and no time; a sign is an act of his, and she is told if she wished it."""
    with account.step("C9") as taking:
        reader = house.phones[SINGER]
        friend.types("invite", f"{SINGER} / {PLACE} / {SOMEDAY} / sign")
        (one,) = _post(house, SINGER)["invitations"]
        said = her.types("invite", "open 1")
        taking.is_so("opened", said == f"{PLACE}\n{SOMEDAY}", words=said.replace("\n", ": "))
        told = json.dumps(reader.reads("ReadInvitation", invitation=one["id"]))
        dated = re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", told)
        fields = {"id", "from", "may", "heeds", "sign", "fresh"}
        taking.is_so("no_time", dated is None and set(one) == fields, Figure(len(fields)))
        her.types("invite", "heed 1")
        friend.types("letters")
        taking.is_so("no_sign", not _post(house, SINGER)["invitations"][0]["sign"])
        others = [
            p for p in house.others(SINGER, FRIEND) if p.reads("ReadPost")["post"]["invitations"]
        ]
        taking.is_so("nobody_else", not others, Figure(len(others)))
        back = monotonic_ns()
        friend.types("back")
        reader.at(lambda view: view["post"]["waits"] and not view["gone"], back)
        signs = [one["sign"] for one in _post(house, SINGER)["invitations"]]
        taking.is_so("sign", signs == [True])


def messages(account: Account, house: StoryHouse, friend: Terminal, her: Terminal) -> None:
    """C10: sent, delivered, read, each when its reader lets it; one taken back unseen."""
    with account.step("C10") as taking:
        her.types("message", f"{FRIEND} / 10 / not this")
        waits = _sent(house)[0]
        gone = her.types("message", "back 1") == say("text.kept")
        never = not _post(house, FRIEND)["notes"]
        taking.is_so("taken_back", waits["left"] > 0 and gone and never)
        her.types("message", f"{FRIEND} / {NOTE}")
        friend_page, first = house.phones[FRIEND], _sent(house)[0]
        taking.is_so("sent", first["read"] is None and not first["left"])
        friend_page.answer("Ping", shown=[first["id"]])
        taking.is_so("delivered", _sent(house)[0]["delivered"] is not None)
        words = friend.types("message", "open 1")
        taking.is_so("opened", words == NOTE and _sent(house)[0]["read"] is None)
        friend.types("post", "read 0")
        her.types("message", f"{FRIEND} / again")
        unread = [one for one in _post(house, FRIEND)["notes"] if not one["opened"]]
        friend_page.reads("ReadNote", note=unread[0]["id"])
        read = [one["read"] is not None for one in _sent(house)]
        taking.is_so("read", sorted(read) == [False, True])
        others = [p for p in house.others(SINGER, FRIEND) if p.reads("ReadPost")["post"]["notes"]]
        taking.is_so("nobody_else", not others, Figure(len(others)))


def concert(account: Account, house: StoryHouse, her: Terminal) -> None:
    """C10's own line at the entrance's standby, and C12: standby by name, go, the first light."""
    desk = house.desk
    with account.step("C10", "-line") as taking:
        her.types("ear", f"for {ENTRANCE}: {LINE}")
        her.types("ear", "on")
        desk.orders("StartNumber", number=CONCERT)
        desk.at(lambda view: view["rail"]["number"] == CONCERT)
        heard, began = her.heard(), monotonic_ns()
        desk.orders("CallStandby", cue=ENTRANCE)
        her.hears(say("ear.text.at_standby", words=LINE), heard)
        taking.within("heard", [ms(began, monotonic_ns())], TOLD_MS, words=LINE)
        told = json.dumps(desk.view) + "".join(
            json.dumps(view)
            for person in NOT_CHOSEN
            for view in house.phones[person].views_since(began)
        )
        taking.is_so("nobody_else", LINE not in told, Figure(len(NOT_CHOSEN) + 1))
    with account.step("C12") as taking:
        (asked,) = desk.view["called"][ENTRANCE]["people"]
        asking = monotonic_ns()
        her.types("ready")
        at = desk.at(_is_ready, asking)
        taking.within("by_name", [ms(asking, at)], TOLD_MS, name=asked["name"])
        desk.orders("Go", cue=ENTRANCE)
        desk.at(lambda view: view["last"] and view["last"]["cue"] == ENTRANCE, asking)
        deeds = json.loads(desk.door.get("/history.json"))
        took = [deed["ms"] for deed in deeds if deed["cue"] == ENTRANCE and deed["is"] == "fired"]
        taking.within("wire", took, round(FRAME_MS, 1))
        taking.not_yet("timecode")


def _is_ready(view: View) -> bool:
    called = view["called"].get(ENTRANCE)
    return bool(called) and [one["sign"]["is"] for one in called["people"]] == ["standby.ready"]


def _post(house: StoryHouse, person: str) -> View:
    post: View = house.phones[person].reads("ReadPost")["post"]
    return post


def _sent(house: StoryHouse) -> list[View]:
    sent: list[View] = _post(house, SINGER)["sent"]
    return sent
