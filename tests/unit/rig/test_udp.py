"""Datagrams that leave, those that cannot, and who else sees them."""

import errno
import socket
from collections.abc import Callable

import pytest

from collavoce.rig.errors import RigError
from collavoce.rig.udp import Destination, UdpSender

Port = tuple[socket.socket, tuple[str, int]]


class Unplugged:
    """A socket whose network is gone."""

    def __init__(self, number: int) -> None:
        self.number = number

    def sendto(self, *_: object) -> None:
        raise OSError(self.number, "as the system says")

    def close(self) -> None:
        """Nothing to close."""


def unplug(sender: UdpSender, number: int = errno.ENETUNREACH) -> UdpSender:
    sender.close()
    sender._socket = Unplugged(number)  # pyright: ignore[reportAttributeAccessIssue]
    return sender


def test_a_datagram_reaches_every_address_it_is_sent_to(open_port: Callable[[], Port]) -> None:
    (first, here), (second, there) = open_port(), open_port()
    sent = UdpSender().send(b"light", here, there)
    assert (first.recv(99), second.recv(99)) == (b"light", b"light")
    assert (sent.datagrams, sent.faults, sent.problem) == (2, (), "")


def test_a_tap_is_handed_the_same_datagram_once(open_port: Callable[[], Port]) -> None:
    (_, here), (_, there), (tap, looking_on) = open_port(), open_port(), open_port()
    sender = UdpSender(taps=[looking_on])
    sender.send(b"one", here, there)
    sender.send(b"two", here)
    assert [tap.recv(99), tap.recv(99)] == [b"one", b"two"]


def test_without_any_destination_the_tap_still_sees_what_would_have_left(
    open_port: Callable[[], Port],
) -> None:
    tap, looking_on = open_port()
    assert UdpSender(taps=[looking_on]).send(b"light").datagrams == 0
    assert tap.recv(99) == b"light"


def test_a_tap_does_not_see_what_did_not_leave(open_port: Callable[[], Port]) -> None:
    tap, looking_on = open_port()
    sender = UdpSender(taps=[looking_on])
    broken = UdpSender(taps=[looking_on])
    unplug(broken)
    broken._tap_socket = sender._tap_socket
    broken.send(b"meant", ("127.0.0.1", 9))
    sender.send(b"sent")
    assert tap.recv(99) == b"sent"


def test_a_tap_that_cannot_be_reached_is_counted_and_harms_nobody(
    open_port: Callable[[], Port],
) -> None:
    port, here = open_port()
    sender = UdpSender(taps=[("127.0.0.1", 0)])
    assert sender.send(b"light", here).faults == ()
    assert port.recv(99) == b"light"
    assert sender.taps_missed == 1


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENETUNREACH, "check the cable"),
        (errno.EHOSTUNREACH, "check the cable"),
        (errno.EAGAIN, "takes no more"),
        (errno.ENOBUFS, "takes no more"),
        (errno.EMSGSIZE, "too long for one datagram"),
        (errno.EPERM, "network settings"),
    ],
)
def test_what_the_system_refuses_comes_back_with_address_and_remedy(
    number: int, remedy: str
) -> None:
    sent = unplug(UdpSender(), number).send(b"light", ("10.0.0.9", 5568))
    (fault,) = sent.faults
    assert isinstance(fault, RigError)
    assert isinstance(fault.__cause__, OSError)
    assert "10.0.0.9:5568" in sent.problem
    assert remedy in sent.problem


def test_a_datagram_too_long_for_udp_is_a_fault(open_port: Callable[[], Port]) -> None:
    _, here = open_port()
    assert "70000 bytes is too long" in UdpSender().send(bytes(70_000), here).problem


def test_a_host_is_looked_up_once_and_is_an_address_from_then_on() -> None:
    found = Destination.find("desk", "localhost", 8000)
    assert found.address == ("127.0.0.1", 8000)


def test_a_host_that_cannot_be_found_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(RigError, match=r"qlab: the host 'mac\.local' cannot be found"):
        Destination.find("qlab", "mac.local", 53000)


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_does_not_exist_is_refused(port: int) -> None:
    with pytest.raises(RigError, match=r"1\.\.65535"):
        Destination.find("qlab", "127.0.0.1", port)


def test_a_host_name_that_is_no_name_is_refused() -> None:
    with pytest.raises(RigError, match="cannot be found"):
        Destination.find("qlab", "a" * 70, 53000)


def test_multicast_leaves_by_the_interface_that_was_asked_for() -> None:
    sender = UdpSender(interface="127.0.0.1")
    chosen = sender._socket.getsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, 4)
    assert socket.inet_ntoa(chosen) == "127.0.0.1"


@pytest.mark.parametrize("interface", ["eth0", "203.0.113.77"])
def test_an_interface_that_this_computer_does_not_have_is_refused(interface: str) -> None:
    with pytest.raises(RigError, match=interface):
        UdpSender(interface=interface)
