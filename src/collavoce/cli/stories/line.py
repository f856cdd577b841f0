"""The line: he reaches past everybody for the one exception, and nobody else ever learns it."""

import os
from pathlib import Path

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.gateway import open_gateway
from collavoce.cli.stories.house import open_house
from collavoce.cli.stories.line_after import record, report, risk
from collavoce.cli.stories.line_before import breach, brief, ears, ready
from collavoce.cli.stories.line_cast import PHONES, Cast
from collavoce.cli.stories.line_figures import (
    at_once,
    dead_device,
    no_internet,
    press_into_nothing,
)
from collavoce.cli.stories.line_him import (
    afterwards,
    cannot_press,
    comes,
    presses,
    settle,
    stays,
)
from collavoce.cli.stories.line_twin import twins
from collavoce.cli.stories.sockets import SocketWatch


def play_line(account: Account, home: Path, friend: str, speed: float) -> None:
    """Play it in `home`. friend: who holds the seat. Raises UsageError."""
    cast = Cast(friend)
    folder = cast.lay_out(home / "show")
    with open_gateway() as gateway:
        gateway.set_up(home / "care")
        with open_house(folder, PHONES, speed) as house:
            watch = SocketWatch(lambda: [os.getpid(), *house.live.supervisor.pids().values()])
            settle(house)
            ready(account, house, cast)
            brief(account)
            ears(account, house, cast)
            breach(account, house)
            presses(account, house, gateway)
            cannot_press(account, house)
            comes(account, house)
            risk(account, house, cast)
            record(account, house)
            stays(account, house, cast)
            report(account, house)
            afterwards(account, house)
            at_once(account, house)
            # Her device stays dead for the ladder's eleven seconds; the twins take about as long.
            unheard = press_into_nothing(house)
            twins(account, cast, home)
            dead_device(account, house, gateway, unheard)
            no_internet(account, watch)
            with account.step("house") as taking:
                taking.is_so("stood", not house.fallen, Figure(len(house.fallen)))
