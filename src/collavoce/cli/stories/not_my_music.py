"""Not my music: both feel that the music is not theirs, and a ballad comes into the set."""

from pathlib import Path

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.house import open_house
from collavoce.cli.stories.music_cast import DANCER, PHONES, STAR, lay_out
from collavoce.cli.stories.music_here import same_here
from collavoce.cli.stories.music_lights import lights_out
from collavoce.cli.stories.music_manager import manager
from collavoce.cli.stories.music_orders import orders
from collavoce.cli.stories.music_song import song
from collavoce.cli.stories.music_wishes import knock, wishes
from collavoce.cli.stories.terminal import Terminal

PROCESSES = ("writer", "care", "web", "engine")
"""Nothing is followed here; what is left out is played in "The recital"."""


def play_not_my_music(account: Account, home: Path, dancer: str) -> None:
    """Play it in `home`. dancer: the name of whoever stands in the corner. Raises UsageError."""
    with open_house(lay_out(home / "show", dancer), PHONES, only=PROCESSES) as house:
        his, theirs = (Terminal(house.phones[person]) for person in (STAR, DANCER))
        wishes(account, house, his)
        same_here(account, home / "here", dancer)
        song(account, house, his, theirs)
        account.not_yet("D4", "D5")
        knock(account, house, his, theirs)
        fallen = house.fallen
    lights_out(account, home / "lights")
    orders(account)
    manager(account, home, dancer)
    account.not_yet("D-c", "D-d")
    with account.step("house") as taking:
        taking.is_so("stood", not fallen, Figure(len(fallen)))
