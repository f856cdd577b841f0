"""Web requests of controllers: who is let in, with what, and what they may say."""

import asyncio
from collections.abc import Mapping

import httpx
import msgspec
import pytest
from tests.browser.fake_stagehand import FakeStagehand
from tests.browser.little_show import score
from tests.security.desks import CALLER, HOST, NAMES, Lines
from tests.unit.gateway.little_house import KEY

from collavoce.desk.access import DESK_COOKIE
from collavoce.desk.app import create_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.desk.remote import WRONG_BURST
from collavoce.desk.stagehand import BADGE_COOKIE
from collavoce.runtime.gateway.book import Book, with_allowed, with_controller
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.show.commands import StartNumber
from collavoce.wire.keyed import http_token

PIECE = score()
FOH = bytes(range(32, 64))
BOOK = with_controller(with_controller(Book(), "wings", KEY, ()), "foh", FOH, ("go",))
WINGS = {"Authorization": f"Bearer {http_token(KEY)}"}


class House:
    """A desk with a book; one request at a time."""

    def __init__(self, book: Book = BOOK) -> None:
        self.book = book
        self.hand = FakeStagehand(PIECE)
        self.hand.act(StartNumber(self.hand.show.numbers[0].id), "caller")
        self.lines = Lines()
        denials = Denials("desk", lambda: self.lines.at, self.lines.written.append)
        app = create_app(self.hand, self.read)
        cookies = frozenset({DESK_COOKIE, BADGE_COOKIE})
        self.app = guarded(app, NAMES, cookies, denials)

    def read(self) -> Book:
        return self.book

    def ask(
        self, body: object, headers: Mapping[str, str] = WINGS, method: str = "POST"
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as one:
                content = body if isinstance(body, bytes) else msgspec.json.encode(body)
                return await one.request(method, "/remote", headers=dict(headers), content=content)

        return asyncio.run(asked())


GO = {"address": "/collavoce/go"}


def test_a_go_by_web_request_is_kept_in_the_name_of_its_controller() -> None:
    house = House()
    answer = house.ask(GO)
    assert answer.status_code == 200
    assert answer.json()["kept"] > 0
    assert house.hand.state().fired
    assert {fired.by for fired in house.hand.state().fired.values()} == {"remote wings"}


def test_what_the_show_refuses_is_refused_in_words() -> None:
    answer = House().ask({"address": "/collavoce/go/no-such-cue"})
    assert answer.status_code == 409, answer.text
    assert "no-such-cue" in answer.json()["refused"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": http_token(KEY)},
        {"Authorization": f"Bearer {KEY.hex()}"},
        {"Authorization": f"Bearer {http_token(KEY)[:-1]}"},
        {"Authorization": f"Basic {http_token(KEY)}"},
        {"Authorization": f"Bearer {http_token(bytes(32))}"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_token_nobody_is_let_in(headers: dict[str, str], method: str) -> None:
    house = House()
    assert house.ask(GO, headers, method).status_code == 401
    assert not house.hand.state().fired


def test_the_cookie_of_a_desk_opens_nothing_here() -> None:
    house = House()
    cookie = "; ".join(f"{name}={value}" for name, value in CALLER.items())
    assert house.ask(GO, {"Cookie": cookie}).status_code == 401
    assert not house.hand.state().fired


def test_a_token_is_worth_nothing_once_its_controller_is_forgotten() -> None:
    house = House()
    house.book = Book()
    assert house.ask(GO).status_code == 401


def test_an_allowed_source_is_no_controller() -> None:
    house = House(with_allowed(Book(), "127.0.0.1", "/collavoce/*"))
    assert house.ask(GO).status_code == 401


def test_wrong_tokens_are_looked_at_only_so_often_and_the_right_one_always() -> None:
    house = House()
    wrong = {"Authorization": "Bearer 00"}
    statuses = [house.ask(GO, wrong).status_code for _ in range(int(WRONG_BURST) + 20)]
    assert 429 in statuses
    assert house.ask(GO).status_code == 200


def test_a_controller_says_only_its_words() -> None:
    house = House()
    foh = {"Authorization": f"Bearer {http_token(FOH)}"}
    assert house.ask({"address": "/collavoce/hold"}, foh).status_code == 403
    assert not house.hand.state().held
    assert house.ask(GO, foh).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        [],
        {},
        {"address": 3},
        {"address": "/collavoce/dance"},
        {"address": "/other/go"},
        {"address": "/collavoce/feedback"},
        {"address": "/collavoce/go", "args": [12]},
        {"address": "/collavoce/go", "args": [{"type": "i"}]},
        {"address": "/collavoce/go", "args": ["x"] * 17},
        {"address": "/collavoce/go", "key": "short"},
        {"address": "/collavoce/go", "type": "Hear"},
        {"address": "/collavoce/" + "g" * 300},
    ],
    ids=str,
)
def test_what_is_no_request_is_refused_and_does_nothing(body: object) -> None:
    house = House()
    assert house.ask(body).status_code == 400
    assert not house.hand.state().fired


def test_a_body_that_is_too_long_is_not_read() -> None:
    assert House().ask(b'{"address": "' + b"a" * 70_000).status_code == 413


def test_the_same_key_again_is_the_same_answer_and_one_go() -> None:
    house = House()
    again = {**GO, "key": "press-0001"}
    assert house.ask(again).json() == house.ask(again).json()
    assert sum(fired.times for fired in house.hand.state().fired.values()) == 1


def test_a_button_let_go_and_a_hello_do_nothing() -> None:
    house = House()
    assert house.ask({"address": "/collavoce/go", "args": [0]}).status_code == 200
    assert house.ask({"address": "/collavoce/hello"}).status_code == 200
    assert not house.hand.state().fired


def test_what_is_so_is_read_by_who_has_a_token_and_holds_no_secret() -> None:
    house = House()
    told = house.ask(None, WINGS, "GET")
    assert told.status_code == 200
    assert told.json()["held"] == [0]
    assert len(told.json()["standby"]) == 2
    assert http_token(KEY) not in told.text
    assert KEY.hex() not in told.text


def test_what_is_so_is_told_to_those_who_may_have_feedback() -> None:
    foh = {"Authorization": f"Bearer {http_token(FOH)}"}
    assert House().ask(None, foh, "GET").status_code == 403


def test_a_book_that_cannot_be_read_is_said_and_lets_nobody_in() -> None:
    house = House()

    def broken() -> Book:
        raise GatewayError("connections.json: broken")

    house.app = create_app(house.hand, broken)
    assert house.ask(GO).status_code == 503
    assert not house.hand.state().fired


def test_refusals_are_noted_like_those_of_the_desk() -> None:
    house = House()
    house.ask(GO, {})
    house.lines.later(2.0)
    house.ask(GO, {})
    assert any(" desk 401 x1" in line for line in house.lines.written)


def test_without_a_book_there_is_no_such_door() -> None:
    house = House()
    house.app = create_app(house.hand)
    assert house.ask(GO).status_code == 404
