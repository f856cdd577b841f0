"""The recital: the show follows his playing to the exit, and one friend waits there."""

from pathlib import Path

from collavoce.cli.stories.account import Account
from collavoce.cli.stories.house import open_house
from collavoce.cli.stories.recital_alone import (
    Ends,
    alone,
    by_keyboard,
    card,
    friend_withdrawn,
    with_him,
)
from collavoce.cli.stories.recital_music import a_hand_wins, lay_out, music
from collavoce.cli.stories.terminal import Terminal

PERFORMER, FRIEND, SECOND = "ren", "mina", "layla"


def play_recital(account: Account, home: Path, friend: str, speed: float | None) -> None:
    """Play it in `home`. friend: who holds the seat. speed: None for a virtual clock.

    Raises UsageError.
    """
    music(account, lay_out(home / "music", friend), speed)
    with open_house(lay_out(home / "house", friend), (PERFORMER, FRIEND, SECOND)) as house:
        a_hand_wins(account, house)
        his, hers, third = (house.phones[p] for p in (PERFORMER, FRIEND, SECOND))
        ends = Ends(house, his, hers, third, Terminal(his), Terminal(hers))
        card(account, ends)
        account.not_yet("A2", "A3")
        alone(account, ends)
        with_him(account, ends)
        account.not_yet("A5", "A6", "A7", "A8", "A9", "A10")
        by_keyboard(account, ends)
        friend_withdrawn(account, ends)
        account.not_yet("A-b", "A-c", "A-d")
