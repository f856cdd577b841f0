"""Both ends of the recital: his and his friend's in plain text, and who else looks on."""

from dataclasses import dataclass

from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import PhonePage
from collavoce.cli.stories.recital_cast import FRIEND, LIAISON, MANAGER, PERFORMER, SECOND
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.text.door import View

ANSWER_MS = 2000.0
SECOND_S = 5.0
TWO_LINES = "Lavender. Not a word about it."


@dataclass(slots=True)
class Ends:
    """his, hers, third, manager, liaison: what they hold; he, she: two of them in plain text."""

    house: StoryHouse
    his: PhonePage
    hers: PhonePage
    third: PhonePage
    manager: PhonePage
    liaison: PhonePage
    he: Terminal
    she: Terminal

    @staticmethod
    def of(house: StoryHouse) -> "Ends":
        """Both ends of `house`."""
        people = (PERFORMER, FRIEND, SECOND, MANAGER, LIAISON)
        his, hers, third, manager, liaison = (house.phones[person] for person in people)
        ends = (Terminal(his), Terminal(hers))
        return Ends(house, his, hers, third, manager, liaison, *ends)

    def away(self, view: View) -> bool:
        """Whether the desk says that he is not available, or plays in part."""
        return any(one["person"] == self.his.person for one in view["people"]["away"])

    def word(self, view: View) -> str:
        """What the desk says of him, "" for nothing."""
        found = (one for one in view["people"]["away"] if one["person"] == self.his.person)
        return str(next((one["sign"]["word"] for one in found), ""))

    def name(self) -> str:
        """His name."""
        return self.house.live.folded.show.people[self.his.person].name


def trust(view: View, ends: Ends) -> View:
    """How he stands on the page of somebody of his circle."""
    found = (one for one in view["trust"] if one["id"] == ends.his.person)
    nothing: View = {"alone": None, "look": False, "with": ""}
    return next(found, nothing)
