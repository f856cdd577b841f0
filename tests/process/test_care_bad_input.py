"""Whatever arrives at the care pages' door: refused in words or cut, and nobody else waits.

A real process, real sockets. What was true before is true after, and what it holds is bounded.
"""

import contextlib
import json
import socket
import struct
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.process.care_house import (
    EXITS,
    PEOPLE,
    CareProcess,
    Phone,
    View,
    care_process,
    make_circle,
    press_id,
)

from collavoce.care.states.alert import AGO_MAX
from collavoce.company import Person
from collavoce.desk.care.access import BODY_LIMIT
from collavoce.desk.care.answering import ANSWER_BYTES
from collavoce.desk.patience import HEAD_WITHIN_S, OF_ONE_ADDRESS_MAX
from collavoce.runtime.line.config import LineConfig

pytestmark = pytest.mark.process

SERVED_WITHIN_S = 3.0
"""Of an act of somebody else meanwhile, on a machine that does other work too."""

GROWTH_MAX_KB = 60_000
"""Of the process' memory, by the worst of what is thrown at it here."""

STRANGE = (
    "👩‍👩‍👧‍👦 🫠" * 3,
    "\u202eenog si ohw\u202c \u2066\u2067 مرحبا",
    "zero\u200bwidth\u200d\ufeff\u2060",
    "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029",
    "'; DROP TABLE people; -- <script>alert(1)</script> {{ 7*7 }} %s%n ${x} ../../etc/passwd",
    "e" + "\u0301" * 90,
)


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> Generator[CareProcess]:
    with care_process(tmp_path_factory.mktemp("care")) as care:
        yield care


class Two:
    """A performer and a friend, paired, in a circle."""

    def __init__(self, care: CareProcess) -> None:
        self.care = care
        self.performer, self.friend = care.phone("pianist"), care.phone("friend")
        make_circle(self.performer, {"friend": self.friend})

    def kept(self) -> tuple[Any, ...]:
        """Everything that could be lost: circle, answers, wishes, lines, of both."""
        return tuple(part for phone in (self.performer, self.friend) for part in settled(phone))

    @contextlib.contextmanager
    def nothing_changes(self) -> Generator[None]:
        """The same before and after; others are served all the while, and memory is bounded."""
        before, held = self.kept(), memory_kb(self.care)
        yield
        served(self.friend)
        assert self.kept() == before
        assert self.care.process is not None
        assert self.care.process.poll() is None, self.care.written()
        assert memory_kb(self.care) - held < GROWTH_MAX_KB


@pytest.fixture(scope="module")
def two(care: CareProcess) -> Two:
    return Two(care)


def settled(phone: Phone) -> tuple[Any, ...]:
    view = phone.view()
    shown = phone.client.post("/care/read", json={"type": "ReadMine"}).json()["shown"]
    press = {part: view["press"][part] for part in ("is", "press", "who")}
    return view["circle"], view["asked"], press, view["phones"], shown


def presses(view: View) -> list[str]:
    return [call["press"] for call in view["calls"]]


def memory_kb(care: CareProcess) -> int:
    assert care.process is not None
    status = Path(f"/proc/{care.process.pid}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def served(phone: Phone) -> None:
    """Somebody else's page and act are answered."""
    began = time.monotonic()
    assert phone.act("Ping")["kept"]
    assert phone.view()["circle"] is not None
    assert time.monotonic() - began < SERVED_WITHIN_S


def connection(care: CareProcess) -> socket.socket:
    parts = urlsplit(care.url)
    assert parts.hostname is not None
    made = socket.create_connection((parts.hostname, parts.port or 80), timeout=20.0)
    made.settimeout(20.0)
    return made


def head(care: CareProcess, phone: Phone, length: int, path: str = "/care/act") -> bytes:
    cookies = "; ".join(f"{c.name}={c.value}" for c in phone.client.cookies.jar)
    return (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(care.url).netloc}\r\nOrigin: {care.url}\r\n"
        f"Content-Type: application/json\r\nCookie: {cookies}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def is_cut(one: socket.socket, within_s: float) -> bool:
    """Whether the other end has answered and closed, or closed, in time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        one.settimeout(max(0.1, until - time.monotonic()))
        try:
            if not one.recv(65536):
                return True
        except TimeoutError:
            return False
        except OSError:
            return True
    return False


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b'{"type":"Press"',
        b'{"type":"Fly"}',
        b'{"type":"RaiseAlert","person":"friend","press":"press-0000000000000001"}',
        b'{"type":17}',
        b'{"press":"press-0000000000000001"}',
        b'{"type":"Press","press":7}',
        b'{"type":"Press","press":null}',
        b'{"type":"Press","press":"short"}',
        b'{"type":"Press","press":"press-00000000000\\u0000000"}',
        b'{"type":"Press","press":["press-0000000000000001"]}',
        b'{"type":"WriteCircle","order":"friend","second_after":20}',
        b'{"type":"WriteCircle","order":["friend",1],"second_after":20}',
        b'{"type":"WriteCircle","order":["friend"],"second_after":"20"}',
        b'{"type":"WriteNear","kind":"nobody","ids":[]}',
        b'{"type":"WriteContacts","contacts":[{"channel":"pigeon","address":"x"}]}',
        b'{"type":"WriteContacts","contacts":[[]]}',
        b'{"type":"ChooseHour","at":"25:00"}',
        b'{"type":"ChooseHour","at":"11:00\\n"}',
        b'{"type":"ChooseHour","at":660}',
        b'{"type":"Alone","minutes":NaN}',
        b'{"type":"Theirs","device":"x","number":10.5}',
        b"[" * 4000,
        b'{"a":' * 800,
        b'{"type":"Press","press":"' + b"9" * 4000 + b'"}',
    ],
)
def test_what_is_no_act_is_refused_in_words_of_the_usual_length(two: Two, body: bytes) -> None:
    with two.nothing_changes():
        answer = two.performer.client.post(
            "/care/act", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
        assert len(answer.content) == ANSWER_BYTES
        assert answer.json()["why"]
        for path in ("/care/read", "/care/pair"):
            answer = two.performer.client.post(
                path, content=body, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "ago", ["NaN", "Infinity", "-Infinity", "-1", "1e300", "1e999", "-0.001", f"{AGO_MAX + 1}"]
)
def test_a_press_of_an_absurd_age_calls_nobody_and_says_so(two: Two, ago: str) -> None:
    with two.nothing_changes():
        body = f'{{"type":"Press","press":"{press_id(100)}","ago":{ago}}}'
        answer = two.performer.client.post(
            "/care/act", content=body, headers={"Content-Type": "application/json"}
        )
        assert not answer.json()["kept"]
        assert answer.json()["why"]
        assert two.friend.view()["calls"] == []


def test_a_press_that_was_over_and_comes_again_calls_nobody(two: Two) -> None:
    press = press_id(200)
    assert two.performer.act("Press", press=press)["kept"]
    assert two.performer.act("Over", press=press)["kept"]
    with two.nothing_changes():
        for _ in range(20):
            assert two.performer.act("Press", press=press, ago=3600.0)["kept"], "it is known"
        assert not any(c["is"] == "open" for c in two.friend.view()["calls"])
        assert not two.friend.act("Press", press=press)["kept"], "somebody else's"


def test_of_one_key_said_twice_the_last_counts_and_nothing_is_mixed(two: Two) -> None:
    body = (
        '{"type":"WriteCircle","order":["second"],"order":["friend"],'
        '"second_after":20,"second_after":20}'
    )
    with two.nothing_changes():
        answer = two.performer.client.post(
            "/care/act", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.json()["kept"]


def test_loops_strangers_and_oneself_are_no_circle(two: Two) -> None:
    with two.nothing_changes():
        for order in (
            ["pianist"],
            ["friend", "friend"],
            ["nobody of the show"],
            ["~opaque"],
            [""],
            ["friend", "second", "third", "manager", "pianist", "second"],
            *([strange[:100]] for strange in STRANGE),
        ):
            answer = two.performer.act("WriteCircle", order=order, second_after=20)
            assert not answer["kept"]
            assert answer["why"]


def test_two_who_call_each_other_are_each_called_once(two: Two) -> None:
    make_circle(two.friend, {"pianist": two.performer})
    for number, phone in ((300, two.performer), (301, two.friend)):
        assert phone.act("Press", press=press_id(number))["kept"]
    for number, phone in ((301, two.performer), (300, two.friend)):
        press = press_id(number)
        view = phone.until(lambda view, press=press: press in presses(view))
        assert presses(view).count(press) == 1
    for number, phone in ((300, two.performer), (301, two.friend)):
        assert phone.act("Over", press=press_id(number))["kept"]
    assert two.friend.act("WriteCircle", order=[], second_after=20)["kept"]
    assert two.performer.act("Reply", owner="friend", agrees=False) is not None


@pytest.mark.parametrize("strange", STRANGE)
def test_what_people_write_is_given_back_as_they_wrote_it_or_refused(
    two: Two, strange: str
) -> None:
    text = strange[:200]
    lines = two.performer.act("WriteLines", lines=[text], shared=["friend"])
    after = two.performer.act("WriteAftercare", words=strange)
    words = two.performer.act("WriteWords", cancel=strange[:100], duress="another " + strange[:90])
    assert (lines["kept"], after["kept"], words["kept"]) == (True, True, True)
    shown = two.performer.client.post("/care/read", json={"type": "ReadMine"}).json()["shown"]
    assert shown["lines"] == [text.strip()]
    assert shown["aftercare"] == strange
    press = press_id(400 + STRANGE.index(strange))
    assert two.performer.act("Press", press=press, place=strange[:100])["kept"]
    assert two.friend.until(lambda view: any(c["press"] == press for c in view["calls"]))
    read = two.friend.client.post("/care/read", json={"type": "ReadLines", "press": press}).json()
    assert read["shown"]["lines"] == [text.strip()]
    assert two.performer.act("Cancel", press=press, word="not it")["why"]
    assert two.performer.act("Cancel", press=press, word=strange[:100])["kept"]
    for type_, fields in (
        ("WriteContacts", {"contacts": [{"channel": "mail", "address": strange[:500]}]}),
        ("WriteContacts", {"contacts": [{"channel": "sms", "address": strange[:500]}]}),
        ("Recover", {"code": strange}),
        ("WriteNear", {"kind": "only", "ids": [strange[:100]]}),
        ("BeWith", {"owner": strange[:100]}),
        ("HandToFriend", {"key": "key-00000001", "person": strange[:100]}),
        ("RaiseLine", {"key": "key-00000002", "zone": strange[:100]}),
    ):
        answer = two.performer.act(type_, **fields)
        assert not answer["kept"], type_
        assert answer["why"], type_
    page = two.performer.client.get("/care/").text
    assert "<script>alert" not in page
    assert two.performer.act("WriteWords", cancel="", duress="")["kept"]
    served(two.friend)


def test_codes_that_are_spent_or_replaced_pair_nothing(care: CareProcess, two: Two) -> None:
    with two.nothing_changes():
        spent = care.pairing("second")["code"]
        assert Phone(care.url).pair(spent)["kept"]
        replaced = care.pairing("third")["code"]
        care.pairing("third")
        for code in (spent, replaced, "", "x" * 4000, *STRANGE, spent + "\x00", f" {spent}"):
            answer = Phone(care.url).pair(code)
            assert not answer["kept"]
            assert answer["why"]


def test_ten_megabytes_are_cut_after_four_thousand_bytes(care: CareProcess, two: Two) -> None:
    with two.nothing_changes():
        for path in ("/care/act", "/care/read", "/care/pair"):
            for chunk in (b'{"type":"Press","press":"' + b"a" * 65_000, b" " * 65_025):
                with connection(care) as one, contextlib.suppress(OSError):
                    one.sendall(head(care, two.performer, 10 * 1024 * 1024, path))
                    for _ in range(161):
                        one.sendall(chunk)
                    assert is_cut(one, 15.0)
        served(two.friend)
    assert BODY_LIMIT < 65_000


def test_a_huge_header_and_what_is_no_http_are_cut(care: CareProcess, two: Two) -> None:
    host = urlsplit(care.url).netloc
    with two.nothing_changes():
        for sent in (
            f"GET /care/ HTTP/1.1\r\nHost: {host}\r\nX-Long: {'a' * 300_000}\r\n\r\n".encode(),
            f"GET /{'a' * 300_000} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" + bytes(500),
            bytes(range(256)) * 40 + b"\r\n\r\n",
            b"GET /care/ HTTP/1.1\r\n\r\n",
            f"GET /care/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: -5\r\n\r\n".encode(),
            (
                f"POST /care/act HTTP/1.1\r\nHost: {host}\r\n"
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            ).encode(),
        ):
            with connection(care) as one, contextlib.suppress(OSError):
                one.sendall(sent)
                assert is_cut(one, HEAD_WITHIN_S + 10.0), sent[:60]


def test_whoever_sends_a_letter_a_second_is_cut_and_others_are_served(
    care: CareProcess, two: Two
) -> None:
    with two.nothing_changes():
        whole = head(care, two.performer, 2000)
        slow_heads = [connection(care) for _ in range(60)]
        slow_bodies = [connection(care) for _ in range(60)]
        silent = [connection(care) for _ in range(60)]
        for one in slow_bodies:
            one.sendall(whole + b"{")
        began = time.monotonic()
        for letter in range(int(HEAD_WITHIN_S) + 4):
            for one in slow_heads:
                with contextlib.suppress(OSError):
                    one.sendall(whole[letter : letter + 1])
            for one in slow_bodies:
                with contextlib.suppress(OSError):
                    one.sendall(b" ")
            served(two.friend)
            time.sleep(1.0)
        for one in (*slow_heads, *slow_bodies, *silent):
            assert is_cut(one, 8.0)
            one.close()
        assert time.monotonic() - began < 60.0


def test_sockets_that_are_half_closed_or_reset_leave_nothing_behind(
    care: CareProcess, two: Two
) -> None:
    with two.nothing_changes():
        for number in range(120):
            with connection(care) as one, contextlib.suppress(OSError):
                one.sendall(head(care, two.performer, 400 if number % 2 else 16))
                one.sendall(b'{"type":"Ping"}' if number % 3 else b"{")
                if number % 4 == 0:
                    one.shutdown(socket.SHUT_WR)
                elif number % 4 == 1:
                    # A reset in place of a good-bye.
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        stream = connection(care)
        asked = head(care, two.performer, 0, "/care/stream").replace(b"POST", b"GET", 1)
        stream.sendall(asked)
        stream.shutdown(socket.SHUT_WR)
        served(two.friend)
        stream.close()
    assert "Traceback" not in care.written()


def test_a_thousand_connections_of_one_address_keep_nobody_else_out(
    care: CareProcess, two: Two
) -> None:
    """One that is there goes on; whoever comes from elsewhere comes in."""
    with two.nothing_changes():
        there = connection(care)
        ping = b'{"type":"Ping"}'
        there.sendall(head(care, two.friend, len(ping)) + ping)
        assert there.recv(65536).startswith(b"HTTP/1.1 200")
        held: list[socket.socket] = []
        for _ in range(1000):
            with contextlib.suppress(OSError):
                held.append(connection(care))
        parts = urlsplit(care.url)
        time.sleep(1.0)
        elsewhere = socket.create_connection(
            (str(parts.hostname), parts.port or 80), timeout=10.0, source_address=("127.0.0.2", 0)
        )
        elsewhere.sendall(head(care, two.friend, len(ping)) + ping)
        assert elsewhere.recv(65536).startswith(b"HTTP/1.1 200")
        elsewhere.close()
        open_now = 0
        for one in held:
            one.setblocking(False)
            try:
                open_now += bool(one.recv(1))
            except BlockingIOError:
                open_now += 1
            except OSError:
                pass
        assert 0 < open_now <= OF_ONE_ADDRESS_MAX
        there.close()
        for one in held:
            one.close()
        time.sleep(0.5)


def test_whoever_left_the_show_is_said_to_be_gone_and_is_back_when_they_are(
    tmp_path: Path,
) -> None:
    with care_process(tmp_path) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        second = care.phone("second")
        make_circle(performer, {"friend": friend, "second": second})
        cookies = dict(performer.client.cookies)
        assert care.stop() == 0

    def again(people: tuple[tuple[str, str], ...]) -> View:
        with care_process(tmp_path, people=people) as care:
            phone = Phone(care.url)
            phone.client.cookies.update(cookies)
            view = phone.view()
            order = [entry["id"] for entry in view["circle"]["order"]]
            if len(people) < len(PEOPLE):
                kept = phone.act("WriteCircle", order=order, second_after=25)
                assert kept["kept"], "nothing has to be taken off to change a time"
                assert phone.act("Press", press=press_id(1))["kept"]
                assert phone.act("Cancel", press=press_id(1))["kept"]
            assert care.stop() == 0
            return view

    without = again(tuple(p for p in PEOPLE if p[0] != "friend"))
    gone, stays = without["circle"]["order"]
    assert (gone["is"], stays) == ("gone", {"id": "second", "is": "agreed"})
    assert "friend" not in json.dumps(without)
    back = again(PEOPLE)
    assert back["circle"]["order"] == [
        {"id": "friend", "is": "agreed"},
        {"id": "second", "is": "agreed"},
    ]
    assert back["circle"]["second_after"] == 25


def test_two_people_of_one_name_are_told_apart_on_every_page(tmp_path: Path) -> None:
    people = (
        Person("pianist", "Yuna Park", ("performer",)),
        Person("mira1", "Mira Ortiz", ("guest",)),
        Person("mira2", "mira  ortiz\u200b", ("steward",)),
        Person("kim1", "Kim", ("guest",)),
        Person("kim2", "Kim", ("guest",)),
    )
    named = tuple((p.id, p.name) for p in people)
    config = {"people": named, "exits": EXITS, "line": LineConfig(people=people)}
    with care_process(tmp_path, **config) as care:
        page = care.phone("pianist").client.get("/care/").text
    said = json.loads(page.split('id="data">')[1].split("</script>")[0])
    names = said["people"]
    assert names["pianist"] == "Yuna Park"
    assert names["mira1"] == "Mira Ortiz (guest)"
    assert names["mira2"].endswith("(steward)")
    assert {names["kim1"], names["kim2"]} == {"Kim (kim1)", "Kim (kim2)"}
    assert page.count(">Kim (kim1)</option>") >= 1


def test_every_unknown_path_and_method_is_refused(two: Two) -> None:
    with two.nothing_changes():
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FLY"):
            answer = two.performer.client.request(method, "/care/act")
            assert answer.status_code in (400, 404, 405), method
        for path in (
            "/care/../etc/passwd",
            "/care/static/..%2f..%2fapp.py",
            "/care/%00",
            "/x%0d%0a",
        ):
            with contextlib.suppress(httpx.InvalidURL):
                assert two.performer.client.get(path).status_code in (400, 404, 405), path
