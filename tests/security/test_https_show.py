"""A whole show over HTTPS in real processes: both servers, their cookies, and what is refused."""

import json
import re
import ssl
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.security.certificates import DAY, HOST, NOW, Files, Signer, write_files

from collavoce.runtime.tls.caller import open_connection

pytestmark = pytest.mark.process
STEP_S = 30.0


@dataclass
class Door:
    """One of the two servers, spoken to as a browser does."""

    port: int
    files: Files
    cookies: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        connection = open_connection(
            "127.0.0.1", self.port, str(self.files.certificate), HOST, STEP_S
        )
        told = {
            "Host": f"{HOST}:{self.port}",
            "Origin": f"https://{HOST}:{self.port}",
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            **headers,
        }
        connection.request(method, path, None if body is None else json.dumps(body), told)
        return connection.getresponse()


@contextmanager
def show(folder: Path, *options: str) -> Generator[tuple[Door, Door, str, Files]]:
    """The desk, the phones, the desk's key, the certificate's files."""
    by = Signer()
    files = write_files(folder / "tls", by=by)
    subprocess.run(
        (sys.executable, "-m", "collavoce", "new", str(folder / "show")), check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    command = (
        sys.executable, "-m", "collavoce", "run", str(folder / "show"),
        "--certificate", str(files.certificate), "--key", str(files.key), *options,
    )  # fmt: skip
    environment = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "conf")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment},
    ) as running:  # fmt: skip
        try:
            assert running.stdout is not None
            said = ""
            while "Ctrl-C" not in said:
                line = running.stdout.readline()
                assert line, said
                said += line
            desk_url, phone_url = re.findall(r"https://\S+", said)[:2]
            ports = [urlsplit(url).port or 0 for url in (desk_url, phone_url)]
            desk, phones = (Door(port, files, {}) for port in ports)
            yield desk, phones, desk_url.partition("#")[2], files
        finally:
            running.terminate()
            running.wait(STEP_S)


def cookies_of(response: HTTPResponse) -> list[str]:
    return response.headers.get_all("Set-Cookie") or []


def test_a_show_over_https_from_the_first_page_to_a_renewed_certificate(tmp_path: Path) -> None:
    with show(tmp_path) as (desk, phones, key, files):
        opened = desk.ask("POST", "/open", {"key": key})
        assert opened.status == 200
        [cookie] = cookies_of(opened)
        assert cookie.startswith("__Host-collavoce_desk=")
        for part in ("HttpOnly", "Path=/", "SameSite=strict", "Secure"):
            assert part.lower() in cookie.lower()
        assert "Strict-Transport-Security" not in opened.headers
        plain = cookie.partition(";")[0].removeprefix("__Host-")
        assert desk.ask("GET", "/plan.json", Cookie=plain).status == 401
        desk.cookies["__Host-collavoce_desk"] = cookie.partition(";")[0].partition("=")[2]
        plan = json.loads(desk.ask("GET", "/plan.json").read())
        person = plan["people"][0]["id"]

        # A phone pairs over HTTPS: its cookies are kept to this host, its page says what it can.
        desk.ask("POST", f"/pairing/{person}", {})
        assert phones.ask("GET", "/care/").status == 200
        worker = phones.ask("GET", "/care/static/worker.js")
        assert worker.status == 200
        assert worker.headers["Service-Worker-Allowed"] == "/care/"
        manifest = json.loads(phones.ask("GET", "/care/static/manifest.webmanifest").read())
        assert manifest["scope"] == "/care/"
        assert b"press-button" in phones.ask("GET", "/care/offline").read()

        # Another name, another origin, another scheme: refused, on both doors.
        for door, path in ((desk, "/command"), (phones, "/care/act")):
            assert door.ask("GET", "/", Host="evil.test").status == 421
            for origin in (f"http://{HOST}:{door.port}", "https://evil.test", "null"):
                assert door.ask("POST", path, {}, Origin=origin).status == 403
            connection = HTTPConnection("127.0.0.1", door.port, timeout=STEP_S)
            connection.request("POST", path, "{}")
            assert connection.getresponse().status == 400

        # A renewed certificate is shown to whoever comes next; nobody has to start anything.
        before = desk_certificate(desk)
        stream = desk.ask("GET", "/events")
        assert stream.readline()
        write_files(tmp_path / "tls", end=NOW + 50 * DAY)
        while desk_certificate(desk) == before:
            assert stream.readline()
        assert stream.readline()
        stream.close()
        assert files.certificate.exists()
        written = [p for p in (tmp_path / "show" / ".collavoce").iterdir() if p.suffix == ".log"]
        assert [p.name for p in written] == ["refused.log"]
        noted = written[0].read_text(encoding="ascii")
        assert re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ desk \d{3} x\d+\n)+", noted)


def desk_certificate(door: Door) -> str:
    return ssl.get_server_certificate(("127.0.0.1", door.port), timeout=STEP_S)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--name", "other.example.org"), "not made for other.example.org"),
        (("--key", "/no/such/key"), "No such file"),
        (("--hsts", "--name", "127.0.0.1"), "not made for 127.0.0.1"),
    ],
)
def test_a_show_does_not_open_under_a_wrong_certificate(
    options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    files = write_files(tmp_path)
    subprocess.run(
        (sys.executable, "-m", "collavoce", "new", str(tmp_path / "show")), check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    said = subprocess.run(
        (sys.executable, "-m", "collavoce", "run", str(tmp_path / "show"), "--certificate",
         str(files.certificate), "--key", str(files.key), *options),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert said.returncode == 2
    assert words in said.stderr
    assert not (tmp_path / "show" / ".collavoce").exists()


@pytest.mark.parametrize("options", [("--certificate", "x"), ("--key", "x"), ("--hsts",)])
def test_half_a_choice_is_a_question_back(options: tuple[str, ...], tmp_path: Path) -> None:
    said = subprocess.run(
        (sys.executable, "-m", "collavoce", "run", str(tmp_path), *options),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert said.returncode == 2
    assert "--certificate" in said.stderr
