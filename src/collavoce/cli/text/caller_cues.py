"""What the caller does with cues, typed: GO, standby, answers heard aloud, hazards."""

from collavoce.cli.text.asking import AskingError, Doing, Twice, one_of
from collavoce.cli.text.opened import OpenedDesk
from collavoce.words import say

FADE_S = 2.0
"""Of a stop."""

FADE_OUT_S = 3.0
"""Of a cue that is faded by hand."""

STATES = ("in position", "on stage", "clear", "not clear")


class CueHand:
    """The caller's hands over `desk`."""

    def __init__(self, desk: OpenedDesk, twice: Twice) -> None:
        self._desk = desk
        self._twice = twice

    def commands(self) -> dict[str, Doing]:
        """Every word, and what it does."""
        order = self._desk.order
        return {
            "go": self._go,
            "standby": lambda cue: order(type="PointTo", cue=self._desk.known_cue(cue)),
            "call": lambda cue: order(type="CallStandby", cue=self._desk.known_cue(cue)),
            "release": lambda cue: order(type="ReleaseStandby", cue=self._desk.known_cue(cue)),
            "next": self._next,
            "goto": lambda cue: order(type="GoTo", cue=self._desk.known_cue(cue)),
            "back": lambda _: order(type="Back"),
            "hold": lambda _: order(type="Hold"),
            "resume": lambda _: order(type="Resume"),
            "stop": self._stop,
            "heard": self._heard,
            "confirm": self._confirm,
            "person": self._person,
            "cue": self._cue,
        }

    def _go(self, _: str) -> str:
        # Just what was said aloud as standing by is fired, whatever moved meanwhile.
        view = self._desk.view
        cue, unready = view.get("standby"), view["go"]["unready"]
        if not unready:
            return self._desk.order(type="Go", cue=cue)
        if not self._twice.sure("go"):
            return " ".join([*(f"{why}." for why in unready), say("text.go_overrides")])
        return self._desk.order(type="Go", cue=cue, override=True)

    def _next(self, _: str) -> str:
        """The next cue that would fire by itself, from wherever the standby went."""
        states = self._desk.view["cues"]
        waits = ("cue.armed", "cue.offered")
        found = next((n for n in self._desk.cues if states.get(n, {}).get("is") in waits), None)
        if found is None:
            raise AskingError(say("desk.cues.nothing_next"))
        return self._desk.order(type="PointTo", cue=found)

    def _stop(self, _: str) -> str:
        """Twice: everything fades. Once more while it fades: everything is cut."""
        until, now = self._desk.view.get("stopping"), self._desk.now()
        if until is not None and now is not None and now < until:
            return self._desk.order(type="Stop", fade=0.0)
        if not self._twice.sure("stop"):
            return say("desk.hands.stop_armed")
        return self._desk.order(type="Stop", fade=FADE_S)

    def _heard(self, words: str) -> str:
        """Somebody said aloud that they are ready, or are not. Without a name: who is asked."""
        word, _, rest = words.partition(" ")
        clear = word != "not"
        name = (words if clear else rest).strip()
        open_ = self._asked()
        if not open_:
            raise AskingError(say("desk.people.no_exits"))
        names = {person: shown for _, person, shown in open_}
        who = one_of(name, names, say("text.what.person")) if name else open_[0][1]
        cue = next(cue for cue, person, _ in open_ if person == who)
        if clear:
            return self._desk.order(type="Acknowledge", cue=cue, person=who)
        reason = say("desk.people.said_aloud")
        return self._desk.order(type="NotClear", cue=cue, person=who, reason=reason)

    def _asked(self) -> list[tuple[str, str, str]]:
        """Who may answer: cue, person, name; those at an exit first."""
        view = self._desk.view
        at_exits = [
            (way["cue"], way["person"], way["name"] or way["person"])
            for way in view["people"]["exits"]
            if way["person"] is not None
        ]
        called = [
            (cue, one["person"], one["name"])
            for cue, call in view["called"].items()
            for one in call["people"]
        ]
        return at_exits + called

    def _confirm(self, word: str) -> str:
        """The operator of the first hazardous cue said aloud that they fired it, or did not."""
        waiting = self._desk.view["hazards"]
        if not waiting:
            raise AskingError(say("desk.hazard.none"))
        first = waiting[0]
        return self._desk.order(
            type="ConfirmHazard", cue=first["cue"], person=first["person"], done=word != "not"
        )

    def _person(self, words: str) -> str:
        """A name and where they are."""
        for state in sorted(STATES, key=len, reverse=True):
            if words.endswith(f" {state}"):
                name = words.removesuffix(state).strip()
                who = one_of(name, self._desk.people(), say("text.what.person"))
                return self._desk.order(type="SayPerson", person=who, state=state)
        raise AskingError(say("text.person_how", states=", ".join(STATES)))

    def _cue(self, words: str) -> str:
        """One cue: alone everything about it is said, with a word something is done with it."""
        text, _, word = words.rpartition(" ")
        doings = {
            "arm": {"type": "Arm", "on": True},
            "disarm": {"type": "Arm", "on": False},
            "audition": {"type": "Audition"},
            "pause": {"type": "PauseCue"},
            "on": {"type": "ResumeCue"},
            "end": {"type": "HaltCue", "fade": 0.0},
            "fade": {"type": "HaltCue", "fade": FADE_OUT_S},
        }
        if word not in doings:
            return self._about(self._desk.known_cue(words))
        cue = self._desk.known_cue(text)
        named = {"cues": [cue]} if word in ("arm", "disarm") else {"cue": cue}
        return self._desk.order(**doings[word], **named)

    def _about(self, number: str) -> str:
        cue, now = self._desk.cues[number], self._desk.view["cues"].get(number, {})
        told = [self._desk.cue(number), say(f"desk.{now.get('is', 'cue.to_come')}"), cue["when"]]
        if now.get("restricted"):
            told.append(say("desk.cue.restricted"))
        if now.get("off"):
            told.append(say("desk.cue.disarmed"))
        told += [*cue.get("inputs", ()), *cue.get("needs", ()), *cue.get("does", ())]
        if cue.get("hazard"):
            told.append(say("desk.hazard.by_operator", hazard=cue["hazard"]))
        return ". ".join(told) + "."
