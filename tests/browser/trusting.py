"""A Chromium that trusts the house's own certificate, as a phone that was taught its root does.

It knows the one key and no other. Switching all checks of certificates off would not do: on such a
page Chromium registers no service worker.
"""

from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, CDPSession, Page
from tests.browser.phones import Phones, phones
from tests.browser.watching import until
from tests.browser.whole_company import WHOLE

from collavoce.runtime.clock import utc_now
from collavoce.runtime.tls.own import Made, own_certificate

HOST = "127.0.0.1"


def taught(folder: Path, host: str) -> Made:
    """What the authority of one's own signs for `host`."""
    folder.mkdir(parents=True)
    return own_certificate(folder, (host,), utc_now())


@contextmanager
def trusting(chromium: Browser, certificate: Path) -> Generator[Browser]:
    """A browser that trusts the first certificate in the file."""
    leaf = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    known = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    browser = chromium.browser_type.launch(
        executable_path="/usr/bin/chromium",
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--ignore-certificate-errors-spki-list=" + b64encode(sha256(known).digest()).decode(),
        ],
    )
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def https_phones(chromium: Browser, root: Path, **config: Any) -> Generator[Phones]:
    """A care process over TLS in `root`, and phones of the whole company that trust it."""
    made = taught(root / "certificates", HOST)
    tls = {"tls_cert": str(made.certificate), "tls_key": str(made.key), "tls_name": HOST}
    with (
        trusting(chromium, made.certificate) as browser,
        phones(browser, root, **WHOLE, **tls, **config) as them,
    ):
        yield them


def address(them: Phones) -> str:
    """Where their page is."""
    return them.care.url.replace("http:", "https:") + "/care/"


def minded(page: Page) -> Page:
    """`page` once its worker stands behind it."""
    until(page, "navigator.serviceWorker.controller !== null", True)
    return page


def at_worker(page: Page) -> tuple[CDPSession, dict[str, str]]:
    """The tools' own way to the worker of `page`, and what they call it."""
    tools = page.context.new_cdp_session(page)
    known: list[str] = []

    def registered(told: dict[str, Any]) -> None:
        known.extend(one["registrationId"] for one in told["registrations"])

    tools.on("ServiceWorker.workerRegistrationUpdated", registered)
    tools.send("ServiceWorker.enable")
    for _ in range(100):
        if known:
            break
        page.wait_for_timeout(50)
    return tools, {"origin": page.evaluate("location.origin"), "registrationId": known[-1]}
