"""Who watches that what is promised of the quiet half holds, at the moment anything is shown.

a letter       never early by the true time, unless machine and phone were wrong together; once,
               to its reader alone, never after it was taken back or its writer erased; at last
words, ids     stand in nobody's view but whose they are and whom they were given to, until then
a note         not before its delay, not after it was taken back; read is told as its reader says
leave          the show hears the last word, and no day that may not be shown
away           whoever is not to be called is neither called nor messaged
check-in       once an evening, not before the end and the own delay; told by rule, in the circle
same here      both ticked, both long enough, both told at once
messages       each has a reason, none goes to anybody else, none goes twice
"""

import json
import re
from typing import Any

from tests.simulation.cast import PEOPLE, WELFARE, WHOSE
from tests.simulation.machine import Machine
from tests.simulation.outside import Left
from tests.simulation.quiet.known import ANSWERS, THERE, Known
from tests.simulation.quiet.phones import QuietPhone
from tests.simulation.quiet.stand import Stand
from tests.simulation.world import MICRO, World

from collavoce.care.events import AnyEvent, LetterDelivered, LetterSealed, OfficeTold
from collavoce.care.state import CareState
from collavoce.care.states import leave
from collavoce.care.states.notes import NEWS_AFTER
from collavoce.care.wishes import pool

WORD = re.compile(r"word-\d{4}-[a-z]+")
ID = re.compile(r"(?:letter|note|invite|mark|rule)-\d{4}-of-[a-z]+")
AGREE_S = 300.0
ROUNDING_S = 1.0
PRESS_LASTS_S = 400.0
LAST_PATIENCE_S = 20.0
TOLD_SHOWN = 3
NEVER = float("inf")
EVER_S = 1e9


class QuietJudge:
    """What was said, and what may be shown of it now."""

    def __init__(
        self,
        world: World,
        machine: Machine,
        phones: list[QuietPhone],
        known: Known,
        stand: Stand,
    ) -> None:
        self.world = world
        self.machine = machine
        self.phones = {phone.person: phone for phone in phones}
        self.known = known
        self.stand = stand
        self.counts: dict[str, int] = dict.fromkeys(
            ("letters", "notes", "cards", "found", "told", "messages", "calls", "offices"), 0
        )
        self.most_off_s = 0.0
        """the most that the wall clock was ever off: by so much things seem older than they are"""
        self._both_wrong_s = 0.0
        self._zone = machine.config.timezone
        self._asked_for: set[str] = set()
        self._felt: dict[str, float] = {}
        self._rung: set[tuple[str, str]] = set()
        self._must_tell: list[tuple[str, str, tuple[str, ...]]] = []
        self._sent_keys: set[str] = set()
        self._messaged_s: dict[str, float] = {}
        self._waits_s: dict[str, list[tuple[float, str]]] = {}
        self._looked_s: dict[str, float] = {}
        stand.on_asked = self._let_pass
        machine.outside.leaves = self.leaves
        machine.on_start = self.started

    def breaks(self, law: str, what: str) -> None:
        """A promise does not hold."""
        self.world.breaks(law, what)

    # What people say.

    def said(self, phone: QuietPhone, act: dict[str, Any], answer: dict[str, Any] | None) -> None:
        """`phone` says `act`, or is answered."""
        person = phone.person
        if act["type"] == "AskForLetters":
            self._asked_for.add(person)
        if answer is None:
            self.known.asked(person, act)
        elif answer["kept"]:
            self.known.kept(person, act)
        if act["type"] == "SayCheckIn":
            self._answers(person, act, kept=bool(answer and answer["kept"]))
        if act["type"] == "EraseMe":
            phone.gone = phone.gone or answer is not None

    def _answers(self, person: str, act: dict[str, Any], *, kept: bool) -> None:
        said, rules = ANSWERS[act["said"]], self.known.of("rules", person)
        named = {who for held in rules.now for rule in held if said in rule[1] for who in rule[2]}
        before = self.known.told_to.get(act["key"], frozenset())
        self.known.told_to[act["key"]] = before | named
        if kept and rules.sure is not None and self.known.of("circle", person).sure:
            self._must_tell.append((person, act["key"], tuple(sorted(named))))

    def felt(self, phone: Any, kind: str, details: dict[str, Any]) -> None:
        """A page shows, rings, or was pressed."""
        del details
        if kind == "felt":
            self._felt[phone.person] = self.world.seconds

    # What happens in the house.

    def started(self, life: Any) -> None:
        """A life begins: it believes no clock, and knows what was on disk."""
        self._both_wrong_s = 0.0
        self.most_off_s = max(self.most_off_s, abs(self.machine.wall_jumped_s))
        self._zone = self.machine.config.timezone
        for id_ in life.house.state.letters.arrived:
            letter = self.known.letters[id_]
            if letter.arrived_us is None:
                self._delivered(id_, life.house.state.letters.arrived[id_].reader)

    def hears(self, clock: float) -> None:
        """A page said what its clock says."""
        true_s = self.machine.begins_s + self.world.seconds
        phone_s, wall_s = clock - true_s, self.machine.wall_jumped_s
        self.most_off_s = max(self.most_off_s, abs(wall_s))
        if abs(phone_s - wall_s) <= AGREE_S + ROUNDING_S:
            self._both_wrong_s = max(self._both_wrong_s, min(phone_s, wall_s))

    def happens(self, event: AnyEvent, state: CareState) -> None:
        """A fact was kept."""
        del state
        if isinstance(event, LetterSealed):
            self.known.letters[event.letter].zone = self._zone
        elif isinstance(event, LetterDelivered):
            if self.known.letters[event.letter].arrived_us is not None:
                self.breaks("once", f"{event.letter} is delivered again")
            self._delivered(event.letter, event.person)
        elif isinstance(event, OfficeTold):
            self._office(event.person)

    def _delivered(self, id_: str, reader: str) -> None:
        letter, said = self.known.letters[id_], self.known.of("letter", id_)
        self.counts["letters"] += 1
        letter.arrived_us = self.world.now_us
        letter.words_then = self.known.of("words", id_).now
        self._wait_for(reader, letter.writer)
        if reader != letter.reader:
            self.breaks("its reader", f"{id_} for {letter.reader} is delivered to {reader}")
        if "sealed" not in said.now:
            self.breaks("withdrawn", f"{id_} is delivered and was taken back: {set(said.now)}")
        if letter.way == "asked" and reader not in self._asked_for:
            self.breaks("asked", f"{id_} is delivered and nobody asked for it")
        early_s = letter.due() - self.machine.begins_s - self.world.seconds
        if letter.way == "date" and early_s > max(0.0, self._both_wrong_s) + ROUNDING_S:
            self.breaks("early", f"{id_} comes {early_s:.0f} s early")

    def _office(self, person: str) -> None:
        self.counts["offices"] += 1
        stands_s = self.world.seconds - self.known.of("leave", person).since_us / MICRO
        if stands_s < leave.LET_KNOW_AFTER_S - 5.0 and THERE in self.known.of("leave", person).now:
            return
        if stands_s < leave.LET_KNOW_AFTER_S - 5.0 and not self._was_alike(person):
            self.breaks("offices", f"{person}'s word goes out {stands_s:.0f} s after it was said")

    def _was_alike(self, person: str) -> bool:
        """Whether what is shown of them may have been the same before their last word."""
        held = self.known.of("leave", person).since(leave.LET_KNOW_AFTER_S)
        return len(held) > 1

    # What is shown.

    def shows(self, person: str, asked: dict[str, Any], shown: dict[str, Any]) -> None:
        """This is shown to `person` now."""
        if person not in self.phones:
            return
        text = json.dumps(shown)
        for word in WORD.findall(text):
            if not self._may_read(person, word):
                self.breaks("words", f"{person} is shown {word} in {asked}")
        for id_ in ID.findall(text):
            if not self._may_know(person, id_):
                self.breaks("ids", f"{person} is shown {id_} in {asked}")
        match asked["type"]:
            case "stream":
                self._frame(person, shown)
            case "ReadPost":
                self._looked_s[person] = self.world.seconds
                self._waits_s.pop(person, None)
                self._listed(person, shown.get("post", {}))
            case "ReadNote":
                self._opens(person, asked["note"], shown)
            case "ReadOffices":
                self._offices(shown["offices"])
            case "ReadAwayOf":
                self._away_of(asked["owner"], shown["away"])
            case _:
                pass

    def _may_read(self, person: str, word: str) -> bool:
        kind, id_, owner = self.known.words[word]
        known = self.known
        if owner == person:
            return True
        match kind:
            case "letter":
                letter = known.letters[id_]
                mine = letter.reader == person and letter.arrived_us is not None
                return mine and word in letter.words_then
            case "note":
                return self._is_out(id_, person) and word in known.of("note", id_).now
            case "invitation":
                friend = known.invitations[id_][1] == person
                here = known.of("put", id_).sure is not True
                return friend and here and word in known.of("invitation", id_).now
            case "away":
                held = known.of("away", owner).now
                away = any(said[0] == "away" for said in known.of("leave", owner).now)
                return away and any(word == w and person in readers for w, readers in held)
            case "card":
                self.counts["cards"] += 1
                held = known.of("card", owner, id_).now
                return any(word == w and person in readers for w, readers in held)
            case _:
                return False

    def _may_know(self, person: str, id_: str) -> bool:
        known = self.known
        if known.owners.get(id_) == person:
            return True
        if id_ in known.letters:
            letter = known.letters[id_]
            return letter.reader == person and letter.arrived_us is not None
        if id_ in known.notes:
            return self._has_gone(id_, person) and any(known.of("note", id_).now)
        if id_ in known.invitations:
            friend = known.invitations[id_][1] == person
            return friend and any(known.of("invitation", id_).now)
        return False

    def _is_out(self, id_: str, person: str) -> bool:
        """Whether it may be read: it has gone out, and its reader takes words of its writer."""
        writer = self.known.notes[id_].writer
        kept_from = all(writer in post[2] for post in self.known.of("post", person).now)
        return self._has_gone(id_, person) and not kept_from

    def _has_gone(self, id_: str, person: str) -> bool:
        """Whether it has gone out to `person`, whose page says so, whoever they are stopped by."""
        note = self.known.notes[id_]
        after_us = note.first_us + int((note.after - ROUNDING_S) * MICRO)
        return note.reader == person and self.world.now_us >= after_us

    def _frame(self, person: str, view: dict[str, Any]) -> None:
        for call in view["calls"]:
            if call["is"] == "open":
                self._call(person, call)
        if view["checkin"]:
            self._checkin(person)
        for told in view.get("checkin_told", ()):
            self._told(person, told)
        for one in view.get("found", ()):
            self._found(person, one)
        if view.get("post", {}).get("waits"):
            self._waiting(person)

    def _waiting(self, person: str) -> None:
        """ "Something waits" is said only where something may."""
        known = self.known
        letters = any(
            one.reader == person and one.arrived_us is not None for one in known.letters.values()
        )
        notes = any(
            self._is_out(id_, person) and any(known.of("note", id_).since(60.0))
            for id_ in known.notes
        )
        invited = any(
            friend == person and any(known.of("invitation", id_).now)
            for id_, (_, friend) in known.invitations.items()
        )
        if not (letters or notes or invited):
            self.breaks("waits", f"{person} is told that something waits, and nothing does")

    def _call(self, person: str, call: dict[str, Any]) -> None:
        owner, key = call["owner"], (person, call["key"])
        if key in self._rung:
            return
        self._rung.add(key)
        self.counts["calls"] += 1
        if self._rests(person):
            self.breaks("away", f"{person} is called by {owner}, and is away and not to be called")
        named = any(person in order for order in self.known.of("circle", owner).since(EVER_S))
        if not named and person != WELFARE:
            self.breaks("called", f"{person} is called by {owner}, and is in no circle of theirs")

    def _rests(self, person: str) -> bool:
        """Whether it is certain that they are away and not to be called."""
        held = self.known.of("leave", person).since(3.0)
        return all(said[0] == "away" and not said[3] for said in held)

    def _checkin(self, person: str) -> None:
        delays = [d for d in self.known.of("delay", person).since(3.0) if d >= 0]
        first_s = min(delays, default=NEVER) * 60.0 + self.stand.first_end_s - 2.0
        if self.world.seconds < first_s:
            self.breaks("check-in", f"{person} is asked {first_s - self.world.seconds:.0f} s early")
        if self.known.of("answered", person).sure:
            self.breaks("check-in", f"{person} is asked again in one evening")

    def _told(self, person: str, told: dict[str, Any]) -> None:
        self.counts["told"] += 1
        key, who = told["key"], told["who"]
        if self.known.told_by.get(key) != (who, told["said"]):
            self.breaks("rule", f"{person} is told {told}, which nobody said")
        if person not in self.known.told_to.get(key, ()):
            self.breaks("rule", f"{person} is told of {who} and no rule names them")
        if all(person not in order for order in self.known.of("circle", who).now):
            self.breaks("rule", f"{person} is told of {who} and is not in their circle any more")

    def _found(self, person: str, one: dict[str, Any]) -> None:
        self.counts["found"] += 1
        topic = f"{one['kind']} {one['piece']}"
        for ticking in (person, one["who"]):
            if True not in self.known.of("tick", ticking, topic).since(EVER_S):
                self.breaks("same here", f"{ticking} never ticked {topic}")
        for few in pool(PEOPLE):
            if True not in self.known.of("few", few).since(EVER_S):
                self.breaks("same here", f"they are few, and {few} did not agree")
        life = self.machine.life
        assert life is not None
        other = life.house.state.found.on_page(one["who"])
        if not any(pair.not_of(one["who"]) == person for pair in other):
            self.breaks("same moment", f"{person} is told of {one['who']} and not the other way")

    def _listed(self, person: str, post: dict[str, Any]) -> None:
        for one in post.get("given", ()):
            letter = self.known.letters[one["id"]]
            if letter.reader != person or letter.arrived_us is None:
                self.breaks("its reader", f"{person} is given {one['id']}")
        for one in post.get("mine", ()):
            said = self.known.of("letter", one["id"]).sure
            here = self.known.of("here", self.known.letters[one["id"]].reader).sure
            if here and said in {"draft", "sealed"} and one["is"] != said:
                self.breaks("own page", f"{one['id']} is {said}, and {person} sees {one['is']}")
        for one in post.get("gone", ()):
            if self.known.letters[one["id"]].writer != person:
                self.breaks("its reader", f"{person} is told of {one['id']}")
        for one in post.get("sent", ()):
            if one["read"] is not None:
                self._read_told(one["id"])

    def _read_told(self, id_: str) -> None:
        note = self.known.notes[id_]
        waits = [post[1] for post in self.known.of("post", note.reader).now if post[1] >= 0.0]
        opened_us = note.opened_us
        at_s = NEVER if opened_us is None else opened_us / MICRO + min(waits, default=NEVER)
        if self.world.seconds < at_s - ROUNDING_S:
            self.breaks("read", f"that {id_} was read is told, and {note.reader} holds it back")

    def _opens(self, person: str, id_: str, shown: dict[str, Any]) -> None:
        note = self.known.notes.get(id_)
        if note is not None and note.reader == person and shown["words"] is not None:
            self.counts["notes"] += 1
            note.opened_us = note.opened_us or self.world.now_us

    def _offices(self, told: list[dict[str, Any]]) -> None:
        for one in told:
            if True not in self.known.of("office", one["who"], one["office"]).since(30.0):
                self.breaks("offices", f"{one['who']} lets nobody in {one['office']} know")

    def _away_of(self, owner: str, away: dict[str, Any]) -> None:
        """A last day is shown with own words only where they let it be; here nobody does."""
        if away["until"]:
            self.breaks("date", f"the last day of {owner} is shown, and they never let it")

    # What leaves.

    def _let_pass(self, command: Any) -> None:
        """Care lets `command` pass to the show."""
        name = type(command).__name__
        if name not in {"SetAvailable", "SetRestrictions"}:
            self.breaks("show", f"{name} passes to the show")
        if name != "SetAvailable":
            return
        held = self.known.of("leave", command.person).since(PRESS_LASTS_S)
        days = {said[1] for said in held if said[0] == "away" and said[2] and said[1]}
        if command.until not in {"", "none", *days}:
            self.breaks("date", f"the show is told {command.until} of {command.person}")
        alone = any(4 in said for said in self.known.of("answered", command.person).now)
        if not command.available and all(said == THERE for said in held) and not alone:
            self.breaks("show", f"{command.person} is shown as not available, and said nothing")

    def leaves(self, left: Left) -> None:
        """One message leaves."""
        if left.address not in WHOSE:
            self.breaks("third party", f"a message to {left.address}")
            return
        person, channel = WHOSE[left.address]
        self.counts["messages"] += 1
        if left.key in self._sent_keys and not self.machine.forgot:
            self.breaks("E6", f"{left.key} leaves twice")
        self._sent_keys.add(left.key)
        called, news = self._may_be_called(person), self._may_have_news(person)
        before_s = self._messaged_s.get(person, -NEVER)
        let_go = self.world.seconds - before_s < 200.0
        if not (called or news or let_go or person in self._felt):
            self.breaks("E22", f"{channel} to {person} without a reason")
        if self._rests(person) and not (news or let_go or person in self._felt):
            self.breaks("away", f"{person} is messaged, and is away and not to be called")
        self._messaged_s[person] = self.world.seconds

    def _may_be_called(self, person: str) -> bool:
        for owner, felt_s in self._felt.items():
            circle = any(person in held for held in self.known.of("circle", owner).since(EVER_S))
            young = self.world.seconds - felt_s < PRESS_LASTS_S
            if young and (circle or person == WELFARE):
                return True
        return False

    def _may_have_news(self, person: str) -> bool:
        """They wished it, and something waits for as long as their page has its time."""
        if not any(told for told, _, _ in self.known.of("post", person).since(PRESS_LASTS_S)):
            return False
        now_s = self.world.seconds
        since_s = [at_s for at_s, _ in self._waits_s.get(person, ())]
        since_s += [
            one.first_us / MICRO + one.after
            for one in self.known.notes.values()
            if one.reader == person
        ]
        for key in self.known.keys("invitation"):
            if self.known.invitations[str(key[1])][1] == person:
                since_s.append(0.0)
        return any(now_s - at_s >= NEWS_AFTER - 5.0 for at_s in since_s)

    def _wait_for(self, person: str, by: str) -> None:
        self._waits_s.setdefault(person, []).append((self.world.seconds, by))
