"""Light data to every destination of the patch, and OSC to its named ones."""

import socket
from collections.abc import Callable

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.lights_out import LightsRig
from collavoce.rig.osc_out import OscRig, datagram
from collavoce.rig.udp import Sent, UdpSender
from collavoce.show.actions.osc import SendOsc
from collavoce.show.patch import Channel, Patch
from collavoce.units import Instant
from collavoce.wire.osc import OscError, OscMessage, decode
from collavoce.wire.sacn import DataPacket
from collavoce.wire.sacn import decode as decode_sacn

Port = tuple[socket.socket, tuple[str, int]]
CHANNELS = {"wash": Channel("wash", 1, 1), "exit": Channel("exit", 258, 2)}


class Notebook(UdpSender):
    """A sender that writes down where datagrams were to go."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[tuple[DataPacket, tuple[tuple[str, int], ...]]] = []

    def send(self, datagram: bytes | bytearray, *to: tuple[str, int]) -> Sent:
        self.noted.append((decode_sacn(bytes(datagram)), to))
        return Sent(len(to))


def rig(sender: UdpSender, *sacn: tuple[str, int], priority: int = 100) -> LightsRig:
    patch = Patch(sacn=sacn, sacn_priority=priority, channels=CHANNELS)
    return LightsRig(patch, sender, cid=bytes(16), source="Collavoce")


def test_every_universe_goes_to_every_destination(open_port: Callable[[], Port]) -> None:
    (first, here), (second, there) = open_port(), open_port()
    sent = rig(UdpSender(), here, there, priority=150).step(Instant(0.0), {"wash": 1.0})
    assert sent.datagrams == 4
    for port in (first, second):
        packets = [decode_sacn(port.recv(999)), decode_sacn(port.recv(999))]
        assert [(p.universe, p.priority, p.source) for p in packets] == [
            (1, 150, "Collavoce"),
            (258, 150, "Collavoce"),
        ]
        assert packets[0].levels[0] == 255


def test_multicast_sends_each_universe_to_its_own_group() -> None:
    sender = Notebook()
    rig(sender, ("multicast", 5568), ("127.0.0.1", 7000)).step(Instant(0.0), {})
    assert [(packet.universe, to) for packet, to in sender.noted] == [
        (1, (("239.255.0.1", 5568), ("127.0.0.1", 7000))),
        (258, (("239.255.1.2", 5568), ("127.0.0.1", 7000))),
    ]


def test_the_rig_steps_on_the_grid_and_ends_its_streams() -> None:
    sender = Notebook()
    lights = rig(sender, ("127.0.0.1", 7000))
    lights.step(Instant(0.0), {})
    assert lights.next_due(Instant(0.0)) == pytest.approx(1 / 44)
    assert lights.step(Instant(0.001), {"wash": 1.0}, at_once=True).datagrams == 1
    assert lights.terminate().datagrams == 6
    assert [packet.terminated for packet, _ in sender.noted] == [False] * 3 + [True] * 6
    assert lights.step(Instant(9.0), {"wash": 0.0}) == Sent()


def test_a_pulled_cable_is_a_fault_told_a_few_times_and_no_exception() -> None:
    channels = {str(n): Channel(str(n), n, 1) for n in range(1, 101)}
    patch = Patch(sacn=(("255.255.255.255", 1),), channels=channels)
    sender = UdpSender()
    sender._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 0)
    sent = LightsRig(patch, sender, cid=bytes(16), source="x").step(Instant(0.0), {})
    assert sent.datagrams == 0
    assert 1 <= len(sent.faults) <= 4
    assert sent.problem.count("255.255.255.255:1") == 1


def test_a_destination_that_does_not_exist_is_found_before_the_show() -> None:
    with pytest.raises(RigError, match="sACN: port 0"):
        rig(UdpSender(), ("127.0.0.1", 0))


def test_an_osc_action_reaches_its_named_destination(open_port: Callable[[], Port]) -> None:
    port, here = open_port()
    out = OscRig({"qlab": here, "other": ("127.0.0.1", 9)}, UdpSender())
    sent = out.send(SendOsc("qlab", "/cue/12/start", (1, 0.5, "now", True)))
    assert (sent.datagrams, sent.problem) == (1, "")
    assert decode(port.recv(999)) == OscMessage("/cue/12/start", (1, 0.5, "now", True))


def test_a_destination_that_the_patch_lacks_is_a_fault_and_no_exception() -> None:
    out = OscRig({"qlab": ("127.0.0.1", 53000)}, UdpSender())
    sent = out.send(SendOsc("qlub", "/go"))
    assert sent.datagrams == 0
    assert "'qlub'" in sent.problem
    assert "knows qlab" in sent.problem


def test_a_message_that_osc_cannot_carry_is_a_fault_and_no_exception() -> None:
    out = OscRig({"qlab": ("127.0.0.1", 53000)}, UdpSender())
    action = SendOsc("qlab", "go", ())
    assert "begins with /" in out.send(action).problem
    with pytest.raises(OscError, match="begins with /"):
        datagram(action)
