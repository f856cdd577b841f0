"""Buttons, pads and pedals that press for somebody."""

from collavoce.care.told.base import Event


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


ButtonEvent = ButtonAdded | PadAdded | ButtonForgotten
