"""The recital: the show follows his playing to the exit, and one friend waits there."""

from pathlib import Path

from collavoce.cli.stories.account import Account
from collavoce.cli.stories.house import open_house
from collavoce.cli.stories.recital_alone import alone, with_him
from collavoce.cli.stories.recital_asked import asked_and_tired
from collavoce.cli.stories.recital_away import done, way_back
from collavoce.cli.stories.recital_card import card, friend_withdrawn, scent
from collavoce.cli.stories.recital_cast import (
    FRIEND,
    LIAISON,
    MANAGER,
    PERFORMER,
    SECOND,
    lay_out_house,
)
from collavoce.cli.stories.recital_ends import Ends
from collavoce.cli.stories.recital_found import found
from collavoce.cli.stories.recital_keys import by_keyboard
from collavoce.cli.stories.recital_music import a_hand_wins, lay_out, music
from collavoce.cli.stories.recital_twin import twins
from collavoce.cli.stories.recital_year import a_year

PHONES = (PERFORMER, FRIEND, SECOND, MANAGER, LIAISON)


def play_recital(account: Account, home: Path, friend: str, speed: float | None) -> None:
    """Play it in `home`. friend: who holds the seat. speed: None for a virtual clock.

    Raises UsageError.
    """
    music(account, lay_out(home / "music", friend), speed)
    with open_house(lay_out_house(home / "house", friend), PHONES) as house:
        a_hand_wins(account, house)
        ends = Ends.of(house)
        card(account, ends)
        he, she = asked_and_tired(account, home / "after", friend)
        alone(account, ends)
        with_him(account, ends)
        scent(account, ends)
        done(account, ends)
        found(account, ends)
        account.not_yet("A8", "A9")
        way_back(account, ends)
        friend_withdrawn(account, ends)
        by_keyboard(account, (ends.he, he), (ends.she, she))
    twins(account, home / "twins", friend)
    a_year(account, home / "year")
    account.not_yet("A-c")
