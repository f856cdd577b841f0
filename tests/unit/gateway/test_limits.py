"""Buckets, questions to the engine, answers to controllers, refusals: each bounded."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.gateway.little_house import EPOCH, KEY, judge, keyed, little_book

from collavoce.rig.osc_in import Arrived
from collavoce.runtime.gateway.asking import AGAIN_S, QUESTIONS_MAX, TRIES, Answer, Questions
from collavoce.runtime.gateway.buckets import SOURCE_BURST, SOURCES_MAX, Bucket, Buckets
from collavoce.runtime.gateway.feedback import Feedback
from collavoce.runtime.gateway.replying import Replies
from collavoce.runtime.gateway.rulings import Refusal
from collavoce.runtime.gateway.tally import LINES_MAX, REMEMBERED, Refusals
from collavoce.runtime.line_writer import line_writer
from collavoce.runtime.mail import Asked, Declined, Kept, unpack
from collavoce.show.commands import Go
from collavoce.wire.keyed import Answer as Told
from collavoce.wire.keyed import Answered, read_answer


@given(st.lists(st.floats(0.0, 0.5), max_size=200))
def test_no_more_comes_through_a_bucket_than_its_burst_and_its_rate(pauses: list[float]) -> None:
    bucket, now, let_in = Bucket(10.0, 5.0), 0.0, 0
    for pause in pauses:
        now += pause
        let_in += bucket.take(now)
    assert let_in <= 5 + 10 * now + 1e-6


def test_a_clock_that_stands_still_or_goes_back_fills_no_bucket() -> None:
    bucket = Bucket(10.0, 2.0)
    assert [bucket.take(now) for now in (5.0, 5.0, 5.0, 1.0, 0.0)] == [True, True] + [False] * 3


def test_sources_have_buckets_of_their_own_and_not_more_than_so_many() -> None:
    buckets = Buckets()
    while buckets.admits("loud", 0.0):
        pass
    assert buckets.admits("quiet", 0.0)
    for n in range(2 * SOURCES_MAX):
        buckets.admits(str(n), 100.0)
    assert len(buckets.sources) == SOURCES_MAX
    assert SOURCE_BURST < 1000


class Engine:
    """An engine's mailbox that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def send(self, datagram: bytes) -> bool:
        mail = unpack(datagram)
        assert isinstance(mail, Asked)
        self.asked.append(mail)
        return True


def test_an_engine_that_is_starting_anew_is_asked_again_under_the_same_key() -> None:
    engine, told = Engine(), list[Answer]()
    questions = Questions(engine.send)
    questions.ask(Asked(Go(), "x", "key"), told.append, 0.0)
    questions.turn(AGAIN_S)
    questions.answered(Kept("key", 7))
    questions.answered(Kept("key", 8))
    questions.turn(10.0)
    assert [asked.key for asked in engine.asked] == ["key"] * 2
    assert told == [Kept("key", 7)]


def test_an_engine_that_never_answers_is_given_up_in_words() -> None:
    engine, told = Engine(), list[Answer]()
    questions = Questions(engine.send)
    questions.ask(Asked(Go(), "x", "key"), told.append, 0.0)
    for turn in range(10):
        questions.turn(turn * AGAIN_S)
    assert len(engine.asked) == TRIES
    assert told == [None]
    assert not questions.waiting


def test_more_questions_than_so_many_are_not_kept() -> None:
    engine, told = Engine(), list[Answer]()
    questions = Questions(engine.send)
    for n in range(QUESTIONS_MAX + 3):
        questions.ask(Asked(Go(), "x", str(n)), told.append, 0.0)
    assert told == [None] * 3


def test_a_controller_that_missed_its_answer_is_told_the_same_again() -> None:
    replies, sent = Replies(Feedback()), list[bytes]()
    replies.book = little_book()
    one = judge()
    (ruling,) = one.osc("10.0.0.1", keyed(1), 0.0)
    arrived = Arrived("10.0.0.1", "10.0.0.1:5", keyed(1), sent.append)
    replies.done(ruling, arrived, Declined("key", "not now"))
    (again,) = one.osc("10.0.0.1", keyed(1), 1.0)
    assert again.keyed is not None
    replies.again(again.keyed, sent.append)
    assert sent[0] == sent[1]
    assert read_answer(KEY, sent[0]) == Answered("wings", EPOCH, 1, Told.REFUSED, "not now")


def test_an_older_count_is_not_told_what_a_later_one_was() -> None:
    replies, sent = Replies(Feedback()), list[bytes]()
    replies.book = little_book()
    replies.answer(Answered("wings", EPOCH, 5, Told.KEPT), sent.append)
    one = judge()
    one.osc("10.0.0.1", keyed(5), 0.0)
    (older,) = one.osc("10.0.0.1", keyed(4), 0.0)
    assert older.keyed is not None
    replies.again(older.keyed, sent.append)
    assert len(sent) == 1


def test_refusals_are_counted_all_and_remembered_few() -> None:
    refusals = Refusals(lambda _: None)
    for n in range(1000):
        refusals.note(f"10.0.0.{n % 250}", "/go", Refusal.STRANGER, float(n))
    latest = refusals.latest(1000.0)
    assert refusals.counts[Refusal.STRANGER] == 1000
    assert len(latest) == REMEMBERED
    assert (latest[0]["source"], latest[0]["ago"]) == ("10.0.0.249", 1.0)


def test_refusals_are_lines_of_a_second_that_name_nobody(tmp_path: Path) -> None:
    log = tmp_path / "refused.log"
    refusals = Refusals(line_writer(log))
    for _ in range(3):
        refusals.note("10.0.0.1", "/secret", Refusal.STRANGER, 0.0)
    refusals.note("10.0.0.1", "wings", Refusal.FORGED, 0.0)
    refusals.flush("2026-11-21T20:14:03Z")
    refusals.flush("2026-11-21T20:14:04Z")
    assert log.read_text(encoding="ascii").splitlines() == [
        "2026-11-21T20:14:03Z gateway forged x1",
        "2026-11-21T20:14:03Z gateway stranger x3",
    ]


def test_the_file_of_refusals_stops_growing() -> None:
    lines: list[str] = []
    refusals = Refusals(lines.append)
    for second in range(LINES_MAX + 50):
        refusals.note("a", "b", Refusal.FLOOD, 0.0)
        refusals.flush(str(second))
    assert len(lines) == LINES_MAX + 1
    assert lines[-1].endswith("no more lines\n")
