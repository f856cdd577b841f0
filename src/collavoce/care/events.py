"""What happened in care: facts, past tense, kept sealed in the care store and nowhere else.

`at` is the `Moment` at which the fact was decided. Persons are named by their ids in the show;
codes and devices by the hash of their secret, so that no secret is ever written down. `press` is
the presser's own random id of the press and names the alert.
"""

import msgspec

from collavoce.care.channels import Channel, Contact, Fate, Wording
from collavoce.care.near import Near
from collavoce.care.opened import Opened


class Event(msgspec.Struct, frozen=True, tag=True):
    """The base of every event."""

    at: float


class CareOpened(Event, frozen=True):
    """The care process began to write. boot: which start of the machine `at` counts from."""

    boot: str


class CodeOffered(Event, frozen=True):
    """A pairing code was handed out for `person`; it replaces their code before."""

    person: str
    code: str


class DevicePaired(Event, frozen=True):
    """A device proved `code` and speaks for `person` from now on. The code is spent."""

    person: str
    code: str
    device: str


class DeviceWaits(Event, frozen=True):
    """A device proved `code` of a person who has a phone; it waits for that person's yes.

    number: 10..99, shown on both phones to be compared; no two that wait for `person` share one.
    """

    person: str
    code: str
    device: str
    number: int


class WaitEnded(Event, frozen=True):
    """A device waits no more and is forgotten: a no, too late, withdrawn, or one too many."""

    person: str
    device: str


class RecoverySet(Event, frozen=True):
    """`person` was shown a recovery code; it replaces the one before."""

    person: str
    recovery: str


class RecoverySpent(Event, frozen=True):
    """The recovery code of `person` let a device in and is good for nothing more."""

    person: str


class DeviceForgotten(Event, frozen=True):
    """A device speaks for nobody any more."""

    person: str
    device: str


class CircleSet(Event, frozen=True):
    """`owner` wrote their circle anew, in order; whoever is not in it was dropped."""

    owner: str
    order: tuple[str, ...]
    second_after: float


class ConsentGiven(Event, frozen=True):
    """`trusted` may be reached when `owner` needs someone."""

    owner: str
    trusted: str


class ConsentRefused(Event, frozen=True):
    """`trusted` said no, or left."""

    owner: str
    trusted: str


class LadderSet(Event, frozen=True):
    """`owner` set the later times of their ladder and who stands at its end.

    asks : the last resort is asked first, because it is not their work in this show.
    """

    owner: str
    receipt_after: float
    all_after: float
    voice_after: float
    last_resort: str
    asks: bool = False


class NearSet(Event, frozen=True):
    """`owner` said who may come near them."""

    owner: str
    near: Near


class OpeningSet(Event, frozen=True):
    """`owner` said whether a hand beside them, or a breach at their exit, opens their ladder."""

    owner: str
    hand: bool
    breach: bool


class WordsSet(Event, frozen=True):
    """`owner` set the words that take a press back, and seem to; hashes, "" for none."""

    owner: str
    cancel: str
    duress: str


class ContactsSet(Event, frozen=True):
    """`person` wrote by what else they may be called, in order."""

    person: str
    contacts: tuple[Contact, ...]


class AlertRaised(Event, frozen=True):
    """`person` pressed, or somebody did for them.

    pressed_at : when the finger pressed; before `at` if the phone was cut off.
    since : where the ladder counts from; before `at` if they pressed again while it climbed.
    order : the circle at this moment, only those who agreed and may come near.
    last : who is called at the ladder's end, "" for nobody. how : by whose hand it was opened.
    last_too : the last resort is called at once, because the press before this one had got there.
    """

    person: str
    press: str
    pressed_at: float
    since: float
    rung: int
    order: tuple[str, ...]
    second_after: float
    receipt_after: float = 5.0
    all_after: float = 60.0
    voice_after: float = 120.0
    last: str = ""
    how: Opened = Opened.SELF
    last_too: bool = False


class AlertCancelled(Event, frozen=True):
    """`person` took the press back, perhaps before it arrived."""

    person: str
    press: str


class AlertReplaced(Event, frozen=True):
    """`person` pressed again: another press stands for this one."""

    person: str
    press: str


class AlertDated(Event, frozen=True):
    """The finger pressed earlier than the first arrival said: that one had lain on its way."""

    person: str
    press: str
    pressed_at: float


class RungReached(Event, frozen=True):
    """The ladder climbed to `rung`."""

    person: str
    press: str
    rung: int


class CallShown(Event, frozen=True):
    """The page of `trusted` showed the call: the device's receipt."""

    person: str
    press: str
    trusted: str


class HelpComing(Event, frozen=True):
    """`trusted` said "coming": the others stand down."""

    person: str
    press: str
    trusted: str


class HelpArrived(Event, frozen=True):
    """`trusted` said "I am with them": resolved."""

    person: str
    press: str
    trusted: str


class AlertEnded(Event, frozen=True):
    """`person` said it is over: resolved."""

    person: str
    press: str


class DuressSaid(Event, frozen=True):
    """`person` said the other word, under another's eyes: whoever is called is told, they are not.

    hides : from now on every page of `person` shows it as over. False for the word that came too
    late to take anything back; their page then shows the call as standing, as the true word would.
    """

    person: str
    press: str
    hides: bool = True


class MessageTried(Event, frozen=True):
    """The message `key` (`outbox.py`) is being handed to its channel.

    trusted : who is to get it. index : which of their contacts, from 0.
    """

    person: str
    press: str
    key: str
    trusted: str = ""
    channel: Channel = Channel.OTHER
    index: int = 0
    wording: Wording = Wording.CALL


class MessageEnded(Event, frozen=True):
    """What became of the message `key`: accepted is not delivered."""

    person: str
    press: str
    key: str
    fate: Fate
    why: str = ""


class WithStarted(Event, frozen=True):
    """`trusted` is with `owner`, who did not press.

    counts : they are of the circle and may come near. If not, nobody but they ever learns of it.
    """

    owner: str
    trusted: str
    counts: bool = True


class WithEnded(Event, frozen=True):
    """`trusted` is with `owner` no more."""

    owner: str
    trusted: str


class AloneSaid(Event, frozen=True):
    """`person` wants to be alone until `until`. look_at: when their first is asked to look.

    order : their circle at this moment, only those who agreed and may come near.
    """

    person: str
    until: float
    look_at: float | None = None
    order: tuple[str, ...] = ()


class BackSaid(Event, frozen=True):
    """`person` is there again."""

    person: str


class AftercareSet(Event, frozen=True):
    """`person` chose the hour of their aftercare. minute: of the day, -1 for none.

    told : by their own contacts too.
    """

    person: str
    minute: int
    told: bool = False


class AftercareOwed(Event, frozen=True):
    """`person` came to a breach. cause: names it, and tells nobody which."""

    person: str
    cause: str


class AftercareDue(Event, frozen=True):
    """What is owed to `person` because of `cause` has its day, as `date.toordinal` counts."""

    person: str
    cause: str
    day: int


class AftercareOffered(Event, frozen=True):
    """Their hour came on `day`: the offer stands on the page of `person`."""

    person: str
    day: int


class AftercareAnswered(Event, frozen=True):
    """`person` put it away; or, `later`, until another day."""

    person: str
    later: bool


class RoutingSet(Event, frozen=True):
    """`owner` said whether their circle may be read here while no phone of theirs is present."""

    owner: str
    on: bool


class SharesGiven(Event, frozen=True):
    """`person` let any two of `holders` together let a lost phone back in; none withdraws it."""

    person: str
    holders: tuple[str, ...]


class RecoveryVouched(Event, frozen=True):
    """`by`, a holder of `person`, compared the number of the waiting `device` face to face."""

    person: str
    device: str
    by: str


class ButtonAdded(Event, frozen=True):
    """`person` may press by the network's button `button`, whose `key` is known to it alone."""

    person: str
    button: str
    key: bytes


class PadAdded(Event, frozen=True):
    """`person` may press by a key, pad or pedal of the MIDI input `port`."""

    person: str
    button: str
    port: str
    status: int
    number: int


class ButtonForgotten(Event, frozen=True):
    """The button or pad presses for nobody any more."""

    person: str
    button: str


PairingEvent = (
    CodeOffered
    | DevicePaired
    | DeviceWaits
    | WaitEnded
    | RecoverySet
    | RecoverySpent
    | DeviceForgotten
)
CircleEvent = CircleSet | ConsentGiven | ConsentRefused
ButtonEvent = ButtonAdded | PadAdded | ButtonForgotten
WishEvent = LadderSet | NearSet | OpeningSet | WordsSet | ContactsSet
CompanyEvent = WithStarted | WithEnded | AloneSaid | BackSaid
AlertEvent = (
    AlertRaised
    | AlertCancelled
    | AlertReplaced
    | AlertDated
    | RungReached
    | CallShown
    | HelpComing
    | HelpArrived
    | AlertEnded
    | DuressSaid
    | MessageTried
    | MessageEnded
)
KeyEvent = RoutingSet | SharesGiven | RecoveryVouched
AftercareEvent = AftercareSet | AftercareOwed | AftercareDue | AftercareOffered | AftercareAnswered
AnyEvent = (
    CareOpened
    | PairingEvent
    | KeyEvent
    | CircleEvent
    | WishEvent
    | CompanyEvent
    | ButtonEvent
    | AftercareEvent
    | AlertEvent
)


class Refused(msgspec.Struct, frozen=True):
    """Why a command was not carried out: a value, in words for the person who asked."""

    why: str


class Unseen(msgspec.Struct, frozen=True):
    """Facts that are kept while whoever asked is answered as if nothing had been done."""

    events: tuple[AnyEvent, ...]
    refused: Refused


Decision = tuple[AnyEvent, ...] | Refused | Unseen
