"""Every firing explained, every standby counted, every change told; of people nothing more."""

import msgspec
import pytest
from tests.unit.runtime.small_show import SHOW

from collavoce.report import Night, Told, as_html, as_typst, report_of
from collavoce.report.model import Report
from collavoce.report.nights import Times, expected
from collavoce.report.page import as_json, fired_by, outcome, sendings
from collavoce.runtime.paper import pdf_of
from collavoce.show import events as e
from collavoce.show.told.event import Sending

CANARY = "his knee"

EVENTS: tuple[e.AnyEvent, ...] = (
    e.ShowOpened(0.0, "Small", "plan"),
    e.NumberStarted(0.0, "1"),
    e.StandbyCalled(5.0, "2", "caller", ("mina", "jun")),
    e.StandbyAnswered(6.0, "2", "jun", clear=True, by="jun"),
    e.StandbyAnswered(8.5, "2", "mina", clear=False, by="mina", reason=CANARY),
    e.StandbyOverridden(9.0, "2", "caller", f"mina: {CANARY}"),
    e.CueFired(9.0, "2", e.Cause.INPUT, "pedal 1"),
    e.CueSent(
        9.4,
        "2",
        2,
        400.0,
        sent=(Sending("video", "/clip/go 1", 0.2), Sending("sacn", "front 100 %", 400.0)),
    ),
    e.CueAnswered(9.5, "2", "video", "/ok", ok=True, ms=12.0),
    e.CueAnswered(9.6, "2", "media", "500 Oops", ok=False, ms=8.0),
    e.StandbyCalled(20.0, "3", "caller"),
    e.StandbyReleased(21.0, "3", "caller"),
    e.CuesSwitched(22.0, ("4", "5"), on=False, by="caller"),
    e.EditUndone(23.0, "caller"),
    e.HazardConfirmed(24.0, "6", "mina", done=True, by="mina"),
    e.ShowClosed(60.0),
)


@pytest.fixture(name="report")
def _report() -> Report:
    night = Night(4, "2026-11-21 20:00", EVENTS, lambda at: f"20:00:{at:04.1f}")
    told = Told(lambda event: type(event).__name__, lambda _, quarter: f"q{quarter:g}", (99, "ab"))
    nights = [Times({"2": t}, {}) for t in (10.0, 9.5, 9.25)]
    return report_of(SHOW, night, nights, told)


def test_a_firing_lists_what_went_where_how_late_and_what_came_back(report: Report) -> None:
    (firing,) = next(cue for cue in report.cues if cue.cue == "2").firings
    assert (firing.cause, firing.by) == ("from outside", "pedal 1")
    assert fired_by(firing) == "from outside (pedal 1)"
    assert sendings(firing) == [
        "video: /clip/go 1, 0.2 ms",
        "sacn: front 100 %, 400.0 ms",
        "video: answered /ok after 12.0 ms",
        "media: did not take it: 500 Oops",
    ]
    assert (report.by_input, report.refused, report.by_hand) == (1, 1, 0)


def test_a_standby_counts_its_answers_and_says_who_went_on(report: Report) -> None:
    called, released = report.standbys
    assert outcome(called) == "1 of 2 clear, 1 not clear; fired all the same by caller"
    assert called.answered_s == 3.5
    assert outcome(released) == "taken back"


def test_changes_of_the_night_stand_together(report: Report) -> None:
    assert [line.kind for line in report.changes] == ["CuesSwitched", "EditUndone"]


def test_tomorrow_is_expected_where_it_usually_is_and_on_with_its_drift() -> None:
    assert expected([10.0, 10.0]) is None
    assert expected([10.0, 11.0, 9.0]) == pytest.approx(10.0)
    assert expected([10.0, 11.0, 12.0, 13.0, 14.0]) == pytest.approx(15.0)


def test_neither_page_nor_paper_nor_json_names_who_was_not_clear(report: Report) -> None:
    source, inputs = as_typst(report)
    for form in (as_html(report), as_json(report), source, inputs["report"]):
        assert CANARY not in form
        assert "mina" not in form.lower()
    assert "1 of 2 clear, 1 not clear" in as_html(report)
    assert "6: its operator says that it was fired." in as_html(report)


def test_page_and_paper_have_what_was_sent(report: Report) -> None:
    assert "video: /clip/go 1, 0.2 ms" in as_html(report)
    source, inputs = as_typst(report)
    assert "video: /clip/go 1, 0.2 ms" in inputs["report"]
    assert pdf_of(source, inputs, made_at=0.0).startswith(b"%PDF-")


def test_a_ledger_from_before_sendings_were_kept_is_read(report: Report) -> None:
    old = msgspec.msgpack.encode(
        {"type": "CueSent", "at": 1.0, "cue": "2", "datagrams": 1, "ms": 1.5}
    )
    event = msgspec.msgpack.decode(old, type=e.CueSent)
    assert event.sent == ()
    fired = e.CueFired(1.0, "2", e.Cause.HAND, "caller")
    night = Night(1, "", (EVENTS[1], fired, event), lambda _: "")
    told = Told(lambda _: "", lambda _number, _quarter: "", (0, ""))
    lines = report_of(SHOW, night, [], told)
    assert next(c for c in lines.cues if c.cue == "2").firings[0].ms == 1.5
    assert lines.version == report.version


def test_a_wait_of_the_latency_book_counts_as_no_delay() -> None:
    sent = (Sending("video", "/a", 0.3), Sending("desk", "/b", 400.4, waited=400.0))
    events: tuple[e.AnyEvent, ...] = (
        e.ShowOpened(0.0, "Small", "plan"),
        e.NumberStarted(0.0, "1"),
        e.CueFired(9.0, "2", e.Cause.HAND, "caller"),
        e.CueSent(9.4, "2", 2, 400.5, sent=sent),
    )
    night = Night(4, "2026-11-21 20:00", events, str)
    told = Told(lambda event: type(event).__name__, lambda _, quarter: f"q{quarter:g}", (99, "ab"))
    made = report_of(SHOW, night, [], told)
    (firing,) = next(cue for cue in made.cues if cue.cue == "2").firings
    assert (firing.ms, made.ms_max) == (0.4, 0.4)
    assert [line.ms for line in firing.sent] == [0.3, 0.4]
