"""What the caller says at the line, typed, and what is kept of it: hold risks, the report."""

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.hazards import Hazards
from collavoce.cli.text.opened import OpenedDesk
from collavoce.runtime.clock import fresh_id
from collavoce.words import say


class LineHand:
    """The caller at the line over `desk`."""

    def __init__(self, desk: OpenedDesk) -> None:
        self._desk = desk
        self._unread = ""
        self.hazards = Hazards(desk.zones, desk.plan["house_rules"], self._say_hazard)

    def commands(self) -> dict[str, Doing]:
        """Every word, and what it does."""
        return {
            "line": lambda zone: self._at("RaiseLine", zone),
            "radio": lambda which: self._at_breach("LogRadio", which),
            "resolved": lambda which: self._at_breach("ResolveLine", which),
            "clear": lambda zone: self._at("KeepClear", zone),
            "lift": self._lift,
            "medic": lambda zone: self._at("AskMedic", zone),
            "hand": self._hand,
            "support": lambda _: self._desk.say_line(type="AskSupport", key=fresh_id()),
            "drill": self._drill,
            "risk": self._risk,
            "report": self._report,
            **self.hazards.commands(),
        }

    def _say_hazard(self, **act: object) -> str:
        return self._desk.say_line(key=fresh_id(), **act)

    def _at(self, act: str, zone: str) -> str:
        place = one_of(zone, self._desk.zones, say("text.what.zone"))
        return self._desk.say_line(type=act, key=fresh_id(), zone=place)

    def _at_breach(self, act: str, which: str) -> str:
        breach = numbered(self._desk.view["line"]["breaches"], which)
        return self._desk.say_line(type=act, key=fresh_id(), breach=breach["id"])

    def _lift(self, which: str) -> str:
        clear = numbered(self._desk.view["line"]["clears"], which)
        return self._desk.say_line(type="LiftClear", key=fresh_id(), clear=clear["id"])

    def _hand(self, who: str) -> str:
        names = {p["id"]: p["name"] for p in self._desk.plan["performers"]}
        person = one_of(who, names, say("text.what.performer"))
        said = self._desk.say_line(type="HandToFriend", key=fresh_id(), person=person)
        return say("desk.hand.done") if said == say("text.kept") else said

    def _drill(self, how: str) -> str:
        if how not in ("voice", "hand"):
            raise AskingError(say("text.voice_or_hand"))
        return self._desk.say_line(type="TickDrill", key=fresh_id(), by_hand=how == "hand")

    def _risk(self, words: str) -> str:
        """Clear the first hold risk, or say who decides about it."""
        risks = self._desk.view["line"]["risks"]
        if words == "clear":
            first = numbered(risks, "")
            return self._desk.order(type="ClearRisk", risk=first["id"])
        names = {p["id"]: p["name"] for p in self._desk.plan["deciders"]}
        holder = one_of(words, names, say("text.what.decider"))
        first = numbered(risks, "")
        return self._desk.order(type="TakeRisk", risk=first["id"], person=holder)

    def _report(self, text: str) -> str:
        """A line of the show report; one that reads like somebody's health is asked about first."""
        words = {w.strip() for w in say("desk.report.health_words").split(",")}
        told = next((w for w in text.casefold().replace(".", " ").split() if w in words), None)
        if told is not None and self._unread != text:
            self._unread = text
            return say("desk.report.warning", word=told) + " " + say("text.report_again")
        self._unread = ""
        return self._desk.order(type="WriteReport", text=text)
