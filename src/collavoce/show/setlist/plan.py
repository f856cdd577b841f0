"""Tonight's set list: what is played, in which order, by whom, how much of it."""

import msgspec


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One entry. number: the number's id, "" for an interval.

    minutes : planned length where it differs from the folder's, else None.
    to : where it ends early, as written in the folder ("mark C"), "" at its end.
    cover : who plays it instead of whoever the folder names, "" as written.
    cut : not played tonight; it stays in the list, struck out.
    """

    number: str
    minutes: float | None = None
    to: str = ""
    cover: str = ""
    cut: bool = False


class Plan(msgspec.Struct, frozen=True, array_like=True):
    """The items in their order."""

    items: tuple[Item, ...] = ()
