"""An authority of one's own: made carefully, constrained, taught to phones by a comparison."""

import asyncio
import json
import ssl
import subprocess
import sys
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from tests.security.certificates import NOW, Signer, fresh_key, signed
from tests.security.test_acme import collavoce

from collavoce.runtime.tls.check import findings
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.files import certificates_folder, read_key
from collavoce.runtime.tls.fingerprint import hex_fingerprint, proquint
from collavoce.runtime.tls.own import HOST_LIVES, Made, own_certificate, read_authority
from collavoce.runtime.tls.pair import read_chain, read_pair

NAMES = ("stage.local", "192.168.1.5")


def made(root: Path, names: tuple[str, ...] = NAMES, *, anew: bool = False) -> Made:
    return own_certificate(certificates_folder(root), names, NOW, anew=anew)


def shake_hands(certificate: Path, key: Path, trusted: Path, name: str) -> None:
    """A browser's handshake with a server that shows `certificate`; raises ssl.SSLError."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)

    async def go() -> None:
        async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        running = await asyncio.start_server(close, "127.0.0.1", 0, ssl=server)
        port = running.sockets[0].getsockname()[1]
        browser = ssl.create_default_context(cafile=trusted)
        async with running:
            _, writer = await asyncio.open_connection(
                "127.0.0.1", port, ssl=browser, server_hostname=name
            )
            writer.close()

    asyncio.run(go())


def test_the_files_are_what_they_must_be(tmp_path: Path) -> None:
    one = made(tmp_path)
    folder = certificates_folder(tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    for key in (folder / "root.key", one.key):
        assert key.stat().st_mode & 0o777 == 0o600
    leaf = read_pair(one.certificate, one.key).leaf
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc == HOST_LIVES
    root = read_chain(one.root)[0]
    assert root.not_valid_after_utc > NOW + timedelta(days=3650)
    assert findings(read_pair(one.certificate, one.key), "stage.local", NOW) == []


@pytest.mark.parametrize("name", NAMES)
def test_whoever_trusts_the_root_takes_the_host(name: str, tmp_path: Path) -> None:
    one = made(tmp_path)
    shake_hands(one.certificate, one.key, one.root, name)


@pytest.mark.parametrize("name", ["www.bank.example", "8.8.8.8", "evil-stage.locale"])
def test_it_refuses_to_sign_for_the_rest_of_the_world(name: str, tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(TlsError, match="may not sign"):
        made(tmp_path, (name,))


def test_even_a_stolen_root_key_is_believed_for_no_site_of_the_internet(tmp_path: Path) -> None:
    one = made(tmp_path)
    folder = certificates_folder(tmp_path)
    root = read_chain(one.root)[0]
    thief = Signer("Collavoce own authority", read_key(folder / "root.key"), root)
    key = fresh_key()
    leaf = signed(thief, "www.bank.example", key, names=("www.bank.example",))
    stolen = tmp_path / "stolen.pem"
    stolen.write_bytes(leaf.public_bytes(Encoding.PEM))
    (tmp_path / "stolen.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(stolen, tmp_path / "stolen.key", one.root, "www.bank.example")


def test_it_signs_hosts_and_no_further_authority(tmp_path: Path) -> None:
    root = read_chain(made(tmp_path).root)[0]
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    assert root.extensions.get_extension_for_class(x509.NameConstraints).critical


def test_a_second_call_keeps_what_is_good_and_the_root_always(tmp_path: Path) -> None:
    first = made(tmp_path)
    before = first.certificate.read_bytes()
    assert not made(tmp_path).fresh
    assert first.certificate.read_bytes() == before
    root = first.root.read_bytes()
    assert made(tmp_path, anew=True).fresh
    assert made(tmp_path, ("stage.local", "10.0.0.9")).fresh
    assert first.root.read_bytes() == root


def test_what_is_due_is_made_anew(tmp_path: Path) -> None:
    folder = certificates_folder(tmp_path)
    own_certificate(folder, NAMES, NOW)
    later = NOW + HOST_LIVES * 0.65
    assert not own_certificate(folder, NAMES, later).fresh
    assert own_certificate(folder, NAMES, NOW + HOST_LIVES * 0.68).fresh


def test_half_an_authority_is_said_and_not_replaced(tmp_path: Path) -> None:
    made(tmp_path)
    folder = certificates_folder(tmp_path)
    (folder / "root.key").unlink()
    with pytest.raises(TlsError, match=r"root\.key"):
        read_authority(folder)


def test_without_a_name_it_is_for_this_machine(tmp_path: Path) -> None:
    assert collavoce("certificate", "own", "--folder", tmp_path) == 0
    [file] = [f for f in certificates_folder(tmp_path).glob("*.pem") if f.name != "root.pem"]
    pair = read_pair(file, file.with_suffix(".key"))
    assert pair.dns_names[0].endswith(".local")
    assert len(pair.addresses) == 1


def test_show_says_names_days_and_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = made(tmp_path)
    assert collavoce("certificate", "show", "--folder", tmp_path) == 0
    said = capsys.readouterr().out
    assert "stage.local, 192.168.1.5" in said
    assert hex_fingerprint(read_chain(one.root)[0]) in said
    assert collavoce("certificate", "show", one.certificate, "--json") == 0
    [told] = json.loads(capsys.readouterr().out)
    assert told["names"] == list(NAMES)
    assert told["due"] is False


@pytest.mark.process
def test_phones_fetch_the_root_and_the_terminal_says_its_fingerprint(tmp_path: Path) -> None:
    command = (
        sys.executable, "-m", "collavoce", "certificate", "own", *NAMES, "--folder", str(tmp_path),
        "--offer", "--host", "127.0.0.1", "--port", "0",
    )  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said: list[str] = []
        while not said or "http://" not in said[-1]:
            line = running.stdout.readline()
            assert line, said
            said.append(line)
        url = next(word for word in said[-1].split() if word.startswith("http://"))
        try:
            with urllib.request.urlopen(url, timeout=10) as page:
                shown = page.read().decode()
            with urllib.request.urlopen(f"{url}collavoce-root.crt", timeout=10) as file:
                root = x509.load_der_x509_certificate(file.read())
                assert file.headers["Content-Type"] == "application/x-x509-ca-cert"
            with pytest.raises(urllib.request.HTTPError):
                urllib.request.urlopen(f"{url}root.key", timeout=10)
        finally:
            running.terminate()
            running.wait(10)
    assert "compare its SHA-256" in shown
    assert any(hex_fingerprint(root) in line for line in said)


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_two_fingerprints_never_sound_the_same(one: int, other: int) -> None:
    assert (proquint(one) == proquint(other)) is (one == other)


def test_a_word_is_as_its_proposal_has_it() -> None:
    """127.0.0.1 is "lusab-babad" in the proposal's own table."""
    assert (proquint(0x7F00), proquint(0x0001)) == ("lusab", "babad")
