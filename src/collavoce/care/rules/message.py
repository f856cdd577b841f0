"""The rules of a message's own life: it is tried once, and what became of it is kept once each."""

import re

from collavoce.care.channels import Message
from collavoce.care.commands import MessageCommand, RecordFate, RecordTry
from collavoce.care.events import Decision, MessageEnded, MessageTried, Refused
from collavoce.care.ladder import Moment
from collavoce.care.reached.messages import person_of, possible, sent_of
from collavoce.care.reached.outbox import of_press, still_wanted
from collavoce.care.state import CareState
from collavoce.words import say

UNSAID = "other"
"""Instead of a kind of failure that could hold an address or somebody's text."""

_KIND = re.compile(r"(?!.*[0-9]{4})[a-z0-9 _.-]{0,40}")


def decide_message(state: CareState, command: MessageCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`. A try that was decided before is refused."""
    sent = sent_of(state, command.press).get(command.key)
    if isinstance(command, RecordTry):
        if sent is not None:
            return () if command.carried else Refused(say("care.refused.message_tried"))
        return _tried(state, command, now)
    if sent is None:
        return Refused(say("care.refused.no_such_message"))
    if not sent.learns(command.fate):
        return ()
    return (_ended(state, command, now),)


def _tried(state: CareState, command: RecordTry, now: Moment) -> Decision:
    """One that was carried while care was away is a fact, whether or not it is needed now."""
    found: dict[str, Message] = {}
    if command.carried:
        found = {message.key: message for message in possible(state, command.press)}
    else:
        planned = of_press(state, command.press)
        found = {message.key: message for message in planned if still_wanted(message, now)}
    message = found.get(command.key)
    if message is None:
        return Refused(say("care.refused.no_such_message"))
    return (
        MessageTried(
            now,
            message.person,
            message.press,
            message.key,
            message.to,
            message.channel,
            message.index,
            message.wording,
        ),
    )


def _ended(state: CareState, command: RecordFate, now: Moment) -> MessageEnded:
    why = command.why if _KIND.fullmatch(command.why) else UNSAID
    person = person_of(state, command.press)
    return MessageEnded(now, person, command.press, command.key, command.fate, why)
