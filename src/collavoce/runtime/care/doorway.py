"""Where the web desk asks for a pairing code: a mailbox in the performance's private folder.

    asked   msgpack {"person": id}
    answer  msgpack {"code": 128 random bits, "url": ".../care/#code"} or {"why": words}

Only processes of the same user reach the folder. Nothing else is asked or answered here, and the
code itself is kept nowhere: the store has its hash.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from collavoce.care.commands import AnyCommand, OfferCode
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.links import Mailbox

BOX = "care-pairing"
CODE_BITS = 128


class PairingAsked(msgspec.Struct, frozen=True):
    """A code for this person, please."""

    person: str


class PairingOffered(msgspec.Struct, frozen=True, omit_defaults=True):
    """The code and where it is shown; or only why there is none."""

    code: str = ""
    url: str = ""
    why: str = ""


_asked = msgspec.msgpack.Decoder(PairingAsked)
_encode = msgspec.msgpack.Encoder().encode


class Doorway:
    """Answers what comes into the mailbox. url: what phones are sent to, without a path."""

    def __init__(self, run_dir: Path, url: str, ask: Callable[[AnyCommand], Outcome]) -> None:
        self._box = Mailbox(run_dir / BOX)
        self._url = url
        self._ask = ask

    def fileno(self) -> int:
        """For whoever waits for it."""
        return self._box.fileno()

    def answer_all(self) -> None:
        """Answer everything that waits; what is none of ours is dropped."""
        while (received := self._box.receive()) is not None:
            datagram, sender = received
            try:
                asked = _asked.decode(datagram)
            except msgspec.DecodeError:
                continue
            if sender is not None:
                self._box.send(sender, _encode(self._offer(asked.person)))

    def _offer(self, person: str) -> PairingOffered:
        code = fresh_id(CODE_BITS)
        outcome = self._ask(OfferCode(person, secret_hash(code)))
        if isinstance(outcome, Kept):
            return PairingOffered(code, f"{self._url}/care/#{code}")
        return PairingOffered(why=getattr(outcome, "why", ""))

    def close(self) -> None:
        """Take the mailbox away."""
        self._box.close()
