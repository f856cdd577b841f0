"""The cue list: a firing that did not arrive whole is told apart from one that did."""

from typing import Any

import msgspec
from tests.browser.full_show import full_show

from collavoce.desk.history import History
from collavoce.desk.views.cues import cues_view
from collavoce.desk.views.setlist import length_words
from collavoce.desk.views.signs import sign
from collavoce.show import events as e
from collavoce.show.evolve import evolve
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause, Sending

SHOW = full_show()
CUE = "2A"


def row(*events: e.AnyEvent) -> dict[str, Any]:
    """The row of `CUE` after it fired and `events` came."""
    history, state = History(), ShowState()
    for seq, event in enumerate((e.CueFired(5.0, CUE, Cause.HAND, "caller"), *events), start=1):
        history.take(seq, event, "20:14:00")
        state = evolve(SHOW, state, event)
    cues: Any = msgspec.json.decode(msgspec.json.encode(cues_view(SHOW, state, history)))["cues"]
    return cues[CUE]


def test_what_all_left_is_a_plain_tick() -> None:
    assert "lost" not in row(e.CueSent(5.0, CUE, 1, 0.4, sent=(Sending("desk", "/go", 0.4),)))


def test_what_did_not_leave_is_marked_with_a_shape_and_a_word_of_its_own() -> None:
    problem = "no route"
    gone = e.CueSent(5.0, CUE, 0, 0.4, problem, (Sending("desk", "/go", 0.4, problem),))
    assert row(gone)["lost"]
    assert (sign("cue.lost")["shape"], sign("cue.fired")["shape"]) == ("▲", "✓")


def test_a_refusal_of_the_other_end_is_marked_and_a_later_firing_that_went_well_is_not() -> None:
    sent = e.CueSent(5.0, CUE, 1, 0.4, sent=(Sending("clips", "GET /a", 0.4),))
    refused = e.CueAnswered(5.1, CUE, "clips", "503", ok=False, ms=4.0)
    assert row(sent, refused)["lost"]
    again = e.CueFired(9.0, CUE, Cause.HAND, "caller")
    assert "lost" not in row(sent, refused, again, sent)


def test_a_wait_that_was_meant_is_no_delay_of_the_row() -> None:
    sent = (Sending("video", "/a", 0.3), Sending("desk", "/b", 400.4, waited=400.0))
    assert row(e.CueSent(5.0, CUE, 2, 400.5, sent=sent))["ms"] == 0.4


def test_a_length_of_an_hour_and_more_is_said_in_hours() -> None:
    lengths = (570, 60, 59, 0)
    assert [length_words(-60.0 * m) for m in lengths] == [
        "9 h 30 min",
        "1 h 0 min",
        "59 min",
        "0 min",
    ]
