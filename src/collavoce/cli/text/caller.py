"""The caller's desk in plain text: what is fired, what stands, who is where, what is wrong."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from collavoce.cli.text.asking import Asking, AskingError, Twice, numbered, one_of
from collavoce.cli.text.door import Door, DoorError, View
from collavoce.cli.text.place import arrival_says, place_says, start_of
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import fresh_id
from collavoce.words import say

FADE_S = 2.0


class CallerText:
    """The caller's desk behind `door`, opened with the key in `link`."""

    def __init__(self, door: Door, link: str, teller: Teller) -> None:
        self._door = door
        self._teller = teller
        self._view: View = {}
        self._music: View = {}
        self._unread = ""
        self.twice = Twice()
        self._there = threading.Event()
        opened = door.post("/open", {"key": urlsplit(link).fragment})
        if not opened.get("open"):
            raise DoorError(str(opened.get("refused", say("text.no_key"))))
        self._plan: View = msgspec.json.decode(door.get("/plan.json"))
        self._cues = {cue["number"]: cue for cue in self._plan["cues"]}
        self._zones = {zone["id"]: zone["name"] for zone in self._plan["zones"]}
        self._numbers = {number["id"]: number["title"] for number in self._plan["numbers"]}
        self.asking = Asking(
            "text.caller",
            {
                "go": self._go,
                "standby": self._point,
                "goto": self._go_to,
                "back": lambda _: self._order(type="Back"),
                "hold": lambda _: self._order(type="Hold"),
                "resume": lambda _: self._order(type="Resume"),
                "stop": self._stop,
                "start": self._start,
                "follow": self._follow,
                "place": self._place,
                "undo": lambda _: self._placed(None, say("desk.music.went_back")),
                "mark": lambda text: self._order(type="MarkNote", text=text),
                "where": self._where,
                "cues": self._list,
                "heard": self._heard,
                "line": self._line,
                "radio": lambda which: self._at_breach("LogRadio", which),
                "resolved": lambda which: self._at_breach("ResolveLine", which),
                "clear": lambda zone: self._at("KeepClear", zone),
                "lift": self._lift,
                "medic": lambda zone: self._at("AskMedic", zone),
                "hand": self._hand,
                "support": lambda _: self._say_line(type="AskSupport", key=fresh_id()),
                "drill": self._drill,
                "risk": self._risk,
                "report": self._report,
                "pair": self._pair,
            },
            self.twice,
        )

    def listen(self) -> None:
        """Say what changes from now on; raises DoorError when there is nothing to hear."""
        self._door.listen("/events", self._take, self._link)
        self._door.until(self._there)

    # What is heard.

    def _link(self, there: bool) -> None:  # noqa: FBT001  the door's own callback
        self._teller.tell({"link": [] if there else [say("text.cut_off")]})

    def _take(self, event: str, view: View) -> None:
        if event == "music":
            self._music = view
            self._teller.tell({"music": [self._music_is()] if view.get("sign") else []})
        elif event == "state":
            self._view = view
            self._there.set()
            self._teller.tell(
                {
                    "trouble": list(self._trouble()),
                    "line": list(self._line_says()),
                    "show": list(self._show_says()),
                    "arrival": list(arrival_says(self._view["arrival"])),
                    "last": list(self._last_says()),
                    "standby": [self._standby_says()],
                    "people": list(self._people_says()),
                }
            )

    def _trouble(self) -> Iterator[str]:
        for process in self._view["rail"]["processes"]:
            if process["sign"]["tone"] != "quiet":
                word = process["sign"]["word"]
                yield say("desk.rail.trouble", name=process["name"], word=word)

    def _show_says(self) -> Iterator[str]:
        rail = self._view["rail"]
        order = list(self._numbers)
        if rail["number"] in order:
            title = self._numbers[rail["number"]]
            index = order.index(rail["number"]) + 1
            yield say("text.number", index=index, count=len(order), title=title)
        yield say("text.show_is", word=rail["show"]["word"])

    def _music_is(self) -> str:
        return say("text.music_is", word=self._music["sign"]["word"])

    def _last_says(self) -> Iterator[str]:
        last = self._view["last"]
        if last is None:
            return
        fired = say("text.fired", cue=self._cue(last["cue"]), by=last["by"] or "-")
        yield fired if last["ms"] is None else f"{fired} {say('desk.cues.ms', ms=last['ms'])}"

    def _standby_says(self) -> str:
        standby = self._view["standby"]
        if standby is None:
            start = self._view["go"]["start"]
            return (
                say("desk.cues.nothing")
                if start is None
                else say("text.start_next", title=self._numbers[start], id=start)
            )
        return say("text.standby", cue=self._cue(standby), when=self._cues[standby]["when"])

    def _people_says(self) -> Iterator[str]:
        people = self._view["people"]
        for person in people["on_stage"]:
            yield say("text.person", name=person["name"], word=person["sign"]["word"])
        for way in people["exits"]:
            who = way["name"] or say("desk.exit.empty")
            line = say("desk.people.line", who=who, exit=way["exit"])
            yield say("text.person", name=line, word=way["sign"]["word"])
        for person in people["away"]:
            yield say("text.person", name=person["name"], word=person["sign"]["word"])

    def _line_says(self) -> Iterator[str]:
        line = self._view["line"]
        if line["silent"] is not None:
            yield f"{line['silent']['word']}."
        for index, breach in enumerate(line["breaches"], start=1):
            words = [say("text.breach", n=index, word=breach["sign"]["word"], zone=breach["zone"])]
            if breach["coming"]:
                words.append(say("desk.line.come", names=", ".join(breach["coming"])))
            if breach["radio"]:
                words.append(say("desk.line.radio_said"))
            yield ", ".join(words) + "."
        for index, clear in enumerate(line["clears"], start=1):
            yield say("text.breach", n=index, word=clear["sign"]["word"], zone=clear["zone"]) + "."
        for medic in line["medics"]:
            yield say("desk.line.aloud", word=medic["sign"]["word"], zone=medic["zone"]) + "."
        for person in line["ears"]:
            yield say("text.person", name=person["name"], word=person["sign"]["word"])
        for risk in line["risks"]:
            yield say("desk.risk.text") + ". " + say("desk.risk.held_by", name=risk["holder_name"])
        if line["stop"] is not None:
            yield f"{line['stop']['sign']['word']}."
        if line["standby"] is not None:
            yield f"{line['standby']['word']}."
        yield f"{line['support']['sign']['word']}."

    # What is asked.

    def _go(self, _: str) -> str:
        # Just what was said aloud as standing by is fired, whatever moved meanwhile.
        return self._order(type="Go", cue=self._view.get("standby"))

    def _point(self, cue: str) -> str:
        return self._order(type="PointTo", cue=self._known_cue(cue))

    def _go_to(self, cue: str) -> str:
        return self._order(type="GoTo", cue=self._known_cue(cue))

    def _stop(self, _: str) -> str:
        if not self.twice.sure("stop"):
            return say("desk.hands.stop_armed")
        return self._order(type="Stop", fade=FADE_S)

    def _start(self, number: str) -> str:
        chosen = number or self._view["go"]["start"] or ""
        return self._order(
            type="StartNumber", number=one_of(chosen, self._numbers, say("text.what.number"))
        )

    def _follow(self, on: str) -> str:
        if on not in ("on", "off"):
            raise AskingError(say("text.on_or_off"))
        return self._order(type="Follow", on=on == "on")

    def _place(self, words: str) -> str:
        number = self._view["rail"]["number"]
        bars = next((n["bars"] for n in self._plan["numbers"] if n["id"] == number), [])
        return self._placed(*start_of(bars, words, self._music.get("quarter") or 0.0))

    def _placed(self, quarter: float | None, done: str) -> str:
        answer = self._door.post("/place", {"quarter": quarter})
        return str(answer.get("refused") or done)

    def _where(self, _: str) -> str:
        music = self._music
        if not music.get("sign"):
            return say("desk.music.none_written")
        coming = music.get("next")
        cue = "" if coming is None else self._cue(coming["cue"])
        came = arrival_says(self._view.get("arrival"))
        return " ".join([self._music_is(), *place_says(music, cue), *came])

    def _list(self, found: str) -> str:
        cues = self._view["cues"]
        shown = [
            say("text.cue_is", cue=self._cue(n), word=say(f"desk.{cues[n]['is']}"))
            for n in cues
            if found.casefold() in self._cue(n).casefold()
        ]
        return "\n".join(shown) or say("desk.cues.none_found")

    def _heard(self, words: str) -> str:
        """Somebody said over the radio that they are in position, or why they are not."""
        exits = self._view["people"]["exits"]
        way = next((w for w in exits if w["person"] is not None), None)
        if way is None:
            raise AskingError(say("desk.people.no_exits"))
        if words.startswith("not"):
            reason = say("desk.people.said_aloud")
            return self._order(type="NotClear", cue=way["cue"], person=way["person"], reason=reason)
        return self._order(type="Acknowledge", cue=way["cue"], person=way["person"])

    def _line(self, zone: str) -> str:
        return self._at("RaiseLine", zone)

    def _at(self, act: str, zone: str) -> str:
        place = one_of(zone, self._zones, say("text.what.zone"))
        return self._say_line(type=act, key=fresh_id(), zone=place)

    def _at_breach(self, act: str, which: str) -> str:
        breach = numbered(self._view["line"]["breaches"], which)
        return self._say_line(type=act, key=fresh_id(), breach=breach["id"])

    def _lift(self, which: str) -> str:
        clear = numbered(self._view["line"]["clears"], which)
        return self._say_line(type="LiftClear", key=fresh_id(), clear=clear["id"])

    def _hand(self, who: str) -> str:
        names = {p["id"]: p["name"] for p in self._plan["performers"]}
        person = one_of(who, names, say("text.what.performer"))
        said = self._say_line(type="HandToFriend", key=fresh_id(), person=person)
        return say("desk.hand.done") if said == say("text.kept") else said

    def _drill(self, how: str) -> str:
        if how not in ("voice", "hand"):
            raise AskingError(say("text.voice_or_hand"))
        return self._say_line(type="TickDrill", key=fresh_id(), by_hand=how == "hand")

    def _risk(self, words: str) -> str:
        """Clear the first hold risk, or say who decides about it."""
        risks = self._view["line"]["risks"]
        if words == "clear":
            first = numbered(risks, "")
            return self._order(type="ClearRisk", risk=first["id"])
        names = {p["id"]: p["name"] for p in self._plan["deciders"]}
        holder = one_of(words, names, say("text.what.decider"))
        first = numbered(risks, "")
        return self._order(type="TakeRisk", risk=first["id"], person=holder)

    def _report(self, text: str) -> str:
        """A line of the show report; one that reads like somebody's health is asked about first."""
        words = {w.strip() for w in say("desk.report.health_words").split(",")}
        told = next((w for w in text.casefold().replace(".", " ").split() if w in words), None)
        if told is not None and self._unread != text:
            self._unread = text
            return say("desk.report.warning", word=told) + " " + say("text.report_again")
        self._unread = ""
        return self._order(type="WriteReport", text=text)

    def _pair(self, who: str) -> str:
        names = {p["id"]: p["name"] for p in self._plan["people"]}
        person = one_of(who, names, say("text.what.person"))
        link = self._door.post(f"/pairing/{person}", {})
        if "refused" in link:
            return str(link["refused"])
        return say("text.pair", name=names[person], url=link["url"])

    def _order(self, **command: object) -> str:
        return self._told(self._door.post("/command", {"key": fresh_id(), **command}))

    def _say_line(self, **command: object) -> str:
        return self._told(self._door.post("/line", command))

    def _told(self, answer: View) -> str:
        if "refused" in answer:
            return str(answer["refused"])
        if answer.get("recorded") is False:
            return say("desk.line.told_not_recorded")
        return say("text.kept")

    def _cue(self, number: str) -> str:
        cue: dict[str, Any] = self._cues.get(number, {})
        return f"{cue.get('department', '')} {number} {cue.get('name', '')}".strip()

    def _known_cue(self, text: str) -> str:
        if text in self._cues:
            return text
        number = text.rpartition(" ")[2]
        if number in self._cues:
            return number
        raise AskingError(say("text.no_cue", cue=text))
