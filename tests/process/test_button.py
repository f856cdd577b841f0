"""A button on the network, over real datagrams to a real care process that is killed on the way."""

import re
import socket
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.process.a_button import AButton
from tests.process.care_house import CareProcess, Phone, View, care_process, make_circle

from collavoce.wire.button import NO_EPOCH, Kind, Lamp
from collavoce.wire.osc import OscMessage, encode

pytestmark = pytest.mark.process


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture
def care(tmp_path: Path) -> Generator[CareProcess]:
    with care_process(tmp_path, button_port=free_port()) as care:
        yield care


def added(owner: Phone) -> AButton:
    """A button as its owner sets it up: from the line that their page shows once."""
    answer = owner.client.post("/care/buttons/act", json={"type": "Add"}).json()
    assert answer["kept"], answer
    assert answer["picture"].startswith("<svg")
    scheme, _, told = answer["text"].partition("?")
    assert scheme == "collavoce-button:1"
    said = {name: values[0] for name, values in parse_qs(told).items()}
    return AButton(said["id"], bytes.fromhex(said["key"]), (said["host"], int(said["port"])))


def evening(care: CareProcess) -> tuple[Phone, Phone, AButton]:
    performer, friend = care.phone("pianist"), care.phone("friend")
    make_circle(performer, {"friend": friend})
    return performer, friend, added(performer)


def calls(friend: Phone) -> list[View]:
    return friend.view()["calls"]


def test_a_press_by_button_reaches_the_friend_and_the_lamp_says_what_becomes_of_it(
    care: CareProcess,
) -> None:
    performer, friend, button = evening(care)
    assert button.push() in (Lamp.KEPT, Lamp.UNREACHED)
    view = friend.until(lambda view: view["calls"], ring=True)
    [call] = view["calls"]
    assert call["owner"] == "pianist"
    assert performer.view()["press"]["press"] == f"{button.button}-{button.press.hex()}"
    assert friend.act("Coming", press=call["press"])["kept"]
    button.until(lambda lamp: lamp is Lamp.COMING)
    assert friend.act("With", press=call["press"])["kept"]
    button.until(lambda lamp: lamp is Lamp.ARRIVED)
    assert performer.act("Over", press=call["press"])["kept"]
    button.until(lambda lamp: lamp is Lamp.OVER)


def test_a_long_press_takes_it_back(care: CareProcess) -> None:
    _, friend, button = evening(care)
    button.push()
    button.until(lambda lamp: lamp is Lamp.OVER, Kind.BACK)
    assert calls(friend) == []


def test_a_press_that_was_told_kept_is_there_after_a_kill_and_the_button_goes_on(
    care: CareProcess,
) -> None:
    _, friend, button = evening(care)
    button.push()
    care.kill()
    care.start()
    [call] = friend.until(lambda view: view["calls"], ring=True)["calls"]
    assert button.until(lambda lamp: lamp not in (None, Lamp.AGAIN)) in (Lamp.KEPT, Lamp.SHOWN)
    assert friend.act("With", press=call["press"])["kept"]
    first = button.press
    button.push()
    assert button.press != first


def test_whatever_was_recorded_presses_nothing_when_sent_again_before_or_after_a_restart(
    care: CareProcess,
) -> None:
    performer, friend, button = evening(care)
    button.push()
    button.until(lambda lamp: lamp is Lamp.OVER, Kind.BACK)
    recorded = list(button.sent)
    thief = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    thief.settimeout(0.3)
    for datagram in recorded:
        thief.sendto(datagram, button.to)
    # The first of them was sent before the button knew the epoch; that alone is answered.
    heard = thief.recv(200)
    with pytest.raises(TimeoutError):
        thief.recv(200)
    assert len(heard) == 104
    assert performer.view()["press"]["is"] == "none"
    care.kill()
    care.start()
    for datagram in recorded:
        thief.sendto(datagram, button.to)
    button.greet()
    thief.close()
    assert performer.view()["press"]["is"] == "none"
    assert calls(friend) == []
    assert button.push() in (Lamp.KEPT, Lamp.UNREACHED), "the button itself presses as before"


def test_a_bare_packet_a_wrong_key_and_a_stranger_get_no_answer_and_press_nothing(
    care: CareProcess,
) -> None:
    performer, _, button = evening(care)
    button.greet()
    forger = AButton(button.button, bytes(32), button.to, epoch=button.epoch, count=1000)
    stranger = AButton("A" * 22, button.key, button.to, epoch=button.epoch)
    for other in (forger, stranger):
        other.press = bytes(15) + b"\x01"
        assert other.say(Kind.PRESS) is None
    for bare in (OscMessage("/collavoce/button"), OscMessage("/collavoce/button", ("press",))):
        button.socket.sendto(encode(bare), button.to)
    button.socket.sendto(bytes(2000), button.to)
    button.socket.sendto(b"", button.to)
    assert button.hear() is None
    assert performer.view()["press"]["is"] == "none"
    assert care.written() == "", "no line is written of what anybody sends"


def test_in_a_flood_a_press_is_still_kept(care: CareProcess) -> None:
    performer, _, button = evening(care)
    button.greet()
    flood = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    forged = button.sent[-1][:-1] + b"\x00"
    for _ in range(20_000):
        flood.sendto(forged, button.to)
    assert button.push() in (Lamp.KEPT, Lamp.UNREACHED)
    flood.close()
    assert performer.view()["press"]["is"] != "none"


def test_every_answer_has_one_length_and_none_is_told_what_another_button_did(
    care: CareProcess,
) -> None:
    performer, _, button = evening(care)
    other = added(performer)
    other.greet()
    assert button.push()
    assert other.beat() is Lamp.NONE, "a lamp speaks of its own press alone"


def test_a_forgotten_button_presses_for_nobody(care: CareProcess) -> None:
    performer, _, button = evening(care)
    button.greet()
    body = {"type": "Forget", "button": button.button}
    assert performer.client.post("/care/buttons/act", json=body).json()["kept"]
    button.press = bytes(15) + b"\x01"
    assert button.say(Kind.PRESS) is None
    care.kill()
    care.start()
    button.epoch = NO_EPOCH
    assert button.say() is None


def test_only_its_owner_sees_adds_and_forgets_a_button(care: CareProcess) -> None:
    performer, friend, button = evening(care)
    body = {"type": "Forget", "button": button.button}
    friend.client.post("/care/buttons/act", json=body)
    button.greet()
    assert button.button in performer.client.get("/care/buttons").text
    assert button.button not in friend.client.get("/care/buttons").text
    stranger = Phone(care.url).client.post("/care/buttons/act", json={"type": "Add"})
    assert stranger.status_code == 401
    elsewhere = performer.client.post(
        "/care/buttons/act", json={"type": "Add"}, headers={"Origin": "http://127.0.0.1:1"}
    )
    assert elsewhere.status_code == 403


def test_the_page_says_whether_a_button_is_heard(care: CareProcess) -> None:
    performer, _, button = evening(care)

    def said() -> str:
        return re.sub(r"<[^>]+>", " ", performer.client.get("/care/buttons").text)

    assert "not heard yet" in said()
    button.greet()
    assert "heard now" in said()


def test_a_machine_without_midi_says_so_in_words(care: CareProcess) -> None:
    performer = care.phone("pianist")
    answer = performer.client.post("/care/buttons/act", json={"type": "Learn"}).json()
    assert not answer["kept"]
    assert answer["why"]
