"""A phone's page in plain text: my press, who calls me, my people, the line, what is mine."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from collavoce.cli.text.after import After
from collavoce.cli.text.asking import Asking, AskingError, Twice, numbered, one_of
from collavoce.cli.text.away import Away
from collavoce.cli.text.card import Card
from collavoce.cli.text.checkin import CheckIn
from collavoce.cli.text.door import Door, DoorError, View
from collavoce.cli.text.ear import Ear
from collavoce.cli.text.hazards import Hazards
from collavoce.cli.text.letters import Letters
from collavoce.cli.text.meets import Meets
from collavoce.cli.text.mine import Mine
from collavoce.cli.text.music import Music
from collavoce.cli.text.song import Song
from collavoce.cli.text.strip import Strip
from collavoce.cli.text.teller import Teller
from collavoce.runtime.clock import fresh_id, monotonic_ns
from collavoce.words import say

PAGE, ACT, STREAM = "/care/", "/care/act", "/care/stream"
ALONE_MIN = 30.0
LIVE = ("open", "coming", "covered")
_DATA = re.compile(rb'<script[^>]*id="data"[^>]*>(.*?)</script>', re.DOTALL)


def become(door: Door, link: str) -> None:
    """Pair this terminal with the code in `link`, if there is one; raises DoorError."""
    code = urlsplit(link).fragment
    if not code:
        return
    answer = door.post("/care/pair", {"code": code})
    if not answer.get("done"):
        raise DoorError(str(answer.get("why", say("text.not_ours", origin=door.origin))))


class PhoneText:
    """The page of whoever this terminal is paired for, behind `door`."""

    def __init__(self, door: Door, teller: Teller) -> None:
        self._door = door
        self._teller = teller
        self._view: View = {}
        self._shown: set[str] = set()
        self.twice = Twice()
        self._there = threading.Event()
        found = _DATA.search(door.get(PAGE))
        self._data: View = msgspec.json.decode(found[1]) if found else {}
        if not self._data.get("me"):
            raise DoorError(say("text.not_paired"))
        self._people: dict[str, str] = self._data["people"]
        self._zones: dict[str, str] = self._data["zones"]
        self._after = After(door, self._act)
        self._checkin = CheckIn(door, self._people, self._act, self._press)
        self._away = Away(door, self._people, self._data["me"], self._act)
        self._card = Card(door, self._people, self._act)
        self._meets = Meets(door, self._act)
        self._letters = Letters(door, self._people, self._act, self.twice)
        self._music = Music(door, self._data, self._act)
        self._song = Song(door, self._people, self._act)
        self._hazards = Hazards(self._zones, self._data["house_rules"], self._act)
        self._ear = Ear(door, self._people, self._act)
        web = door.beside(self._data["web"]) if self._data["web"] else None
        self._strip = Strip(web, self._data["me"], teller, self._ear.line_for)
        self.asking = Asking(
            "text.phone",
            {
                "press": self._press,
                "cancel": lambda word: self._of_mine("Cancel", word=word),
                "over": lambda _: self._of_mine("Over"),
                "coming": lambda _: self._of_a_call("Coming"),
                "with": self._with,
                "apart": self._apart,
                "alone": self._alone,
                "back": lambda _: self._act(type="Back"),
                "medic": lambda zone: self._at("SendMedic", zone, asked="line_medic"),
                "stop": self._stop,
                "clear": lambda zone: self._at("KeepClear", zone, asked="asked_for"),
                "risk": lambda _: self._act("asked_for", type="RaiseRisk", key=fresh_id()),
                "line": lambda zone: self._at("RaiseLine", zone, asked="line_kept"),
                "hand": self._hand,
                "ears": self._ears,
                "security": lambda which: self._at_breach("ComeToLine", which),
                "radio": lambda which: self._at_breach("LogRadio", which),
                "resolved": lambda which: self._at_breach("ResolveLine", which),
                "record": self._record,
                "lift": lambda which: self._listed("LiftClear", "clears", "clear", which),
                "treat": lambda which: self._listed("TakeMedic", "medics", "medic", which),
                "treated": lambda which: self._listed("EndMedic", "medics", "medic", which),
                "drill": self._drill,
                "here": self._here,
                "yes": lambda who: self._reply(who, agrees=True),
                "no": lambda who: self._reply(who, agrees=False),
                "mine": lambda number: self._newcomer("Mine", number),
                "notmine": lambda number: self._newcomer("NotMine", number),
                "emergency": lambda _: say("text.emergency", number=self._data["emergency"]),
                **Mine(door, self._people, self._act, self.twice).commands(lambda: self._view),
                **self._after.commands(),
                **self._checkin.commands(lambda: self._view),
                **self._away.commands(),
                **self._card.commands(),
                **self._meets.commands(),
                **self._letters.commands(),
                **self._music.commands(),
                **self._hazards.commands(),
                **self._song.commands(),
                **self._ear.commands(),
                **self._strip.commands(),
            },
            self.twice,
        )

    def listen(self) -> None:
        """Say what changes from now on; raises DoorError when there is nothing to hear."""
        self._door.listen(STREAM, self._take, self._link)
        self._door.until(self._there)
        self._ear.fetch()
        self._strip.listen()

    # What is heard.

    def _link(self, there: bool) -> None:  # noqa: FBT001  the door's own callback
        lost = say("text.cut_off_phone", number=self._data["emergency"])
        self._teller.tell({"link": [] if there else [lost]})

    def _take(self, _: str, view: View) -> None:
        self._view = view
        self._there.set()
        for call in view["calls"]:
            if call["is"] == "open" and call["key"] not in self._shown:
                self._shown.add(call["key"])
                self._call_arrives(call)
        self._teller.tell(
            {
                "calls": list(self._calls()),
                "press": list(self._press_says()),
                "alone": list(self._alone_says()),
                "after": list(self._after.says(view)),
                "checkin": list(self._checkin.says(view)),
                "away": list(self._away.says(view)),
                "card": list(self._card.says(view)),
                "songs": list(self._song.says(view)),
                "meets": list(self._meets.says(view)),
                "post": list(self._letters.says(view)),
                "music": list(self._music.says(view)),
                "hazards": list(self._hazards.says(view["line"].get("hazards", ()))),
                "trust": list(self._trust_says()),
                "line": list(self._line_says()),
                "asked": list(self._asked_says()),
            }
        )

    def _call_arrives(self, call: View) -> None:
        """Say it, then say that it was said: the receipt, and what its owner wants one to know."""
        self._teller.tell({"calls": list(self._calls())})
        self._door.post(ACT, {"type": "Shown", "press": call["press"]})
        read = self._door.post("/care/read", {"type": "ReadLines", "press": call["press"]})
        shown = read.get("shown", {})
        for line in (*shown.get("lines", ()), *shown.get("card", ())):
            self._teller.answer(line)

    def _calls(self) -> Iterator[str]:
        for call in self._view["calls"]:
            who = self._name(call["owner"])
            last = call["is"] == "open" and call.get("last")
            yield _page("call_last" if last else f"call_{call['is']}", who=who)
            if call["is"] not in LIVE:
                continue
            if call.get("duress"):
                yield _page("call_duress", who=who)
            if call.get("last"):
                yield _page("call_stand_back")
            if call.get("how", "self") != "self":
                yield _page(f"call_by_{call['how']}", who=who)
            yield self._where(call)

    def _where(self, call: View) -> str:
        if not call["place"]:
            return _page("call_nowhere")
        place = self._data["exits"].get(call["place"], call["place"])
        return _page("call_where" if call["said"] else "call_usual", place=place)

    def _press_says(self) -> Iterator[str]:
        mine = self._view["press"]
        number = self._data["emergency"]
        who = " ".join(self._name(person) for person in mine["who"])
        if mine["is"] != "none":
            yield _page(mine["is"], who=who, number=number)
            for way in mine.get("ways", ()):
                channel = _page(f"channel_{way['channel']}")
                yield _page(f"way_{way['fate']}", way=channel, who=self._name(way["to"]))
            return
        agreed = [p["id"] for p in self._view["circle"]["order"] if p["is"] == "agreed"]
        yield _page("idle", who=self._name(agreed[0])) if agreed else _page("idle_alone")

    def _alone_says(self) -> Iterator[str]:
        alone = self._view["alone"]
        if alone["with"]:
            yield _page("alone_with", who=self._name(alone["with"]))
        if alone["left"] is not None:
            yield say("text.alone")
        elif alone["away"] and not alone["with"]:
            yield _page("alone_away")

    def _trust_says(self) -> Iterator[str]:
        for one in self._view["trust"]:
            who = self._name(one["id"])
            if one["with"] == self._data["me"]:
                yield _page("trust_mine", who=who)
            elif one["with"]:
                yield _page("trust_with", who=who, other=self._name(one["with"]))
            elif one["look"]:
                yield _page("trust_look", who=who)
            elif one["alone"] is not None:
                yield say("text.trust_alone", who=who)

    def _line_says(self) -> Iterator[str]:
        line = self._view["line"]
        for index, breach in enumerate(line.get("breaches", ()), start=1):
            who = ", ".join(self._name(person) for person in breach["coming"])
            words = _page(f"line_{breach['is']}", zone=self._zone(breach["zone"]), who=who)
            yield f"{index}: {words}"
        for index, clear in enumerate(line.get("clears", ()), start=1):
            yield f"{index}: {_page('line_clear', zone=self._zone(clear['zone']))}"
        for index, medic in enumerate(line.get("medics", ()), start=1):
            where, who = self._zone(medic["zone"]), self._name(medic["who"])
            yield f"{index}: {_page('line_medic_' + medic['is'], zone=where, who=who)}"
        for person in line.get("ears", ()):
            yield _page("line_ears_out", who=self._name(person))
        if line.get("waits"):
            yield _page("line_seat")

    def _asked_says(self) -> Iterator[str]:
        for one in self._view["asked"]:
            if one["is"] == "asked":
                yield _page("wants", who=self._name(one["id"]))
        for phone in self._view["waiting"]:
            yield _page("newcomer", number=phone["number"])

    # What is asked.

    def _press(self, place: str) -> str:
        exits: dict[str, str] = self._data["exits"]
        where = one_of(place, exits, say("text.what.exit")) if place else ""
        answer = self._door.post(ACT, {"type": "Press", "press": fresh_id(), "place": where})
        if answer.get("kept"):
            return say("text.pressed")
        number = self._data["emergency"]
        return _page("unrecorded", number=number) if answer.get("done") else str(answer.get("why"))

    def _of_mine(self, act: str, **more: str) -> str:
        press = self._view["press"]["press"]
        if not press:
            raise AskingError(say("text.none_such"))
        return self._act(type=act, press=press, **{k: v for k, v in more.items() if v})

    def _of_a_call(self, act: str) -> str:
        call = next((c for c in self._view["calls"] if c["is"] in ("open", "coming")), None)
        if call is None:
            raise AskingError(_page("call_none"))
        return self._act(type=act, press=call["press"])

    def _with(self, who: str) -> str:
        """With whoever calls; or, by name, with somebody who has not pressed."""
        if not who and any(call["is"] in LIVE for call in self._view["calls"]):
            return self._of_a_call("With")
        return self._act(type="BeWith", owner=self._trusting(who))

    def _apart(self, who: str) -> str:
        me = str(self._data["me"])
        if not who and self._view["alone"]["with"]:
            return self._act(type="NotWith", owner=me)
        return self._act(type="NotWith", owner=self._trusting(who))

    def _trusting(self, who: str) -> str:
        names = {one["id"]: self._name(one["id"]) for one in self._view["trust"]}
        if not who and len(names) == 1:
            return next(iter(names))
        return one_of(who, names, say("text.what.person"))

    def _alone(self, words: str) -> str:
        """How many minutes, and after how many of them the first is asked to look."""
        parts = words.split()
        if not all(part.isdigit() for part in parts):
            raise AskingError(say("text.minutes"))
        minutes = float(parts[0]) if parts else ALONE_MIN
        look = float(parts[1]) if len(parts) > 1 else 0.0
        return self._act(type="Alone", minutes=minutes, look_after=look)

    def _at(self, act: str, zone: str, asked: str) -> str:
        place = one_of(zone, self._zones, say("text.what.zone")) if zone else self._called_to()
        if not place and act != "SendMedic":
            raise AskingError(
                say(
                    "text.no_such",
                    what=say("text.what.zone"),
                    text="",
                    known=", ".join(self._zones.values()),
                )
            )
        return self._act(asked, type=act, key=fresh_id(), zone=place)

    def _called_to(self) -> str:
        places = (c["place"] for c in self._view["calls"] if c["is"] in ("open", "coming"))
        return str(next((place for place in places if place), ""))

    def _stop(self, _: str) -> str:
        if not self.twice.sure("stop"):
            return say("text.stop_sure")
        return self._act("line_stopped", type="StopShow", key=fresh_id())

    def _hand(self, who: str) -> str:
        person = one_of(who, self._people, say("text.what.performer"))
        return self._act("line_handed", type="HandToFriend", key=fresh_id(), person=person)

    def _ears(self, words: str) -> str:
        out, _, who = words.partition(" ")
        if out not in ("out", "in"):
            raise AskingError(say("text.out_or_in"))
        person = one_of(who, self._people, say("text.what.performer"))
        return self._act("line_ears", type="SayEars", person=person, out=out == "out")

    def _at_breach(self, act: str, which: str) -> str:
        return self._listed(act, "breaches", "breach", which)

    def _listed(self, act: str, kind: str, field: str, which: str) -> str:
        found = numbered(self._view["line"].get(kind, []), which)
        return self._act(type=act, **{field: found["id"]})

    def _record(self, words: str) -> str:
        """camera; police number; what happened, of the first breach."""
        parts = [part.strip() for part in words.split(";")]
        if len(parts) != RECORD_PARTS:
            raise AskingError(say("text.record"))
        breach = numbered(self._view["line"].get("breaches", []), "")
        camera, police, text = parts
        return self._act(
            type="WriteRecord", breach=breach["id"], camera=camera, police=police, text=text
        )

    def _drill(self, how: str) -> str:
        if how not in ("voice", "hand"):
            raise AskingError(say("text.voice_or_hand"))
        return self._act(type="TickDrill", by_hand=how == "hand")

    def _here(self, _: str) -> str:
        """In place, and this terminal awake: answers the round to the seats' devices."""
        waits = self._view["line"].get("waits")
        if not waits:
            raise AskingError(say("text.nobody_asks"))
        began = monotonic_ns()
        self._door.post(ACT, {"type": "Ping"})
        trip = (monotonic_ns() - began) * 1e-6
        return self._act(type="ConfirmSupport", round=waits, trip_ms=min(60_000.0, trip))

    def _reply(self, who: str, *, agrees: bool) -> str:
        names = {one["id"]: self._name(one["id"]) for one in self._view["asked"]}
        owner = one_of(who, names, say("text.what.person"))
        return self._act(type="Reply", owner=owner, agrees=agrees)

    def _newcomer(self, act: str, number: str) -> str:
        for phone in self._view["waiting"]:
            if str(phone["number"]) == number:
                return self._act(type=act, device=phone["id"])
        raise AskingError(say("text.no_number", number=number))

    def _act(self, kept: str = "", **act: object) -> str:
        """Say `act`; the answer in words. kept: the page's own words for it, "" for plain ones."""
        answer = self._door.post(ACT, act)
        if answer.get("kept") or (answer.get("done") and "why" not in answer):
            return _page(kept, number=self._data["emergency"]) if kept else say("text.kept")
        return str(answer.get("why") or _page("not_kept"))

    def _name(self, person: str) -> str:
        return self._people.get(person, person)

    def _zone(self, zone: str) -> str:
        return self._zones.get(zone, zone) or _page("line_nowhere")


RECORD_PARTS = 3


def _page(key: str, **values: object) -> str:
    """The words that the phone's page says under `key`."""
    return say(f"care.phone.{key}", **values)


def keep_cookies(door: Door, file: Path) -> None:
    """Write what this terminal is paired by, for its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_bytes(msgspec.json.encode({"origin": door.origin, "cookies": door.cookies}))


def kept_cookies(door: Door, file: Path) -> None:
    """Take up again what `keep_cookies` wrote for this server; raises DoorError.

    A cookie knows no port (RFC 6265, 8.5): what a host's phone pages gave is shown to its desk.
    """
    if not file.exists():
        return
    try:
        kept = msgspec.json.decode(file.read_bytes())
        given, ours = urlsplit(kept["origin"]), urlsplit(door.origin)
        if (given.scheme, given.hostname) == (ours.scheme, ours.hostname):
            door.cookies.update(kept["cookies"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError) as error:
        raise DoorError(say("text.broken_file", file=file)) from error
