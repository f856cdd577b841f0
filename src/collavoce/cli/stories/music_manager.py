"""D-b: two houses alike but for a thousand wishes, and every byte that is sent to the manager.

Both are in this process and their clocks stand still; pages, streams and answers go over HTTP.
"""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.by_hand import HandHouse, open_by_hand
from collavoce.cli.stories.music_cast import (
    DANCERS,
    GROWL,
    MANAGER,
    STAR,
    care_config,
)
from collavoce.cli.stories.page import PATIENCE_S
from collavoce.cli.stories.tape import Tape
from collavoce.cli.stories.twin import FRAME_PARTS, differing
from collavoce.cli.text.door import Door
from collavoce.cli.text.phone import STREAM
from collavoce.desk.care.by_hand import HandCare
from collavoce.runtime.clock import wall_ns

WISHES = 1000
OF_EACH = 100
FRAMES = 6
PAGES = ("", "card", "checkin", "away", "letters", "music", "ear")
READS = (
    *("ReadMarks", "ReadGiven", "ReadSongs", "ReadLog", "ReadMine", "ReadLookOver"),
    *("ReadPost", "ReadOffices", "ReadAway", "ReadCheckIn", "ReadMeets", "ReadEar"),
)
QUARTER_S = 900.0
KINDS = ("not_mine", "sits", "hurts", "like")
ASKING = ("sits", "like")
"""What may go to the musical director."""

WHO = (STAR, *DANCERS)[: WISHES // OF_EACH]


def manager(account: Account, home: Path, dancer_name: str) -> None:
    """Open both in `home`, wish in one, and compare what the manager is sent."""
    wall = wall_ns() * 1e-9
    with account.step("D-b") as taking:
        sent: list[list[bytes]] = []
        for name, wishes in (("with", WISHES), ("without", 0)):
            folder = home / name
            config = care_config(dancer_name, str(folder))
            with open_by_hand(config, folder, wall, (MANAGER,), stored=False) as house:
                kept = _wished(house, wishes)
                sent.append(_all_that_is_sent(house))
            if wishes:
                taking.is_so("kept", kept == wishes, Figure(kept))
        pages, answers, frames = (len(PAGES), len(READS), FRAMES)
        one, other = (b"".join(parts) for parts in sent)
        differ = differing(one, other)
        same = differ == 0 and len(sent[0]) == len(sent[1])
        taking.is_so(
            "bytes", same, Figure(differ), all=len(one), pages=pages, reads=answers, frames=frames
        )


def _wished(house: HandHouse, wishes: int) -> int:
    """`wishes` marks by ten people, some given to the director, some ticked; how many were kept."""
    kept = 0

    def wish() -> None:
        nonlocal kept
        for person in WHO:
            house.care.phone(person)
        kept = sum(_wish(house.care, number) for number in range(wishes))

    house.clock.does(wish)
    for _ in range(2):
        house.passes(QUARTER_S)
    return kept


def _wish(care: HandCare, number: int) -> bool:
    person, nth = WHO[number // OF_EACH], number % OF_EACH
    kind = KINDS[nth % len(KINDS)]
    mark = f"wish-{number:017d}"
    fields = {
        "kind": kind,
        "piece": GROWL if nth % 2 else "",
        "title": "",
        "words": f"wish {number}",
        "to": "musical director" if kind in ASKING else "",
    }
    kept = care.does(person, "WriteMark", id=mark, **fields)
    return kept and (nth > 0 or care.does(person, "BeFound", id=mark, on=True))


def _all_that_is_sent(house: HandHouse) -> list[bytes]:
    """Every page, every answer, and frames of the stream, as the manager's phone gets them."""
    door = house.phones[MANAGER].door
    pages = [door.get(f"/care/{page}") for page in PAGES]
    answers = [_posted(door, {"type": what}) for what in READS]
    tape = Tape(door, STREAM)
    frames = tape.wait(FRAMES * FRAME_PARTS)
    tape.stop()
    return [*pages, *answers, *frames]


def _posted(door: Door, body: object) -> bytes:
    """The whole answer, headers too."""
    parts = urlsplit(door.origin)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_S)
    headers = {
        "Content-Type": "application/json",
        "Origin": door.origin,
        "Cookie": "; ".join(f"{name}={value}" for name, value in door.cookies.items()),
    }
    try:
        connection.request("POST", "/care/read", msgspec.json.encode(body), headers)
        response = connection.getresponse()
        said = sorted(f"{name}: {value}" for name, value in response.getheaders())
        return "\n".join([str(response.status), *said, ""]).encode() + response.read()
    finally:
        connection.close()
