"""Two weeks: he has stepped away, and this time the letter reaches her; then the concert."""

from pathlib import Path

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.house import open_house
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.stories.weeks_away import away, told_apart
from collavoce.cli.stories.weeks_cast import FRIEND, PHONES, SINGER, lay_out
from collavoce.cli.stories.weeks_clocks import clocks
from collavoce.cli.stories.weeks_letter import letter
from collavoce.cli.stories.weeks_words import concert, invitation, messages

PROCESSES = ("writer", "care", "web", "engine")
"""Nothing is followed here; what is left out is played in "The recital"."""


def play_two_weeks(account: Account, home: Path, friend: str) -> None:
    """Play it in `home`. friend: who has gone. Raises UsageError, StoryError."""
    account.not_yet("L0", "L1", "L2", "L3", "L4", "L5", "L6")
    with open_house(lay_out(home / "show", friend), PHONES, only=PROCESSES) as house:
        him, her = (Terminal(house.phones[person]) for person in (FRIEND, SINGER))
        leave = lay_out(home / "leave" / "show", friend)
        with open_house(leave, PHONES, only=PROCESSES) as on_leave:
            here, there = away(account, house, on_leave, him)
        letter(account, house, home / "dated", him, her, friend)
        invitation(account, house, him, her)
        messages(account, house, him, her)
        account.not_yet("C11")
        concert(account, house, her)
        fallen = house.fallen
    account.not_yet("C-a", "C-b", "C-c", "C-d")
    clocks(account, home)
    account.not_yet("C-f")
    told_apart(account, here, there)
    with account.step("house") as taking:
        taking.is_so("stood", not fallen, Figure(len(fallen)))
