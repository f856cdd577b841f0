"""The courier under a clock moved by hand: in what order, how often, and what is known of it."""

from collections.abc import Iterator

import pytest
from msgspec import structs
from tests.unit.care.courier_world import ADDRESS, World

from collavoce.care.channels import Channel, Fate, Message, Wording
from collavoce.care.commands import (
    CancelAlert,
    ConfirmShown,
    EndAlert,
    RaiseAlert,
    SetLadder,
)
from collavoce.care.events import MessageEnded, MessageTried
from collavoce.care.ladder import Rung
from collavoce.rig.channels import Accepted, Delivered, Failed, Failure, Outcome
from collavoce.runtime.care.ways.courier import AT_ONCE, LIMITED_BURST
from collavoce.runtime.care.ways.outgoing import Outgoing

NEXT_WITHIN_S = 5.0
RECEIPT_AFTER_S = 5.0

BACKUP = {
    Channel.PUSH: Channel.SMS,
    Channel.SMS: Channel.MAIL,
    Channel.VOICE: Channel.MAIL,
    Channel.MAIL: Channel.OTHER,
    Channel.OTHER: Channel.MAIL,
}
"""A further contact of the same person, that has its turn when the first one fails."""

CALLED_AT = {Rung.FIRST: "first", Rung.SECOND: "second", Rung.ALL: "third", Rung.VOICE: "welfare"}
STEP_AT = {Rung.FIRST: 0.0, Rung.SECOND: 20.0, Rung.ALL: 60.0, Rung.VOICE: 120.0}

SILENCE = None
TOOK: tuple[Outcome, ...] = (Accepted(), Delivered())
FAULTS: tuple[Outcome | None, ...] = (*(Failed(kind) for kind in Failure), SILENCE)


def matrix() -> Iterator[tuple[Channel, Outcome | None, Rung]]:
    for channel in BACKUP:
        for outcome in (*TOOK, *FAULTS):
            for step in Rung:
                yield channel, outcome, step


def named(case: object) -> str:
    if isinstance(case, Failed):
        return str(case.kind)
    return type(case).__name__ if isinstance(case, Accepted | Delivered) else str(case)


@pytest.mark.parametrize(("channel", "outcome", "step"), tuple(matrix()), ids=named)
def test_every_channel_every_fault_every_step(
    channel: Channel, outcome: Outcome | None, step: Rung
) -> None:
    delay = 3.9 if outcome == Failed(Failure.LATE) else 0.3

    def answers(way: str, _address: str) -> tuple[Outcome, float] | None:
        if way != channel:
            return Accepted(), 0.1
        return None if outcome is None else (outcome, delay)

    world = World(answers=answers)
    world.circle("first", "second", "third")
    world.ask(SetLadder("pianist", RECEIPT_AFTER_S, 60.0, 120.0, "welfare"))
    who = CALLED_AT[step]
    world.reached_by(who, channel, BACKUP[channel])
    pressed = world.clock.now
    world.ask(RaiseAlert("pianist", "one"))
    called = pressed + STEP_AT[step]
    world.pass_until(called + RECEIPT_AFTER_S + NEXT_WITHIN_S + 1.0)
    first, *rest = world.services.handed
    assert (first.channel, first.address) == (channel, ADDRESS[channel])
    assert first.at == called + (0.0 if channel is Channel.PUSH else RECEIPT_AFTER_S)
    if outcome in TOOK and channel is not Channel.PUSH:
        assert rest == [], "what a service took is not sent by another"
    else:
        (second,) = rest
        assert second.channel == BACKUP[channel]
        # A push that was taken wakes a phone; the text follows when no page has shown the call.
        limit = RECEIPT_AFTER_S if channel is Channel.PUSH else NEXT_WITHIN_S
        assert first.at < second.at <= first.at + limit
    (sent,) = [
        sent
        for sent in world.house.state.alerts.by_press["one"].messages.values()
        if sent.channel is channel
    ]
    assert (Fate.DELIVERED in sent.fates) == (outcome == Delivered()), "accepted is not delivered"
    assert (Fate.FAILED in sent.fates) == isinstance(outcome, Failed)
    assert sent.why == (outcome.kind if isinstance(outcome, Failed) else "")


def test_nothing_leaves_before_its_try_is_on_disk() -> None:
    world = World()

    def on_disk(key: str) -> bool:
        return any(isinstance(e, MessageTried) and e.key == key for e in world.store.events)

    world.services.on_disk = on_disk
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 30.0)
    assert world.told == ["sms"]
    (ended,) = [e for e in world.store.events if isinstance(e, MessageEnded)]
    assert ended.fate is Fate.ACCEPTED


def test_a_disk_that_takes_nothing_keeps_no_call_back() -> None:
    world = World()
    world.circle("first")
    world.reached_by("first", Channel.SMS)
    world.store.ill = True
    world.house.ask(RaiseAlert("pianist", "one"))
    world.pass_until(world.clock.now + 30.0)
    assert world.told == ["sms"]
    world.store.ill = False
    world.ask(ConfirmShown("first", "one"))
    kept = [type(e).__name__ for e in world.store.events]
    assert kept.count("MessageTried") == kept.count("MessageEnded") == 1


def test_one_page_that_shows_the_call_in_time_needs_no_message() -> None:
    world = World()
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 4.0)
    world.ask(ConfirmShown("first", "one"))
    world.pass_until(world.clock.now + 100.0)
    assert world.told == []


def test_who_was_called_is_let_go_by_the_same_way_once() -> None:
    world = World()
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 6.0)
    world.ask(EndAlert("pianist", "one"))
    world.pass_until(world.clock.now + 60.0)
    assert world.told == ["sms", "sms"]
    assert len({handed.key for handed in world.services.handed}) == 2


def test_of_a_press_taken_back_nothing_is_kept_and_the_called_are_told() -> None:
    world = World()
    before = list(world.store.events)
    called_by_sms(world, "one")
    settled = len(world.store.events) - 1
    world.pass_until(world.clock.now + 6.0)
    world.ask(CancelAlert("pianist", "one"))
    world.pass_until(world.clock.now + 60.0)
    assert len(world.told) == 2
    assert len(world.store.events) == settled > len(before)
    assert not [e for e in world.store.events if isinstance(e, MessageTried | MessageEnded)]


def test_a_process_that_died_between_disk_and_channel_hands_over_when_it_is_back() -> None:
    world = World()
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 6.0)
    (handed,) = world.services.handed
    # As if it had died just before: tried on disk, claimed by nobody, no answer.
    world.store.events = [e for e in world.store.events if not isinstance(e, MessageEnded)]
    world.services.handed.clear()
    world.claims.taken.clear()
    world.open()
    world.courier.resume()
    world.pass_until(world.clock.now + 1.0)
    assert [again.key for again in world.services.handed] == [handed.key]


def test_a_process_that_died_after_the_channel_had_it_does_not_hand_it_over_again() -> None:
    world = World()
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 6.0)
    world.store.events = [e for e in world.store.events if not isinstance(e, MessageEnded)]
    world.services.handed.clear()
    world.open()
    world.courier.resume()
    world.pass_until(world.clock.now + 30.0)
    assert world.services.handed == []


def test_what_the_watchdog_has_claimed_is_recorded_and_not_sent() -> None:
    world = World()
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 1.0)
    (_, items, _) = world.letters.left[-1]
    (item,) = items
    world.claims.taken.add(item.key)
    world.letters.carried[item.key] = (True, "")
    world.pass_until(world.clock.now + 60.0)
    assert world.told == []
    (sent,) = world.house.state.alerts.by_press["one"].messages.values()
    assert (sent.key, sent.fate) == (item.key, Fate.ACCEPTED)
    assert item.key in world.letters.left[-1][2], "and the watchdog knows that care knows"


def test_what_the_watchdog_carried_and_failed_is_followed_by_the_next_contact() -> None:
    world = World()
    world.circle("first")
    world.reached_by("first", Channel.SMS, Channel.MAIL)
    world.ask(RaiseAlert("pianist", "one"))
    world.pass_until(world.clock.now + 1.0)
    keys = {item.channel: item for item in world.letters.left[-1][1]}
    assert (keys["sms"].if_failed, keys["mail"].if_failed) == (False, True)
    world.claims.taken.add(keys["sms"].key)
    world.letters.carried[keys["sms"].key] = (False, "broken")
    world.pass_until(world.clock.now + 3.0)
    assert world.told == ["mail"]


def test_the_list_for_the_watchdog_is_whole_and_names_nobody() -> None:
    world = World()
    world.circle("first", "second")
    world.reached_by("first", Channel.PUSH, Channel.SMS)
    world.reached_by("second", Channel.VOICE)
    world.reached_by("pianist", Channel.MAIL)
    pressed = world.clock.now
    world.ask(RaiseAlert("pianist", "one"))
    world.pass_until(pressed + 0.5)
    _, items, _ = world.letters.left[-1]
    foreseen = {
        (item.channel, item.due_at - pressed, item.only_late)
        for item in items
        if not item.if_failed
    }
    assert foreseen == {
        ("sms", 5.0, False),
        ("voice", 25.0, False),
        ("mail", 120.0, False),
        ("mail", 5.0, True),
    }
    assert not {"pianist", "first", "second", "one"} & set(repr(items).replace("'", " ").split())


def test_without_a_press_the_list_is_empty_and_comes_at_the_same_pace() -> None:
    calm, pressed = World(), World()
    for world in (calm, pressed):
        world.circle("first")
        world.reached_by("first", Channel.SMS)
    pressed.ask(RaiseAlert("pianist", "one"), ConfirmShown("first", "one"))
    for world in (calm, pressed):
        world.letters.left.clear()
        for _ in range(50):
            world.clock.now += 0.1
            world.pass_until(world.clock.now)
    assert calm.letters.left
    assert abs(len(calm.letters.left) - len(pressed.letters.left)) <= 1
    assert all(items == () for _, items, _ in calm.letters.left)


def test_who_presses_again_and_again_is_called_for_once_and_waits_for_the_disk_once() -> None:
    world = World()
    world.circle("first")
    world.reached_by("first", Channel.PUSH)
    for number in range(600):
        world.ask(RaiseAlert("pianist", f"press {number}"))
    before = world.store.syncs
    # One person's presses stand for each other: the last alone is open.
    world.pass_until(world.clock.now)
    assert len(world.services.handed) == 1
    assert world.store.syncs - before <= 2


def test_what_is_no_distress_is_limited_and_said_to_be_delayed_and_a_press_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    many = int(LIMITED_BURST) + 20
    nuisances = [f"look {n}" for n in range(many)]
    plenty = [message(key, distress=False) for key in nuisances]
    wanted = [*plenty, message("press", distress=True)]

    def messages(_: Outgoing) -> Iterator[Message]:
        return iter(wanted)

    monkeypatch.setattr(Outgoing, "messages", messages)
    batch, _ = world.courier._batch(world.house.moment())
    assert batch[0].key == "press"
    assert len(batch) == 1 + LIMITED_BURST
    assert len(world.courier.delayed) == many - LIMITED_BURST
    world.clock.now += 1.0
    again, _ = world.courier._batch(world.house.moment())
    assert len(again) == 1 + 2


def test_whoever_presses_now_goes_before_the_backlog_and_the_backlog_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    backlog = [message(f"old {n}", distress=True) for n in range(1000)]
    fresh = structs.replace(message("fresh", distress=True), due_at=5.0)

    def messages(_: Outgoing) -> Iterator[Message]:
        return iter([*backlog, fresh])

    monkeypatch.setattr(Outgoing, "messages", messages)
    batch, more = world.courier._batch(world.house.moment())
    assert fresh in batch[:2]
    assert len(batch) == AT_ONCE
    assert more


def test_a_channel_without_room_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.services.rooms = {"sms": 0}
    stuck = [message(f"stuck {n}", distress=True) for n in range(1000)]
    mail = structs.replace(message("mail", distress=True), channel=Channel.MAIL, due_at=5.0)

    def messages(_: Outgoing) -> Iterator[Message]:
        return iter([*stuck, mail])

    monkeypatch.setattr(Outgoing, "messages", messages)
    batch, more = world.courier._batch(world.house.moment())
    assert batch == [mail]
    assert not more, "it waits for an answer, not in a circle"


def test_a_service_that_asks_for_rest_is_left_alone_by_what_can_wait_and_by_no_press() -> None:
    world = World(answers=lambda _way, _to: (Failed(Failure.BUSY, 60.0), 0.1))
    called_by_sms(world, "one")
    world.pass_until(world.clock.now + 6.0)
    now = world.house.moment()
    assert not world.courier._may_go(message("look", distress=False), now)
    world.ask(EndAlert("pianist", "one"), RaiseAlert("pianist", "two"))
    world.pass_until(world.clock.now + 6.0)
    assert world.told == ["sms", "sms"]


def called_by_sms(world: World, press: str) -> None:
    world.circle("first")
    world.reached_by("first", Channel.SMS)
    world.ask(RaiseAlert("pianist", press))


def message(key: str, *, distress: bool) -> Message:
    return Message(key, "", "", "first", Channel.SMS, "+491511111111", Wording.LOOK, 0.0, distress)
