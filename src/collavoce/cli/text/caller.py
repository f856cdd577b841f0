"""The caller's desk in plain text: what is fired, what stands, who is where, what is wrong."""

import threading

from collavoce.cli.text import caller_says
from collavoce.cli.text.asking import Asking, AskingError, Twice
from collavoce.cli.text.caller_cues import CueHand
from collavoce.cli.text.caller_evening import EveningHand
from collavoce.cli.text.caller_line import LineHand
from collavoce.cli.text.door import Door, View
from collavoce.cli.text.opened import OpenedDesk
from collavoce.cli.text.place import arrival_says, place_says, start_of
from collavoce.cli.text.teller import Teller
from collavoce.words import say


class CallerText:
    """The caller's desk behind `door`, opened with the key in `link`."""

    def __init__(self, door: Door, link: str, teller: Teller) -> None:
        self._door = door
        self._teller = teller
        self.twice = Twice()
        self._there = threading.Event()
        self.desk = OpenedDesk(door, link)
        self._line = LineHand(self.desk)
        self.asking = Asking(
            "text.caller",
            {
                **CueHand(self.desk, self.twice).commands(),
                "follow": self._follow,
                "place": self._place,
                "undo": lambda _: self._placed(None, say("desk.music.went_back")),
                "where": self._where,
                **EveningHand(self.desk).commands(),
                **self._line.commands(),
            },
            self.twice,
        )

    def listen(self) -> None:
        """Say what changes from now on; raises DoorError when there is nothing to hear."""
        self._door.listen("/events", self.hear, self._link)
        self._door.until(self._there)

    # What is heard.

    def _link(self, there: bool) -> None:  # noqa: FBT001  the door's own callback
        self._teller.tell({"link": [] if there else [say("text.cut_off")]})

    def hear(self, event: str, view: View) -> None:
        """Take what the desk told, and say what is new in it."""
        desk = self.desk
        if event == "beat":
            desk.beat(view["at"])
        elif event == "times":
            desk.times = view
            self._teller.tell({"times": list(caller_says.times(desk))})
        elif event == "music":
            desk.music = view
            self._teller.tell({"music": [self._music_is()] if view.get("sign") else []})
        elif event == "state":
            desk.view = view
            self._there.set()
            self._teller.tell(
                {
                    "trouble": list(caller_says.trouble(desk)),
                    "line": list(caller_says.line(desk)),
                    "hazards": list(self._line.hazards.says(view["line"]["hazards"])),
                    "show": list(caller_says.show_is(desk)),
                    "arrival": list(arrival_says(view["arrival"])),
                    "last": list(caller_says.last(desk)),
                    "standby": list(caller_says.standby(desk)),
                    "called": list(caller_says.called(desk)),
                    "restrictions": list(caller_says.restrictions(desk)),
                    "people": list(caller_says.people(desk)),
                    "missing": list(caller_says.missing(desk)),
                }
            )

    def _music_is(self) -> str:
        return say("text.music_is", word=self.desk.music["sign"]["word"])

    # What is asked of the music.

    def _follow(self, on: str) -> str:
        if on not in ("on", "off"):
            raise AskingError(say("text.on_or_off"))
        return self.desk.order(type="Follow", on=on == "on")

    def _place(self, words: str) -> str:
        number = self.desk.view["rail"]["number"]
        bars = next((n["bars"] for n in self.desk.plan["numbers"] if n["id"] == number), [])
        return self._placed(*start_of(bars, words, self.desk.music.get("quarter") or 0.0))

    def _placed(self, quarter: float | None, done: str) -> str:
        answer = self._door.post("/place", {"quarter": quarter})
        return str(answer.get("refused") or done)

    def _where(self, _: str) -> str:
        music = self.desk.music
        if not music.get("sign"):
            return say("desk.music.none_written")
        coming = music.get("next")
        cue = "" if coming is None else self.desk.cue(coming["cue"])
        came = arrival_says(self.desk.view.get("arrival"))
        return " ".join([self._music_is(), *place_says(music, cue), *came])
