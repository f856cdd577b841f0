"""The canary: three persons of nobody's company through whom the watchdog presses.

One presses, the first is called at once and the second by a step of the ladder. They are seated
in memory at every start and stand in no list of people: nobody can be paired as one of them, write
one into a circle or see one. Their ids hold a colon, which no id in a show folder may. What their
presses leave in the store is erased, at the latest when care opens it next.

The first has no page, but a contact: the watchdog's own mailbox. So a canary also goes the way of
a message outside, through courier and porter, and reaches nobody else.
"""

from collavoce.care.channels import Channel, Contact
from collavoce.care.events import (
    AnyEvent,
    CircleSet,
    ConsentGiven,
    ContactsSet,
    DevicePaired,
    LadderSet,
)
from collavoce.care.ladder import RECEIPT_AFTER_MIN, SECOND_AFTER_MIN, Moment, Times
from collavoce.care.states.pairing import secret_hash

OWNER = "canary:owner"
FIRST = "canary:first"
SECOND = "canary:second"
ECHO_BOX = "watchdog"
"""The watchdog's mailbox, where a canary's message ends."""

CANARIES = frozenset({OWNER, FIRST, SECOND})


def token(secret: str, person: str) -> str:
    """The device token of a canary person under `secret`, at least 128 random bits."""
    assert person in CANARIES, person
    return f"{secret}.{person}"


def seated(secret: str, now: Moment, echo: str) -> tuple[AnyEvent, ...]:
    """The events that seat the canary, kept nowhere; none without a secret.

    echo : the path of the mailbox that the first is reached by.
    """
    if not secret:
        return ()
    usual = Times()
    return (
        *(DevicePaired(now, p, "", secret_hash(token(secret, p))) for p in (OWNER, SECOND)),
        CircleSet(now, OWNER, (FIRST, SECOND), SECOND_AFTER_MIN),
        ConsentGiven(now, OWNER, FIRST),
        ConsentGiven(now, OWNER, SECOND),
        LadderSet(now, OWNER, RECEIPT_AFTER_MIN, usual.all_after, usual.voice_after, ""),
        ContactsSet(now, FIRST, (Contact(Channel.OTHER, echo),)),
    )
