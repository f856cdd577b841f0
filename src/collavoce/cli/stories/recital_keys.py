"""A-a: no dead end, and few keys, at both ends."""

from collections.abc import Sequence

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.terminal import Terminal

KEYS_MOST = 5


def by_keyboard(account: Account, his: Sequence[Terminal], hers: Sequence[Terminal]) -> None:
    """Everything that was typed so far. his, hers: the terminals it was typed at."""
    with account.step("A-a") as taking:
        both = (*his, *hers)
        dead = [word for end in both for word in end.dead_ends]
        taking.is_so("dead_ends", not dead, Figure(len(dead)))
        for ends, key in ((his, "his"), (hers, "hers")):
            keys = _most(ends)
            most = max(keys.values())
            worst = ", ".join(word for word, pressed in keys.items() if pressed == most)
            taking.within(key, list(map(float, keys.values())), KEYS_MOST, "keys", worst=worst)
        written = sum(end.sentences for end in both)
        taking.is_so("sentences", written, Figure(written))


def _most(ends: Sequence[Terminal]) -> dict[str, int]:
    """Word -> the most presses it took at any of `ends`."""
    words = {word for end in ends for word in end.keys}
    return {word: max(end.keys.get(word, 0) for end in ends) for word in sorted(words)}
