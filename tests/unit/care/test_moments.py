"""A machine that starts anew moves every moment by the same, and what is over calls nobody."""

from dataclasses import fields

from tests.scenario.press_stage import SMS, Evening

from collavoce.care.channels import Channel, Fate, Wording
from collavoce.care.commands import SayAlone, SayComing
from collavoce.care.ladder import Rung, Times
from collavoce.care.states.alert import Alert, End
from collavoce.care.states.beside import Alone, Beside
from collavoce.care.states.sent import Sent


def sent(at: float) -> Sent:
    return Sent("key", "friend", Channel.SMS, 0, Wording.CALL, at, {Fate.ACCEPTED: at + 1})


def alert() -> Alert:
    return Alert(
        person="pianist",
        press="p1",
        raised_at=1.0,
        pressed_at=2.0,
        since=3.0,
        times=Times(),
        rung=Rung.ALL,
        order=("friend", "second"),
        calls={"friend": Rung.FIRST},
        called_at={"friend": 4.0},
        released={"third": 5.0},
        messages={"key": sent(6.0)},
        earlier=(sent(8.0),),
        coming_at=10.0,
        voice_at=11.0,
        ended_at=12.0,
    )


def moments(it: object) -> list[float]:
    """Every moment in it, however deep."""
    match it:
        case float():
            return [it]
        case dict():
            return [at for value in it.values() for at in moments(value)]
        case tuple():
            return [at for value in it for at in moments(value)]
        case Alert() | Sent() | Alone():
            return [at for f in fields(it) for at in moments(getattr(it, f.name))]
        case _:
            return []


def test_every_moment_of_a_press_and_of_its_messages_moves_by_the_same() -> None:
    before, after = moments(alert()), moments(alert().shifted(100.0))
    assert before == sorted(before, key=before.index)
    assert len(before) == 12
    assert after == [at + 100.0 for at in before]


def test_every_moment_of_being_alone_and_of_being_with_somebody_moves_by_the_same() -> None:
    alone = Alone("look-1", 1.0, 2.0, 3.0, ("friend",), {"key": sent(4.0)})
    moved = Beside({"pianist": {"friend": 7.0}}, {"pianist": alone}).shifted(-100.0)
    assert moments(moved.alones["pianist"]) == [at - 100.0 for at in moments(alone)]
    assert moved.withs == {"pianist": {"friend": -93.0}}
    never = Alone("look-2", 1.0, 2.0, None)
    assert never.shifted(5.0).look_at is None


def test_after_a_reboot_the_first_is_asked_to_look_no_earlier_and_is_asked() -> None:
    evening = Evening()
    evening.circle("pianist", "friend")
    evening.does(SayAlone("pianist", 30.0, look_after=1.0))
    evening.reboot(10.0)
    evening.advance(49.0)
    assert "look after pianist" not in evening.told["friend"][-1]
    evening.advance(2.0)
    assert any("look after pianist" in line for line in evening.told["friend"])


def test_what_is_over_calls_nobody_in_the_place_of_somebody_who_leaves() -> None:
    over = alert().ended(End.ARRIVED, 12.0, "second")
    left = over.without("friend", 20.0)
    assert left.calls == {"friend": Rung.FIRST}
    assert left.released == {"third": 5.0, "friend": 20.0}
    assert left.order == ("second",)


def test_whoever_was_told_of_the_press_before_hears_that_the_next_one_is_covered() -> None:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    evening.contacts(friend=(SMS,))
    evening.shows = False
    evening.press()
    evening.advance(21.0)
    assert evening.told["friend"] == ["sms: call"]
    evening.courier = False
    evening.press(press="p2")
    evening.does(SayComing("second", "p2"))
    evening.courier = True
    evening.advance(5.0)
    assert evening.told["friend"] == ["sms: call", "sms: stand_down"]
