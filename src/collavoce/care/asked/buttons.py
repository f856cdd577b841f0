"""Buttons, pads and pedals that press for somebody."""

from collavoce.care.asked.base import Command


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


ButtonCommand = AddButton | AddPad | ForgetButton
