"""What the phone pages ask about keys and about what a person sealed.

Every question carries the token of the phone that asks, since only that opens anything: what is
personal is sealed to the persons' own phones, and nobody else's presence helps. A token that is
nobody's, or of a phone that still waits, is answered like a person who has nothing.
"""

from collections.abc import Mapping
from typing import Protocol

from collavoce.care.commands import AnyCommand
from collavoce.care.outcome import Outcome
from collavoce.care.states.keys import LogRow, RecoveryAsked, Unlocked
from collavoce.runtime.care.kept.proof import NOTHING, Proof


class KeyHand(Protocol):
    """A person's own things, as far as a phone of theirs may touch them."""

    def ask(self, command: AnyCommand, proof: Proof = NOTHING) -> Outcome:
        """Carry out `command`; Kept means on disk.

        proof : what a PairDevice, SetRecovery, RecoverDevice, ForgetOthers, GiveShares, Vouch,
        SetRouting or RaiseAlert of this request needs to move keys along; without it the command
        is carried out all the same, and its person's keys stay where they are.
        """
        ...

    def unlock(self, token: str) -> Unlocked | None:
        """What the phone of `token` can open; None if it is nobody's.

        Gives a phone its key that has none yet, takes it back in as soon as it may be, and hands
        the person's key on to their other phones. Cheap when there is nothing to do.
        """
        ...

    def begin_anew(self, token: str) -> Outcome:
        """A new key for somebody whose sealed things nothing opens any more; those are erased.

        Refused while anything is left that opens them. Circle, pairing and press stay.
        """
        ...

    def lines(self, token: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """My own lines for whoever comes, and the persons I share them with."""
        ...

    def lines_for(self, token: str, owner: str) -> tuple[str, ...]:
        """The lines of `owner` for me, () if there are none or they are not for me.

        Leaves a row in the log of `owner`; if that cannot be kept, nothing is shown.
        """
        ...

    def note(self, token: str, owner: str, what: str) -> bool:
        """Leave a row in the log of `owner` that I was shown `what` of theirs; whether it was kept.

        For what a page draws from the state itself, as a guardian's view of a circle.
        """
        ...

    def write_lines(self, token: str, lines: tuple[str, ...], shared: tuple[str, ...]) -> Outcome:
        """Write my lines (`care.keys.LINES_MAX`, `LINE_CHARACTERS_MAX`) under a new key.

        shared : persons of my circle who agreed; whoever is left out is denied from now on.
        Those who have no key yet are given theirs when both have been here. () erases.
        """
        ...

    def aftercare(self, token: str) -> str:
        """My own words for afterwards, "" if there are none."""
        ...

    def write_aftercare(self, token: str, words: str) -> Outcome:
        """Write them (`care.keys.AFTERCARE_CHARACTERS_MAX`); "" erases."""
        ...

    @property
    def changes(self) -> int:
        """Grows whenever `seen` may say something else, to anybody."""
        ...

    def seen(self, token: str) -> Mapping[str, object]:
        """What my page's stream carries of my own things: parts of a page, short, plain JSON."""
        ...

    def look_over(self, token: str) -> tuple[str, ...]:
        """Sentences of what I may want to look at of mine; () for nobody, or where nothing is."""
        ...

    def own_log(self, token: str) -> tuple[LogRow, ...]:
        """Who was shown what of mine, when and why; the oldest first."""
        ...

    def export(self, token: str) -> bytes:
        """Everything of mine that is kept here, as JSON."""
        ...

    def erase(self, token: str) -> Outcome:
        """Erase me: keys, pairing, circle, what I sealed, my place in the circles of others.

        Kept means that no byte of it is on this disk. An open press of mine ends with it.
        """
        ...

    def set_routing(self, token: str, *, on: bool) -> Outcome:
        """Whether my circle and my contacts may be read here while no phone of mine is present.

        Off: they are sealed to my phones and opened by my press. What is lost then: after this
        process was started again, and until a phone of mine is here, nobody else's hand and no
        breach opens my ladder, those of my circle see nothing of it, and I am called for others
        on my page alone, since my contacts are closed too.
        """
        ...

    def recoveries(self, token: str) -> tuple[RecoveryAsked, ...]:
        """The lost persons' phones to which I, a holder, may say yes."""
        ...

    def confirm_recovery(self, token: str, device: str, number: int) -> Outcome:
        """I compared `number` with the phone, face to face. The second holder lets it in."""
        ...

    def give_shares(self, token: str, holders: tuple[str, ...]) -> Outcome:
        """Let any two of `holders` let a lost phone of mine back in, with what I sealed.

        holders : two or more of my circle who agreed and have a phone; () withdraws it.
        """
        ...
