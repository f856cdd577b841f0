"""A certificate fetched from an authority that checks everything it is told."""

import io
import re
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.security.acme_server import AcmeServer, acme_server
from tests.security.certificates import DAY, HOST, NOW, write_files

from collavoce.cli import main
from collavoce.runtime.tls.acme import AcmeClient
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.files import certificates_folder, new_key
from collavoce.runtime.tls.pair import read_pair


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def collavoce(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def fetch(server: AcmeServer, folder: Path, *options: str, also: tuple[str, ...] = ()) -> int:
    return collavoce(
        "certificate", "acme", HOST, *also, "--folder", folder, "--host", "127.0.0.1",
        "--directory", f"{server.base}/directory", "--directory-ca", server.files.root,
        "--port", server.http_port, *options,
    )  # fmt: skip


def fetched(folder: Path) -> Any:
    kept = certificates_folder(folder)
    return read_pair(kept / f"{HOST}.pem", kept / f"{HOST}.key")


def test_a_name_is_proved_over_http_and_the_chain_is_kept(tmp_path: Path) -> None:
    with acme_server(tmp_path, http_port=free_port()) as server:
        assert fetch(server, tmp_path) == 0
        assert server.violations == []
        assert server.looks == 1
    pair = fetched(tmp_path)
    assert pair.dns_names == (HOST,)
    assert len(pair.chain) == 1
    assert pair.key_file.stat().st_mode & 0o777 == 0o600


def test_a_nonce_that_is_refused_is_replaced_and_the_request_sent_again(tmp_path: Path) -> None:
    with acme_server(tmp_path, http_port=free_port(), lame=3) as server:
        assert fetch(server, tmp_path) == 0
        assert server.violations == []


def test_a_server_that_refuses_every_nonce_is_given_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acme_server(tmp_path, http_port=free_port(), lame=1000) as server:
        assert fetch(server, tmp_path) == 2
    assert "did not finish in time" in capsys.readouterr().err


@dataclass
class Hand:
    """Who enters what is printed into the DNS when asked to, and presses Enter."""

    server: AcmeServer
    printed: pytest.CaptureFixture[str]
    slip: str = ""

    def readline(self) -> str:
        out = self.printed.readouterr().out
        for name, value in re.findall(r'(\S+)  TXT  "([^"]+)"', out):
            self.server.records.setdefault(name, set()).add(value + self.slip)
        return "\n"


def test_a_name_and_all_below_it_are_proved_by_hand_in_the_dns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with acme_server(tmp_path) as server:
        monkeypatch.setattr(sys, "stdin", Hand(server, capsys))
        assert fetch(server, tmp_path, "--dns", also=(f"*.{HOST}",)) == 0
        assert server.violations == []
        assert list(server.records) == [f"_acme-challenge.{HOST}"]
        assert len(server.records[f"_acme-challenge.{HOST}"]) == 2
    assert fetched(tmp_path).dns_names == (HOST, f"*.{HOST}")


def test_a_slip_in_the_dns_is_said_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with acme_server(tmp_path) as server:
        monkeypatch.setattr(sys, "stdin", Hand(server, capsys, slip="x"))
        assert fetch(server, tmp_path, "--dns") == 2
    said = capsys.readouterr().err
    assert f"did not find the proof for {HOST}" in said
    assert not (certificates_folder(tmp_path) / f"{HOST}.pem").exists()


def test_a_name_with_a_star_is_not_proved_over_http(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acme_server(tmp_path, http_port=free_port()) as server:
        assert fetch(server, tmp_path, also=(f"*.{HOST}",)) == 2
    assert "needs --dns" in capsys.readouterr().err


def test_terms_are_agreed_to_by_the_person_and_not_by_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acme_server(tmp_path, http_port=free_port(), terms="https://ca.test/terms") as server:
        assert fetch(server, tmp_path) == 2
        assert server.accounts == {}
        assert "https://ca.test/terms" in capsys.readouterr().err
        assert fetch(server, tmp_path, "--agree") == 0


def test_what_is_good_for_long_is_not_fetched_again_and_what_is_due_is(tmp_path: Path) -> None:
    with acme_server(tmp_path, http_port=free_port()) as server:
        assert fetch(server, tmp_path) == 0
        assert fetch(server, tmp_path) == 0
        assert server.orders_made == 1
        assert fetch(server, tmp_path, "--anew") == 0
        assert server.orders_made == 2
        kept = certificates_folder(tmp_path)
        due = write_files(tmp_path / "due", start=NOW - 70 * DAY, end=NOW + 20 * DAY)
        due.certificate.replace(kept / f"{HOST}.pem")
        due.key.replace(kept / f"{HOST}.key")
        assert fetch(server, tmp_path) == 0
        assert server.orders_made == 3
        assert len(server.accounts) == 1


def test_a_port_that_is_taken_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        with acme_server(tmp_path, http_port=port) as server:
            assert fetch(server, tmp_path) == 2
    assert f"Port {port}" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://127.0.0.1/directory", "directory", "https:///x"])
def test_an_authority_is_only_asked_over_https(url: str) -> None:
    with pytest.raises(TlsError, match="only ever asked over https"):
        AcmeClient(url, new_key())


def test_an_authority_whose_certificate_is_not_trusted_is_not_spoken_to(tmp_path: Path) -> None:
    with (
        acme_server(tmp_path) as server,
        pytest.raises(TlsError, match="certificate verify failed"),
    ):
        AcmeClient(f"{server.base}/directory", new_key())


def test_the_server_of_these_tests_notices_a_forged_signature_and_a_used_nonce(
    tmp_path: Path,
) -> None:
    with acme_server(tmp_path) as server:
        client = AcmeClient(f"{server.base}/directory", new_key(), server.files.root)
        client.register()
        client._key = new_key()
        with pytest.raises(TlsError, match="signature"):
            client._post(f"{server.base}/order", {"identifiers": []})
        client._nonce = "used before"
        with pytest.raises(TlsError):
            client._post(f"{server.base}/order", {"identifiers": []})
        kinds = [violation.partition(":")[0] for violation in server.violations]
        assert kinds[0] == "malformed"
        assert "badNonce" in kinds


def test_no_name_at_all_is_a_question_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert collavoce("certificate", "acme") == 2
