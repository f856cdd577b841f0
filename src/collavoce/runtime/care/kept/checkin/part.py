"""Check-ins as a part of a person's own things: answered, told by rule, put away, forgotten.

An answer is written before the question goes: sent again after a failure, it is told once, by its
key. Whom a rule names is asked of the state at the moment of use; whoever has left the circle, or
may not come near, is not told, and finds nothing any more of what they were told before.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from collavoce.care.commands import AnswerCheckIn, SayAlone, SetCheckIn
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.reached.calling import order_of
from collavoce.care.states.checkin import STANDS_S, Said
from collavoce.ledger import LedgerError
from collavoce.runtime.care.kept.checkin.boxes import Answer, answers_in, as_box, boxes_of
from collavoce.runtime.care.kept.checkin.own_rules import (
    RULES,
    RULES_MAX,
    TELLING,
    Rule,
    as_words,
    named_by,
    rules_of,
)
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.vault import CHECKINS, TOLD
from collavoce.words import say

ALONE_MINUTES = 30.0
TOLD_SHOWN = 3
"""Words of others on a page at a time, the latest; the next as one is put away."""

OWN_SHOWN = 12
"""Answers of one's own on the page, the latest."""


class CheckInPart(Part):
    """The check-ins of everybody in the house of `keep`."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    def answer(self, person: str, token: str, said: Said, key: str) -> Outcome:
        """`person` answers; Kept means on disk, and whom a rule of theirs names is told."""
        house = self._keep.house
        if not house.state.checkins.stands(person, house.moment()):
            return Refused(say("checkin.refused.not_asked"))
        reader = self._keep.reader(token)
        if reader is not None and not self._write(reader, said, key):
            return NOT_RECORDED
        if said is Said.ALONE:
            alone = house.ask(SayAlone(person, ALONE_MINUTES))
            if not isinstance(alone, Kept):
                return alone
        outcome = house.ask(AnswerCheckIn(person, later=said is Said.LATER))
        if reader is None and isinstance(outcome, Kept):
            return Refused(say("checkin.refused.locked"))
        return outcome

    def choose_delay(self, person: str, minutes: int) -> Outcome:
        """Ask `person` so long after the end; -1 for never."""
        return self._keep.house.ask(SetCheckIn(person, minutes))

    def add_rule(self, token: str, rule: Rule) -> Outcome:
        """Tell these persons from now on, if the phone's person gives one of these answers."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        rules = rules_of(self._keep, reader)
        answers = tuple(said for said in TELLING if said in rule.answers)
        persons = tuple(dict.fromkeys(rule.persons))
        if not answers or not persons:
            return Refused(say("checkin.refused.rule_empty"))
        if not set(persons) <= set(self._circle(reader.person)):
            return Refused(say("checkin.refused.rule_person"))
        if len(rules) >= RULES_MAX:
            return Refused(say("checkin.refused.rules", most=RULES_MAX))
        rules = (*rules, Rule(rule.id, answers, persons))
        return self._keep.write(RULES, reader.person, as_words(rules))

    def drop_rule(self, token: str, rule_id: str) -> Outcome:
        """Use this rule no more. One that is not there is gone."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        rules = rules_of(self._keep, reader)
        left = tuple(rule for rule in rules if rule.id != rule_id)
        return Kept() if left == rules else self._keep.write(RULES, reader.person, as_words(left))

    def put_away(self, token: str, key: str) -> Outcome:
        """Show this word of somebody no more. One that is not there is gone."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        return self._keep_told(reader, lambda answer: answer.key != key)

    def view(self, person: str, token: str) -> Mapping[str, object]:
        """What the page of `person` shows of their own.

        may : whom a rule may name. open : whether this phone opens what they sealed.
        """
        reader = self._keep.reader(token)
        mine = () if reader is None else self._answers(CHECKINS, reader)
        rules = () if reader is None else rules_of(self._keep, reader)
        return {
            "minutes": self._keep.house.state.checkins.delay(person),
            "open": reader is not None,
            "may": self._circle(person),
            "rules": [{"id": r.id, "answers": r.answers, "persons": r.persons} for r in rules],
            "answers": [{"at": a.at, "said": a.said} for a in mine[-OWN_SHOWN:]],
        }

    def arrived(self, reader: Reader) -> None:
        """Take away what they may not be shown any more."""
        if any(self._is_gone(reader, answer) for answer in self._answers(TOLD, reader)):
            self._keep_told(reader, lambda _: True)

    def seen(self, reader: Reader) -> Shown:
        """What others let them know, the latest."""
        told = [a for a in self._answers(TOLD, reader) if self._may_see(reader, a)]
        return {
            "checkin_told": [
                {"key": a.key, "who": a.who, "said": a.said, "at": int(a.at)}
                for a in told[-TOLD_SHOWN:]
            ]
        }

    def exported(self, reader: Reader) -> Shown:
        """Delay, answers, rules, and what others let them know."""
        told = [a for a in self._answers(TOLD, reader) if self._may_see(reader, a)]
        return {
            "checkin_minutes": self._keep.house.state.checkins.delay(reader.person),
            "checkin_answers": [
                {"at": a.at, "said": a.said} for a in self._answers(CHECKINS, reader)
            ],
            "checkin_rules": [
                {"answers": r.answers, "persons": r.persons} for r in rules_of(self._keep, reader)
            ],
            "checkin_told_me": [{"at": a.at, "who": a.who, "said": a.said} for a in told],
        }

    def purge(self) -> None:
        """Take away every box that is too old, unopened."""
        for kind in (CHECKINS, TOLD):
            try:
                self._keep.keyring.vault.forget_boxes(kind, self._keep.wall() - STANDS_S)
            except LedgerError:
                return

    def _write(self, reader: Reader, said: Said, key: str) -> bool:
        """Put the answer into its boxes, and tell whom a rule names."""
        now = self._keep.wall()
        named = named_by(rules_of(self._keep, reader), said)
        circle = self._circle(reader.person)
        told = [p for p in named if p in circle and self._keep.has_key(p)]
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        answer = Answer(key, reader.person, said, now)
        return self._keep.add_boxes(boxes_of(answer, told, at))

    def _circle(self, person: str) -> tuple[str, ...]:
        """Whom a rule of `person` may name: of their circle, agreed, not kept away."""
        return order_of(self._keep.house.people, self._keep.house.state, person)

    def _may_see(self, reader: Reader, answer: Answer) -> bool:
        young = abs(self._keep.wall() - answer.at) <= STANDS_S
        return young and reader.person in self._circle(answer.who)

    def _is_gone(self, reader: Reader, answer: Answer) -> bool:
        """Whether it may never be shown again, and not only while a circle cannot be read.

        Somebody who keeps their circle to their phones has none here until one of those is here.
        """
        state = self._keep.house.state
        closed = answer.who in state.keys.declined and not state.circles.of(answer.who).order
        young = abs(self._keep.wall() - answer.at) <= STANDS_S
        return not young or not (closed or self._may_see(reader, answer))

    def _answers(self, kind: str, reader: Reader) -> tuple[Answer, ...]:
        return answers_in(self._keep.boxes(kind, reader))

    def _keep_told(self, reader: Reader, stays: Callable[[Answer], bool]) -> Outcome:
        told = self._answers(TOLD, reader)
        left = [a for a in told if stays(a) and not self._is_gone(reader, a)]
        if len(left) == len(told):
            return Kept()
        return self._keep.keep_boxes(TOLD, reader, [as_box(answer) for answer in left])
