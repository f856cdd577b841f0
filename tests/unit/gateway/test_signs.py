"""What controllers are told: the document's table is the program's, and what some of it says."""

import re
from pathlib import Path

from msgspec.structs import replace
from tests.unit.gateway.little_house import little_show

from collavoce.following.estimate import Estimate, Music
from collavoce.runtime.gateway.signs import Args, Seen, signs
from collavoce.show.setlist.evening import Evening
from collavoce.show.state import Fired, ShowState
from collavoce.show.states.standby import Answer, Called
from collavoce.show.states.timers import TimerState
from collavoce.units import Bpm, Instant, Quarters, Seconds
from collavoce.wire.osc import OscMessage, decode, encode

DOCUMENT = (Path(__file__).parents[3] / "docs" / "connections.md").read_text(encoding="utf-8")
TABLE = DOCUMENT.split("\n## Feedback")[1].split("\n## ")[0]
DOCUMENTED = dict(re.findall(r"^\| `(/collavoce/out/[^`]+)` \| `([^`]+)` \|", TABLE, re.MULTILINE))
SHOW = little_show()


def told(state: ShowState, music: Estimate | None = None, now: float = 10.0) -> dict[str, Args]:
    return signs(Seen(evening(state, now), music, None))


def evening(state: ShowState, now: float = 10.0) -> Evening:
    return Evening(SHOW, state, Instant(now), Seconds(20 * 3600 + now))


def tags(args: Args) -> str:
    data = encode(OscMessage("/a", args))
    message = decode(data)
    assert isinstance(message, OscMessage)
    letters: dict[type, str] = {int: "i", float: "f", str: "s"}
    return "," + "".join(letters[type(arg)] for arg in message.args)


STANDING = ShowState(number="song", pointer="2", last_fired="1", fired={"1": Fired(1, 5.0, "x")})
ESTIMATE = Estimate(
    at=Instant(9.0),
    heard_at=Instant(9.0),
    quarter=Quarters(12.5),
    tempo=Bpm(90.0),
    confidence=0.876,
    state=Music.FOLLOWING,
    remaining=Seconds(61.2),
)


def test_the_document_lists_every_sign_with_its_types_whatever_is_so() -> None:
    waiting = replace(STANDING, waiting={"2": 12.0})
    for args in (told(ShowState()), told(waiting, ESTIMATE)):
        told_types = {address: tags(values) for address, values in args.items()}
        assert {a.replace("/interval", "/TIMER"): t for a, t in told_types.items()} == DOCUMENTED


def test_the_standby_and_what_fired_last_with_their_names() -> None:
    now = told(STANDING)
    assert now["/collavoce/out/standby"] == ("2", "cue 2")
    assert now["/collavoce/out/fired"] == ("1", "cue 1")
    assert now["/collavoce/out/number"] == ("song", "Song")
    assert told(replace(STANDING, pointer=None))["/collavoce/out/standby"] == ("", "")


def test_how_the_standby_was_answered() -> None:
    def called(**answers: bool) -> Args:
        given = {who: Answer(clear, 1.0) for who, clear in answers.items()}
        state = replace(STANDING, standbys={"2": Called(1.0, "caller", ("sam", "lee"), given)})
        return told(state)["/collavoce/out/called"]

    assert told(STANDING)["/collavoce/out/called"] == (0,)
    assert called() == (1,)
    assert called(sam=True) == (1,)
    assert called(sam=True, lee=True) == (2,)
    assert called(sam=True, lee=False) == (3,)


def test_a_wait_counts_down_and_stands_still_in_a_hold() -> None:
    state = replace(STANDING, waiting={"3": 30.0, "2": 12.5})
    assert told(state)["/collavoce/out/waiting"] == ("2", 2.5)
    assert told(state, now=20.0)["/collavoce/out/waiting"] == ("2", 0.0)
    held = replace(state, held=True, held_at=11.0)
    assert told(held, now=20.0)["/collavoce/out/waiting"] == ("2", 1.5)
    assert told(held)["/collavoce/out/held"] == (1,)


def test_a_timer_counts_down_and_says_how_it_stands() -> None:
    address = "/collavoce/out/timer/interval"
    assert told(STANDING)[address] == (1200.0, "ready")
    running = replace(STANDING, timers={"interval": TimerState(0.0, 5.0)})
    assert told(running)[address] == (1195.0, "running")
    assert told(running, now=1300.0)[address] == (-95.0, "over")


def test_how_sure_the_follower_is_and_how_long_it_goes_on() -> None:
    assert told(STANDING, ESTIMATE)["/collavoce/out/sure"] == (0.88,)
    assert told(STANDING, ESTIMATE)["/collavoce/out/remaining"] == (61.0,)
    assert told(STANDING)["/collavoce/out/sure"] == (-1.0,)


def test_a_stage_has_its_own_addresses() -> None:
    one = signs(Seen(evening(STANDING), None, None), "main")
    assert "/collavoce/stage/main/out/standby" in one
