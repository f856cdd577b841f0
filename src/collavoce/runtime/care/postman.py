"""The postman: looks at both clocks, and delivers what has come due; late rather than early.

Which time is believed stands in `care/two_clocks.py`. Where no phone is here to say the time after
a start, a letter waits: nobody is here to read it.
"""

import asyncio

from collavoce.care.two_clocks import TwoClocks
from collavoce.runtime.care.kept.keep import Keep
from collavoce.runtime.care.kept.post.desk import Post

LOOK_EVERY_S = 5.0


class Daytime:
    """The time of day as machine and phones say it. keep: has the machine's two counts."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._clocks = TwoClocks()

    def heard(self, utc: float) -> None:
        """A phone of somebody says that it is `utc`."""
        now = self._keep.house.moment()
        self._clocks = self._clocks.looked(self._keep.wall(), now).heard(utc, now)

    def utc(self) -> float | None:
        """The time that both say has come; None while there is none."""
        now = self._keep.house.moment()
        self._clocks = self._clocks.looked(self._keep.wall(), now)
        return self._clocks.utc(now)


class Postman:
    """Carries what `post` holds, by the clocks of `daytime`."""

    def __init__(self, post: Post, daytime: Daytime) -> None:
        self._post = post
        self._daytime = daytime

    def turn(self) -> None:
        """Deliver what is due, finish what was begun."""
        utc = self._daytime.utc()
        if utc is not None:
            self._post.letters.delivery.due(utc)
        self._post.letters.delivery.settle()
        self._post.notes.turn()


async def keep_post(postman: Postman) -> None:
    """Turn it every `LOOK_EVERY_S` seconds; never returns."""
    while True:
        postman.turn()
        await asyncio.sleep(LOOK_EVERY_S)
