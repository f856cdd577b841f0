"""A gateway of the operator's own choice that takes a JSON POST: for text messages, calls, mail.

    POST url
    Authorization: as set up        Idempotency-Key: the message's key
    {"to": "+4915112345678", "text": "...", "key": "..."}

2xx says that the gateway has it: accepted. It has no way to say "delivered" here: a gateway that
reports delivery does so later, and to whom the report belongs would have to be trusted.
"""

from dataclasses import dataclass, field

import msgspec

from collavoce.rig.channels.outcome import Outcome
from collavoce.rig.channels.posting import Poster


@dataclass(frozen=True, slots=True)
class Webhook:
    """The gateway at `url`. authorization: the header's whole value, "" for none."""

    url: str
    poster: Poster
    authorization: str = field(default="", repr=False)

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:
        """Ask the gateway to send `text` to `address`."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if self.authorization:
            headers["Authorization"] = self.authorization
        body = msgspec.json.encode({"to": address, "text": text, "key": key})
        return self.poster.post(self.url, headers, body, within_s)
