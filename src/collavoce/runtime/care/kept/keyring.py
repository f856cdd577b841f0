"""Every person's chest, and who may open it now.

    first phone               the person's key is made, in a box for it
    further phone, let in     its box is made as soon as a phone that has one is here
    phone forgotten           its box goes
    my others forgotten       a new key for the person (`renewal.py`)
    no box left               `Sight.GONE`, said plainly; the person may begin anew

Nothing here is decided: who is let in, is (`care/rules/admitting.py`, `recovering.py` beside it).
Keys follow. What is prepared before a decision and then refused is taken away again by `tidy`.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Callable

import msgspec

from collavoce.care.commands import (
    AnyCommand,
    GiveShares,
    PairDevice,
    RecoverDevice,
    SetRecovery,
    Vouch,
)
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.recovery import normal
from collavoce.care.rules.recovering import holders_of
from collavoce.care.state import CareState
from collavoce.care.states.keys import HOLDERS_NEEDED, Sight, Unlocked
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger import LedgerError
from collavoce.ledger.seal import new_pair
from collavoce.runtime.care.canary import CANARIES
from collavoce.runtime.care.kept.chest import Chest, device_pair
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.vault import CHEST, Vault
from collavoce.words import say

PHONES_REMEMBERED = 1000
"""Public keys of phones that wait, or were just paired, held in memory until they have a box."""

_encode = msgspec.msgpack.Encoder().encode
_chests = msgspec.msgpack.Decoder(Chest)


class Keyring:
    """The chests in `vault`, and what may be opened in `state()` at `moment()`."""

    def __init__(
        self, vault: Vault, state: Callable[[], CareState], moment: Callable[[], Moment]
    ) -> None:
        self.vault = vault
        self._state = state
        self._moment = moment
        self._seen: OrderedDict[str, bytes] = OrderedDict()
        self._read: dict[str, Chest | None] = {}
        self.made = 0
        """how many keys were made since the start: somebody has one who had none"""

    def public_of(self, person: str) -> bytes | None:
        """The public key of `person`, None while they have no key."""
        chest = self.chest(person)
        return None if chest is None else chest.public

    def private_of(self, token: str) -> tuple[str, bytes] | None:
        """Whose phone this is, and that person's private key, if the phone opens it."""
        device = secret_hash(token)
        person = self._state().pairings.devices.get(device)
        chest = None if person is None else self.chest(person)
        if person is None or chest is None:
            return None
        private = chest.opened_by(device, device_pair(token)[0])
        return None if private is None else (person, private)

    def unlock(self, token: str) -> Unlocked | None:
        """What the phone of `token` opens; gives keys to whoever is to have one."""
        device, (device_private, device_public) = secret_hash(token), device_pair(token)
        pairings = self._state().pairings
        person = pairings.devices.get(device)
        if person in CANARIES or (person is None and device not in pairings.waiting):
            return None
        self._remember(device, device_public)
        if person is None:
            return None
        chest = self.chest(person)
        if chest is None:
            private, public = new_pair()
            chest = Chest(public)
            chest.give(device, device_public, private)
            if not self._keep(person, chest):
                return None
            self.made += 1
            return Unlocked(person, Sight.OPEN)
        private = chest.opened_by(device, device_private)
        if private is None:
            return Unlocked(person, self._sight(person, chest))
        with contextlib.suppress(LedgerError):
            self._hand_on(person, chest, private)
        return Unlocked(person, Sight.OPEN)

    def prepare(self, command: AnyCommand, proof: Proof) -> Refused | None:
        """Lay ready what `command` will need if it is carried out; why it cannot be, if so.

        Raises LedgerError.
        """
        match command:
            case PairDevice():
                self._remember(command.device, device_pair(proof.token)[1])
                self._follow(command, proof)
            case RecoverDevice():
                self._recover(command, proof)
            case GiveShares():
                return self._can_give(command, proof)
            case Vouch():
                return self._offer(command, proof)
            case _:
                pass
        return None

    def settle(self, command: AnyCommand, proof: Proof) -> None:
        """Do with the keys what `command`, now on disk, has decided; raises LedgerError."""
        opened = self.private_of(proof.token) if proof.token else None
        if opened is None:
            return
        person, private = opened
        chest = self.chest(person)
        assert chest is not None, "what was opened is there"
        match command:
            case SetRecovery():
                chest.give_code(normal(proof.code), private)
                self.keep(person, chest)
            case GiveShares():
                chest.give_shares(private, self._publics(command.holders))
                self.keep(person, chest)
            case _:
                self._hand_on(person, chest, private)

    def tidy(self, person: str) -> bool:
        """Take away every box of `person` that nobody is to have any more; whether any was.

        Raises LedgerError.
        """
        chest = self.chest(person)
        if chest is None:
            return False
        state = self._state()
        theirs = state.pairings.devices_of(person)
        holders = {self.vault.name(holder) for holder in holders_of(state, person)}
        waiting = {d for d, w in state.pairings.waiting.items() if w.person == person}
        coded = person in state.pairings.recoveries
        kept = Chest(
            chest.public,
            {device: box for device, box in chest.boxes.items() if device in theirs},
            {device: public for device, public in chest.publics.items() if device in theirs},
            chest.recovery if coded else b"",
            chest.recovery_public if coded else b"",
            {holder: box for holder, box in chest.shares.items() if holder in holders},
            {
                device: {h: b for h, b in offers.items() if h in holders}
                for device, offers in chest.offered.items()
                if device in theirs or device in waiting
            },
        )
        if kept == chest:
            return False
        self.keep(person, kept)
        return True

    def chest(self, person: str) -> Chest | None:
        """The chest of `person` as it is on disk, to be changed and given to `keep`."""
        if person not in self._read:
            body = self.vault.thing(CHEST, person)
            self._read[person] = None if body is None else _chests.decode(body)
        chest = self._read[person]
        return None if chest is None else _chests.decode(_encode(chest))

    def keep(self, person: str, chest: Chest) -> None:
        """Put `chest` in place of the one before; raises LedgerError."""
        self.vault.change({(CHEST, person): _encode(chest)})
        self._read[person] = chest

    def body_of(self, chest: Chest) -> bytes:
        """`chest` as the vault keeps it."""
        return _encode(chest)

    def forget(self, *persons: str) -> None:
        """Read the chests of these anew when they are next asked for."""
        for person in persons:
            self._read.pop(person, None)

    def _keep(self, person: str, chest: Chest) -> bool:
        try:
            self.keep(person, chest)
        except LedgerError:
            return False
        return True

    def _sight(self, person: str, chest: Chest) -> Sight:
        theirs = set(self._state().pairings.devices_of(person))
        return Sight.ELSEWHERE if theirs & chest.boxes.keys() else Sight.GONE

    def _hand_on(self, person: str, chest: Chest, private: bytes) -> None:
        """A box for each phone of theirs that has none and was here."""
        before = len(chest.boxes)
        for device in self._state().pairings.devices_of(person):
            public = self._seen.get(device)
            if device not in chest.boxes and public is not None:
                chest.give(device, public, private)
        if len(chest.boxes) > before:
            self.keep(person, chest)

    def _follow(self, command: PairDevice, proof: Proof) -> None:
        """A browser that changes its token takes its box along."""
        opened = self.private_of(proof.before) if proof.before else None
        code = self._state().pairings.codes.get(command.code)
        if opened is None or code is None or code.person != opened[0]:
            return
        self._box_for(*opened, command.device)

    def _recover(self, command: RecoverDevice, proof: Proof) -> None:
        """A box for the phone that shows the code; whether it is let in is decided after."""
        waiting = self._state().pairings.waits(command.device, self._moment())
        chest = None if waiting is None else self.chest(waiting.person)
        if waiting is None or chest is None:
            return
        private = chest.opened_by_code(normal(proof.code))
        self._remember(command.device, device_pair(proof.token)[1])
        if private is not None:
            self._box_for(waiting.person, private, command.device)

    def _box_for(self, person: str, private: bytes, device: str) -> None:
        chest = self.chest(person)
        assert chest is not None, "what was opened is there"
        chest.give(device, self._seen[device], private)
        self.keep(person, chest)

    def _can_give(self, command: GiveShares, proof: Proof) -> Refused | None:
        if len(self._publics(command.holders)) < len(command.holders):
            return Refused(say("care_keys.refused.holder_without_phone"))
        if command.holders and self.private_of(proof.token) is None:
            return Refused(say("care_keys.refused.locked"))
        return None

    def _offer(self, command: Vouch, proof: Proof) -> Refused | None:
        """The holder's share, moved to the phone that waits: theirs alone opens nothing."""
        state = self._state()
        waiting = state.pairings.waits(command.device, self._moment())
        if (
            waiting is None
            or waiting.number != command.number
            or command.by not in holders_of(state, waiting.person)
        ):
            return None  # the rules say why
        chest, opened = self.chest(waiting.person), self.private_of(proof.token)
        public = self._seen.get(command.device)
        if opened is None or chest is None or public is None or opened[0] != command.by:
            return Refused(say("care_keys.refused.vouch_locked"))
        if not chest.offer(command.device, public, self.vault.name(command.by), opened[1]):
            return Refused(say("care_keys.refused.vouch_locked"))
        self.keep(waiting.person, chest)
        return None

    def _publics(self, persons: tuple[str, ...]) -> dict[str, bytes]:
        """Name -> public key of each of `persons` who has one."""
        found = {self.vault.name(person): self.public_of(person) for person in persons}
        return {name: public for name, public in found.items() if public is not None}

    def _remember(self, device: str, public: bytes) -> None:
        self._seen[device] = public
        self._seen.move_to_end(device)
        while len(self._seen) > PHONES_REMEMBERED:
            self._seen.popitem(last=False)


assert HOLDERS_NEEDED == 2, "the shares are a line, and two points make one"  # noqa: PLR2004
