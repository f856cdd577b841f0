"""Which firing answers which due time.

In: two lists of seconds. Out: pairs of indices. Never: an opinion on how near is near enough.
"""

from collections.abc import Sequence


def match(due: Sequence[float], fired: Sequence[float]) -> dict[int, int]:
    """Index in `due` -> index in `fired`, both ascending.

    As many pairs as there can be, in order, with the least distance overall.
    """
    if len(due) <= len(fired):
        return dict(enumerate(_places(due, fired)))
    return {place: i for i, place in enumerate(_places(fired, due))}


def _places(short: Sequence[float], long: Sequence[float]) -> list[int]:
    """For each of `short` its partner in `long`.

    best[i][j] is the least total distance with the first i of `short` among the first j of `long`.
    """
    best = [[0.0] * (len(long) + 1)]
    for i, value in enumerate(short):
        line = [float("inf")]
        for j, other in enumerate(long):
            line.append(min(line[j], best[i][j] + abs(value - other)))
        best.append(line)
    places: list[int] = []
    j = len(long)
    for i in range(len(short), 0, -1):
        while best[i][j - 1] <= best[i][j]:
            j -= 1
        j -= 1
        places.append(j)
    return places[::-1]
