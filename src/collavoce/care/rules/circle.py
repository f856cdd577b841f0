"""The rules of what a person settles beforehand: circle, ladder, nearness, words, ways to them."""

from dataclasses import replace

from collavoce.care.channels import CONTACTS_MAX
from collavoce.care.commands import (
    AnswerRequest,
    CircleCommand,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
    TermsCommand,
)
from collavoce.care.events import (
    CircleSet,
    ConsentGiven,
    ConsentRefused,
    ContactsSet,
    Decision,
    LadderSet,
    NearSet,
    OpeningSet,
    Refused,
    WordsSet,
)
from collavoce.care.ladder import Moment, Times
from collavoce.care.near import GENDER_CHARACTERS_MAX, GENDERS_MAX, NAMED_MAX, Kind, Near
from collavoce.care.reached.calling import People, circle_is_off, is_lead
from collavoce.care.reached.contacts import is_address
from collavoce.care.state import CareState
from collavoce.care.states.circle import CIRCLE_MAX, Answer
from collavoce.words import say

WORD_HASH_CHARACTERS_MAX = 128


def decide_circle(
    people: People, state: CareState, command: CircleCommand, now: Moment
) -> Decision:
    """What follows from a circle, or from an answer to one."""
    if isinstance(command, AnswerRequest):
        return _answered(state, command, now)
    if len(command.order) > CIRCLE_MAX:
        return Refused(say("care.refused.circle_too_large", most=CIRCLE_MAX))
    if command.owner in command.order or len(set(command.order)) < len(command.order):
        return Refused(say("care.refused.circle_twice"))
    circle = state.circles.of(command.owner)
    if not set(command.order) <= set(people) | set(circle.order):
        # Who left the show may stand on in a circle until the owner takes them off.
        return Refused(say("care.refused.person_unknown"))
    if command.order and circle_is_off(people, command.owner):
        return Refused(say("care.refused.under_18"))
    refused = _wrong_times(replace(circle.times, second_after=command.second_after))
    if refused is not None:
        return refused
    if (circle.order, circle.times.second_after) == (command.order, command.second_after):
        return ()
    return (CircleSet(now, command.owner, command.order, command.second_after),)


def decide_terms(people: People, state: CareState, command: TermsCommand, now: Moment) -> Decision:
    """What follows from a terms."""
    if isinstance(command, SetContacts):
        return _contacts(people, state, command, now)
    if command.owner not in people:
        return Refused(say("care.refused.person_unknown"))
    if circle_is_off(people, command.owner):
        return Refused(say("care.refused.under_18"))
    terms = state.terms.of(command.owner)
    match command:
        case SetLadder():
            return _ladder(people, state, command, now)
        case SetNear():
            return _near(people, terms.near, command, now)
        case SetOpening():
            if (terms.hand, terms.breach) == (command.hand, command.breach):
                return ()
            return (OpeningSet(now, command.owner, command.hand, command.breach),)
        case SetWords():
            words = (command.cancel, command.duress)
            if max(map(len, words)) > WORD_HASH_CHARACTERS_MAX or all(words) != any(words):
                return Refused(say("care.refused.words_both"))
            if command.cancel and command.cancel == command.duress:
                return Refused(say("care.refused.words_alike"))
            if (terms.cancel_word, terms.duress_word) == words:
                return ()
            return (WordsSet(now, command.owner, command.cancel, command.duress),)


def _answered(state: CareState, command: AnswerRequest, now: Moment) -> Decision:
    before = state.circles.answer(command.owner, command.trusted)
    if before is None:
        return Refused(say("care.refused.not_asked"))
    if before is (Answer.AGREED if command.agrees else Answer.DECLINED):
        return ()
    said = ConsentGiven if command.agrees else ConsentRefused
    return (said(now, command.owner, command.trusted),)


def _ladder(people: People, state: CareState, command: SetLadder, now: Moment) -> Decision:
    last, before = command.last_resort, state.circles.of(command.owner).times
    if last and last not in people:
        return Refused(say("care.refused.person_unknown"))
    if last == command.owner:
        return Refused(say("care.refused.circle_twice"))
    times = Times(
        before.second_after, command.all_after, command.voice_after, command.receipt_after
    )
    refused = _wrong_times(times)
    if refused is not None:
        return refused
    if (times, last) == (before, state.terms.of(command.owner).last_resort):
        return ()
    return (
        LadderSet(
            now,
            command.owner,
            command.receipt_after,
            command.all_after,
            command.voice_after,
            last,
            asks=bool(last) and not is_lead(people, last),
        ),
    )


def _wrong_times(times: Times) -> Refused | None:
    fault = times.fault()
    if fault is None:
        return None
    name, least, most = fault
    return Refused(say(f"care.refused.{name}", least=f"{least:g}", most=f"{most:g}"))


def _near(people: People, before: Near, command: SetNear, now: Moment) -> Decision:
    near = command.near if command.near.kind is not Kind.ANYONE else Near()
    named = (*near.ids, *near.but)
    if len(named) > NAMED_MAX:
        return Refused(say("care.refused.near_too_many", most=NAMED_MAX))
    if command.owner in named or len(set(named)) < len(named):
        return Refused(say("care.refused.near_twice"))
    if not set(named) <= {*people, *before.ids, *before.but}:
        return Refused(say("care.refused.person_unknown"))
    if not _are_genders(near.genders):
        return Refused(say("care.refused.near_genders", most=GENDERS_MAX))
    near = near.found(people)
    return () if near == before else (NearSet(now, command.owner, near),)


def _are_genders(words: tuple[str, ...]) -> bool:
    """Few words, each once, written as the list of the company has them."""
    fit = all(w == w.strip().lower() and 0 < len(w) <= GENDER_CHARACTERS_MAX for w in words)
    return fit and len(set(words)) == len(words) <= GENDERS_MAX


def _contacts(people: People, state: CareState, command: SetContacts, now: Moment) -> Decision:
    if command.person not in people:
        return Refused(say("care.refused.person_unknown"))
    if len(command.contacts) > CONTACTS_MAX:
        return Refused(say("care.refused.contacts_too_many", most=CONTACTS_MAX))
    if len(set(command.contacts)) < len(command.contacts):
        return Refused(say("care.refused.contacts_twice"))
    for number, contact in enumerate(command.contacts, 1):
        if not is_address(contact):
            how = say(f"care.refused.address.{contact.channel}")
            return Refused(say("care.refused.contact", number=number, how=how))
    if state.terms.contacts_of(command.person) == command.contacts:
        return ()
    return (ContactsSet(now, command.person, command.contacts),)
