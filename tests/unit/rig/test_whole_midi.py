"""A MIDI input that hears system exclusive messages too, by the driver library's own names."""

import sys
from types import ModuleType

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import whole_driver


class FakeMidiIn:
    """As `rtmidi.MidiIn`, which leaves out what it was not asked to hear."""

    def __init__(self) -> None:
        if FakeMidiIn.broken:
            raise FakeRtMidi.RtMidiError("no sequencer here.")
        self.left_out = {"sysex", "timing", "active_sense"}

    broken = False

    def ignore_types(
        self, *, sysex: bool = True, timing: bool = True, active_sense: bool = True
    ) -> None:
        asked = {"sysex": sysex, "timing": timing, "active_sense": active_sense}
        self.left_out = {name for name, ignored in asked.items() if ignored}


class FakeRtMidi(ModuleType):
    class RtMidiError(OSError):
        """As the library's own."""

    MidiIn = FakeMidiIn


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", FakeRtMidi("rtmidi"))
    monkeypatch.setattr(FakeMidiIn, "broken", False)


def test_system_exclusive_is_heard_and_clocks_are_not() -> None:
    made = whole_driver()
    assert isinstance(made, FakeMidiIn)
    assert made.left_out == {"timing", "active_sense"}


def test_a_machine_without_a_sequencer_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeMidiIn, "broken", True)
    with pytest.raises(RigError, match="no sequencer here"):
        whole_driver()


def test_the_real_library_offers_what_is_used() -> None:
    sys.modules.pop("rtmidi", None)
    rtmidi = pytest.importorskip("rtmidi", reason="the MIDI library is not installed")
    assert callable(rtmidi.MidiIn.ignore_types)
