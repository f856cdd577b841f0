"""The real commands and the real state, told to the model in its own words."""

from dataclasses import replace

from tests.simulation.cast import PEOPLE
from tests.simulation.model import MICRO, NOTICE_US, Model, Press

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    HandOver,
    RaiseAlert,
    RecordTry,
    SayComing,
    SayWith,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
)
from collavoce.care.reached.outbox import sent_of
from collavoce.care.state import CareState
from collavoce.care.states.circle import Answer


def carry(model: Model, command: AnyCommand, at_us: int, state: CareState) -> None:
    """A command that was carried out at `at_us`; what became of it stands in `state`."""
    match command:
        case RaiseAlert():
            model.raised(command.person, command.press, at_us)
        case HandOver():
            model.handed_over(command.person, command.press, at_us)
        case CancelAlert():
            model.taken_back(command.person, command.press, command.word, at_us)
        case EndAlert():
            model.over(command.person, command.press, at_us)
        case ConfirmShown():
            model.shown(command.trusted, command.press)
        case SayComing():
            model.coming(command.trusted, command.press)
        case SayWith():
            model.arrived(command.trusted, command.press, at_us)
        case RecordTry():
            it = model.presses.get(command.press)
            if it is not None and command.key in sent_of(state, command.press):
                it.messaged = True
        case _:
            _settle(model, command, at_us)


def _settle(model: Model, command: AnyCommand, at_us: int) -> None:
    match command:
        case SetCircle():
            owner = model.of(command.owner)
            owner.order, owner.second_after = command.order, command.second_after
            model.settled(command.owner, at_us)
        case SetLadder():
            owner = model.of(command.owner)
            owner.later = command.receipt_after, command.all_after, command.voice_after
            owner.last = command.last_resort
            model.settled(command.owner, at_us)
        case SetNear():
            model.of(command.owner).near = str(command.near.kind), command.near.ids
            model.settled(command.owner, at_us)
        case SetOpening():
            model.of(command.owner).hand = command.hand
        case SetWords():
            model.of(command.owner).words = command.cancel, command.duress
        case SetContacts():
            contacts = tuple((str(c.channel), c.address) for c in command.contacts)
            model.contacts[command.person] = contacts
        case AnswerRequest():
            before = model.answers.get((command.owner, command.trusted))
            model.answers[command.owner, command.trusted] = command.agrees
            if not command.agrees and before is not False:
                model.dropped(command.owner, at_us, command.trusted)
        case _:
            pass


def differences(model: Model, state: CareState, now_us: int) -> list[str]:
    """Where the real state differs from what the model allows.

    A press that was taken back is left out: when what is left of it goes, is the disk's matter.
    """
    real = {
        press: alert
        for press, alert in state.alerts.by_press.items()
        if alert.person in PEOPLE and alert.end != "cancelled"
    }
    found: list[str] = []
    for press, it in model.presses.items():
        alert = real.pop(press, None)
        if it.end == "cancelled":
            continue
        if alert is None:
            if not it.end or now_us - it.ended_us <= NOTICE_US - MICRO:
                found.append(f"{press} is gone")
            continue
        if it.end:
            # What is over may be told apart by a press that was taken back, and is erased now.
            if it.end != str(alert.end or ""):
                found.append(f"{press} ended: {it.end} / {alert.end}")
            continue
        pairs = {
            "calls": (it.calls, {p: int(r) for p, r in alert.calls.items()}),
            "order": (it.order, list(alert.order)),
            "last": (it.last, alert.last),
            "step": (it.rung, int(alert.rung)),
            "turn": (it.turn, alert.turn),
            "coming": (it.coming, alert.coming or ""),
            "end": (it.end, str(alert.end or "")),
            "shown": (it.shown, set(alert.shown)),
            "released": (it.released, set(alert.released)),
            "other word": ((it.duress, it.hidden), (alert.duress, alert.hidden)),
        }
        found += [
            f"{press} {name}: {ours} / {theirs}"
            for name, (ours, theirs) in pairs.items()
            if ours != theirs
        ]
    return found + [f"{press} should not be" for press in real]


def adopt(model: Model, state: CareState, booted_at_us: int) -> None:
    """Take over what a process knows that died between a decision and its keeping.

    Only what nobody was told is kept can differ from what the model had.
    """

    def true_us(moment: float) -> int:
        return booted_at_us + int(moment * MICRO)

    model.known = {person: list(presses) for person, presses in state.alerts.presses.items()}
    model.presses = {}
    for press, alert in state.alerts.by_press.items():
        if alert.person not in PEOPLE:
            continue
        times = alert.times
        model.presses[press] = Press(
            alert.person,
            press,
            true_us(alert.raised_at),
            true_us(alert.since),
            (0.0, times.second_after, times.all_after, times.voice_after),
            times.receipt_after,
            int(alert.rung),
            list(alert.order),
            alert.last,
            {p: int(r) for p, r in alert.calls.items()},
            {p: true_us(at) for p, at in alert.called_at.items()},
            alert.turn,
            set(alert.shown),
            dict(alert.receipts),
            set(alert.released),
            alert.coming or "",
            alert.duress,
            alert.hidden,
            bool(alert.messages or alert.earlier),
            str(alert.end or ""),
            alert.ended_by or "",
            true_us(alert.ended_at),
        )
    _adopt_settled(model, state)


def _adopt_settled(model: Model, state: CareState) -> None:
    for person in PEOPLE:
        owner, circle, wish = model.of(person), state.circles.of(person), state.terms.of(person)
        times = circle.times
        model.owners[person] = replace(
            owner,
            order=circle.order,
            second_after=times.second_after,
            later=(times.receipt_after, times.all_after, times.voice_after),
            last=wish.last_resort,
            near=(str(wish.near.kind), wish.near.ids),
            hand=wish.hand,
            words=(wish.cancel_word, wish.duress_word),
        )
        contacts = state.terms.contacts_of(person)
        model.contacts[person] = tuple((str(c.channel), c.address) for c in contacts)
    model.answers = {
        (owner, trusted): answer is Answer.AGREED
        for trusted, answers in state.circles.answers.items()
        for owner, answer in answers.items()
        if answer is not Answer.ASKED
    }
