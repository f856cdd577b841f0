"""A-b: two evenings at once, alike but for "tired", and what every role is sent and answered."""

import json
import re
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse, open_house
from collavoce.cli.stories.page import PhonePage
from collavoce.cli.stories.recital_asked import his_rule
from collavoce.cli.stories.recital_cast import (
    COMPANY,
    FRIEND,
    NOT_MEANT,
    OFF,
    PERFORMER,
    SONG,
    lay_out_song,
)
from collavoce.cli.stories.tape import Tape
from collavoce.cli.stories.twin import FRAME_PARTS, differing, differing_keys, ledger, timeless
from collavoce.cli.text.phone import STREAM
from collavoce.runtime.clock import fresh_id, sleep
from collavoce.words import say

FRAMES = 7
"""Three and a half seconds of a phone's page: before the word, and after it."""

BEFORE = 3
STILL_S = 1.0
TIRED = 2
PROCESSES = ("writer", "care", "web", "engine")

PAGES = ("", "card", "checkin", "away", "letters", "music", "ear")
READS = (
    *("ReadMine", "ReadLog", "ReadCheckIn", "ReadCard", "ReadAway", "ReadOffices", "ReadPost"),
    *("ReadMeets", "ReadMarks", "ReadGiven", "ReadSongs", "ReadEar", "ReadLookOver", "ReadExport"),
)
OF_HIM = ("ReadCardOf", "ReadAwayOf")
DESK = ("/", "/plan.json", "/setlist.json", "/history.json", "/connections.json")

_OF_THE_WORLD = re.compile(r"127\.0\.0\.1:[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]+")
"""Addresses and times of day: two worlds, two ports, two moments."""

_MOMENTS = re.compile(rb"[0-9]+\.[0-9]+(?:e-[0-9]+)?|[0-9]{2}:[0-9]{2}:[0-9]{2}")
"""Of a desk: seconds of the show's clock, and the time of day, since GO was pressed in each."""


@dataclass(slots=True)
class World:
    """tapes: of the phones not meant; desk: of the caller's."""

    house: StoryHouse
    tapes: dict[str, Tape]
    desk: Tape


def twins(account: Account, home: Path, friend: str) -> None:
    """Open both, let him say it in one, and compare."""
    with account.step("A-b") as taking, ExitStack() as stack:
        houses = [stack.enter_context(_house(home / name, friend)) for name in ("said", "unsaid")]
        said, unsaid = _watched(houses)
        hers = said.house.phones[FRIEND]
        said.house.phones[PERFORMER].does("SayCheckIn", said=TIRED, key=fresh_id())
        hers.at(lambda view: view.get("checkin_told"))
        _same_frames(taking, said, unsaid)
        _same_answers(taking, said, unsaid)
        _she_alone(taking, said, unsaid)
        for world in (said, unsaid):
            world.desk.stop()
            for tape in world.tapes.values():
                tape.stop()


@contextmanager
def _house(home: Path, friend: str) -> Generator[StoryHouse]:
    """An evening whose end the caller has said by hand, so that both end in the same place."""
    folder = lay_out_song(home / "show", friend)
    with open_house(folder, COMPANY, only=PROCESSES) as house:
        his_rule(house)
        for phone in house.phones.values():
            phone.does("ChooseDelay", minutes=0)
        house.desk.orders("StartNumber", number=SONG)
        house.desk.at(lambda view: view["rail"]["number"] == SONG)
        house.desk.orders("Go", cue=OFF, override=True)
        yield house


def _watched(houses: Sequence[StoryHouse]) -> list[World]:
    """Both worlds, once everybody is asked in both; before the word is said in either."""
    for house in houses:
        for phone in house.phones.values():
            phone.at(lambda view: view["checkin"])
    sleep(STILL_S)
    worlds = [
        World(
            house,
            {person: Tape(house.phones[person].door, STREAM) for person in NOT_MEANT},
            Tape(house.desk.door, "/events", b"state"),
        )
        for house in houses
    ]
    for world in worlds:
        for tape in world.tapes.values():
            tape.wait(BEFORE * FRAME_PARTS)
    return worlds


def _same_frames(taking: Taking, said: World, unsaid: World) -> None:
    """Streams: seven phones of seven roles, and the caller's desk."""
    both = (said, unsaid)
    wait = FRAMES * FRAME_PARTS
    pairs = {p: [b"".join(w.tapes[p].wait(wait)) for w in both] for p in NOT_MEANT}
    differ = sum(differing(*pair) for pair in pairs.values())
    whole = sum(len(pair[0]) for pair in pairs.values())
    figure = Figure(differ, "bytes")
    taking.is_so("streams", not differ, figure, count=len(pairs), frames=FRAMES, all=whole)
    one, other = (b"".join(map(_momentless, map(timeless, w.desk.events))) for w in both)
    differ = differing(one, other)
    taking.is_so("desk", not differ, Figure(differ, "bytes"), all=len(one))
    facts = [ledger(world.house) for world in both]
    taking.is_so("log", facts[0] == facts[1], Figure(facts[0]))


def _same_answers(taking: Taking, said: World, unsaid: World) -> None:
    """Pages and everything that can be read, asked of every phone in both worlds."""
    differ, whole, asked = 0, 0, 0
    both = (said.house, unsaid.house)
    for person in NOT_MEANT:
        with ThreadPoolExecutor(len(both)) as hands:
            one, other = hands.map(_answers, (house.phones[person] for house in both))
        differ += sum(differing(one[path], other[path]) for path in one)
        whole += sum(map(len, one.values()))
        asked += len(one)
    taking.is_so("answers", not differ, Figure(differ, "bytes"), count=asked, all=whole)
    one, other = (
        {path: _momentless(_timeless(world.house.desk.door.get(path))) for path in DESK}
        for world in (said, unsaid)
    )
    differ = sum(differing(one[path], other[path]) for path in DESK)
    whole = sum(map(len, one.values()))
    taking.is_so("caller", not differ, Figure(differ, "bytes"), count=len(one), all=whole)


def _answers(phone: PhonePage) -> dict[str, bytes]:
    pages = {name: phone.door.get(f"/care/{name}") for name in PAGES}
    reads = {name: phone.reads(name) for name in READS}
    of_him = {name: phone.reads(name, owner=PERFORMER) for name in OF_HIM}
    told = {name: json.dumps(read, sort_keys=True).encode() for name, read in reads.items()}
    told |= {name: json.dumps(read, sort_keys=True).encode() for name, read in of_him.items()}
    return {name: _timeless(answer) for name, answer in (pages | told).items()}


def _timeless(answer: bytes) -> bytes:
    return _OF_THE_WORLD.sub("-", answer.decode()).encode()


def _momentless(answer: bytes) -> bytes:
    return _MOMENTS.sub(b"-", answer)


def _she_alone(taking: Taking, said: World, unsaid: World) -> None:
    """What differs for her: one thing, and it is this. So a difference would have been seen."""
    one, other = (world.house.phones[FRIEND].view for world in (said, unsaid))
    keys = differing_keys(one, other)
    word = say("checkin.says.checkin_tired")
    taking.is_so("friend", keys == {"checkin_told"}, Figure(len(keys)), word=word)
