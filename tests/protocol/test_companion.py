"""The very bytes that Bitfocus Companion's generic OSC module sends, and what comes of them.

The module (bitfocus/companion-module-generic-osc) makes messages with one argument of type i, f or
s, none, several, or T/F; in "multiple arguments" whatever looks like a number and stands in no
quotes becomes one. Written out here byte by byte, by hand, so that our own encoder cannot agree
with a mistake of our decoder.
"""

import pytest
from tests.unit.gateway.little_house import DESK, commands, judge

from collavoce.show.commands import AnyCommand, Follow, Go, GoTo, Hold, NotClear, Stop

CASES: dict[str, tuple[bytes, list[AnyCommand]]] = {
    "Send message without arguments": (b"/collavoce/go\0\0\0,\0\0\0", [Go()]),
    "Send integer 1": (b"/collavoce/go\0\0\0,i\0\0\0\0\0\1", [Go()]),
    "Send integer 0, the button let go": (b"/collavoce/go\0\0\0,i\0\0\0\0\0\0", []),
    "Send integer 12 to go is nobody's guess": (b"/collavoce/go\0\0\0,i\0\0\0\0\0\x0c", []),
    "Send float 1": (b"/collavoce/go\0\0\0,f\0\0\x3f\x80\0\0", [Go()]),
    "Send float 0": (b"/collavoce/go\0\0\0,f\0\0\0\0\0\0", []),
    "Send string 12": (b"/collavoce/go\0\0\0,s\0\x0012\0\0", [Go("12")]),
    "Send boolean true": (b"/collavoce/go\0\0\0,T\0\0", [Go()]),
    "Send boolean false": (b"/collavoce/go\0\0\0,F\0\0", []),
    "a cue in the path": (b"/collavoce/go/12\0\0\0\0,\0\0\0", [Go("12")]),
    "a cue in the path, pressed": (b"/collavoce/go/12\0\0\0\0,i\0\0\0\0\0\1", [Go("12")]),
    "go to, string": (b"/collavoce/goto\0,s\0\x0012.5\0\0\0\0", [GoTo("12.5")]),
    "go to, integer": (b"/collavoce/goto\0,i\0\0\0\0\0\x0c", [GoTo("12")]),
    "go to, float": (b"/collavoce/goto\0,f\0\0\x41\x48\0\0", [GoTo("12.5")]),
    "hold": (b"/collavoce/hold\0,\0\0\0", [Hold()]),
    "stop in 5 s": (b"/collavoce/stop/5\0\0\0,\0\0\0", [Stop(5.0)]),
    "follow, integer 0": (b"/collavoce/follow\0\0\0,i\0\0\0\0\0\0", [Follow(on=False)]),
    "follow, integer 1": (b"/collavoce/follow\0\0\0,i\0\0\0\0\0\1", [Follow(on=True)]),
    "multiple arguments, a number among them": (
        b"/collavoce/notclear\0,iss\0\0\0\0\0\0\0\x0csam\0ladder\0\0",
        [NotClear("12", "sam", "ladder")],
    ),
    "multiple arguments, all in quotes": (
        b"/collavoce/notclear\0,sss\0\0\0\x0012\0\0sam\0ladder\0\0",
        [NotClear("12", "sam", "ladder")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_button_of_companion_does(name: str) -> None:
    datagram, wanted = CASES[name]
    assert len(datagram) % 4 == 0, "the case itself is no OSC"
    assert commands(judge().osc(DESK, datagram, 0.0)) == wanted
