"""Each adapter against a real service on 127.0.0.1 that takes, refuses, hangs or breaks off."""

import socket
import ssl
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.unit.rig.channels.fakes import (
    DRIP,
    GARBAGE,
    RESET,
    SHUT,
    SILENT,
    Browser,
    gateway,
    mail_server,
    vapid_claims,
)

from collavoce.rig.channels import Accepted, Delivered, Failed, Failure
from collavoce.rig.channels.apprised import Apprised
from collavoce.rig.channels.echo import MARK, Echo
from collavoce.rig.channels.posting import RETRY_AFTER_MAX_S, Poster
from collavoce.rig.channels.push import Push
from collavoce.rig.channels.vapid import signer_of
from collavoce.rig.channels.webhook import Webhook

WITHIN_S = 1.0
NUMBER = "+4915112345678"
WORDS = "Collavoce: please open your page. https://show.example.org/care/"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def poster() -> Poster:
    return Poster(time.monotonic, ssl.create_default_context())


def vapid_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def as_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def test_a_webhook_is_asked_once_with_the_key_and_without_a_name(poster: Poster) -> None:
    with gateway() as fake:
        sent = Webhook(fake.url, poster, "Bearer secret").send(NUMBER, WORDS, KEY, WITHIN_S)
        assert sent == Accepted()
        (posted,) = fake.posted
        assert posted.path == "/send"
        assert posted.json == {"to": NUMBER, "text": WORDS, "key": KEY}
        assert posted.headers["authorization"] == "Bearer secret"
        assert posted.headers["idempotency-key"] == KEY


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Failure.ADDRESS),
        (401, Failure.DENIED),
        (403, Failure.DENIED),
        (410, Failure.GONE),
        (429, Failure.BUSY),
        (302, Failure.BROKEN),
        (500, Failure.BROKEN),
        (503, Failure.BROKEN),
        (SILENT, Failure.LATE),
        (DRIP, Failure.LATE),
        (RESET, Failure.RESET),
        (SHUT, Failure.RESET),
        (GARBAGE, Failure.BROKEN),
    ],
)
def test_every_fault_of_a_service_is_named_and_ends_in_time(
    poster: Poster, status: int | str, kind: Failure
) -> None:
    with gateway(status) as fake:
        start = time.monotonic()
        sent = Webhook(fake.url, poster).send(NUMBER, WORDS, KEY, WITHIN_S)
        assert sent == Failed(kind)
        assert time.monotonic() - start < 2 * WITHIN_S


def test_a_service_that_asks_for_rest_says_how_long(poster: Poster) -> None:
    for said, after_s in (("7", 7.0), ("999999", RETRY_AFTER_MAX_S), ("tomorrow", 0.0)):
        with gateway(429, Retry_After=said) as fake:
            sent = Webhook(fake.url, poster).send(NUMBER, WORDS, KEY, WITHIN_S)
            assert sent == Failed(Failure.BUSY, after_s)


def test_nobody_listening_and_no_such_host_are_failures(poster: Poster) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    assert Webhook(url, poster).send(NUMBER, WORDS, KEY, WITHIN_S) == Failed(Failure.RESET)
    for url in ("http://[::bad/", "https://exa mple/", "http://127.0.0.1:port/"):
        sent = Webhook(url, poster).send(NUMBER, WORDS, KEY, WITHIN_S)
        assert isinstance(sent, Failed), url


def test_a_server_that_speaks_no_tls_is_not_trusted(poster: Poster) -> None:
    with gateway() as fake:
        url = fake.url.replace("http:", "https:")
        sent = Webhook(url, poster).send(NUMBER, WORDS, KEY, WITHIN_S)
        assert sent in (Failed(Failure.TLS), Failed(Failure.RESET), Failed(Failure.LATE))
        assert fake.posted == []


def test_an_authorization_stands_in_no_repr(poster: Poster) -> None:
    assert "secret" not in repr(Webhook("https://x", poster, "Bearer secret"))
    assert "hunter2" not in repr(Apprised("mailtos://user:hunter2@example.org?to={to}"))


def test_a_push_carries_an_opaque_id_that_only_the_browser_can_read(poster: Poster) -> None:
    key, browser = vapid_key(), Browser()
    with gateway() as fake:
        push = Push(
            signer_of(as_pem(key)), "mailto:a@example.org", poster, time.time, ("127.0.0.1",)
        )
        endpoint = f"http://127.0.0.1:{fake.port}/push/abc"
        assert push.send(browser.subscription(endpoint), WORDS, KEY, WITHIN_S) == Accepted()
        (posted,) = fake.posted
        assert posted.path == "/push/abc"
        assert browser.opened(posted) == KEY.encode()
        assert WORDS.encode() not in posted.body
        claims, public = vapid_claims(posted)
        assert claims["aud"] == f"http://127.0.0.1:{fake.port}"
        assert claims["sub"] == "mailto:a@example.org"
        assert 0 < claims["exp"] - time.time() <= 24 * 3600, "RFC 8292, 2"
        assert public == key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        assert posted.headers["ttl"] == "90"
        assert posted.headers["urgency"] == "high"
        assert posted.headers["topic"] == KEY


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, Failure.GONE), (410, Failure.GONE), (429, Failure.BUSY), (DRIP, Failure.LATE)],
)
def test_a_push_service_that_refuses_is_named(
    poster: Poster, status: int | str, kind: Failure
) -> None:
    with gateway(status) as fake:
        push = Push(
            signer_of(as_pem(vapid_key())),
            "mailto:a@example.org",
            poster,
            time.time,
            ("127.0.0.1",),
        )
        to = Browser().subscription(f"http://127.0.0.1:{fake.port}/push")
        assert push.send(to, WORDS, KEY, WITHIN_S) == Failed(kind)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://192.168.1.1/admin",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com.example/x",
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "",
    ],
)
def test_a_browser_cannot_send_us_where_it_likes(poster: Poster, endpoint: str) -> None:
    push = Push(signer_of(as_pem(vapid_key())), "mailto:a@example.org", poster, time.time)
    sent = push.send(Browser().subscription(endpoint), WORDS, KEY, WITHIN_S)
    assert sent == Failed(Failure.ADDRESS)


@pytest.mark.parametrize("address", ["", "{}", '{"endpoint": 1}', "[]", "no json"])
def test_what_is_no_subscription_is_refused(poster: Poster, address: str) -> None:
    push = Push(signer_of(as_pem(vapid_key())), "mailto:a@example.org", poster, time.time)
    assert push.send(address, WORDS, KEY, WITHIN_S) == Failed(Failure.ADDRESS)


def test_a_mail_goes_out_by_apprise_to_one_person() -> None:
    with mail_server() as fake:
        template = f"mailto://127.0.0.1:{fake.port}/?from=stage@example.org&to={{to}}&mode=insecure"
        sent = Apprised(template).send("mira@example.org", WORDS, KEY, 3.0)
        assert sent == Accepted()
        ((to, mail),) = fake.mails
        assert to == "mira@example.org"
        assert "please open your page" in mail


def test_a_mail_that_is_refused_is_failed() -> None:
    with mail_server(refuses="nobody@example.org") as fake:
        template = f"mailto://127.0.0.1:{fake.port}/?from=stage@example.org&to={{to}}&mode=insecure"
        sent = Apprised(template).send("nobody@example.org", WORDS, KEY, 3.0)
        assert sent == Failed(Failure.UNCLEAR)
        assert fake.mails == []


def test_a_person_cannot_write_further_addresses_into_theirs() -> None:
    with gateway() as fake:
        template = f"json://127.0.0.1:{fake.port}/send?to={{to}}"
        Apprised(template).send("+49151&to=+49152&rto=0.1/../", WORDS, KEY, 3.0)
        assert len(fake.posted) <= 1


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1:1/", "syslog://", "dbus://", "nonsense", "ntfys", "://", ""]
)
def test_only_schemes_the_operator_named_are_used(address: str) -> None:
    sent = Apprised("{to}", ("ntfys",)).send(address, WORDS, KEY, 1.0)
    assert sent == Failed(Failure.ADDRESS)


def test_a_named_scheme_of_a_persons_own_is_used() -> None:
    with gateway(200) as fake:
        sent = Apprised("{to}", ("json",)).send(f"json://127.0.0.1:{fake.port}/x", WORDS, KEY, 3.0)
        assert sent == Accepted()
        (posted,) = fake.posted
        assert posted.json["message"] == WORDS


def test_the_echo_is_heard_in_a_mailbox_and_nowhere_else(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as box:
        box.settimeout(1)
        box.bind(str(tmp_path / "box"))
        assert Echo().send(str(tmp_path / "box"), WORDS, KEY, WITHIN_S) == Delivered()
        assert box.recv(100) == MARK + KEY.encode()
    assert Echo().send(str(tmp_path / "gone"), WORDS, KEY, WITHIN_S) == Failed(Failure.RESET)
    assert Echo().send("", WORDS, KEY, WITHIN_S) == Delivered()
