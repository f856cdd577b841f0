"""A person's own key, and the boxes it lies in: one for each phone, code and holder.

A phone's key pair is derived from its token, which its browser alone keeps; so is the pair of a
recovery code. The person's pair is drawn by lot and stands nowhere but in boxes for those pairs.
The server opens a box only while the token is in a request.

    token, code --HKDF--> X25519 pair --opens--> box --> the person's private key
    two holders' shares --join--> the person's private key
"""

from collections.abc import Callable

import msgspec

from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import KEY_BYTES, derived, open_box, pair_of, seal_to
from collavoce.ledger.split import SplitError, joined, split

KEY = b"collavoce person key 1"
SHARE = b"collavoce share 1"


class Chest(msgspec.Struct, forbid_unknown_fields=True):
    """public: of the person. boxes, publics: by device; shares: holder -> box to the holder.

    offered : waiting device -> holder -> that holder's share, in a box to the device.
    """

    public: bytes
    boxes: dict[str, bytes] = {}
    publics: dict[str, bytes] = {}
    recovery: bytes = b""
    recovery_public: bytes = b""
    shares: dict[str, bytes] = {}
    offered: dict[str, dict[str, bytes]] = {}

    def give(self, device: str, public: bytes, private: bytes) -> None:
        """Let the phone `device` open the person's `private` key."""
        self.publics[device] = public
        self.boxes[device] = seal_to(public, private, KEY)
        self.offered.pop(device, None)

    def opened_by(self, device: str, device_private: bytes) -> bytes | None:
        """The person's private key, if there is a box for this phone, or two shares offered."""
        if device in self.boxes:
            return self._good(lambda: open_box(device_private, self.boxes[device], KEY))
        offered = list(self.offered.get(device, {}).values())[:2]
        return self._good(lambda: joined(open_box(device_private, b, SHARE) for b in offered))

    def opened_by_code(self, code: str) -> bytes | None:
        """The person's private key, if `code` is the recovery code it was boxed for."""
        private, _ = code_pair(code)
        return self._good(lambda: open_box(private, self.recovery, KEY))

    def give_code(self, code: str, private: bytes) -> None:
        """Let the recovery `code` open the person's `private` key, and no code before it."""
        _, self.recovery_public = code_pair(code)
        self.recovery = seal_to(self.recovery_public, private, KEY)

    def give_shares(self, private: bytes, holders: dict[str, bytes]) -> None:
        """Let any two of `holders` (name -> public key) restore `private`, and nobody else."""
        parts = split(private, len(holders)) if holders else ()
        self.shares = {
            holder: seal_to(public, part, SHARE)
            for (holder, public), part in zip(holders.items(), parts, strict=True)
        }
        self.offered = {}

    def offer(self, device: str, public: bytes, holder: str, holder_private: bytes) -> bool:
        """Move the share of `holder` to the waiting `device`; whether there was one."""
        share = self._good_share(holder, holder_private)
        if share is None:
            return False
        given = {**self.offered.get(device, {}), holder: seal_to(public, share, SHARE)}
        self.offered = {**self.offered, device: given}
        return True

    def _good_share(self, holder: str, holder_private: bytes) -> bytes | None:
        try:
            return open_box(holder_private, self.shares.get(holder, b""), SHARE)
        except SealBrokenError:
            return None

    def _good(self, opened: Callable[[], bytes]) -> bytes | None:
        """What is opened, if it is this person's key: shares of different splits join to noise."""
        try:
            private = opened()
        except (SealBrokenError, SplitError):
            return None
        return private if len(private) == KEY_BYTES and pair_of(private)[1] == self.public else None


def device_pair(token: str) -> tuple[bytes, bytes]:
    """The pair of the phone that keeps `token`: (private, public)."""
    return pair_of(derived(token.encode(), b"phone key 1"))


def code_pair(code: str) -> tuple[bytes, bytes]:
    """The pair of a recovery code in its normal form: (private, public)."""
    return pair_of(derived(code.encode(), b"recovery key 1"))
