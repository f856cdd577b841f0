"""The rules of letters and invitations: to whom, by which way, once, and never taken from another.

When a day has come is found out from two clocks (`two_clocks.py`) by whoever asks; here it is
seen to that nothing is delivered twice, to somebody else, or after it was taken back. Whoever asks
about what is not theirs is answered as if it were not there.
"""

from datetime import date

from collavoce.care.asked.letters import (
    DeliverLetter,
    EndInvitation,
    ForgetLetter,
    HeedSigns,
    Invite,
    LettersCommand,
    OpenLetter,
    SealLetter,
    SeeSign,
    WithdrawLetter,
)
from collavoce.care.events import (
    AnyEvent,
    Decision,
    InvitationEnded,
    InvitationMade,
    InvitationPutAway,
    LetterDelivered,
    LetterForgotten,
    LetterOpened,
    LetterSealed,
    LetterWithdrawn,
    Refused,
    SignSeen,
    SignsHeeded,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.state import CareState
from collavoce.care.states.aftercare import LAST_MINUTE
from collavoce.care.states.letters import INVITATIONS_MAX, LETTERS_MAX, WAYS, Way
from collavoce.words import say

LAST_DAY = date(2099, 12, 31).toordinal()
"""A clock that says more says nothing (`aftertime.UTC_MAX`)."""


def decide_letters(
    people: People, state: CareState, command: LettersCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case SealLetter():
            return _sealed(people, state, command, now)
        case DeliverLetter():
            return _delivered(people, state, command, now)
        case WithdrawLetter(owner=owner, letter=letter):
            known = state.letters.waiting.get(letter)
            if known is None or known.writer != owner:
                return Refused(say("letters.refused.none"))
            return (LetterWithdrawn(now, owner, letter),)
        case OpenLetter() | ForgetLetter():
            return _had(state, command, now)
        case Invite():
            return _invited(people, state, command, now)
        case EndInvitation() | HeedSigns() | SeeSign():
            return _of_an_invitation(state, command, now)


def may_write(people: People, writer: str, reader: str) -> Refused | None:
    """Why `writer` may not write to `reader`; None if they may.

    Somebody under 18 is written to, and writes, between them and their guardian and chaperone
    alone: what is sealed is seen by nobody else.
    """
    if writer not in people or reader not in people or writer == reader:
        return Refused(say("letters.refused.reader"))
    for minor, other in ((writer, reader), (reader, writer)):
        one = people[minor]
        if one.under_18 and other not in {one.guardian, one.chaperone}:
            return Refused(say("letters.refused.minor"))
    return None


def _sealed(people: People, state: CareState, command: SealLetter, now: Moment) -> Decision:
    owner, letter = command.owner, command.letter
    refused = may_write(people, owner, command.reader) or way_refused(command)
    if refused is not None:
        return refused
    known = state.letters.waiting.get(letter)
    if letter in state.letters.arrived or (known is not None and known.writer != owner):
        return Refused(say("letters.refused.none"))
    if known is None and len(state.letters.of_writer(owner)) >= LETTERS_MAX:
        return Refused(say("letters.refused.many", most=LETTERS_MAX))
    dated = command.way == Way.DATE
    sealed = LetterSealed(
        now,
        owner,
        letter,
        command.reader,
        command.way,
        command.day if dated else 0,
        command.minute if dated else 0,
        command.zone if dated else "",
        command.told,
    )
    if known is not None:
        same = (known.reader, known.way, known.day, known.minute, known.zone, known.told)
        asked = (sealed.reader, sealed.way, sealed.day, sealed.minute, sealed.zone, sealed.told)
        return () if same == asked else Refused(say("letters.refused.sealed"))
    return (sealed,)


def way_refused(command: SealLetter) -> Refused | None:
    """Why it cannot wait for that; None if it can."""
    if command.way in (Way.KEY, Way.SILENCE):
        return Refused(say(f"letters.refused.{command.way}"))
    if command.way not in WAYS:
        return Refused(say("letters.refused.way"))
    if command.way != Way.DATE:
        return None
    if not 0 <= command.minute <= LAST_MINUTE or not 1 <= command.day <= LAST_DAY:
        return Refused(say("letters.refused.day"))
    if command.day < command.today:
        return Refused(say("letters.refused.past"))
    return None


def _delivered(people: People, state: CareState, command: DeliverLetter, now: Moment) -> Decision:
    """Once, and to whom it was sealed; whoever left the show is delivered nothing."""
    known = state.letters.waiting.get(command.letter)
    if known is None or known.reader not in people:
        return ()
    return (
        LetterDelivered(now, known.reader, command.letter, command.day, known.writer, known.told),
    )


def _had(state: CareState, command: OpenLetter | ForgetLetter, now: Moment) -> Decision:
    known = state.letters.arrived.get(command.letter)
    if known is None or known.reader != command.person:
        return Refused(say("letters.refused.none"))
    if isinstance(command, ForgetLetter):
        return (LetterForgotten(now, command.person, command.letter),)
    return () if known.opened else (LetterOpened(now, command.person, command.letter),)


def _invited(people: People, state: CareState, command: Invite, now: Moment) -> Decision:
    refused = may_write(people, command.owner, command.friend)
    if refused is not None:
        return refused
    known = state.letters.invitations.get(command.invitation)
    if known is not None and (known.owner, known.friend) != (command.owner, command.friend):
        return Refused(say("letters.refused.none"))
    if known is not None and known.signs == command.signs:
        return ()
    if known is None and len(state.letters.made_by(command.owner)) >= INVITATIONS_MAX:
        return Refused(say("letters.refused.many", most=INVITATIONS_MAX))
    return (InvitationMade(now, command.owner, command.invitation, command.friend, command.signs),)


def _of_an_invitation(
    state: CareState, command: EndInvitation | HeedSigns | SeeSign, now: Moment
) -> Decision:
    """Of the maker's it may only be taken back; of the friend's, that it was put away is unseen."""
    known = state.letters.invitations.get(command.invitation)
    mine = known is not None and known.owner == command.person
    given = known is not None and known.friend == command.person and not known.away
    told: tuple[AnyEvent, ...] = ()
    match command:
        case EndInvitation() if mine:
            return (InvitationEnded(now, command.person, command.invitation),)
        case EndInvitation() if given:
            return (InvitationPutAway(now, command.person, command.invitation),)
        case HeedSigns() if given and known is not None:
            if known.heeds != command.on:
                told = (SignsHeeded(now, command.person, command.invitation, command.on),)
            return told
        case SeeSign() if given and known is not None:
            seen = not known.sign and not known.fresh
            return () if seen else (SignSeen(now, command.person, command.invitation),)
        case _:
            return Refused(say("letters.refused.none"))
