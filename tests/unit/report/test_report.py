"""A report says what happened to the show, and of people nothing that is theirs."""

import json

import msgspec
import pytest
from tests.unit.runtime.small_show import SHOW

from collavoce.report import Night, Told, as_html, as_typst, report_of
from collavoce.report.model import CueLine, Report
from collavoce.report.nights import Times
from collavoce.report.page import as_json, length
from collavoce.runtime.paper import pdf_of
from collavoce.show import events as e

CANARY = "she fainted in the wings"

EVENTS: tuple[e.AnyEvent, ...] = (
    e.ShowOpened(0.0, "Small", "plan"),
    e.NumberStarted(0.0, "1"),
    e.CueFired(14.0, "1", e.Cause.FOLLOWER, "follower", quarter=4.0, heard_at=13.99),
    e.CueSent(14.0, "1", 1, 1.5),
    e.NoteMarked(15.0, "spot <b>late</b> #strong[x] $", "caller"),
    e.ShowHeld(16.0, "caller"),
    e.ShowResumed(36.5, "caller"),
    e.CueDropped(40.0, "2", "jumped over"),
    e.MusicJumped(40.0, 4.0, 12.0),
    e.ExitNotClear(41.0, "5", "mina", CANARY),
    e.AvailabilitySaid(42.0, "jun", available=False),
    e.ShowStopped(50.0, "caller", 2.0),
    e.CueFired(55.0, "4", e.Cause.HAND, "caller"),
    e.CueSent(55.0, "4", 0, 0.0, problem="video cannot be reached"),
    e.ShowClosed(60.0),
)

NIGHTS = [Times({"1": t}, {"1": 100.0}) for t in (9.0, 10.0, 11.0)]


@pytest.fixture(name="report")
def _report() -> Report:
    night = Night(4, "2026-11-21 20:00", EVENTS, lambda at: f"20:00:{at:04.1f}")
    told = Told(lambda event: type(event).__name__, lambda _, quarter: f"q{quarter:g}", (99, "ab"))
    return report_of(SHOW, night, NIGHTS, told)


def cue(report: Report, number: str) -> CueLine:
    return next(line for line in report.cues if line.cue == number)


def test_a_firing_tells_what_fired_it_where_and_how_long_it_took(report: Report) -> None:
    firing = cue(report, "1").firings[0]
    assert (firing.cause, firing.bar, firing.ms, firing.clock) == (
        "the playing",
        "q4",
        1.5,
        "20:00:14.0",
    )


def test_a_cue_off_its_mean_says_by_how_much(report: Report) -> None:
    line = cue(report, "1")
    assert (line.since, line.usual, line.nights, line.off) == (14.0, 10.0, 3, 4.0)


def test_a_hold_has_its_length_and_a_stop_that_nobody_ended_has_none(report: Report) -> None:
    assert [(h.at, h.lasted, h.stop) for h in report.holds] == [
        (16.0, 20.5, False),
        (50.0, None, True),
    ]


def test_what_never_left_has_no_delay_and_is_trouble(report: Report) -> None:
    firing = cue(report, "4").firings[0]
    assert (firing.ms, firing.problem) == (None, "video cannot be reached")
    assert (report.troubles, report.by_hand, report.dropped, report.fired) == (1, 1, 1, 2)
    assert (report.ms_p50, report.ms_max) == (1.5, 1.5)


def test_a_cue_that_was_passed_by_says_why(report: Report) -> None:
    assert cue(report, "2").passed == "jumped over"
    assert report.never == 4


def test_a_broken_off_performance_is_said_to_be_one() -> None:
    night = Night(1, "", EVENTS[:5], lambda _at: "")
    told = Told(lambda _: "", lambda _number, _quarter: "", (0, ""))
    assert "not closed in order" in as_html(report_of(SHOW, night, [], told))


def test_nobodys_reason_and_nobodys_absence_is_in_it(report: Report) -> None:
    source, inputs = as_typst(report)
    for form in (as_html(report), as_json(report), source, inputs["report"]):
        assert CANARY not in form
        assert "mina" not in form.lower()
        assert "not available" not in form
    assert "5: said to be not clear." in as_html(report)


def test_what_people_wrote_is_text_and_never_markup(report: Report) -> None:
    assert "spot &lt;b&gt;late&lt;/b&gt;" in as_html(report)
    assert pdf_of(*as_typst(report), made_at=0.0).startswith(b"%PDF-")


def test_the_paper_is_tagged_for_screen_readers_and_the_same_twice(report: Report) -> None:
    paper = pdf_of(*as_typst(report), made_at=1e9)
    assert b"/StructTreeRoot" in paper
    assert b"pdfuaid:part" in paper
    assert paper == pdf_of(*as_typst(report), made_at=1e9)


def test_machines_read_back_what_was_written(report: Report) -> None:
    assert msgspec.json.decode(as_json(report).encode(), type=Report) == report
    assert json.loads(as_json(report))["head_seq"] == 99


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "-"),
        (4.25, "4.2 s"),
        (-4.0, "-4.0 s"),
        (59.96, "60.0 s"),
        (187.2, "3:07"),
        (3753.0, "1:02:33"),
        (-61.0, "-1:01"),
    ],
)
def test_lengths_read_as_people_say_them(seconds: float | None, words: str) -> None:
    assert length(seconds) == words
