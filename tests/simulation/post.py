"""Which messages may leave the house, by the model: each has a reason, and a first moment.

    call      to whom a press calls, who has shown it on no page; push at once, the rest
              `receipt_after` later, or when a way before it failed
    off       to whom a call got through, and who is needed no more
    late      to the presser: nobody was reached, or the watchdog found a step missed

Outside, a call and its off are the same words. Whatever has no reason breaks the law of exactly
these messages.
"""

from tests.simulation.cast import PUSH, WHOSE
from tests.simulation.machine import Machine
from tests.simulation.model import ALL, FIRST, MICRO, SECOND, VOICE, Model, Press
from tests.simulation.outside import Left
from tests.simulation.world import World

from collavoce.words import say

LATE_S = 2.0
"""So long after it was due the watchdog carries what care has not."""

ANSWER_S = 4.0
WORTH_SAYING_S = 130.0
CARRIED_S = 6.0
"""A way is used this long after it was due, at the latest, while anybody is there to use it."""

TOLD_S = 3.0
"""So long after a press, care has certainly told the watchdog what will be due."""

ROUNDING_US = 20


class Post:
    """Everything that left, and whether it might."""

    def __init__(self, world: World, machine: Machine, model: Model) -> None:
        self.world = world
        self.machine = machine
        self.model = model
        self.keys: dict[str, str] = {}
        self.left: dict[str, list[Left]] = {}
        """person -> what left for them"""
        self._ended: dict[str, Press] = {}
        self._first_us: dict[str, int] = {}
        """press -> when it first was, whatever a disk has forgotten since"""
        self._unreached = say("channels.say.unreached", url="\0", emergency="112").split("\0")[0]
        machine.outside.leaves = self.leaves
        self.watched_since_us = 0
        """since when the watchdog runs without a break"""
        self.care_seen_us = 0
        """when care was last seen running"""

    def leaves(self, left: Left) -> None:
        """One message leaves."""
        person, channel = WHOSE[left.address]
        if channel != left.channel:
            self.world.breaks("E22", f"{left.channel} to an address of {channel}")
        again = self.keys.get(left.key)
        if again is not None and not self.machine.forgot:
            self.world.breaks("E6", f"{left.key} leaves twice, by {again} and {left.by}")
        self.keys[left.key] = left.by
        reasons = list(self._reasons(person, left))
        self.left.setdefault(person, []).append(left)
        if not reasons:
            self.world.breaks("E22", f"{left.by} sends {channel} to {person} without a reason")

    def _reasons(self, person: str, left: Left) -> list[str]:
        to_presser = left.text.startswith(self._unreached)
        found: list[str] = []
        for it in (*self.model.presses.values(), *self._ended.values()):
            if to_presser:
                if it.person == person and self._unanswered(it, left):
                    found.append("late")
            elif person in it.calls or it.may_come(person) or it.messaged:
                if self._calls(it, person, left):
                    found.append("call")
                elif self._lets_go(it, person):
                    found.append("off")
        return found

    def _unanswered(self, it: Press, left: Left) -> bool:
        if left.by == "watchdog":
            return True
        return it.unanswered and not it.hidden

    def _calls(self, it: Press, person: str, left: Left) -> bool:
        if left.by == "watchdog":
            return self._foreseen(it, person, left)
        if person not in it.calls or not self.model.of(it.person).admits(person):
            return False
        over = bool(it.end) or bool(it.coming) or person in it.released or not it.may_come(person)
        if over or it.receipts.get(person) == it.turn:
            return False
        at_once = left.channel == PUSH or self._given_up(it, person)
        waits_us = 0 if at_once else it.receipt_after * MICRO
        return left.at_us + ROUNDING_US >= it.called_us[person] + waits_us

    def _foreseen(self, it: Press, person: str, left: Left) -> bool:
        """The watchdog carries what care foresaw and did not live to do, after it was due."""
        if not (it.may_come(person) or person in it.released):
            return False
        called_us = self._foreseen_us(it, person)
        return left.at_us + ROUNDING_US >= called_us + LATE_S * MICRO

    @staticmethod
    def _foreseen_us(it: Press, person: str) -> int:
        """When `person` was called, or will be if nobody does anything."""
        if person in it.called_us:
            return it.called_us[person]
        place = it.order.index(person) if person in it.order else VOICE
        rung = (FIRST, SECOND)[place] if place < ALL else ALL if person in it.order else VOICE
        return it.since_us + int(it.times[rung] * MICRO)

    def _given_up(self, it: Press, person: str) -> bool:
        """Whether a way to them was used before for this call, and may have failed."""
        since_us = it.called_us[person]
        return any(before.at_us >= since_us - ROUNDING_US for before in self.left.get(person, ()))

    def _lets_go(self, it: Press, person: str) -> bool:
        """Whether they were told by some way, and are needed no more."""
        if not self.left.get(person):
            return False
        return bool(it.end or it.coming or person in it.released or person not in it.calls)

    def remember(self) -> None:
        """A press that is gone may still be a reason to tell somebody that it is."""
        for press, it in self.model.presses.items():
            self._ended[press] = it
            self._first_us.setdefault(press, it.at_us)
        for press, it in list(self._ended.items()):
            if press not in self.model.presses:
                it.end = it.end or "gone"
                it.ended_us = it.ended_us or self.world.now_us
                if self.world.now_us - it.ended_us > WORTH_SAYING_S * MICRO:
                    del self._ended[press]

    def missing(self, able_since_us: int) -> None:
        """Whoever is called, has shown nothing and has a number is rung up in time."""
        now_us = self.world.now_us
        for it in self.model.presses.values():
            if it.end or it.coming:
                continue
            for person in it.unseen():
                ways = [channel for channel, _ in self.model.contacts.get(person, ())]
                if not ways or now_us - able_since_us < CARRIED_S * MICRO:
                    continue
                due_us = it.called_us[person] + int(it.receipt_after * MICRO) + it.late_us
                due_us = max(due_us, able_since_us) if ways != [PUSH] else it.called_us[person]
                self._all_said_no(it, person, ways, able_since_us)
                if now_us - due_us < CARRIED_S * MICRO or self._any_since(it, person):
                    continue
                self.world.breaks("E8", f"{person} is called for {it.press} and no way is used")

    def _all_said_no(self, it: Press, person: str, ways: list[str], able_since_us: int) -> None:
        """A way that said no is followed by the next."""
        failed_us = self.machine.outside.failed_us
        since_us = max(it.called_us[person], self._first_us[it.press])
        tried = [left for left in self.left.get(person, ()) if left.at_us >= since_us]
        others = set(ways) - {left.channel for left in tried} - {PUSH}
        if not tried or not others or any(left.key not in failed_us for left in tried):
            return
        last_us = max(able_since_us, *(failed_us[left.key] for left in tried))
        if self.world.now_us - last_us > (it.receipt_after + CARRIED_S) * MICRO:
            self.world.breaks("E11", f"{person} has another way, and it is not used")

    def missing_while_away(self) -> None:
        """While care is away the watchdog uses the way that care told it of, two seconds late."""
        now_us = self.world.now_us
        if now_us - self.watched_since_us < (LATE_S + CARRIED_S) * MICRO:
            return
        for it in self.model.presses.values():
            listed = it.at_us + TOLD_S * MICRO < self.care_seen_us
            if it.end or it.coming or not listed or self._first_us[it.press] < it.at_us:
                continue
            for person in dict.fromkeys((*it.unseen(), *it.order)):
                if it.receipts.get(person) == it.turn:
                    continue
                due_us = self._foreseen_us(it, person)
                if person in it.called_us:
                    due_us += int(it.receipt_after * MICRO)
                due_us += int(LATE_S * MICRO) + it.late_us
                ways = {channel for channel, _ in self.model.contacts.get(person, ())} - {PUSH}
                overdue = now_us - max(due_us, self.watched_since_us) > CARRIED_S * MICRO
                if ways and overdue and not self._any_since(it, person):
                    self.world.breaks("E12", f"nobody stands in: {person} for {it.press}")

    def _any_since(self, it: Press, person: str) -> bool:
        called_us = it.called_us.get(person, it.since_us)
        since_us = min(called_us, self._first_us[it.press]) - ROUNDING_US
        return any(before.at_us >= since_us for before in self.left.get(person, ()))
