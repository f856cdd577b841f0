"""The history: what fired each cue, what was sent and answered, and what did not fire and why."""

from typing import Any

import msgspec
from tests.browser.full_show import full_show

from collavoce.desk.history import ANSWERS_MOST, DEEDS_MOST, History
from collavoce.desk.views import history_view
from collavoce.show import events as e
from collavoce.show.told.event import Cause, Sending

SHOW = full_show()


def told(*events: e.AnyEvent) -> list[dict[str, Any]]:
    """The history of `events` as the page receives it, the latest first."""
    history = History()
    for seq, event in enumerate(events, start=1):
        history.take(seq, event, f"20:14:{seq:02d}")
    return msgspec.json.decode(msgspec.json.encode(history_view(SHOW, history.deeds, {})))


def fired(cue: str = "2A", cause: Cause = Cause.HAND, by: str = "caller", at: float = 5.0) -> Any:
    return e.CueFired(at, cue, cause, by)


def test_a_go_says_by_whom_when_and_how_long_until_the_wire() -> None:
    (deed,) = told(fired(), e.CueSent(5.0, "2A", 1, 0.4))
    assert deed["why"] == "GO by the caller"
    assert (deed["wall"], deed["cue"], deed["is"], deed["ms"]) == ("20:14:01", "2A", "fired", 0.4)


def test_each_thing_that_was_sent_stands_beside_what_the_other_end_answered() -> None:
    (deed,) = told(
        fired(),
        e.CueSent(
            5.0, "2A", 2, 0.5, sent=(Sending("desk", "/go 2", 0.5), Sending("clips", "GET /a", 0.6))
        ),
        e.CueAnswered(5.1, "2A", "clips", "503", ok=False, ms=41.2),
    )
    desk, clips = deed["sent"]
    assert (desk["to"], desk["answer"], desk["ok"]) == ("desk", None, True)
    assert (clips["answer"], clips["ok"], clips["took"]) == ("503", False, 41)


def test_what_did_not_leave_is_said_with_its_reason() -> None:
    (deed,) = told(
        fired(), e.CueSent(5.0, "2A", 0, 0.5, "x", (Sending("desk", "/go 2", 0.5, "no route"),))
    )
    assert deed["sent"][0]["problem"] == "no route"


def test_what_follows_by_itself_names_the_cue_it_hangs_on() -> None:
    deed, *_ = told(fired("3A"), fired("4A", Cause.AFTER, by="3A", at=9.0))
    assert deed["why"] == "4 s after 3A"


def test_a_wait_before_it_and_an_override_are_part_of_the_explanation() -> None:
    (deed,) = told(
        e.CueBegun(4.0, "4A", Cause.AFTER, "3A", 5.0),
        e.StandbyOverridden(4.5, "4A", "caller", "Lena is not clear"),
        fired("4A", Cause.AFTER, by="3A", at=5.0),
    )
    assert deed["notes"] == ["waited 1.0 s first", "overridden: Lena is not clear"]


def test_a_firing_of_the_follower_says_how_fresh_the_note_was() -> None:
    (deed,) = told(e.CueFired(5.0, "2A", Cause.FOLLOWER, "follower", 12.0, heard_at=4.985))
    assert deed["notes"] == ["decided 15 ms after the note was heard"]
    assert deed["why"].startswith("The music was at quarter 12")


def test_what_was_offered_dropped_or_passed_over_is_explained_too() -> None:
    deeds = told(
        e.CueOffered(1.0, "2A", "The follower is not sure."),
        e.CueDropped(2.0, "2A", "Jumped over."),
        e.CuePassed(3.0, "2A", Cause.HAND, "caller"),
    )
    assert [deed["is"] for deed in deeds] == ["passed", "dropped", "offered"]
    assert deeds[1]["why"] == "Jumped over."


def test_the_word_of_a_hazards_operator_is_kept_with_its_firing() -> None:
    (deed,) = told(fired("3A"), e.HazardConfirmed(7.0, "3A", "darya", done=True, by="darya"))
    assert "its operator says that it was fired" in deed["notes"]


def test_what_comes_of_a_cue_is_put_with_its_last_firing() -> None:
    latest, first = told(fired(), fired(at=9.0), e.CueSent(9.0, "2A", 1, 0.7))
    assert (latest["ms"], first["ms"]) == (0.7, None)


def test_it_is_bounded() -> None:
    history = History()
    for seq in range(DEEDS_MOST + 5):
        history.take(seq, fired(at=float(seq)), "")
    for _ in range(ANSWERS_MOST + 5):
        history.take(0, e.CueAnswered(9.0, "2A", "desk", "ok", ok=True, ms=1.0), "")
    assert len(history.deeds) == DEEDS_MOST
    assert len(history.deeds[-1].answers) == ANSWERS_MOST
    assert history.deeds[0].seq == 5


def test_a_cue_that_the_folder_lost_meanwhile_is_still_told() -> None:
    (deed,) = told(fired("99"))
    assert deed["cue"] == "99"


def test_an_audition_is_no_firing() -> None:
    history = History()
    history.take(1, e.CueAuditioned(3.0, "2A", "caller"), "")
    assert not history.deeds
    assert history.audition == e.CueAuditioned(3.0, "2A", "caller")
