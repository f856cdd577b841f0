"""Care, its watchdog, and the web desk's mailbox to hear what the caller would be shown."""

import contextlib
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from tests.process.care_house import READY_S, CareProcess

from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import DELIVERING, NOT_DELIVERING, Process, unpack
from collavoce.runtime.watchdog.config import FILE, WatchdogConfig, write_config

SECRET = "a secret of this test, long enough"
NOTICED_WITHIN_S = 10.0

HURT = """
import asyncio, sys, time
from pathlib import Path
from collavoce.desk.care import process, stream
from collavoce.runtime.care.climbing import climb as true_climb
from collavoce.runtime.care.config import read_config

config = Path(sys.argv[1])
hurt = config.with_name("hurt")

async def until_hurt(kind):
    while not (hurt.exists() and hurt.read_text() == kind):
        await asyncio.sleep(0.05)

true_keep_carrying = process.keep_carrying

async def keep_carrying(carriage):
    courier = asyncio.ensure_future(true_keep_carrying(carriage))
    await until_hurt("courier")
    courier.cancel()
    await asyncio.Event().wait()

async def climb(house):
    ladder = asyncio.ensure_future(true_climb(house))
    starving = asyncio.ensure_future(starve())
    await until_hurt("ladder")
    ladder.cancel()
    await asyncio.Event().wait()

async def starve():
    await until_hurt("starve")
    time.sleep(60)

true_view = stream.phone_view
def view(hand, person):
    shown = true_view(hand, person)
    if hurt.exists() and hurt.read_text() == "stream":
        shown["calls"] = []
    return shown

process.climb = climb
process.keep_carrying = keep_carrying
stream.phone_view = view
process.main(read_config(config))
"""
"""A care process in which a task, the loop or the delivery stops when a file says so."""


class WatchedHouse:
    """A care process without a supervisor, and its watchdog."""

    def __init__(
        self, care: CareProcess, *, canary_every_s: float = 60.0, channels: str = ""
    ) -> None:
        self.care = care
        self.desk = Mailbox(care.run_dir / "web")
        self.config = care.run_dir / FILE
        port = care.door.getsockname()[1]
        write_config(
            WatchdogConfig(
                str(care.run_dir), port, SECRET, canary_every_s=canary_every_s, channels=channels
            ),
            self.config,
        )
        self.words: list[str] = []
        self.watchdog: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        """Start the watchdog and wait for its readiness line."""
        self.watchdog = subprocess.Popen(
            (sys.executable, "-m", "collavoce.runtime.watchdog", str(self.config)),
            stdout=subprocess.PIPE,
        )
        assert self.watchdog.stdout is not None
        assert select.select([self.watchdog.stdout], [], [], READY_S)[0]
        assert self.watchdog.stdout.readline() == b"ready watchdog\n"

    def hear(self, seconds: float, until: str = "") -> float:
        """Listen at the desk's mailbox until `until` is said; the seconds it took."""
        start = time.monotonic()
        while (left := start + seconds - time.monotonic()) > 0:
            select.select([self.desk], [], [], left)
            while (received := self.desk.receive()) is not None:
                said = unpack(received[0])
                if not isinstance(said, Process):
                    # The line's state, which care's process tells the desk.
                    continue
                assert said == Process("care", said.state)
                self.words.append(said.state)
                if said.state == until:
                    return time.monotonic() - start
        assert not until, f"{until!r} not said within {seconds} s, but {self.words}"
        return time.monotonic() - start

    def changes(self) -> list[str]:
        """The words without their repetitions."""
        return [w for i, w in enumerate(self.words) if i == 0 or w != self.words[i - 1]]

    def hurt(self, kind: str) -> None:
        """Let something in a care process of `HURT` stop."""
        fresh = self.care.run_dir / "hurt.new"
        fresh.write_text(kind, encoding="utf-8")
        fresh.replace(self.care.run_dir / "hurt")

    def close(self) -> None:
        """End the watchdog."""
        if self.watchdog is not None:
            self.watchdog.send_signal(signal.SIGCONT)
            self.watchdog.kill()
            self.watchdog.wait(10)
            assert self.watchdog.stdout is not None
            self.watchdog.stdout.close()
        self.desk.close()


@contextlib.contextmanager
def watched(
    *, hurtable: bool = False, canary_every_s: float = 60.0, services: str = ""
) -> Generator[WatchedHouse]:
    """Care and its watchdog, running and well. services : the text of a `channels.toml`."""
    # Short, for mailboxes live in it.
    with tempfile.TemporaryDirectory(prefix="wd-", dir="/tmp") as folder:
        channels = Path(folder) / "channels.toml"
        channels.touch(0o600)
        channels.write_text(services, encoding="utf-8")
        care = CareProcess(Path(folder), {"canary": SECRET, "channels": str(channels)})
        house = WatchedHouse(care, canary_every_s=canary_every_s, channels=str(channels))
        try:
            if hurtable:
                start_hurtable(care)
            else:
                care.start()
            house.watch()
            house.hear(NOTICED_WITHIN_S, DELIVERING)
            yield house
        finally:
            house.close()
            if care.process is not None and care.process.poll() is None:
                care.process.kill()
            care.close()


def start_hurtable(care: CareProcess) -> None:
    """Start the care process of `HURT` in place of the real one."""
    care.process = subprocess.Popen(
        (sys.executable, "-c", HURT, str(care.config_path)),
        stdout=subprocess.PIPE,
        stderr=care.out,
        pass_fds=(care.door.fileno(),),
        cwd=care.show_dir,
    )
    assert care.process.stdout is not None
    assert select.select([care.process.stdout], [], [], READY_S)[0], care.written()
    assert care.process.stdout.readline() == b"ready care\n", care.written()


__all__ = ["DELIVERING", "NOTICED_WITHIN_S", "NOT_DELIVERING", "SECRET", "WatchedHouse", "watched"]
