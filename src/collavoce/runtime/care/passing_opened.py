"""The line opened beside care: its file, its key, its clock, its mailboxes."""

import asyncio
import hmac
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from collavoce.care.ladder import Moment
from collavoce.ledger import LedgerError
from collavoce.ledger.sealed import SealedStore
from collavoce.line.place import Utc
from collavoce.runtime.care import faults
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.home import Home, server_key
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.clock import monotonic_ns, wall_ns
from collavoce.runtime.line.house import LineHouse, LineRecords, NoRecords
from collavoce.runtime.line.shelf import STORE, LineShelf

BALLAST_BYTES = 4 << 20
"""Room for some ten thousand breaches on a full disk."""

TURN_S = 0.5


def open_passing(
    config: CareConfig,
    *,
    moment: Callable[[], Moment],
    later: Callable[[Callable[[], None]], object],
) -> Passing:
    """The line of the show over its file; raises HomeError.

    A file that cannot be read does not keep care from opening: the line is told then and says of
    everything that it is not recorded.
    """
    folder = Path(config.care_dir)
    key = server_key(Home(folder, Path(config.key_file)))
    records: LineRecords
    try:
        store = SealedStore.open(folder / STORE, ballast_bytes=BALLAST_BYTES)
        records = LineShelf(store, _derived(key, b"line file"))
        house = _house(config, records)
        house.open()
    except LedgerError as error:
        sys.stderr.write(f"care: the line is not recorded: {faults.describe(error)}\n")
        house = _house(config, NoRecords())
        house.open()
    return Passing(
        config.line,
        house,
        Path(config.run_dir),
        people=config.company,
        moment=moment,
        later=later,
        secret=_derived(key, b"presses of the line"),
    )


def _house(config: CareConfig, records: LineRecords) -> LineHouse:
    return LineHouse(
        config.line.place(),
        records,
        lambda: Utc(wall_ns() * 1e-9),
        config.line.keep_days,
        steady=lambda: monotonic_ns() * 1e-9,
    )


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, b"collavoce " + purpose, sha256).digest()


async def keep_passing(passing: Passing) -> None:
    """Turn it twice a second; never returns."""
    loop = asyncio.get_running_loop()
    loop.add_reader(passing.engine.fileno(), passing.engine.hear)
    loop.add_reader(passing.counter.fileno(), passing.counter.answer_all)
    while True:
        passing.turn()
        await asyncio.sleep(TURN_S)
