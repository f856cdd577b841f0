"""A person's own things: what the phones ask about keys, and what is sealed to people.

The commands of care go on to the house as ever; around each, the keys are laid ready and moved
along. A phone's token is used while its request lasts and is kept nowhere.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    Climb,
    ConfirmShown,
    EndAlert,
    ForgetOthers,
    GiveShares,
    HelperCommand,
    KeyCommand,
    MessageCommand,
    PairingCommand,
    PresserCommand,
    SetCircle,
    SetRecovery,
    SetRouting,
    Vouch,
)
from collavoce.care.events import AnyEvent, Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.reached.looking_over import to_look_over
from collavoce.care.rules.recovering import asked_of
from collavoce.care.states.keys import (
    AFTERCARE_CHARACTERS_MAX,
    LINE_CHARACTERS_MAX,
    LINES_MAX,
    LogRow,
    RecoveryAsked,
    Sight,
    Unlocked,
)
from collavoce.company.engagement import engagement_over
from collavoce.ledger import LedgerError
from collavoce.ledger.seal import seal_to
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept import erasure, kept_circle, papers, renewal
from collavoce.runtime.care.kept.export import exported
from collavoce.runtime.care.kept.fitting import fit
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.proof import NOTHING, Proof
from collavoce.runtime.care.kept.retention import purge
from collavoce.runtime.care.kept.shelf import Shelf, decoded
from collavoce.runtime.care.kept.vault import AFTERCARE, LINES, MemoryVault
from collavoce.runtime.clock import wall_ns
from collavoce.words import say

KEYLESS = (*PresserCommand.__args__, *HelperCommand.__args__, *MessageCommand.__args__, Climb)
"""Commands of an open call: no key stands between one of them and the house."""


class OwnThings:
    """The keys and sealed things of everybody in `house`. shelf: None for a house in memory."""

    def __init__(self, house: House, shelf: Shelf | None = None, zone: tzinfo = UTC) -> None:
        self._house = house
        self._shelf = shelf
        self._keyring = Keyring(shelf or MemoryVault(), lambda: house.state, house.moment)
        self._folded: dict[str, list[AnyEvent]] = {}
        self._fitted: dict[str, tuple[int, int, int]] = {}
        self._waited: dict[str, tuple[int, int, int]] = {}
        self.keep = Keep(house, self._keyring, lambda: wall_ns() * 1e-9, zone)
        self.parts: tuple[Part, ...] = ()
        """one for each noun of a person's own things; set by whoever builds this"""
        house.told.append(lambda _event, _state: self.keep.stir())
        if shelf is not None:
            shelf.seal_for = self._seal_for
            self._set_right(shelf)

    def ask(self, command: AnyCommand, proof: Proof = NOTHING) -> Outcome:
        """Carry out `command`; Kept means on disk."""
        if isinstance(command, KEYLESS):
            outcome = self._house.ask(command)
            if isinstance(command, ConfirmShown) and isinstance(outcome, Kept):
                self._note_shown(command)
            return outcome
        if isinstance(command, SetRouting):
            return self.set_routing(proof.token, on=command.on)
        concerned = self._concerned(command)
        try:
            refused = self._keyring.prepare(command, proof)
            outcome = self._house.ask(command) if refused is None else refused
        except LedgerError:
            outcome = NOT_RECORDED
        try:
            if isinstance(outcome, Kept):
                self._settle(command, proof)
            for person in concerned:
                self._keyring.tidy(person)
                papers.unshare(self._keyring, self._house.state, person)
        except LedgerError:
            # What was asked is on disk. Only where the key was all that was asked, it is not done.
            return NOT_RECORDED if isinstance(command, SetRecovery | GiveShares) else outcome
        return outcome

    def unlock(self, token: str) -> Unlocked | None:
        """What the phone of `token` can open; None if it is nobody's."""
        try:
            unlocked = self._keyring.unlock(token)
            opened = self._opened(token) if unlocked and unlocked.sight is Sight.OPEN else None
            if opened is not None:
                self._arrived(*opened)
        except LedgerError:
            # A disk that does not answer keeps nobody from pressing.
            return None
        return unlocked

    def begin_anew(self, token: str) -> Outcome:
        """A new key for somebody whose sealed things their phone does not open."""
        unlocked = self.unlock(token)
        if unlocked is None or unlocked.sight is Sight.OPEN:
            return Refused(say("care_keys.refused.nothing_lost"))
        try:
            renewal.begin_anew(self._keyring, self._everybody(), unlocked.person, token)
        except LedgerError:
            return NOT_RECORDED
        self._folded.pop(unlocked.person, None)
        self.keep.rewrote()
        return Kept()

    def lines(self, token: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """My own lines for whoever comes, and the persons I share them with."""
        opened = self._opened(token)
        if opened is None:
            return (), ()
        person, private = opened
        words = papers.opened(self._keyring, LINES, person, person, private)
        return words, papers.shared_with(self._keyring, self._house.state, person)

    def lines_for(self, token: str, owner: str) -> tuple[str, ...]:
        """The lines of `owner` for me; leaves a row in their log, or shows nothing."""
        opened = self._opened(token)
        state = self._house.state
        if opened is None or opened[0] not in papers.shared_with(self._keyring, state, owner):
            return ()
        reader, private = opened
        words = papers.opened(self._keyring, LINES, owner, reader, private)
        alert = state.alerts.open_of(owner)
        called = alert is not None and alert.calls_on(reader)
        try:
            noted = bool(words) and self._log(owner, reader, "lines", called=called)
        except LedgerError:
            return ()
        return words if noted else ()

    def note(self, token: str, owner: str, what: str) -> bool:
        """Leave a row in the log of `owner` that I was shown `what`; whether it was kept."""
        opened = self._opened(token)
        if opened is None or opened[0] == owner:
            return False
        try:
            return self._log(owner, opened[0], what, called=False)
        except LedgerError:
            return False

    def write_lines(self, token: str, lines: tuple[str, ...], shared: tuple[str, ...]) -> Outcome:
        """Write my lines under a new key, or, with none, erase them."""
        if len(lines) > LINES_MAX or any(len(line) > LINE_CHARACTERS_MAX for line in lines):
            return Refused(
                say("care_keys.refused.lines", lines=LINES_MAX, characters=LINE_CHARACTERS_MAX)
            )
        opened = self._opened(token)
        if opened is None:
            return Refused(say("care_keys.refused.locked"))
        person = opened[0]
        if not set(shared).issubset(self._house.state.circles.agreed(person)):
            return Refused(say("care_keys.refused.not_agreed"))
        return self._write(LINES, person, lines, shared)

    def aftercare(self, token: str) -> str:
        """My own words for afterwards."""
        opened = self._opened(token)
        if opened is None:
            return ""
        person, private = opened
        return "".join(papers.opened(self._keyring, AFTERCARE, person, person, private))

    def write_aftercare(self, token: str, words: str) -> Outcome:
        """Write them, or, with "", erase them."""
        if len(words) > AFTERCARE_CHARACTERS_MAX:
            most = AFTERCARE_CHARACTERS_MAX
            return Refused(say("care_keys.refused.aftercare", characters=most))
        opened = self._opened(token)
        if opened is None:
            return Refused(say("care_keys.refused.locked"))
        return self._write(AFTERCARE, opened[0], (words,) if words else (), ())

    @property
    def changes(self) -> int:
        """Grows whenever `seen` may say something else, to anybody."""
        # What is shared with an end ends with the day, though nobody writes anything.
        return self.keep.changes + self.keep.today()

    def seen(self, token: str) -> Shown:
        """What the page of this phone shows of its person's own things besides."""
        opened = self._opened(token)
        if opened is None:
            return {}
        reader = Reader(*opened)
        return {name: value for part in self.parts for name, value in part.seen(reader).items()}

    def look_over(self, token: str) -> tuple[str, ...]:
        """What I may want to look at of mine, in sentences; nobody else is ever told."""
        opened = self._opened(token)
        if opened is None:
            return ()
        reader = Reader(*opened)
        settled = to_look_over(self._house.people, self._house.state, reader.person)
        return (*settled, *(said for part in self.parts for said in part.to_look_over(reader)))

    def own_log(self, token: str) -> tuple[LogRow, ...]:
        """Who was shown what of mine, when and why; the oldest first."""
        opened = self._opened(token)
        return () if opened is None else papers.log_of(self._keyring, *opened)

    def export(self, token: str) -> bytes:
        """Everything of mine that is kept here, as JSON; an empty object for nobody."""
        opened = self._opened(token)
        if opened is None:
            return b"{}"
        further = [part.exported(Reader(*opened)) for part in self.parts]
        return exported(self._keyring, self._house.state, *opened, further)

    def erase(self, token: str) -> Outcome:
        """Erase me. Kept means that no byte of it is on this disk."""
        unlocked = self._keyring.unlock(token)
        if unlocked is None:
            return Refused(say("care.refused.not_paired"))
        if self._shelf is None:
            return Refused(say("care_keys.refused.memory"))
        return self.erase_person(unlocked.person)

    def erase_person(self, person: str) -> Outcome:
        """Erase `person`: because they said so, or because their engagement is over."""
        assert self._shelf is not None, "what is not on a disk is not erased from it"
        alert = self._house.state.alerts.open_of(person)
        if alert is not None:
            self._house.ask(EndAlert(person, alert.press))
        if not self._house.all_written():
            return NOT_RECORDED
        try:
            erasure.erase_person(self._shelf, self._keyring, self._everybody(), person)
        except LedgerError:
            return NOT_RECORDED
        self._folded.pop(person, None)
        self.keep.rewrote()
        self.read_anew()
        # They are gone from all that is read; a disk without room may hold bytes of theirs yet.
        return NOT_RECORDED if self._shelf.traces else Kept()

    def purge(self) -> int:
        """Take what is too old off the disk and out of memory; how many facts went."""
        if self._shelf is None or not self._house.all_written():
            return 0
        for part in self.parts:
            part.purge()
        wall = wall_ns() * 1e-9
        kept = {place[1] for place in self._shelf.places()}
        for person in self._house.people.values():
            if person.id in kept and engagement_over(person, wall):
                self.erase_person(person.id)
        try:
            gone = purge(self._shelf, wall, self._house.state.keys.declined)
        except LedgerError:
            return 0
        if gone:
            self.read_anew()
        return gone

    def read_anew(self) -> None:
        """Let memory be what the store holds, and what phones have opened since the start."""
        self._house.read_anew([event for own in self._folded.values() for event in own])

    def set_routing(self, token: str, *, on: bool) -> Outcome:
        """Whether my circle may be read here while no phone of mine is present."""
        opened = self._opened(token)
        if opened is None:
            return Refused(say("care_keys.refused.locked"))
        person, private = opened
        outcome = self._house.ask(SetRouting(person, on))
        if not isinstance(outcome, Kept) or self._shelf is None:
            return outcome
        try:
            if on:
                kept_circle.give_back(self._shelf, self._keyring, person, private)
            else:
                kept_circle.withdraw(self._shelf, self._keyring, person)
        except LedgerError:
            return NOT_RECORDED
        self._folded[person] = kept_circle.opened(self._keyring, person, private)
        return Kept()

    def recoveries(self, token: str) -> tuple[RecoveryAsked, ...]:
        """The lost persons' phones to which I, a holder, may say yes."""
        opened = self._opened(token)
        if opened is None:
            return ()
        return asked_of(self._house.state, opened[0], self._house.moment())

    def confirm_recovery(self, token: str, device: str, number: int) -> Outcome:
        """I compared `number` with the phone, face to face."""
        opened = self._opened(token)
        if opened is None:
            return Refused(say("care_keys.refused.vouch_locked"))
        return self.ask(Vouch(opened[0], device, number), Proof(token))

    def give_shares(self, token: str, holders: tuple[str, ...]) -> Outcome:
        """Let any two of `holders` let a lost phone of mine back in."""
        opened = self._opened(token)
        if opened is None:
            return Refused(say("care_keys.refused.locked"))
        return self.ask(GiveShares(opened[0], holders), Proof(token))

    def _everybody(self) -> tuple[str, ...]:
        """The people of the show, and whoever left it and whose things are kept still."""
        places = () if self._shelf is None else self._shelf.places()
        kept = (place[1] for place in places if place[1])
        return tuple(dict.fromkeys((*self._house.people, *kept)))

    def _opened(self, token: str) -> tuple[str, bytes] | None:
        return self._keyring.private_of(token)

    def _settle(self, command: AnyCommand, proof: Proof) -> None:
        opened = self._opened(proof.token) if isinstance(command, ForgetOthers) else None
        if opened is not None:
            people, state = self._house.people, self._house.state
            everybody, token = self._everybody(), proof.token
            renewal.renew(self._keyring, state, people, everybody, opened[0], token, opened[1])
            self.keep.rewrote()
        elif isinstance(command, PairingCommand | KeyCommand):
            self._keyring.settle(command, proof)

    def _concerned(self, command: AnyCommand) -> Iterable[str]:
        """Whose boxes may have to go: a phone's person, a lost person, whose circle moved."""
        state = self._house.state
        if isinstance(command, SetCircle | AnswerRequest):
            return (command.owner,)
        if not isinstance(command, PairingCommand | KeyCommand):
            return ()
        device = str(getattr(command, "device", ""))
        waiting = state.pairings.waiting.get(device)
        before = state.pairings.devices.get(str(getattr(command, "instead", "")))
        named = (getattr(command, "person", ""), before, waiting.person if waiting else "")
        return dict.fromkeys(person for person in named if person)

    def _arrived(self, person: str, private: bytes) -> None:
        """A phone of `person` opens their things: do what waited for it."""
        if person not in self._folded:
            self._folded[person] = kept_circle.opened(self._keyring, person, private)
            self._house.fold_own(self._folded[person])
            if self._shelf is not None and person not in self._house.state.keys.declined:
                kept_circle.give_back(self._shelf, self._keyring, person, private)
        papers.rekey(self._keyring, self._house.state, person, private)
        reader, beside = Reader(person, private), (self.keep.today(), self._keyring.made)
        # A press waits for this: whatever others did meanwhile, papers fit until one is another.
        if self._fitted.get(person) != (self.keep.papers_of(person), *beside):
            fit(self.keep, reader)
            self._fitted[person] = (self.keep.papers_of(person), *beside)
        if self._waited.get(person) != (self.keep.changes, *beside):
            for part in self.parts:
                part.arrived(reader)
            self._waited[person] = (self.keep.changes, *beside)

    def _write(
        self, kind: str, person: str, words: tuple[str, ...], shared: tuple[str, ...]
    ) -> Outcome:
        body = papers.written(self._keyring, kind, person, words, shared) if any(words) else None
        try:
            self._keyring.vault.change({(kind, person): body})
        except LedgerError:
            return NOT_RECORDED
        return Kept()

    def _note_shown(self, command: ConfirmShown) -> None:
        """The call, and where somebody is, were on another's phone: that is a row as well."""
        alert = self._house.state.alerts.by_press.get(command.press)
        if alert is None:
            return
        try:
            self._log(alert.person, command.trusted, "call", called=True)
        except LedgerError:
            return  # a receipt matters more than its row

    def _log(self, owner: str, reader: str, what: str, *, called: bool) -> bool:
        at = datetime.fromtimestamp(wall_ns() * 1e-9, UTC).isoformat(timespec="seconds")
        row = LogRow(at, reader, what, "call" if called else "no call")
        return papers.log(self._keyring, owner, row)

    def _seal_for(self, person: str, words: bytes) -> bytes | None:
        public = self._keyring.public_of(person)
        if public is None:
            return None
        if person in self._folded:
            self._folded[person].append(decoded(words))
        return seal_to(public, words, renewal.EVENT)

    def _set_right(self, shelf: Shelf) -> None:
        """Finish what death interrupted."""
        state = self._house.state
        try:
            for person in self._house.people:
                self._keyring.tidy(person)
                if person in state.keys.declined:
                    kept_circle.withdraw(shelf, self._keyring, person)
        except LedgerError:
            return  # at the next opening, then
