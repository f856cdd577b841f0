"""What a listener on the lights' network believes, and what it does not."""

import asyncio
import select
import socket

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.lights_out import LightsRig
from collavoce.rig.stage_listener import MESSAGES_KEPT, StageListener
from collavoce.rig.udp import UdpSender
from collavoce.show.patch import Channel, Patch
from collavoce.units import Instant
from collavoce.wire.osc import IMMEDIATELY, OscBundle, OscMessage
from collavoce.wire.osc import encode as encode_osc
from collavoce.wire.sacn import DataPacket, encode

CID = bytes(range(16))
WASH, SPOT, EXIT = Channel("wash", 1, 1), Channel("spot", 1, 2), Channel("exit", 2, 1)


def hear(listener: StageListener, *datagrams: bytes) -> int:
    """Send `datagrams` to the listener and let it read them; how many it believed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for datagram in datagrams:
            sender.sendto(datagram, listener.address)
    assert select.select([listener], [], [], 10)[0]
    return listener.receive()


def light(
    universe: int,
    *levels: int,
    sequence: int = 0,
    cid: bytes = CID,
    terminated: bool = False,
    preview: bool = False,
    start_code: int = 0,
) -> bytes:
    packet = DataPacket(
        cid,
        "test",
        universe,
        bytes(levels),
        sequence,
        terminated=terminated,
        preview=preview,
        start_code=start_code,
    )
    return encode(packet)


def test_a_stage_is_dark_when_every_patched_channel_was_sent_as_zero() -> None:
    listener = StageListener()
    hear(listener, light(1, 0, 9), light(2, 0))
    assert listener.dark([WASH, EXIT])
    assert not listener.dark([WASH, SPOT, EXIT])
    hear(listener, light(1, 0, 0, sequence=1))
    assert listener.dark([WASH, SPOT, EXIT])


def test_a_channel_that_was_never_seen_is_not_dark() -> None:
    listener = StageListener()
    assert not listener.dark([WASH])
    hear(listener, light(1, 0))
    assert not listener.dark([WASH, SPOT])
    assert listener.level(SPOT) is None


def test_a_stream_that_was_ended_is_not_dark_but_unknown() -> None:
    listener = StageListener()
    hear(listener, light(1, 0))
    hear(listener, light(1, 0, sequence=1, terminated=True))
    assert not listener.dark([WASH])


def test_garbage_is_counted_and_changes_nothing() -> None:
    listener = StageListener()
    hear(listener, light(1, 7))
    garbage = [b"", b"\0", b"hello", b"/x", light(1, 0)[:-1], light(1, 0) + b"\0", bytes(638)]
    assert hear(listener, *garbage) == 0
    assert listener.bad == len(garbage)
    assert listener.level(WASH) == 7


def test_a_packet_that_comes_late_is_not_believed() -> None:
    listener = StageListener()
    assert hear(listener, light(1, 50, sequence=250), light(1, 60, sequence=4)) == 2
    assert hear(listener, light(1, 50, sequence=251), light(1, 60, sequence=4)) == 0
    assert (listener.level(WASH), listener.late) == (60, 2)


def test_a_source_that_began_again_is_believed() -> None:
    listener = StageListener()
    hear(listener, light(1, 50, sequence=100))
    assert hear(listener, light(1, 0, sequence=80)) == 1
    assert listener.level(WASH) == 0


@pytest.mark.parametrize("last", range(0, 256, 5))
def test_a_source_with_our_name_that_returns_is_believed_after_21_packets(last: int) -> None:
    listener = StageListener()
    hear(listener, light(1, 50, sequence=last))
    hear(listener, *(light(1, 70, sequence=sequence) for sequence in range(21)))
    assert listener.level(WASH) == 70


def test_preview_and_other_start_codes_are_not_light() -> None:
    listener = StageListener()
    assert hear(listener, light(1, 9, preview=True), light(1, 9, start_code=0xDD)) == 0
    assert (listener.levels, listener.bad) == ({}, 0)


def test_a_source_that_is_not_ours_is_not_believed_when_ours_is_known() -> None:
    listener = StageListener(cid=CID)
    assert hear(listener, light(1, 9), light(1, 0, sequence=1, cid=bytes(16))) == 1
    assert listener.level(WASH) == 9


def test_osc_messages_are_kept_in_order_and_only_the_last_of_them() -> None:
    listener = StageListener()
    first, second = OscMessage("/a", (1,)), OscMessage("/b", ("x",))
    bundle = OscBundle(IMMEDIATELY, (second, OscBundle(IMMEDIATELY, (first,))))
    assert hear(listener, encode_osc(first), encode_osc(bundle)) == 2
    assert list(listener.messages) == [first, second, first]
    for number in range(MESSAGES_KEPT):
        hear(listener, encode_osc(OscMessage("/n", (number,))))
    assert len(listener.messages) == MESSAGES_KEPT
    assert listener.messages[0] == OscMessage("/n", (0,))


def test_a_port_that_somebody_holds_is_refused_with_the_remedy() -> None:
    listener = StageListener()
    with pytest.raises(RigError, match="close the program"):
        StageListener(port=listener.address[1])


def test_it_sees_through_a_tap_the_very_levels_that_were_sent() -> None:
    listener = StageListener(cid=CID)
    channels = {channel.name: channel for channel in (WASH, SPOT, EXIT)}
    rig = LightsRig(
        Patch(channels=channels), UdpSender(taps=[listener.address]), cid=CID, source="test"
    )
    rig.step(Instant(0.0), {"wash": 1.0})
    assert select.select([listener], [], [], 10)[0]
    assert listener.receive() == 2
    assert (listener.level(WASH), listener.dark(channels.values())) == (255, False)
    rig.step(Instant(1.0), {"wash": 0.0})
    assert select.select([listener], [], [], 10)[0]
    listener.receive()
    assert listener.dark(channels.values())


def test_asyncio_can_wait_for_it() -> None:
    listener = StageListener()

    async def wait() -> None:
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()

        def read() -> None:
            if listener.receive():
                heard.set()

        loop.add_reader(listener, read)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(light(1, 0), listener.address)
        await asyncio.wait_for(heard.wait(), 10)
        loop.remove_reader(listener)

    asyncio.run(wait())
    assert listener.dark([WASH])
    listener.close()
