"""Where text messages and calls go in a story: a gateway on this machine that takes them all."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from collavoce.rig.channels import CHANNELS_FILE
from collavoce.runtime.clock import monotonic_ns

BODY_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Carried:
    """channel: "sms" or "voice"; at: monotonic ns."""

    channel: str
    to: str
    text: str
    at: int


@dataclass(slots=True)
class Gateway:
    """What was carried, in order."""

    port: int = 0
    carried: list[Carried] = field(default_factory=list[Carried])

    def since(self, since_ns: int) -> list[Carried]:
        """What was carried since."""
        return [one for one in list(self.carried) if one.at >= since_ns]

    def set_up(self, care: Path) -> None:
        """Name this gateway in the operator's file of the stores at `care`."""
        keys = care / "keys"
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = keys / CHANNELS_FILE
        url = f"http://127.0.0.1:{self.port}"
        lines = (f'[{channel}]\nwebhook = "{url}/{channel}"\n' for channel in ("sms", "voice"))
        file.write_text("\n".join(lines), encoding="utf-8")
        file.chmod(0o600)


@contextmanager
def open_gateway() -> Generator[Gateway]:
    """A gateway that takes everything until the context is left."""
    gateway = Gateway()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(BODY_MOST, int(self.headers.get("Content-Length", "0")))
            told = json.loads(self.rfile.read(length))
            channel = self.path.strip("/")
            gateway.carried.append(Carried(channel, told["to"], told["text"], monotonic_ns()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.daemon_threads = True
    gateway.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
