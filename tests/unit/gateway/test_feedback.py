"""Telling controllers: what changed, the latest, not too often, and not for ever."""

from collavoce.runtime.gateway.feedback import (
    AGAIN_S,
    FOR_EVER,
    LEASE_S,
    LISTENERS_MAX,
    REST_S,
    Feedback,
)
from collavoce.wire.osc import OscMessage, decode
from collavoce.wire.osc.types import OscArg


class Panel:
    """A controller that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[OscArg, ...]]] = []

    def send(self, packet: bytes) -> None:
        message = decode(packet)
        assert isinstance(message, OscMessage), "messages, never bundles"
        self.told.append((message.address, message.args))

    def since(self) -> list[tuple[str, tuple[OscArg, ...]]]:
        told, self.told = self.told, []
        return told


HELD, FREE = {"/out/held": (1,)}, {"/out/held": (0,)}


def test_a_controller_is_told_everything_at_first_and_then_what_changes() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 100.0)
    feedback.turn({"/out/held": (0,), "/out/standby": ("1", "House")}, 0.0)
    assert panel.since() == [("/out/held", (0,)), ("/out/standby", ("1", "House"))]
    feedback.turn({"/out/held": (1,), "/out/standby": ("1", "House")}, 1.0)
    assert panel.since() == [("/out/held", (1,))]
    feedback.turn({"/out/held": (1,), "/out/standby": ("1", "House")}, 2.0)
    assert panel.since() == []


def test_what_changes_too_fast_is_told_as_it_is_at_last() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 100.0)
    for step in range(200):
        feedback.turn({"/out/sure": (float(step),)}, step * 0.01)
    told = [args[0] for _, args in panel.since()]
    assert len(told) <= 2.0 / REST_S + 1
    feedback.turn({"/out/sure": (199.0,)}, 3.0)
    assert (told + [args[0] for _, args in panel.since()])[-1] == 199.0


def test_everything_is_said_again_from_time_to_time() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 100.0)
    feedback.turn(FREE, 0.0)
    feedback.turn(FREE, AGAIN_S)
    assert panel.since() == [("/out/held", (0,))] * 2


def test_a_wish_that_is_not_said_again_is_over() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, LEASE_S)
    feedback.turn(FREE, 0.0)
    feedback.turn(HELD, LEASE_S)
    assert panel.since() == [("/out/held", (0,))]
    assert not feedback.wanted


def test_a_wish_said_again_is_told_everything_anew() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 60.0)
    feedback.turn(FREE, 0.0)
    feedback.listen("panel", panel.send, 90.0)
    feedback.turn(FREE, 1.0)
    assert panel.since() == [("/out/held", (0,))] * 2
    feedback.turn(HELD, 61.0)
    assert panel.since() == [("/out/held", (1,))]


def test_whoever_does_not_want_it_any_more_hears_nothing() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 60.0)
    feedback.leave("panel")
    feedback.turn(FREE, 0.0)
    assert panel.since() == []


def test_those_of_the_book_are_told_for_ever_and_until_they_are_forgotten() -> None:
    feedback, panel, asked = Feedback(), Panel(), Panel()
    feedback.listen("asked", asked.send, 1e9, "wings")
    feedback.keep({"10.0.0.1:9000": panel.send}, {"wings"})
    feedback.turn(FREE, 1e6)
    assert panel.since() == [("/out/held", (0,))]
    feedback.keep({}, {"wings"})
    feedback.turn(HELD, 1e6 + 1)
    assert panel.since() == []
    assert asked.since()[-1] == ("/out/held", (1,))


def test_whoever_is_forgotten_in_the_book_is_told_no_more() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("10.0.0.9:5000", panel.send, 1e9, "wings")
    feedback.keep({}, set[str]())
    feedback.turn(FREE, 0.0)
    assert panel.since() == []


def test_not_more_than_so_many_are_told() -> None:
    feedback = Feedback()
    for n in range(LISTENERS_MAX):
        assert feedback.listen(str(n), Panel().send, FOR_EVER)
    assert not feedback.listen("one more", Panel().send, FOR_EVER)
    assert feedback.listen("0", Panel().send, FOR_EVER)


def test_a_name_that_osc_cannot_carry_stops_nothing_else() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.listen("panel", panel.send, 60.0)
    feedback.turn({"/out/standby": ("1", "a\0b"), "/out/held": (1,)}, 0.0)
    assert panel.since() == [("/out/held", (1,))]


def test_only_who_is_told_hears_what_became_of_what_it_asked() -> None:
    feedback, panel = Feedback(), Panel()
    feedback.answer("10.0.0.1", "/collavoce/go", done=False, words="deaf")
    feedback.listen("10.0.0.1:9000", panel.send, 60.0)
    feedback.answer("10.0.0.1", "/collavoce/go", done=False, words="deaf")
    feedback.answer("10.0.0.11", "/collavoce/go", done=True, words="")
    assert panel.since() == [("/collavoce/out/answer", ("/collavoce/go", 0, "deaf"))]
