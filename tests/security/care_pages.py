"""The care pages behind their guard, over a house in memory, asked without a server in between."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Scope

from collavoce.care.commands import OfferCode
from collavoce.care.events import AnyEvent
from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.app import create_care_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.runtime.care.canary import seated
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.clock import fresh_id

HOST = "127.0.0.1:8081"
ORIGIN = f"http://{HOST}"
CANARY = "a secret of the watchdog"
PEOPLE = (("pianist", "Yuna Park"), ("friend", "Mira Ortiz"), ("second", "Ben Adler"))


@dataclass
class Records:
    """A store in memory."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def replay(self) -> Iterable[AnyEvent]:
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        pass


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    body: bytes = b""

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)


class Pages:
    """The application, its house, and a clock moved by hand."""

    def __init__(self, people: tuple[tuple[str, str], ...] = PEOPLE, **more: Any) -> None:
        self.now = 1000.0
        config = CareConfig(
            show="Little evening", people=people, exits=(("left", "stage left"),), care_dir="",
            key_file="", run_dir="", badge_key="key", canary=CANARY, **more,
        )  # fmt: skip
        self.records = Records()
        self.house = House(config.company, self.records, lambda: Moment(self.now))
        self.house.open("boot", seated(CANARY, Moment(self.now), "echo"))
        self.care = LiveCare(config, self.house)
        denials = Denials("care", lambda: datetime.now(UTC), lambda _: None, frozenset({"/x"}))
        cookies = frozenset({"collavoce_phone"})
        self.app: ASGIApp = guarded(create_care_app(self.care), (), cookies, denials)

    def code(self, person: str) -> str:
        """A fresh pairing code, as the desk is given one."""
        code = fresh_id()
        self.house.ask(OfferCode(person, secret_hash(code)))
        return code

    async def paired(self, person: str, address: str = "192.168.1.2") -> str:
        """The token of a phone that was just paired, or waits to be."""
        answer = await self.post("/care/pair", {"code": self.code(person)}, address=address)
        assert answer.said["kept"], answer.said
        return token_in(answer)

    async def post(self, path: str, body: Any, token: str = "", **more: str) -> Answer:
        """What a page of ours posts."""
        return await self.ask("POST", path, json.dumps(body).encode(), token, **more)

    async def ask(
        self, method: str, path: str, body: bytes = b"", token: str = "",
        address: str = "192.168.1.2", origin: str = ORIGIN, kind: str = "application/json",
        host: str = HOST,
    ) -> Answer:  # fmt: skip
        """One request; a stream is left after its first frame."""
        answer = Answer()
        told = [(b"host", host), (b"origin", origin), (b"content-type", kind)]
        if token:
            told.append((b"cookie", f"collavoce_phone={token}"))
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"",
            "client": (address, 50000), "headers": [(name, value.encode()) for name, value in told],
        }  # fmt: skip
        parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return parts.pop() if parts else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = [(n.decode().lower(), v.decode()) for n, v in message["headers"]]
            else:
                answer.body += message.get("body", b"")

        await self.app(scope, receive, send)
        return answer


def token_in(answer: Answer) -> str:
    """The device's token in the cookie that `answer` gives."""
    cookies = [value for name, value in answer.headers if name == "set-cookie"]
    [cookie] = [c for c in cookies if c.startswith("collavoce_phone=")]
    return cookie.partition("=")[2].partition(";")[0]
