"""A press, its ladder, and the messages of it."""

from collavoce.care.asked.base import Command
from collavoce.care.opened import Opened


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


class Climb(Command, frozen=True):
    """Time has passed: the ladder of `press` may have reached its next rung."""

    press: str


PresserCommand = RaiseAlert | HandOver | CancelAlert | EndAlert
HelperCommand = ConfirmShown | SayComing | SayWith
