"""One channel's threads: what hangs is given up in time, and nothing waits for it."""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field

import pytest

from collavoce.rig.channels import Accepted, Failed, Failure, Outcome
from collavoce.rig.channels.pool import GIVEN_UP_MAX, THREADS, WAITING_MAX, Parcel, Pool

WAIT_S = 10.0


@dataclass
class Service:
    """Hangs on "bad" addresses until it is let go; is broken by "bug"."""

    free: threading.Event = field(default_factory=threading.Event)
    order: list[str] = field(default_factory=list[str])

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:
        assert text
        assert within_s > 0.0
        if address == "bad":
            self.free.wait(WAIT_S)
        if address == "bug":
            raise RuntimeError("+4915112345678")
        self.order.append(key)
        return Accepted()


@dataclass
class Answers:
    """What was answered, in order."""

    said: list[tuple[int, Outcome]] = field(default_factory=list[tuple[int, Outcome]])
    came: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, number: int, outcome: Outcome) -> None:
        with self.came:
            self.said.append((number, outcome))
            self.came.notify_all()

    def wait_for(self, count: int) -> list[tuple[int, Outcome]]:
        with self.came:
            assert self.came.wait_for(lambda: len(self.said) >= count, WAIT_S), self.said
            return list(self.said)


@pytest.fixture
def service() -> Generator[Service]:
    made = Service()
    yield made
    made.free.set()


class Clock:
    """A hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def parcel(
    number: int, address: str = "good", *, until: float = 5.0, distress: bool = True
) -> Parcel:
    return Parcel(number, address, "words", f"key{number}", until, distress)


def test_one_bad_mail_blocks_nobody(service: Service) -> None:
    clock, answers = Clock(), Answers()
    pool = Pool(service, answers, clock)
    for number in range(THREADS):
        pool.put(parcel(number, "bad"))
    wait_until(lambda: len(pool._running) == THREADS)
    pool.put(parcel(99))
    clock.at = 5.0
    pool.look()
    assert all(outcome == Failed(Failure.LATE) for _, outcome in answers.wait_for(THREADS))
    assert pool.given_up == THREADS
    # The one behind them was not attempted in its own time either, and that is said.
    assert (99, Failed(Failure.LATE)) in answers.wait_for(THREADS + 1)
    pool.put(parcel(100, until=10.0))
    assert (100, Accepted()) in answers.wait_for(THREADS + 2)


def test_every_attempt_is_answered_once_however_late_its_thread_returns(service: Service) -> None:
    clock, answers = Clock(), Answers()
    pool = Pool(service, answers, clock)
    pool.put(parcel(1, "bad"))
    wait_until(lambda: bool(pool._running))
    clock.at = 5.0
    pool.look()
    service.free.set()
    wait_until(lambda: pool.given_up == 0)
    assert answers.wait_for(1) == [(1, Failed(Failure.LATE))]


def test_too_many_that_hang_wear_the_pool_out_and_it_says_full(service: Service) -> None:
    clock, answers = Clock(), Answers()
    pool = Pool(service, answers, clock)
    for number in range(GIVEN_UP_MAX):
        pool.put(parcel(number, "bad", until=clock.at + 5.0))
        wait_until(lambda: bool(pool._running))
        clock.at += 5.0
        pool.look()
    assert pool.worn
    pool.put(parcel(1000, until=clock.at + 5.0))
    assert answers.wait_for(GIVEN_UP_MAX + 1)[-1] == (1000, Failed(Failure.FULL))
    service.free.set()
    wait_until(lambda: not pool.worn)
    pool.put(parcel(1001, until=clock.at + 5.0))
    assert answers.wait_for(GIVEN_UP_MAX + 2)[-1] == (1001, Accepted())


def test_distress_goes_before_what_came_before_it(service: Service) -> None:
    answers = Answers()
    pool = Pool(service, answers, Clock())
    for number in range(THREADS):
        pool.put(parcel(number, "bad"))
    wait_until(lambda: len(pool._running) == THREADS)
    for number in range(100, 110):
        pool.put(parcel(number, distress=False))
    pool.put(parcel(200))
    service.free.set()
    answers.wait_for(THREADS + 11)
    first_of_others = next(key for key in service.order if key >= "key1" and len(key) == 6)
    assert first_of_others == "key200"


def test_a_librarys_bug_is_a_failed_attempt_and_its_words_go_nowhere(
    service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = Answers()
    pool = Pool(service, answers, Clock())
    pool.put(parcel(1, "bug"))
    assert answers.wait_for(1) == [(1, Failed(Failure.BROKEN))]
    assert capfd.readouterr() == ("", "")


def test_more_than_can_wait_is_said_at_once(service: Service) -> None:
    answers = Answers()
    pool = Pool(service, answers, Clock())
    for number in range(THREADS + WAITING_MAX + 1):
        pool.put(parcel(number, "bad"))
        if number == THREADS - 1:
            wait_until(lambda: len(pool._running) == THREADS)
    assert answers.wait_for(1) == [(THREADS + WAITING_MAX, Failed(Failure.FULL))]


def wait_until(true: object) -> None:
    """Poll, for threads tell nobody when they begin."""
    assert callable(true)
    until = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < until
        time.sleep(0.002)
