"""Web push: wakes a phone whose page is shut, over HTTPS and the internet.

RFC 8030 (TTL, urgency, topic), RFC 8291 with RFC 8188 (aes128gcm), RFC 8292 (VAPID). All that
travels is an opaque id, sealed to the browser: the phone shows "Collavoce" and its page says the
rest. The push service's 201 is "accepted", and never more.

The endpoint comes from a browser, so it is a stranger's word about whom this machine should
connect to: only the hosts of known push services are, or those that the operator names.
"""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from collavoce.rig.channels.outcome import Failed, Failure, Outcome
from collavoce.rig.channels.posting import Poster
from collavoce.rig.channels.vapid import Signer

TTL_S = 90
"""A call older than that has reached others by the ladder; ringing then would only confuse."""

TOKEN_LIVES_S = 3600
TOPIC_LENGTH = 32

KNOWN_HOSTS = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Those of Chromium, Firefox, Safari and Edge; each with all beneath it."""


class _Keys(msgspec.Struct, frozen=True):
    p256dh: str
    auth: str


class _Subscription(msgspec.Struct, frozen=True):
    endpoint: str
    keys: _Keys


_subscriptions = msgspec.json.Decoder(_Subscription)


@dataclass(frozen=True, slots=True)
class Push:
    """signer : of this house. contact : "mailto:..." of whoever runs this. hosts : allowed too.

    utc : seconds since 1970, for the token's end.
    """

    signer: Signer = field(repr=False)
    contact: str
    poster: Poster
    utc: Callable[[], float]
    hosts: Sequence[str] = ()

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:  # noqa: ARG002  push carries no words
        """Wake the browser of the subscription `address` (JSON) with `key` alone."""
        # Reads the keys, so it costs half a second once; only who has push set up pays it.
        from pywebpush import WebPusher, WebPushException

        try:
            to = _subscriptions.decode(address)
            host = urlsplit(to.endpoint).hostname or ""
            if not self._may_go(to.endpoint, host):
                return Failed(Failure.ADDRESS)
            sealed = WebPusher(msgspec.to_builtins(to)).encode(key.encode(), "aes128gcm")
        except (msgspec.DecodeError, WebPushException, ValueError, TypeError):
            return Failed(Failure.ADDRESS)
        headers = {
            **self._vapid(to.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_S),
            "Urgency": "high",
            "Topic": key[:TOPIC_LENGTH],
        }
        assert sealed is not None
        return self.poster.post(to.endpoint, headers, bytes(sealed["body"]), within_s)

    def _vapid(self, endpoint: str) -> dict[str, str]:
        place = urlsplit(endpoint)
        claims = {
            "aud": f"{place.scheme}://{place.netloc}",
            "exp": int(self.utc()) + TOKEN_LIVES_S,
            "sub": self.contact,
        }
        return dict(self.signer.sign(claims))

    def _may_go(self, endpoint: str, host: str) -> bool:
        scheme = urlsplit(endpoint).scheme
        if host in self.hosts:
            return scheme == "https" or (scheme == "http" and _loopback(host))
        known = any(host == name or host.endswith("." + name) for name in KNOWN_HOSTS)
        return scheme == "https" and known


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
