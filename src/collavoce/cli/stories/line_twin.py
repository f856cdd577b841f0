"""B-c: two worlds at once, alike but for his press, and what those not meant are sent in each."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse, open_house
from collavoce.cli.stories.line_cast import FRIEND, IDOL, MANAGER, NOT_MEANT, NUMBER, Cast
from collavoce.cli.stories.tape import Tape
from collavoce.cli.stories.twin import (
    FRAME_PARTS,
    differing,
    differing_keys,
    ledger,
    timeless,
)
from collavoce.cli.text.phone import STREAM
from collavoce.runtime.clock import fresh_id, sleep

FRAMES = 12
"""Six seconds of a phone's page: before the press, during the call, after "coming"."""

BEFORE = 3
STILL_S = 1.5
PROCESSES = ("writer", "care", "web", "engine")


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
                tape.wait(BEFORE * FRAME_PARTS)
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
        one, other = (
            b"".join(w.tapes[person].wait(FRAMES * FRAME_PARTS)) for w in (with_him, without)
        )
        differ = differing(one, other)
        taking.is_so(person, differ == 0, Figure(differ), frames=FRAMES, all=len(one))
    one, other = (b"".join(map(timeless, w.desk.events)) for w in (with_him, without))
    differ = differing(one, other)
    taking.is_so("caller", differ == 0, Figure(differ), all=len(one))
    seqs = [ledger(world.house) for world in (with_him, without)]
    taking.is_so("log", seqs[0] == seqs[1], Figure(seqs[0]))


def _only_what_may(taking: Taking, with_him: World, without: World) -> None:
    """She is with him: the one thing that passes, by her act, is that he is not available."""
    manager = with_him.house.phones[MANAGER]
    manager.at(lambda view: list(view["line"]["away"]) == [IDOL])
    with_him.house.desk.at(lambda view: view["people"]["away"])
    sleep(STILL_S)
    differ = {
        person: differing_keys(*(w.house.phones[person].view for w in (with_him, without)))
        for person in NOT_MEANT
    }
    # What can be done about his numbers follows from that alone, on the desk.
    may = {person: {"line.away"} if person == MANAGER else set[str]() for person in NOT_MEANT}
    desk = differing_keys(*(w.house.desk.view for w in (with_him, without)))
    taking.is_so("table", differ == may and desk - {"seq", "recent", "missing"} == {"people.away"})
    for world in (with_him, without):
        world.desk.stop()
        for tape in world.tapes.values():
            tape.stop()
