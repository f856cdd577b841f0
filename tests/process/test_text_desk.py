"""A real show, worked from two terminals and the caller's: the same powers in plain text."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

import pytest

from collavoce.cli.text.caller import CallerText
from collavoce.cli.text.door import Door
from collavoce.cli.text.phone import PhoneText, become, keep_cookies, kept_cookies
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

pytestmark = pytest.mark.process

Page = TypeVar("Page", CallerText, PhoneText)

WITHIN_S = 20.0


def until(seen: Callable[[], bool]) -> None:
    end = monotonic_ns() + int(WITHIN_S * 1e9)
    while not seen():
        assert monotonic_ns() < end, "not seen in time"
        sleep(0.05)


@pytest.fixture
def link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    program = (sys.executable, "-m", "collavoce")
    show = tmp_path / "show"
    subprocess.run([*program, "new", str(show)], check=True, capture_output=True)
    running = subprocess.Popen(
        [*program, "run", str(show), "--headless"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        found = next(
            (m[0] for line in running.stdout if (m := re.search(r"http\S+/open#\S+", line))), None
        )
        assert found is not None
        yield found
    finally:
        running.terminate()
        running.communicate(timeout=30)


class Terminal(Generic[Page]):
    """A page in a terminal, what it said, and what it answers."""

    def __init__(self, make: Callable[[Teller], Page]) -> None:
        self.out = io.StringIO()
        self.page = make(Teller(self.out))
        self.page.listen()
        until(lambda: bool(self.out.getvalue()))

    def says(self, words: str) -> bool:
        return words in self.out.getvalue()

    def ask(self, line: str) -> str:
        return self.page.asking.ask(line)


def test_cues_and_a_press_by_terminal_alone(link: str, tmp_path: Path) -> None:
    doors = [Door(link)]

    def caller(teller: Teller) -> CallerText:
        return CallerText(doors[0], link, teller)

    desk = Terminal(caller)
    until(lambda: desk.says(say("text.standby", cue="LX 1 With the first note", when="bar 1")))
    assert desk.ask("go") == say("text.kept")
    until(lambda: desk.says("Fired: LX 1 With the first note, by caller."))
    assert desk.ask("cues sky").startswith("VID 2 The sky opens: ")
    assert desk.ask("place 2") == say("desk.music.placed", bar="2")
    until(lambda: desk.says("The music placed at bar 2 by the caller."))
    assert desk.ask("undo") == say("desk.music.went_back")
    until(lambda: desk.says("The music placed at bar 1 by the caller."))
    until(lambda: desk.ask("where").startswith("The music: waiting. Bar 1, beat 1."))
    assert desk.ask("line SL") == say("text.kept")
    until(lambda: desk.says("1: line breach, stage left."))
    warned = desk.ask("report he was in pain")
    assert "pain" in warned
    assert warned != say("text.kept")
    assert desk.ask("report hold of two minutes") == say("text.kept")

    def phone(person: str) -> Terminal[PhoneText]:
        url = desk.ask(f"pair {person}").rpartition(" ")[2]
        door = Door(url)
        doors.append(door)
        become(door, url)
        keep_cookies(door, tmp_path / person)
        again = Door(url)
        doors.append(again)
        # A terminal that is opened again is still whose it was.
        kept_cookies(again, tmp_path / person)
        return Terminal(lambda teller: PhoneText(again, teller))

    player, friend = phone("player"), phone("friend")
    assert (tmp_path / "player").stat().st_mode & 0o777 == 0o600
    assert player.ask("circle friend") == say("text.kept")
    until(lambda: friend.says(say("care.phone.wants", who="The pianist")))
    assert friend.ask("yes player") == say("text.kept")
    until(lambda: player.says(say("care.phone.idle", who="The friend")))
    assert player.ask("lines Breathe with me / Do not ask / friend") == say("text.kept")
    assert player.ask("press SL") == say("text.pressed")
    until(lambda: friend.says(say("care.phone.call_open", who="The pianist")))
    until(lambda: friend.says("Do not ask"))
    assert friend.says(say("care.phone.call_where", place="stage left"))
    until(lambda: player.says(say("care.phone.shown", who="The friend")))
    assert friend.ask("coming") == say("text.kept")
    until(lambda: player.says(say("care.phone.coming", who="The friend")))
    assert friend.ask("with") == say("text.kept")
    until(lambda: player.says(say("care.phone.arrived", who="The friend")))
    # Whoever works the desk heard of the line, and of nothing else.
    heard = desk.out.getvalue()
    assert "friend" not in heard.casefold().replace("peo 5 the friend sees her off", "")
    assert player.ask("erase") == say("text.erase_sure")
    assert player.ask("erase") == say("text.kept")
    for door in doors:
        door.closed.set()
