"""B-c: two worlds at once, alike but for his press, and what those not meant are sent in each."""

import json
import re
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse, open_house
from collavoce.cli.stories.line_cast import FRIEND, IDOL, MANAGER, NOT_MEANT, NUMBER, Cast
from collavoce.cli.stories.tape import Tape
from collavoce.cli.text.phone import STREAM
from collavoce.runtime.clock import fresh_id, sleep

FRAMES = 12
"""Six seconds of a phone's page: before the press, during the call, after "coming"."""

BEFORE = 3
PARTS = 2
"""A frame is what it says, and what fills it up."""

STILL_S = 1.5
PROCESSES = ("writer", "care", "web", "engine")

_WALL = re.compile(rb'"wall":"[^"]*"')
"""The time of day beside what happened lately: two worlds, two moments."""


@dataclass(slots=True)
class World:
    """tapes: of the phones not meant; desk: of the caller's."""

    house: StoryHouse
    tapes: dict[str, Tape]
    desk: Tape


def twins(account: Account, cast: Cast, home: Path) -> None:
    """Open both, press in one, and compare every byte; then "I am with him" in one."""
    with account.step("B-c") as taking, ExitStack() as stack:
        with_him, without = (
            stack.enter_context(_world(cast, home / name)) for name in ("with", "without")
        )
        for world in (with_him, without):
            for tape in world.tapes.values():
                tape.wait(BEFORE * PARTS)
        press = fresh_id()
        idol, friend = with_him.house.phones[IDOL], with_him.house.phones[FRIEND]
        idol.does("Press", press=press)
        friend.call(press)
        for act in ("Shown", "Coming"):
            friend.does(act, press=press)
        _same_bytes(taking, with_him, without)
        friend.does("With", press=press)
        _only_what_may(taking, with_him, without)


@contextmanager
def _world(cast: Cast, home: Path) -> Generator[World]:
    folder = cast.lay_out(home / "show")
    people = (IDOL, FRIEND, *NOT_MEANT)
    with open_house(folder, people, only=PROCESSES) as house:
        idol, friend = house.phones[IDOL], house.phones[FRIEND]
        idol.does("WriteCircle", order=[FRIEND], second_after=20.0)
        friend.does("Reply", owner=IDOL, agrees=True)
        house.desk.orders("StartNumber", number=NUMBER)
        house.desk.at(lambda view: view["rail"]["number"] == NUMBER)
        sleep(STILL_S)
        tapes = {person: Tape(house.phones[person].door, STREAM) for person in NOT_MEANT}
        yield World(house, tapes, Tape(house.desk.door, "/events", b"state"))


def _same_bytes(taking: Taking, with_him: World, without: World) -> None:
    for person in NOT_MEANT:
        one, other = (b"".join(w.tapes[person].wait(FRAMES * PARTS)) for w in (with_him, without))
        differ = _differing(one, other)
        taking.is_so(person, differ == 0, Figure(differ), frames=FRAMES, all=len(one))
    one, other = (b"".join(map(_timeless, w.desk.events)) for w in (with_him, without))
    differ = _differing(one, other)
    taking.is_so("caller", differ == 0, Figure(differ), all=len(one))
    seqs = [_ledger(world.house) for world in (with_him, without)]
    taking.is_so("log", seqs[0] == seqs[1], Figure(seqs[0]))


def _only_what_may(taking: Taking, with_him: World, without: World) -> None:
    """She is with him: the one thing that passes, by her act, is that he is not available."""
    manager = with_him.house.phones[MANAGER]
    manager.at(lambda view: list(view["line"]["away"]) == [IDOL])
    with_him.house.desk.at(lambda view: view["people"]["away"])
    sleep(STILL_S)
    differ = {
        person: _differing_keys(*(w.house.phones[person].view for w in (with_him, without)))
        for person in NOT_MEANT
    }
    # What can be done about his numbers follows from that alone, on the desk.
    may = {person: {"line.away"} if person == MANAGER else set[str]() for person in NOT_MEANT}
    desk = _differing_keys(*(w.house.desk.view for w in (with_him, without)))
    taking.is_so("table", differ == may and desk - {"seq", "recent", "missing"} == {"people.away"})
    for world in (with_him, without):
        world.desk.stop()
        for tape in world.tapes.values():
            tape.stop()


def _ledger(house: StoryHouse) -> int:
    """How many facts the show's ledger holds."""
    house.live.folded.catch_up()
    return house.live.folded.seq


def _timeless(event: bytes) -> bytes:
    """`event` without the time of day, and without the id that is made of its content."""
    data = b"\n".join(line for line in event.split(b"\n") if not line.startswith(b"id: "))
    return _WALL.sub(b'"wall":""', data)


def _differing(one: bytes, other: bytes) -> int:
    """Bytes that are not the same, those too that only one has."""
    pairs = zip(one, other, strict=False)
    return sum(a != b for a, b in pairs) + abs(len(one) - len(other))


def _differing_keys(one: Any, other: Any) -> set[str]:  # noqa: ANN401  plain JSON
    """Paths, two names deep, at which two views differ."""
    found: set[str] = set()
    for key in {*one, *other}:
        a, b = one.get(key), other.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            inner = {k for k in {*a, *b} if _plain(a.get(k)) != _plain(b.get(k))}
            found |= {f"{key}.{k}" for k in inner}
        elif _plain(a) != _plain(b):
            found.add(key)
    return found


def _plain(value: Any) -> str:  # noqa: ANN401  plain JSON
    return json.dumps(value, sort_keys=True)
