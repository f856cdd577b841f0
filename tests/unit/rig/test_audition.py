"""An audition reaches the virtual stage, marked, and nobody else."""

from collections.abc import Callable, Iterator

import pytest

from collavoce.rig.lights_out import LightsRig
from collavoce.rig.stage_listener import StageListener
from collavoce.rig.udp import UdpSender
from collavoce.runtime.wires import Wires
from collavoce.runtime.wires.identity import source_id
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.osc import SendOsc
from collavoce.show.cues import Cue, Department, Show
from collavoce.show.patch import Channel, Patch
from collavoce.show.triggers import ByHand
from collavoce.units import Instant, Seconds
from collavoce.wire.sacn import decode

from .conftest import Port

CUE = Cue(
    "12",
    "clip and light",
    Department.VID,
    ByHand(),
    (SendOsc("video", "/clip", (1,)), SetLevels({"front": 1.0}, Seconds(2.0))),
)


@pytest.fixture(name="stage")
def _stage() -> Iterator[StageListener]:
    listener = StageListener(cid=source_id("boot"))
    yield listener
    listener.close()


def test_an_audition_is_seen_on_the_stage_page_and_nowhere_else(
    stage: StageListener, open_port: Callable[[], Port]
) -> None:
    video, lamps = open_port(), open_port()
    channel = Channel("front", 1, 3)
    patch = Patch(osc={"video": video[1]}, sacn=(lamps[1],), channels={"front": channel})
    show = Show("", "UTC", (), {}, {}, {}, patch)
    wires = Wires(show, "boot", taps=(stage.address,))
    wires.lights(Instant(0.0), {"front": 0.0})
    stage.receive()
    wires.audition(CUE, {"front": 1.0})
    stage.receive()
    assert list(stage.auditioned) == [
        ("12", "video", "/clip 1"),
        ("12", "sacn", "front 100 % in 2 s"),
    ]
    assert stage.previewed[1][2] == 255
    assert stage.level(channel) == 0
    assert not stage.messages
    assert decode(lamps[0].recv(999)).levels[2] == 0
    for port in (video, lamps):
        port[0].setblocking(False)
        with pytest.raises(BlockingIOError):
            port[0].recv(999)
    wires.close()


def test_a_preview_changes_nothing_of_what_is_sent(open_port: Callable[[], Port]) -> None:
    lamps = open_port()
    patch = Patch(sacn=(lamps[1],), channels={"front": Channel("front", 1, 3)})
    rig = LightsRig(patch, UdpSender(), cid=source_id("boot"), source="us")
    rig.step(Instant(0.0), {"front": 0.5})
    rig.preview({"front": 1.0, "unknown": 1.0})
    rig.repeat()
    first, second = (decode(lamps[0].recv(999)) for _ in range(2))
    assert (first.levels, first.preview) == (second.levels, second.preview)
    assert second.sequence == first.sequence + 1
