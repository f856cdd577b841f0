"""What a switchboard makes of datagrams: epochs, counts, lamps, and a disk that refuses."""

from dataclasses import dataclass, field

from tests.scenario.press_stage import PEOPLE, Evening

from collavoce.care.commands import (
    AddButton,
    AddPad,
    AnyCommand,
    ButtonCommand,
    CancelAlert,
    ForgetButton,
    RaiseAlert,
    SayComing,
    SayWith,
)
from collavoce.care.events import ButtonAdded, Decision, PadAdded, Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.reached.standing import Feedback
from collavoce.care.states.alert import CANCEL_WITHIN
from collavoce.care.states.buttons import settle
from collavoce.runtime.care.buttons.listening import LAMPS, Dropped, Switchboard, press_id
from collavoce.wire.button import (
    NO_EPOCH,
    NO_PRESS,
    Kind,
    Lamp,
    Said,
    Told,
    button_id,
    read_told,
    write_said,
)

KEY = bytes(range(32))
ID = button_id(bytes(16))
EPOCH, LATER = b"an epoch", b"another1"
PRESS, AGAIN = b"one press of it!", b"and another one!"


@dataclass
class Box:
    """An evening with one button of the pianist's, whose commands are carried out when asked to."""

    evening: Evening = field(default_factory=Evening)
    epoch: bytes = EPOCH
    known: bytes = EPOCH
    count: int = 0
    waiting: list[AnyCommand] = field(default_factory=list[AnyCommand])

    def __post_init__(self) -> None:
        self.evening.circle("pianist", "friend", "second")
        self.evening.does(AddButton("pianist", ID, KEY))
        self.open()

    def open(self) -> None:
        """The process begins, with `epoch`."""
        self.board = Switchboard(
            lambda: self.evening.state,
            frozenset(PEOPLE),
            lambda: Moment(self.evening.now),
            lambda: frozenset(self.evening.open_pages),
            self.epoch,
        )

    def hears(self, datagram: bytes) -> Told | None:
        """What `datagram` is answered."""
        answer = self.board.take(datagram)
        if answer is None:
            return None
        assert answer.button == ID
        if answer.command is not None:
            self.waiting.append(answer.command)
        return read_told(KEY, answer.datagram)

    def says(self, kind: Kind = Kind.HOW, press: bytes = PRESS, ago_ms: int = 0) -> Lamp | None:
        """The lamp after the button's next datagram."""
        self.count += 1
        told = self.hears(write_said(KEY, self.said(kind, press, ago_ms)))
        if told is None:
            return None
        assert (told.count, told.press, told.epoch) == (self.count, press, self.epoch)
        return Lamp(told.lamp)

    def said(self, kind: Kind, press: bytes, ago_ms: int = 0) -> Said:
        return Said(ID, self.count, kind, ago_ms, self.known, press)

    def lives(self, outcome: Outcome | None = None) -> None:
        """What was asked for is carried out; `outcome` instead of what really became of it."""
        for command in self.waiting:
            assert isinstance(command, RaiseAlert | CancelAlert)
            found = self.evening.ask(command) or Kept()
            self.board.done(ID, command, outcome or found)
        self.waiting.clear()


def test_a_press_is_felt_at_once_and_kept_once_it_is() -> None:
    box = Box()
    assert box.says(Kind.PRESS) is Lamp.FELT
    assert box.waiting == [RaiseAlert("pianist", press_id(ID, PRESS), 0.0)]
    assert box.says(Kind.PRESS) is Lamp.FELT, "still on its way"
    assert len(box.waiting) == 1, "and asked for once"
    box.lives()
    assert box.says() in (Lamp.KEPT, Lamp.SHOWN)


def test_a_press_that_is_said_again_calls_once() -> None:
    box = Box()
    for _ in range(5):
        box.says(Kind.PRESS)
        box.lives()
    presses = [a for a in box.evening.state.alerts.by_press.values() if a.person == "pianist"]
    assert len(presses) == 1


def test_a_press_that_lay_on_its_way_tells_its_age() -> None:
    box = Box()
    box.says(Kind.PRESS, ago_ms=4_000)
    assert box.waiting == [RaiseAlert("pianist", press_id(ID, PRESS), 4.0)]
    box.says(Kind.PRESS, AGAIN, ago_ms=2**32 - 1)
    assert isinstance(box.waiting[1], RaiseAlert)
    assert box.waiting[1].pressed_ago == 86_400.0


def test_the_lamp_follows_until_somebody_is_there() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives()
    press = press_id(ID, PRESS)
    box.evening.does(SayComing("friend", press))
    assert box.says() is Lamp.COMING
    box.evening.does(SayWith("friend", press))
    assert box.says() is Lamp.ARRIVED


def test_nobody_there_to_be_called_is_said() -> None:
    box = Box()
    box.evening.open_pages.clear()
    box.says(Kind.PRESS)
    box.lives()
    assert box.says() is Lamp.UNREACHED


def test_taken_back_in_time_it_is_over_and_too_late_it_stands() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives()
    box.says(Kind.BACK)
    box.lives()
    assert box.says() is Lamp.OVER
    box.says(Kind.PRESS, AGAIN)
    box.lives()
    box.evening.now += CANCEL_WITHIN + 1
    box.says(Kind.BACK, AGAIN)
    box.lives()
    assert box.says(Kind.HOW, AGAIN) is not Lamp.OVER


def test_what_the_disk_refuses_is_never_said_to_be_kept() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives(NotRecorded(done=True))
    assert box.says() is Lamp.NOT_RECORDED
    assert box.says(Kind.PRESS) is Lamp.NOT_RECORDED, "asked anew, not answered yet"
    assert len(box.waiting) == 1
    box.lives(Kept())
    assert box.says() is not Lamp.NOT_RECORDED


def test_a_press_that_is_refused_sends_its_person_to_their_voice() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives(Refused("for whatever reason"))
    assert box.says() is Lamp.UNREACHED


def test_a_count_is_taken_once_and_only_upwards() -> None:
    box = Box()
    box.count = 10
    box.says(Kind.PRESS)
    recorded = write_said(KEY, box.said(Kind.PRESS, PRESS))
    assert box.hears(recorded) is None
    box.count = 3
    assert box.says() is None
    assert box.board.dropped == {Dropped.HEARD: 2}
    box.count = 11
    assert box.says() is not None


def test_another_epoch_does_nothing_and_learns_the_present_one() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives()
    box.says(Kind.BACK)
    box.lives()
    recorded = [
        write_said(KEY, replace_count(box.said(kind, PRESS), count))
        for kind, count in ((Kind.PRESS, 1), (Kind.BACK, 2), (Kind.PRESS, 1000))
    ]
    box.epoch = LATER
    box.open()
    for datagram in recorded:
        told = box.hears(datagram)
        assert told is not None
        assert (told.lamp, told.epoch, told.heard) == (Lamp.AGAIN, LATER, 0)
    assert box.waiting == []
    box.known, box.count = LATER, 0
    assert box.says(Kind.PRESS, AGAIN) is Lamp.FELT, "no recorded count stands in its way"


def replace_count(said: Said, count: int) -> Said:
    return Said(said.button, count, said.kind, said.ago_ms, said.epoch, said.press)


def test_a_button_that_lost_its_power_counts_on_from_where_it_was_heard() -> None:
    box = Box()
    box.count = 70
    box.says()
    told = box.hears(write_said(KEY, Said(ID, 1, Kind.HOW, 0, NO_EPOCH)))
    assert told is not None
    assert (told.lamp, told.heard, told.epoch) == (Lamp.AGAIN, 71, EPOCH)


def test_a_press_after_a_restart_that_is_known_goes_on_and_is_not_raised_again() -> None:
    box = Box()
    box.says(Kind.PRESS)
    box.lives()
    box.epoch = box.known = LATER
    box.count = 0
    box.open()
    assert box.says(Kind.PRESS) in (Lamp.KEPT, Lamp.SHOWN)
    box.lives()
    assert len(box.evening.state.alerts.by_press) == 1


def test_forged_foreign_and_shapeless_datagrams_are_dropped_alike() -> None:
    box = Box()
    box.count = 1
    said = box.said(Kind.PRESS, PRESS)
    assert box.hears(write_said(bytes(32), said)) is None
    stranger = Said(button_id(bytes([1] * 16)), 1, Kind.PRESS, 0, EPOCH, PRESS)
    assert box.hears(write_said(KEY, stranger)) is None
    assert box.hears(write_said(bytes(32), stranger)) is None, "nobody's key is no key"
    assert box.hears(b"press") is None
    assert box.board.dropped == {Dropped.FORGED: 3, Dropped.FORM: 1}
    assert box.waiting == []


def test_a_kind_of_tomorrow_is_dropped_and_a_press_without_a_name_is_none() -> None:
    box = Box()
    box.count = 1
    assert box.hears(write_said(KEY, Said(ID, 1, 3, 0, EPOCH, PRESS))) is None
    assert box.board.dropped == {Dropped.KIND: 1}
    assert box.says(Kind.PRESS, NO_PRESS) is Lamp.NONE
    assert box.waiting == []


def test_a_lamp_speaks_of_its_own_press_alone() -> None:
    box = Box()
    box.evening.does(RaiseAlert("pianist", "by-the-phone-0001"))
    assert box.says(Kind.HOW, NO_PRESS) is Lamp.NONE
    assert box.says(Kind.HOW, PRESS) is Lamp.NONE
    box.says(Kind.PRESS)
    box.lives()
    box.evening.does(RaiseAlert("pianist", "by-the-phone-0002"))
    assert box.says() is Lamp.MOVED


def test_a_forgotten_button_and_one_whose_person_is_gone_press_nothing() -> None:
    box = Box()
    box.evening.does(ForgetButton("pianist", ID))
    assert box.says(Kind.PRESS) is None
    gone = Box()
    gone.board = Switchboard(
        lambda: gone.evening.state,
        frozenset(PEOPLE) - {"pianist"},
        lambda: Moment(gone.evening.now),
        frozenset,
        EPOCH,
    )
    assert gone.says(Kind.PRESS) is None


def test_when_a_button_was_heard_is_known_and_a_forger_is_not_heard() -> None:
    box = Box()
    assert box.board.heard_ago(ID) is None
    box.says()
    box.evening.now += 12.0
    box.hears(write_said(bytes(32), Said(ID, 99, Kind.HOW, 0, EPOCH)))
    assert box.board.heard_ago(ID) == 12.0


def test_every_feedback_has_its_lamp() -> None:
    assert set(LAMPS) == set(Feedback) - {Feedback.NONE}


def test_a_person_has_four_buttons_at_most_and_a_key_of_an_instrument_is_one_persons() -> None:
    evening = Evening()

    def asked(command: ButtonCommand) -> Decision:
        decision = settle(PEOPLE, evening.state.buttons, command, Moment(evening.now))
        for event in decision if isinstance(decision, tuple) else ():
            evening.keep(event)
        return decision

    pad = AddPad("pianist", "pad-1", "Pedal", 0xB0, 64)
    assert asked(pad) == (PadAdded(evening.now, "pianist", "pad-1", "Pedal", 0xB0, 64),)
    assert asked(pad) == (), "asked again it is so already"
    assert isinstance(asked(replace_pad(pad, "singer", "pad-2")), Refused)
    assert isinstance(asked(AddButton("singer", "pad-1", KEY)), Refused)
    for number in range(3):
        add = AddButton("pianist", f"button-{number}", KEY)
        assert asked(add) == (ButtonAdded(evening.now, "pianist", f"button-{number}", KEY),)
    assert isinstance(asked(AddButton("pianist", "button-4", KEY)), Refused)
    assert isinstance(asked(AddButton("nobody", "button-5", KEY)), Refused)
    assert asked(ForgetButton("singer", "pad-1")) == ()
    assert asked(ForgetButton("pianist", "pad-1")) != ()
    assert evening.state.buttons.of("pianist") == ("button-0", "button-1", "button-2")


def replace_pad(pad: AddPad, person: str, button: str) -> AddPad:
    return AddPad(person, button, pad.port, pad.status, pad.number)


def test_no_key_stands_in_what_is_shown_of_a_button() -> None:
    box = Box()
    [button] = box.evening.state.buttons.network.values()
    assert repr(button) == "Button(person='pianist')"
