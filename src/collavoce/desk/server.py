"""The HTTP server of one process, over TLS where there is a certificate."""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from collavoce.desk.patience import PatientProtocol
from collavoce.runtime.tls.doorman import Doorman
from collavoce.runtime.tls.serving import Serving

CLOSE_WITHIN_S = 1
"""An open stream never ends by itself; a page that is cut comes back."""


def tls_of(certificate: str, key: str, host: str) -> Serving | None:
    """What serves TLS for `host` with these files, None without a certificate; raises TlsError."""
    return Serving(Path(certificate), Path(key), host) if certificate else None


def http_server(
    app: ASGIApp, serving: Serving | None, origin: str, *, date_header: bool = True
) -> uvicorn.Server:
    """A server of `app`. origin: where whoever speaks plain HTTP to a TLS port is sent."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_speaker(serving, origin),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=date_header,
            # Nobody stands before us, so nobody's word for somebody else's address is taken.
            proxy_headers=False,
            timeout_graceful_shutdown=CLOSE_WITHIN_S,
        )
    )


def _speaker(serving: Serving | None, origin: str) -> type[asyncio.Protocol]:
    held: Counter[str] = Counter()

    def at_the_door(**given: Any) -> asyncio.Protocol:  # noqa: ANN401  uvicorn's own, handed through
        if serving is None:
            return PatientProtocol(held, **given)
        return Doorman(serving, origin, lambda: PatientProtocol(held, **given))

    # uvicorn asks for a class and only ever calls it.
    made = cast("Callable[..., asyncio.Protocol]", at_the_door)
    return cast("type[asyncio.Protocol]", made)
