"""Which messages will be due if nothing more happens: what the watchdog is told in advance.

The rule is `care.outbox.foreseen`. Beside each message stand the person's further contacts, in
case the watchdog carries it and it fails; and what the performer is told, by their own contacts,
when the watchdog finds that the next step was missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from collavoce.care.channels import CALLS, Channel, Message, Wording
from collavoce.care.ladder import Moment
from collavoce.care.reached.outbox import foreseen, instead, possible
from collavoce.care.state import CareState
from collavoce.care.states.alert import Alert
from collavoce.care.states.sent import ANSWER_WITHIN
from collavoce.runtime.care.canary import CANARIES
from collavoce.runtime.care.ways.deadman import FORESEEN_MAX, Foreseen
from collavoce.runtime.care.ways.outgoing import only, rest_of, same
from collavoce.runtime.care.ways.saying import opaque, text_of

HORIZON_S = 180.0
"""From the press to the end of the usual ladder and its last contacts."""

OF_A_PRESS_MAX = 40


@dataclass(slots=True)
class Foresight:
    """The list for the watchdog, kept up press by press. url, emergency : for the words."""

    url: str
    emergency: str
    _rest: tuple[object, ...] = ()
    _known: dict[str, tuple[Alert, tuple[Foreseen, ...]]] = field(
        default_factory=dict[str, tuple[Alert, tuple[Foreseen, ...]]]
    )

    def follow(self, state: CareState, alerts: Iterable[Alert], now: Moment) -> bool:
        """Look at those of `alerts` that have changed; whether the list is another one now."""
        rest = rest_of(state)
        before, was_same = self._known, same(rest, self._rest)
        self._rest = rest
        self._known = {}
        changed = False
        for alert in alerts:
            if alert.person in CANARIES:
                continue
            known = before.get(alert.press)
            if known is None or known[0] is not alert or not was_same:
                items = tuple(self._of(only(state, alert), alert, now))[:OF_A_PRESS_MAX]
                changed = changed or known is None or known[1] != items
                known = (alert, items)
            self._known[alert.press] = known
        return changed or before.keys() != self._known.keys()

    def items(self) -> tuple[Foreseen, ...]:
        """The list, soonest first, distress before everything else."""
        items = [item for _, items in self._known.values() for item in items]
        items.sort(key=lambda item: (not item.distress, item.due_at))
        return tuple(items[:FORESEEN_MAX])

    def _of(self, alone: CareState, alert: Alert, now: Moment) -> Iterator[Foreseen]:
        steps: list[float] = [alert.climbs_at()] if alert.climbing else []
        for message in foreseen(alone, now, HORIZON_S):
            item = self._item(message, _rings_at(alert, message))
            steps.append(item.page_at if item.page_at > now else item.due_at)
            yield item
            for other in instead(alone, message):
                later = message.due_at + ANSWER_WITHIN
                yield _with(self._item(other, later), if_failed=True, due_at=later)
        all_possible = tuple(possible(alone, alert.press))
        by_key = {message.key: message for message in all_possible}
        for sent in alert.messages.values():
            # Handed over, not answered yet: if care does not live to hear it, the next contact.
            if sent.fate is None and sent.key in by_key:
                due_at = sent.tried_at + ANSWER_WITHIN
                for other in instead(alone, by_key[sent.key]):
                    yield _with(self._item(other, due_at), if_failed=True, due_at=due_at)
        if steps:
            yield from self._told_late(all_possible, min(steps))

    def _item(self, message: Message, page_at: float) -> Foreseen:
        return Foreseen(
            key=message.key,
            due_at=message.due_at,
            page_at=min(page_at, message.due_at),
            channel=message.channel,
            address=message.address,
            text=text_of(message.wording, self.url, self.emergency),
            whom=opaque(message.press, message.to, message.wording),
            distress=message.distress,
        )

    def _told_late(self, messages: Iterable[Message], at: float) -> Iterator[Foreseen]:
        """What the performer is told when the step at `at` is missed; care never sends these."""
        to_presser = (m for m in messages if m.wording is Wording.UNREACHED)
        for place, message in enumerate(to_presser):
            yield _with(
                self._item(message, at),
                key=opaque(message.key, "late"),
                whom=opaque(message.press, "late"),
                due_at=at,
                page_at=at,
                if_failed=place > 0,
                only_late=True,
            )


def _with(item: Foreseen, **fields: object) -> Foreseen:
    return msgspec.structs.replace(item, **fields)


def _rings_at(alert: Alert, message: Message) -> float:
    """When the page of whom `message` is for rings, if that is before the message is due."""
    if message.wording not in CALLS or message.channel is Channel.PUSH:
        return message.due_at
    return alert.called_at.get(message.to, message.due_at - alert.times.receipt_after)
