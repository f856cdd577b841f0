"""A press, its ladder, and the messages of it."""

from collavoce.care.channels import Channel, Fate, Wording
from collavoce.care.opened import Opened
from collavoce.care.told.base import Event


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
