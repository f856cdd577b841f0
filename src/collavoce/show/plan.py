"""Tonight's set list: what is played, in which order, by whom, how much of it."""

import msgspec


class Song(msgspec.Struct, frozen=True, array_like=True):
    """A number that is not in the folder: its author has given it to the show, with a recording.

    reference : the recording's path in the show folder. minutes : its length. performers : ids of
    who plays it, one at least. change : minutes of the change-over after it, where it stands.
    """

    title: str
    reference: str
    minutes: float
    performers: tuple[str, ...]
    change: float = 0.0


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One entry. number: the number's id, "" for an interval or a hold of tonight's own.

    minutes : planned length where it differs from the folder's, else None.
    to : where it ends early, as written in the folder ("mark C"), "" at its end.
    cover : who plays it instead of whoever the folder names, "" as written.
    cut : not played tonight; it stays in the list, struck out.
    hold : of an entry without a number: everybody stays where they are; else it is an interval.
    song : what the number is, where the folder has none of that id.
    """

    number: str
    minutes: float | None = None
    to: str = ""
    cover: str = ""
    cut: bool = False
    hold: bool = False
    song: Song | None = None


class Plan(msgspec.Struct, frozen=True, array_like=True):
    """The items in their order."""

    items: tuple[Item, ...] = ()

    def index(self, number: str | None) -> int:
        """Where `number` stands; -1 for None and for what is not in it."""
        if not number:
            return -1
        return next((i for i, item in enumerate(self.items) if item.number == number), -1)
