"""A live MIDI input: what is delivered, and what is said where there is none."""

import select
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.midi_in import QUEUE_LIMIT, MidiIn, choose, driver
from collavoce.units import Instant

Callback = Callable[[tuple[list[int], float], Any], None]


class Piano:
    """A MIDI system with ports and keys to press."""

    def __init__(self, *ports: str, busy: bool = False) -> None:
        self.ports = list(ports)
        self.busy = busy
        self.opened: int | None = None
        self.press: Callback

    def get_ports(self) -> list[str]:
        return self.ports

    def open_port(self, port: int) -> None:
        if self.busy:
            raise OSError("device is busy")
        self.opened = port

    def set_callback(self, func: Callback) -> None:
        self.press = func

    def close_port(self) -> None:
        self.opened = None


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> Instant:
        return Instant(self.at)


def test_messages_are_delivered_with_the_instant_they_came_at() -> None:
    piano, clock = Piano("Through", "Grand"), Hand()
    port = MidiIn("Grand", clock.now, piano)
    assert piano.opened == 1
    clock.at = 3.25
    piano.press(([0x90, 60, 64], 0.0), None)
    clock.at = 3.5
    piano.press(([0x80, 60, 0], 0.25), None)
    clock.at = 9.0
    assert port.drain() == [(3.25, b"\x90\x3c\x40"), (3.5, b"\x80\x3c\x00")]
    assert port.drain() == []
    port.close()
    assert piano.opened is None


def test_a_press_in_another_thread_wakes_whoever_waits() -> None:
    piano = Piano("Grand")
    port = MidiIn("Grand", Hand().now, piano)
    assert select.select([port], [], [], 0)[0] == []
    thread = threading.Thread(target=piano.press, args=(([0x90, 60, 64], 0.0), None))
    thread.start()
    assert select.select([port], [], [], 10)[0] == [port]
    thread.join()
    assert len(port.drain()) == 1
    assert select.select([port], [], [], 0)[0] == []


def test_a_queue_that_nobody_drains_keeps_the_newest_and_counts_the_lost() -> None:
    piano = Piano("Grand")
    port = MidiIn("Grand", Hand().now, piano)
    for number in range(QUEUE_LIMIT + 3):
        piano.press(([0x90, number % 128, 64], 0.0), None)
    heard = port.drain()
    assert (len(heard), port.lost) == (QUEUE_LIMIT, 3)
    assert heard[-1][1][1] == (QUEUE_LIMIT + 2) % 128


def test_a_press_after_the_end_harms_nobody() -> None:
    piano = Piano("Grand")
    port = MidiIn("Grand", Hand().now, piano)
    port.close()
    piano.press(([0x90, 60, 64], 0.0), None)


def test_a_part_of_the_name_is_enough_if_only_one_port_has_it() -> None:
    ports = ["Midi Through:0 14:0", "Digital Piano:Digital Piano MIDI 1 20:0"]
    assert choose("digital piano", ports) == 1
    assert choose("Midi Through:0 14:0", ports) == 0


@pytest.mark.parametrize(
    ("ports", "said"),
    [
        (["Organ", "Pads"], r"no MIDI input 'Grand'; there are: Organ, Pads"),
        ([], r"no MIDI input 'Grand', nor any other; plug"),
        (["Grand A", "Pads", "Grand B"], r"fits several MIDI inputs: Grand A, Grand B; write more"),
    ],
)
def test_a_port_that_is_not_there_is_answered_with_those_that_are(
    ports: list[str], said: str
) -> None:
    with pytest.raises(RigError, match=said):
        MidiIn("Grand", Hand().now, Piano(*ports))


def test_a_port_that_cannot_be_opened_says_why() -> None:
    with pytest.raises(RigError, match=r"'Grand' cannot be opened \(device is busy\); close"):
        MidiIn("Grand", Hand().now, Piano("Grand", busy=True))


def test_without_the_library_the_way_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(RigError, match=r"pip install 'collavoce\[midi\]'"):
        driver()


def test_without_a_sequencer_the_way_to_get_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        RtMidiError = OSError

        @staticmethod
        def MidiIn() -> None:  # noqa: N802  the library's own name
            raise OSError("error creating ALSA sequencer client object.")

    monkeypatch.setitem(sys.modules, "rtmidi", Broken)
    with pytest.raises(RigError, match=r"client object\); on Linux load the module snd-seq"):
        driver()


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or Path("/dev/snd/seq").exists(),
    reason="only a Linux without a sequencer shows what the real library does there",
)
def test_the_real_library_without_a_sequencer_is_a_rig_error() -> None:
    pytest.importorskip("rtmidi", reason="the extra collavoce[midi] is not installed")
    with pytest.raises(RigError, match="snd-seq"):
        driver()
