"""The porter's process: every task is answered once and in time, whatever services and it do."""

import os
import signal
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from tests.unit.rig.channels.fakes import DRIP, RESET, SILENT, Gateway, gateway, mail_server

from collavoce.rig.channels import Accepted, Delivered, Failed, Failure, Outcome
from collavoce.rig.channels.pool import GIVEN_UP_MAX, THREADS
from collavoce.runtime.porter import ATTEMPT_S, Claims, Porter
from collavoce.runtime.porter.porter import SLACK_S

pytestmark = [pytest.mark.process, pytest.mark.timeout(120)]

WORDS = "Collavoce: please open your page."
WAIT_S = 15.0
ANSWERED_WITHIN_S = ATTEMPT_S + SLACK_S + 1.1


@pytest.fixture
def channels(tmp_path: Path) -> Path:
    path = tmp_path / "channels.toml"
    path.touch(0o600)
    return path


@pytest.fixture
def porter(channels: Path) -> Generator[Callable[[str], Porter]]:
    made: list[Porter] = []

    def start(services: str) -> Porter:
        channels.write_text(services, encoding="utf-8")
        made.append(Porter(channels, time.monotonic))
        return made[-1]

    yield start
    for one in made:
        one.close()


def key(number: int) -> str:
    return f"{number:032}"


def answers(porter: Porter, count: int, within_s: float = WAIT_S) -> dict[int, Outcome]:
    """What the first `count` tasks came to."""
    came: dict[int, Outcome] = {}
    until = time.monotonic() + within_s
    while len(came) < count:
        assert time.monotonic() < until, came
        for number, outcome in porter.collect():
            assert number not in came, "answered once"
            came[number] = outcome
        time.sleep(0.01)
    return came


def hand(porter: Porter, channel: str, address: str, number: int = 1) -> int:
    return porter.hand(channel, address, WORDS, key(number), distress=True)


def sms(fake: Gateway) -> str:
    return f'[sms]\nwebhook = "{fake.url}"\n'


def test_what_is_handed_over_arrives_once(porter: Callable[[str], Porter]) -> None:
    with gateway() as fake:
        one = porter(sms(fake))
        number = hand(one, "sms", "+491511111111")
        assert answers(one, 1) == {number: Accepted()}
        assert fake.told == [("+491511111111", key(1))]


def test_what_is_not_set_up_says_so(porter: Callable[[str], Porter]) -> None:
    one = porter("")
    numbers = [hand(one, channel, "x") for channel in ("push", "sms", "mail", "other", "page")]
    came = answers(one, len(numbers))
    assert set(came.values()) == {Failed(Failure.NOT_SET_UP)}
    number = hand(one, "echo", "")
    assert answers(one, 1) == {number: Delivered()}


@pytest.mark.parametrize("fault", [SILENT, DRIP])
def test_a_service_that_hangs_is_late_and_holds_up_no_other(
    porter: Callable[[str], Porter], fault: str
) -> None:
    with gateway(fault) as bad, mail_server() as mail:
        smtp = f"mailto://127.0.0.1:{mail.port}/?from=a@example.org&to={{to}}&mode=insecure"
        one = porter(f'{sms(bad)}[mail]\napprise = "{smtp}"\n')
        start = time.monotonic()
        hung = [hand(one, "sms", "+491511111111", n) for n in range(THREADS)]
        mailed = hand(one, "mail", "mira@example.org", 99)
        came: dict[int, Outcome] = {}
        while mailed not in came:
            came |= dict(one.collect())
            assert time.monotonic() - start < ANSWERED_WITHIN_S
            time.sleep(0.01)
        assert came == {mailed: Accepted()}
        assert set(answers(one, len(hung)).values()) == {Failed(Failure.LATE)}
        assert time.monotonic() - start < ANSWERED_WITHIN_S
        assert [to for to, _ in mail.mails] == ["mira@example.org"]
        assert one.replaced == 0


def test_one_bad_mail_blocks_no_other_mail(porter: Callable[[str], Porter]) -> None:
    with mail_server(mute=True) as mute, mail_server() as good:
        # The address itself says which server: a person's own Apprise address.
        one = porter('[other]\nschemes = ["mailto"]\n')
        rest = "/?from=a@example.org&to=b@example.org&mode=insecure"
        bad = hand(one, "other", f"mailto://127.0.0.1:{mute.port}{rest}")
        well = hand(one, "other", f"mailto://127.0.0.1:{good.port}{rest}", 2)
        came = answers(one, 2, ANSWERED_WITHIN_S)
        assert came[well] == Accepted()
        assert came[bad] in (Failed(Failure.LATE), Failed(Failure.UNCLEAR))
        assert len(good.mails) == 1


def test_a_process_that_is_killed_is_replaced_and_its_tasks_are_answered(
    porter: Callable[[str], Porter],
) -> None:
    with gateway(SILENT) as fake:
        one = porter(sms(fake))
        number = hand(one, "sms", "+491511111111")
        time.sleep(1.0)
        os.kill(one.pids()[-1], signal.SIGKILL)
        assert answers(one, 1) == {number: Failed(Failure.RESET)}
        fake.status = 200
        until = time.monotonic() + WAIT_S
        while not one.room("sms") and time.monotonic() < until:
            one.collect()
            time.sleep(0.05)
        again = hand(one, "sms", "+491511111111", 2)
        assert answers(one, 1) == {again: Accepted()}
        assert one.replaced == 1


def test_a_process_that_stands_still_is_late_and_replaced(
    porter: Callable[[str], Porter],
) -> None:
    with gateway() as fake:
        one = porter(sms(fake))
        hand(one, "echo", "")
        answers(one, 1)
        (frozen,) = one.pids()
        os.kill(frozen, signal.SIGSTOP)
        start = time.monotonic()
        number = hand(one, "sms", "+491511111111")
        assert answers(one, 1) == {number: Failed(Failure.LATE)}
        assert time.monotonic() - start < ANSWERED_WITHIN_S
        again = hand(one, "sms", "+491522222222", 2)
        assert answers(one, 1) == {again: Accepted()}
        until = time.monotonic() + WAIT_S
        while frozen in one.pids():
            one.collect()
            assert time.monotonic() < until, "it is killed in the end"
            time.sleep(0.05)
        assert fake.told == [("+491522222222", key(2))]


def test_a_channel_worn_out_by_hanging_libraries_gets_a_fresh_process(
    porter: Callable[[str], Porter],
) -> None:
    with gateway(DRIP) as bad, gateway(200) as good:
        one = porter('[other]\nschemes = ["json"]\n')
        numbers = [
            hand(one, "other", f"json://127.0.0.1:{bad.port}/", n) for n in range(GIVEN_UP_MAX)
        ]
        until = time.monotonic() + 3 * ANSWERED_WITHIN_S
        came: dict[int, Outcome] = {}
        while len(came) < len(numbers):
            came |= dict(one.collect())
            assert time.monotonic() < until
            time.sleep(0.02)
        # Only Apprise's threads hang; half of them were never begun and only late.
        hand(one, "other", f"json://127.0.0.1:{bad.port}/", 500)
        answers(one, 1)
        again = hand(one, "other", f"json://127.0.0.1:{good.port}/", 501)
        assert answers(one, 1) == {again: Accepted()}


def test_what_was_handed_over_before_a_death_is_still_carried(
    channels: Path,
) -> None:
    with gateway() as fake:
        channels.write_text(sms(fake), encoding="utf-8")
        dying = Porter(channels, time.monotonic)
        hand(dying, "sms", "+491511111111")
        dying.close()
        until = time.monotonic() + WAIT_S
        while not fake.posted:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert fake.told == [("+491511111111", key(1))]


def test_nothing_is_said_on_a_terminal_and_nothing_in_the_process_list(
    porter: Callable[[str], Porter], capfd: pytest.CaptureFixture[str]
) -> None:
    with gateway(RESET) as fake:
        one = porter(f'{sms(fake)}authorization = "Bearer hunter2"\n')
        hand(one, "sms", "+491511111111")
        assert set(answers(one, 1).values()) == {Failed(Failure.RESET)}
        command = Path(f"/proc/{one.pids()[0]}/cmdline").read_bytes()
        environment = Path(f"/proc/{one.pids()[0]}/environ").read_bytes()
        for secret in (b"hunter2", b"+4915", fake.url.encode(), WORDS.encode()):
            assert secret not in command + environment
    assert capfd.readouterr() == ("", "")


def test_a_claim_is_made_once_by_one_of_them(tmp_path: Path) -> None:
    care, watchdog = Claims(tmp_path, "care"), Claims(tmp_path, "watchdog")
    assert care.take(key(1))
    assert not watchdog.take(key(1))
    assert not Claims(tmp_path, "care").take(key(1)), "nor by the next process after a death"
    assert watchdog.take(key(2))
    assert not care.take(key(2))
