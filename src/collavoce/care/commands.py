"""What may be asked of care. Commands ask; `decide` answers with events or a refusal.

Who asks is part of the command and comes from the paired device, never from the page's words.
"""

import msgspec

from collavoce.care.channels import Contact, Fate
from collavoce.care.near import Near
from collavoce.care.opened import Opened


class Command(msgspec.Struct, frozen=True, tag=True):
    """The base of every command."""


class OfferCode(Command, frozen=True):
    """Hand out a pairing code. code: hash of 128 random bits."""

    person: str
    code: str


class PairDevice(Command, frozen=True):
    """A device shows a code. code: its hash; device: hash of the device's new token.

    instead: what the same browser was known as until now, "" for nothing.
    """

    code: str
    device: str
    instead: str = ""


class ConfirmDevice(Command, frozen=True):
    """`person` says on their phone `by` that the waiting `device` is theirs."""

    person: str
    by: str
    device: str


class DenyDevice(Command, frozen=True):
    """`person` says on their phone `by` that the waiting `device` is not theirs."""

    person: str
    by: str
    device: str


class SetRecovery(Command, frozen=True):
    """`person` takes a new recovery code on their phone `by`. recovery: hash of 128 random bits."""

    person: str
    by: str
    recovery: str


class RecoverDevice(Command, frozen=True):
    """The waiting `device` shows a recovery code. recovery: its hash."""

    device: str
    recovery: str


class ForgetDevice(Command, frozen=True):
    """`device` of `person` is to speak for nobody."""

    person: str
    device: str


class ForgetOthers(Command, frozen=True):
    """Every device of `person` but `device` is to speak for nobody."""

    person: str
    device: str


class SetRouting(Command, frozen=True):
    """Whether the circle of `owner` may be read here while no phone of theirs is present."""

    owner: str
    on: bool


class GiveShares(Command, frozen=True):
    """`person` lets any two of `holders` let a lost phone back in; an empty one withdraws it."""

    person: str
    holders: tuple[str, ...]


class Vouch(Command, frozen=True):
    """`by` says on their phone that the waiting `device` is a lost person's, number compared."""

    by: str
    device: str
    number: int


class SetCircle(Command, frozen=True):
    """Write the circle of `owner` anew. order: 0 to 5 ids; second_after: seconds, 5..60."""

    owner: str
    order: tuple[str, ...]
    second_after: float


class SetLadder(Command, frozen=True):
    """The later times of the ladder of `owner`, and who stands at its end.

    receipt_after, all_after, voice_after : seconds from the press. last_resort: a person's id,
    "" for nobody.
    """

    owner: str
    receipt_after: float
    all_after: float
    voice_after: float
    last_resort: str


class SetNear(Command, frozen=True):
    """Who may come near `owner`; every call obeys it."""

    owner: str
    near: Near


class SetOpening(Command, frozen=True):
    """Whether others may open the ladder of `owner` when `owner` cannot press.

    hand: "hand to the friend" by somebody beside them; breach: a breach at their exit.
    """

    owner: str
    hand: bool
    breach: bool


class SetWords(Command, frozen=True):
    """The words with which `owner` takes a press back; hashes, both "" for no words.

    duress: looks like taking it back, and is not.
    """

    owner: str
    cancel: str
    duress: str


class SetContacts(Command, frozen=True):
    """By what else `person` may be called when a page of theirs does not answer, in order."""

    person: str
    contacts: tuple[Contact, ...]


class AnswerRequest(Command, frozen=True):
    """`trusted` agrees to be reached by `owner`, or does not, or leaves."""

    trusted: str
    owner: str
    agrees: bool


class RaiseAlert(Command, frozen=True):
    """`person` pressed `pressed_ago` seconds ago. The same `press` asks only once."""

    person: str
    press: str
    pressed_ago: float = 0.0


class HandOver(Command, frozen=True):
    """Somebody beside `person`, who cannot press, hands them to their friend.

    The same answer whatever `person` has written: whether anybody is called is not told. how: by
    a hand beside them, or by a breach at their exit.
    """

    person: str
    press: str
    how: Opened


class CancelAlert(Command, frozen=True):
    """`person` takes the press back; it may not have arrived yet. word: hash, "" for none."""

    person: str
    press: str
    word: str = ""


class EndAlert(Command, frozen=True):
    """`person` says it is over. word: hash, "" for none; the duress word only seems to end it."""

    person: str
    press: str
    word: str = ""


class ConfirmShown(Command, frozen=True):
    """The page of `trusted` has shown the call."""

    trusted: str
    press: str


class SayComing(Command, frozen=True):
    """`trusted` is on the way."""

    trusted: str
    press: str


class SayWith(Command, frozen=True):
    """`trusted` is with whoever pressed."""

    trusted: str
    press: str


class StartWith(Command, frozen=True):
    """`trusted` is with `owner`, without a press."""

    trusted: str
    owner: str


class EndWith(Command, frozen=True):
    """`trusted`, or `owner` themself, says that it is over."""

    by: str
    owner: str


class SayAlone(Command, frozen=True):
    """`person` wants to be alone for `minutes` from now; said again it counts anew.

    look_after: minutes after which the first of their circle is asked to look, 0 for never.
    """

    person: str
    minutes: float
    look_after: float = 0.0


class SayBack(Command, frozen=True):
    """`person` is there again."""

    person: str


class RecordTry(Command, frozen=True):
    """A message is about to be handed to its channel; only after this may it be.

    carried : it was handed over already, by whoever stood in while care was away.
    """

    press: str
    key: str
    carried: bool = False


class RecordFate(Command, frozen=True):
    """What became of a message. why: kind of failure, no address and no text of others."""

    press: str
    key: str
    fate: Fate
    why: str = ""


class AddButton(Command, frozen=True):
    """`person` adds a button on the network. button: its id there; key: 32 random bytes."""

    person: str
    button: str
    key: bytes


class AddPad(Command, frozen=True):
    """`person` adds a key, pad or pedal. status: of its note on or control change; number: 0..127.

    button : a fresh id. port : the name of its MIDI input.
    """

    person: str
    button: str
    port: str
    status: int
    number: int


class ForgetButton(Command, frozen=True):
    """A button or pad of `person` is to press for nobody."""

    person: str
    button: str


class SetAftercare(Command, frozen=True):
    """`person` chooses the hour of their aftercare. minute: of the day, -1 for none.

    told : by their own contacts too.
    """

    person: str
    minute: int
    told: bool = False


class OweAftercare(Command, frozen=True):
    """`person` came to a breach. cause: names it, the same when it is said again."""

    person: str
    cause: str


class DateAftercare(Command, frozen=True):
    """What is owed because of `cause` is offered on `day`, as `date.toordinal` counts."""

    person: str
    cause: str
    day: int


class OfferAftercare(Command, frozen=True):
    """The hour of `person` has come on `day`."""

    person: str
    day: int


class AnswerAftercare(Command, frozen=True):
    """`person` puts it away; or, `later`, until another day."""

    person: str
    later: bool


class Climb(Command, frozen=True):
    """Time has passed: the ladder of `press` may have reached its next rung."""

    press: str


PairingCommand = (
    OfferCode
    | PairDevice
    | ConfirmDevice
    | DenyDevice
    | SetRecovery
    | RecoverDevice
    | ForgetDevice
    | ForgetOthers
)
KeyCommand = SetRouting | GiveShares | Vouch
CircleCommand = SetCircle | AnswerRequest
WishCommand = SetLadder | SetNear | SetOpening | SetWords | SetContacts
PresserCommand = RaiseAlert | HandOver | CancelAlert | EndAlert
HelperCommand = ConfirmShown | SayComing | SayWith
CompanyCommand = StartWith | EndWith | SayAlone | SayBack
MessageCommand = RecordTry | RecordFate
AftercareCommand = SetAftercare | OweAftercare | DateAftercare | OfferAftercare | AnswerAftercare
ButtonCommand = AddButton | AddPad | ForgetButton
AnyCommand = (
    PairingCommand
    | KeyCommand
    | CircleCommand
    | WishCommand
    | PresserCommand
    | HelperCommand
    | CompanyCommand
    | MessageCommand
    | ButtonCommand
    | AftercareCommand
    | Climb
)
