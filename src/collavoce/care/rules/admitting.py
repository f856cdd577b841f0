"""Who becomes a person's phone: the rules of pairing.

    code of somebody without a phone            -> theirs
    code of somebody who has one                -> waits, with a number
    waits, "yes" on a phone of theirs           -> theirs
    waits, their recovery code                  -> theirs, and that code is spent
    waits, "no", or `WAIT_LIVES` without a word -> forgotten

Whoever works the desk can make a code in anybody's name. So a code alone opens nothing that is
there already, and nothing here depends on what a person has written: no circle is read.
"""

from collections.abc import Mapping
from hmac import compare_digest

from collavoce.care.commands import (
    ConfirmDevice,
    DenyDevice,
    ForgetDevice,
    ForgetOthers,
    OfferCode,
    PairDevice,
    PairingCommand,
    RecoverDevice,
    SetRecovery,
)
from collavoce.care.events import (
    CodeOffered,
    Decision,
    DeviceForgotten,
    DevicePaired,
    DeviceWaits,
    RecoverySet,
    RecoverySpent,
    Refused,
    WaitEnded,
)
from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import DEVICES_MAX, WAITING_MAX, Pairings, secret_hash
from collavoce.company.people import Person
from collavoce.words import say

NUMBER_LEAST, NUMBERS = 10, 90
"""Two digits, the first of them none that is left out when it is read aloud."""


def admit(
    people: Mapping[str, Person], pairings: Pairings, command: PairingCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case OfferCode():
            if command.person not in people:
                return Refused(say("care.refused.person_unknown"))
            return (CodeOffered(now, command.person, command.code),)
        case PairDevice():
            return _claim(pairings, command, now)
        case ConfirmDevice() | DenyDevice():
            return _answer(pairings, command, now)
        case SetRecovery():
            if pairings.devices.get(command.by) != command.person:
                return Refused(say("care.refused.not_paired"))
            return (RecoverySet(now, command.person, command.recovery),)
        case RecoverDevice():
            return _recover(pairings, command, now)
        case ForgetDevice():
            return _forget_one(pairings, command, now)
        case ForgetOthers():
            if pairings.devices.get(command.device) != command.person:
                return Refused(say("care.refused.not_paired"))
            others = (d for d in pairings.devices_of(command.person) if d != command.device)
            asking = (d for d, w in pairings.waiting.items() if w.person == command.person)
            return (
                *(DeviceForgotten(now, command.person, device) for device in others),
                *(WaitEnded(now, command.person, device) for device in asking),
            )


def _claim(pairings: Pairings, command: PairDevice, now: Moment) -> Decision:
    code = pairings.codes.get(command.code)
    if code is None or not code.good_at(now):
        return Refused(say("care.refused.code"))
    person, before = code.person, pairings.devices.get(command.instead)
    if before == person:
        # The browser is theirs already and only changes its token: it is its own yes.
        return (
            DevicePaired(now, person, command.code, command.device),
            DeviceForgotten(now, person, command.instead),
        )
    if before is not None:
        # Taken over, it could lose its owner the only phone that lets them in again.
        return Refused(say("care.refused.other_phone"))
    withdrawn = pairings.waiting.get(command.instead)
    ended = () if withdrawn is None else (WaitEnded(now, withdrawn.person, command.instead),)
    if not pairings.guarded(person):
        return (*ended, DevicePaired(now, person, command.code, command.device))
    asking = {d: w for d, w in pairings.waiting_for(person, now).items() if d != command.instead}
    stay = list(asking)[len(asking) - min(len(asking), WAITING_MAX - 1) :]
    taken = {asking[device].number for device in stay}
    gone = [
        device
        for device, waiting in pairings.waiting.items()
        if waiting.person == person and device not in stay and device != command.instead
    ]
    return (
        *ended,
        *(WaitEnded(now, person, device) for device in gone),
        DeviceWaits(now, person, command.code, command.device, _number(command.device, taken)),
    )


def _number(device: str, taken: set[int]) -> int:
    """A number of its own. A token is random, so a hash of it is as good a draw as any."""
    draw = int(secret_hash(device)[:8], 16) % NUMBERS
    while NUMBER_LEAST + draw in taken:
        draw = (draw + 1) % NUMBERS
    return NUMBER_LEAST + draw


def _answer(pairings: Pairings, command: ConfirmDevice | DenyDevice, now: Moment) -> Decision:
    """Yes or no on a phone that is theirs. Too late is said: another answer may stand already."""
    person, device = command.person, command.device
    if pairings.devices.get(command.by) != person:
        return Refused(say("care.refused.not_paired"))
    yes = isinstance(command, ConfirmDevice)
    if yes and pairings.devices.get(device) == person:
        return ()
    waiting = pairings.waits(device, now)
    if waiting is None or waiting.person != person:
        return Refused(say("care.refused.wait_over"))
    if not yes:
        return (WaitEnded(now, person, device),)
    return paired(pairings, device, now, by=command.by)


def _recover(pairings: Pairings, command: RecoverDevice, now: Moment) -> Decision:
    """One answer for every failure: also whether there is a code at all is nobody's to learn."""
    waiting = pairings.waits(command.device, now)
    kept = "" if waiting is None else pairings.recoveries.get(waiting.person, "")
    good = compare_digest(kept.encode(), command.recovery.encode())
    if waiting is None or not kept or not good:
        return Refused(say("care.refused.recovery"))
    theirs = paired(pairings, command.device, now, by="")
    return (*theirs, RecoverySpent(now, waiting.person))


def paired(
    pairings: Pairings, device: str, now: Moment, *, by: str
) -> tuple[DevicePaired | DeviceForgotten, ...]:
    """The waiting `device` is theirs; of too many the oldest goes, but not `by`, which said so."""
    waiting = pairings.waiting[device]
    theirs = pairings.devices_of(waiting.person)
    too_many = [d for d in theirs if d != by][: max(0, len(theirs) + 1 - DEVICES_MAX)]
    return (
        DevicePaired(now, waiting.person, waiting.code, device),
        *(DeviceForgotten(now, waiting.person, gone) for gone in too_many),
    )


def _forget_one(pairings: Pairings, command: ForgetDevice, now: Moment) -> Decision:
    person, device = command.person, command.device
    waiting = pairings.waiting.get(device)
    if waiting is not None and waiting.person == person:
        return (WaitEnded(now, person, device),)
    theirs = pairings.devices_of(person)
    if device not in theirs:
        return ()
    if theirs == (device,) and person not in pairings.recoveries:
        # With nobody left to say yes, the next code from the desk would open all they wrote.
        return Refused(say("care.refused.last_phone"))
    return (DeviceForgotten(now, person, device),)
