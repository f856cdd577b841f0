"""The cues I meet, in plain text: what my card avoids, and what the caller is let know of."""

from collections.abc import Callable, Iterator

from collavoce.cli.text.asking import AskingError, Doing
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ = "/care/read"

Act = Callable[..., str]


class Meets:
    """The commands of it. act: says it, answers in words."""

    def __init__(self, door: Door, act: Act) -> None:
        self._door = door
        self._act = act

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "meets": self._all,
            "letknow": lambda cue: self._about("LetCallerKnow", cue),
            "takeback": lambda cue: self._about("TakeReleaseBack", cue),
        }

    def says(self, view: View) -> Iterator[str]:
        """What stands of it on the page."""
        shown = view.get("meets")
        if not shown:
            return
        yield from (_row(row) for row in shown["rows"])
        if shown["more"]:
            yield say("meets.text.more")

    def _all(self, _: str) -> str:
        shown: View = self._door.post(READ, {"type": "ReadMeets"}).get("shown", {})
        rows = [_row(row) for row in shown.get("meets", ())]
        return " ".join(rows) or say("meets.text.none")

    def _about(self, act: str, cue: str) -> str:
        if not cue:
            raise AskingError(say("meets.text.which"))
        return self._act(type=act, cue=cue)


def _row(row: View) -> str:
    says = str(row["says"])
    known = say("meets.text.known", row=says) if row["released"] else f"{says}."
    return known[:1].upper() + known[1:]
