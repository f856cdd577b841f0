"""What everybody has settled before the evening: circles, answers, wishes, ways to be reached."""

from collections.abc import Callable
from random import Random

from tests.simulation.cast import (
    HELPERS,
    MAIL,
    OTHER,
    PEOPLE,
    PERFORMERS,
    PUSH,
    SMS,
    STRANGER,
    VOICE,
    WELFARE,
    address,
)

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
)
from collavoce.care.near import Kind, Near
from collavoce.care.outcome import Kept, Outcome
from collavoce.desk.care.secret_words import word_hash

TRUE_WORD, OTHER_WORD = "lily", "orchid"
WAYS = ((), (SMS,), (SMS, VOICE), (PUSH, SMS, VOICE), (MAIL, SMS), (PUSH,), (VOICE, OTHER, MAIL))


def settle_in(chance: Random, ask: Callable[[AnyCommand], Outcome]) -> None:
    """Draw it, and have it kept."""

    def settle(command: AnyCommand) -> None:
        assert ask(command) == Kept(), command

    for person in PEOPLE:
        contacts = ways(chance, person)
        if contacts:
            settle(SetContacts(person, contacts))
    for owner in PERFORMERS:
        order = tuple(chance.sample(HELPERS, chance.randint(1, len(HELPERS))))
        assert STRANGER not in order
        settle(SetCircle(owner, order, chance.choice((5.0, 20.0, 45.0))))
        for person in order:
            if chance.random() < 0.9:
                settle(AnswerRequest(person, owner, agrees=True))
        if chance.random() < 0.5:
            last = chance.choice(("", WELFARE, chance.choice(HELPERS)))
            settle(SetLadder(owner, chance.choice((2.0, 5.0, 12.0)), 70.0, 110.0, last))
        if chance.random() < 0.5:
            settle(SetNear(owner, nearness(chance)))
        settle(SetOpening(owner, hand=chance.random() < 0.5, breach=True))
        if chance.random() < 0.5:
            settle(SetWords(owner, word_hash(TRUE_WORD), word_hash(OTHER_WORD)))


def ways(chance: Random, person: str) -> tuple[Contact, ...]:
    """By what else `person` may be called."""
    channels = chance.choice(WAYS)
    return tuple(Contact(Channel(channel), address(person, channel)) for channel in channels)


def nearness(chance: Random) -> Near:
    """Who may come near somebody."""
    kind = chance.choice(tuple(Kind))
    named = tuple(sorted(chance.sample((*HELPERS, WELFARE), chance.randint(1, 3))))
    return Near(kind, () if kind is Kind.ANYONE else named)
