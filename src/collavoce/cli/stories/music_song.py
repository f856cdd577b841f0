"""D3: a demo and a wish, both say yes, and it stands in a running order with its cost."""

import io
import wave
from collections.abc import Callable
from pathlib import Path

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.music_cast import DANCER, PIECES, STAR, THIRD
from collavoce.cli.stories.page import PATIENCE_S, ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.stories.twin import ledger
from collavoce.cli.text.caller import CallerText
from collavoce.cli.text.door import Door
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

TITLE, WISH = "For the corner", "a ballad, sung and not growled"
RATE, SECONDS = 8000, 180
TOLD_MS = 3000.0
PLAY = "/care/demo/play"
COST_SAID = 3
LOOK_S = 0.05
MEGA = 1e6


def song(account: Account, house: StoryHouse, star: Terminal, dancer: Terminal) -> None:
    """From two phones to the caller's set list, and out of it again."""
    with account.step("D3") as taking:
        door = Door(house.live.desk_url)
        caller = CallerText(door, house.live.desk_url, Teller(io.StringIO()))
        caller.listen()
        before = ledger(house)
        _brought(taking, house, dancer)
        dancer.types("song", f"offer 1 {STAR}: {WISH}")
        star.types("song", "yes wish 1")
        put = dancer.types("song", f"put 1 {TITLE}: {STAR}, {DANCER}")
        taking.is_so("not_both", put == say("song.refused.not_both"), said=put)
        dancer.types("song", "yes demo 1")
        quiet = ledger(house) == before and not _references(house)
        taking.is_so("quiet", quiet and not _ways(caller))
        third = house.phones[THIRD].reads("ReadSongs")
        taking.is_so("third", not third["songs"] and not third["demos"])
        theirs = star.types("song", f"put 1 {TITLE}: {STAR}")
        taking.is_so("author_only", theirs == say("song.refused.unknown"), said=theirs)
        _in_the_set(taking, house, caller, dancer)
        began = monotonic_ns()
        star.types("song", "back 1")
        gone = _until(lambda: not _references(house) and not _ways(caller))
        taking.within("back", [None if gone is None else ms(began, gone)], TOLD_MS)
        door.closed.set()


def _brought(taking: Taking, house: StoryHouse, dancer: Terminal) -> None:
    file = house.folder.parent / "ballad.wav"
    file.write_bytes(_ballad())
    said = dancer.types("song", f"bring {file} {TITLE}")
    taking.is_so("brought", said == say("song.text.brought", n=1), Figure(SECONDS, "s"))
    sealed = house.care_bytes()
    taking.is_so(
        "sealed",
        sealed and _ballad()[5000:5032] not in sealed,
        Figure(round(len(sealed) / MEGA, 1), "MB"),
    )
    link = dancer.types("song", f"link 1 {STAR}")
    secret = link.partition("#")[2].split(" ")[0]
    heard = [
        house.phones[person].door.fetch(PLAY, {"type": "PlayOnce", "secret": secret})[0]
        for person in (THIRD, STAR, STAR)
    ]
    once = [one is not None for one in heard]
    taking.is_so("once", once == [False, True, False], Figure(sum(once)))


def _in_the_set(taking: Taking, house: StoryHouse, caller: CallerText, dancer: Terminal) -> None:
    began = monotonic_ns()
    dancer.types("song", f"put 1 {TITLE}: {STAR}, {DANCER}")
    shown = _until(lambda: _ways(caller))
    taking.within("told", [None if shown is None else ms(began, shown)], TOLD_MS)
    (reference,) = _references(house)
    own = house.folder.parent / "own.wav"
    dancer.types("song", f"hear 1 {own}")
    same = reference.read_bytes() == own.read_bytes()
    taking.is_so(
        "reference",
        same,
        Figure(round(reference.stat().st_size / MEGA, 1), "MB"),
        file=reference.name,
    )
    words, cost = _ways(caller)[0]
    taking.is_so("cost", cost, words=words, cost="; ".join(cost[:COST_SAID]))
    said = caller.asking.ask("setlist")
    which = next(line for line in said.splitlines() if f": {words}" in line or words in line)
    number = which.split()[1].rstrip(":")
    taken = monotonic_ns()
    caller.asking.ask(f"choose {number}")
    at = house.desk.at(lambda v: any(one.get("title") == TITLE for one in v["set"]), taken)
    order = [one.get("title") or dict(PIECES)[one["id"]] for one in house.desk.view["set"]]
    taking.within("taken", [ms(taken, at)], TOLD_MS, order=", ".join(order))
    undone = monotonic_ns()
    caller.asking.ask("edit undo")
    house.desk.at(lambda v: all(one.get("title") != TITLE for one in v["set"]), undone)
    taking.is_so("undone", _ways(caller))


def _ballad() -> bytes:
    """Three minutes of a tone that nobody else makes, 16 bits."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        period = b"".join(
            (n * 37 % 9001 - 4500).to_bytes(2, "little", signed=True) for n in range(RATE)
        )
        sound.writeframes(period * SECONDS)
    return held.getvalue()


def _ways(caller: CallerText) -> list[tuple[str, list[str]]]:
    """The places of the running order that the song could take, each with its cost."""
    told = caller.desk.read("/setlist.json")["options"]
    return [(one["words"], one["cost"]) for one in told if TITLE in one["words"]]


def _references(house: StoryHouse) -> list[Path]:
    return sorted((house.folder / "references").glob("*.wav"))


def _until(true: Callable[[], object]) -> int | None:
    """When it first was, None if it never came to be."""
    began = monotonic_ns()
    while not true():
        if ms(began, monotonic_ns()) > PATIENCE_S * 1000:
            return None
        sleep(LOOK_S)
    return monotonic_ns()
