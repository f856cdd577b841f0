"""Everybody's text message becomes due at the same moment: what courier and porter can carry.

    python bench/care/carrying.py [--alerts N] [--presses N] [--folder DIR]

Real store, real porter process, a gateway on 127.0.0.1 in a process of its own that takes all.
First single presses with a push as the first channel, one after the other: from the press asked to
the message handed to the porter, try on disk. Then all alerts at once, with more such presses in
the middle. Handed over is what the courier gives to the porter; taken is what the gateway says.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from house import FRIEND, CareHouse
from msgspec import structs

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import RaiseAlert
from collavoce.care.events import AnyEvent, CircleSet, ConsentGiven, ContactsSet, LadderSet
from collavoce.care.outcome import Kept
from collavoce.desk.care.process import moment, open_house
from collavoce.rig.channels import Accepted, Outcome
from collavoce.runtime.care.climbing import climb
from collavoce.runtime.care.together import Together
from collavoce.runtime.care.ways.carriage import Carriage

NEAR = "near"
NUMBER = "+491511111111"
SUBSCRIPTION = json.dumps(
    {"endpoint": "https://push.example.org/a", "keys": {"p256dh": "k", "auth": "a"}}
)
EVERY_S = 0.05
AT_ONCE = 200
ALL_WITHIN_S = 120.0

GATEWAY = """
import asyncio, sys
async def take(reader, writer):
    try:
        await reader.readuntil(b"\\r\\n\\r\\n")
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    writer.close()
async def main():
    server = await asyncio.start_server(take, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


class Watch:
    """When each message was handed over and answered, by its channel and key."""

    def __init__(self, carriage: Carriage) -> None:
        self.handed: dict[str, list[float]] = {}
        self.taken = 0
        porter = carriage._porter  # noqa: SLF001
        hand, collect = porter.hand, porter.collect

        def handing(channel: str, address: str, text: str, key: str, *, distress: bool) -> int:
            self.handed.setdefault(channel, []).append(time.perf_counter())
            return hand(channel, address, text, key, distress=distress)

        def collecting() -> list[tuple[int, Outcome]]:
            answers = collect()
            self.taken += sum(isinstance(outcome, Accepted) for _, outcome in answers)
            return answers

        porter.hand, porter.collect = handing, collecting


async def presses(together: Together, watch: Watch, names: Sequence[str]) -> list[float]:
    """Milliseconds from each press to its push handed over, one press after the other."""
    took: list[float] = []
    for name in names:
        before = len(watch.handed.get("push", ()))
        began = time.perf_counter()
        assert await together.ask(RaiseAlert(name, f"press-of-{name:0>20}")) == Kept()
        while len(watch.handed.get("push", ())) == before:  # noqa: ASYNC110  nothing to wait for
            await asyncio.sleep(0)
        took.append((watch.handed["push"][-1] - began) * 1e3)
        await asyncio.sleep(EVERY_S)
    return took


async def measured(
    house_of: CareHouse, crowd: list[str], alone: list[str], amid: list[str]
) -> None:
    """Both measurements, printed."""
    house, store = open_house(house_of.config)
    carriage = Carriage(house_of.config, house, "http://127.0.0.1")
    watch, together = Watch(carriage), Together(house)
    tasks = [asyncio.create_task(carriage.carry()), asyncio.create_task(climb(house))]
    await asyncio.sleep(2.0)
    say("single press -> handed over", await presses(together, watch, alone))
    watch.handed.clear()
    before = watch.taken
    began = time.perf_counter()
    for first in range(0, len(crowd), AT_ONCE):
        some = crowd[first : first + AT_ONCE]
        await asyncio.gather(*(together.ask(RaiseAlert(p, f"storm-{p:0>20}")) for p in some))
    print(f"{len(crowd)} presses kept in {time.perf_counter() - began:.2f} s", flush=True)
    while not watch.handed.get("sms"):  # noqa: ASYNC110  as above
        await asyncio.sleep(0.01)
    start = watch.handed["sms"][0]
    in_the_middle = asyncio.create_task(presses(together, watch, amid))
    while len(watch.handed["sms"]) < len(crowd):
        assert time.perf_counter() - start < ALL_WITHIN_S, len(watch.handed["sms"])
        await asyncio.sleep(0.05)
    print(f"{len(crowd)} text messages handed over in {watch.handed['sms'][-1] - start:.2f} s")
    say("press in the middle -> handed over", await in_the_middle)
    until = start + ALL_WITHIN_S
    while watch.taken - before < len(crowd) and time.perf_counter() < until:  # noqa: ASYNC110  too
        await asyncio.sleep(0.05)
    print(f"{watch.taken - before} taken after {time.perf_counter() - start:.2f} s")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    carriage.close()
    store.close()


def say(what: str, milliseconds: Sequence[float]) -> None:
    """The percentiles."""
    ordered = sorted(milliseconds)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.5, 0.99)]
    print(f"{what}: n {len(ordered)}, p50 {at[0]:.1f} ms, p99 {at[1]:.1f} ms", flush=True)


def carry(folder: Path, alerts: int, count: int) -> None:
    """Fill a store, start a gateway, measure."""
    crowd = [f"person-{n}" for n in range(alerts)]
    alone = [f"alone-{n}" for n in range(count)]
    amid = [f"amid-{n}" for n in range(count)]
    house_of = CareHouse(folder, [*crowd, *alone, *amid, NEAR])
    channels = folder / "channels.toml"
    with subprocess.Popen((sys.executable, "-c", GATEWAY), stdout=subprocess.PIPE) as gateway:
        assert gateway.stdout is not None
        port = int(gateway.stdout.readline())
        channels.touch(0o600)
        channels.write_text(f'[sms]\nwebhook = "http://127.0.0.1:{port}/"\n', encoding="utf-8")
        house_of.config = structs.replace(house_of.config, channels=str(channels))
        house_of.fill(further(crowd, [*alone, *amid]))
        try:
            asyncio.run(measured(house_of, crowd, alone, amid))
        finally:
            gateway.kill()


def further(crowd: Sequence[str], pushed: Sequence[str]) -> list[AnyEvent]:
    """The friend has a number; `pushed` have somebody else, who has a push.

    Nobody has a last resort: looking for one among ten thousand people is another measurement.
    """
    now = moment()
    events: list[AnyEvent] = [
        ContactsSet(now, FRIEND, (Contact(Channel.SMS, NUMBER),)),
        ContactsSet(now, NEAR, (Contact(Channel.PUSH, SUBSCRIPTION),)),
    ]
    for person in pushed:
        events += [CircleSet(now, person, (NEAR,), 20.0), ConsentGiven(now, person, NEAR)]
    events += [LadderSet(now, person, 5.0, 60.0, 120.0, "") for person in (*crowd, *pushed)]
    return events


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--alerts", type=int, default=40)
    parser.add_argument("--presses", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carry-", dir=chosen.folder) as work:
        carry(Path(work) / "house", chosen.alerts, chosen.presses)
