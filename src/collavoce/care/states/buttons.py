"""Buttons that press without a phone: on the network (`wire/button.py`), or a pad or pedal of MIDI.

A button belongs to one person, who added it on their phone, and does two things: press, and take
that press back. It speaks for nobody in anything else. Its key is the one secret that is kept
readable: what a keyed hash is compared with cannot itself be a hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from collavoce.care.commands import AddButton, AddPad, ButtonCommand, ForgetButton
from collavoce.care.events import (
    ButtonAdded,
    ButtonEvent,
    ButtonForgotten,
    Decision,
    PadAdded,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.words import say

BUTTONS_MAX = 4
"""Buttons and pads of one person."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button on the network. key: 32 bytes, shared with it alone."""

    person: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pad:
    """A key, pad or pedal of a MIDI input. status: 0x90..0x9F or 0xB0..0xBF; number: 0..127."""

    person: str
    port: str
    status: int
    number: int


@dataclass(frozen=True, slots=True)
class Buttons:
    """network: id on the wire -> Button; pads: id -> Pad; both in the order of their adding."""

    network: Mapping[str, Button] = field(default_factory=dict[str, Button])
    pads: Mapping[str, Pad] = field(default_factory=dict[str, Pad])

    def of(self, person: str) -> tuple[str, ...]:
        """The ids of what `person` may press by, network first."""
        ours = {**self.network, **self.pads}
        return tuple(button for button, it in ours.items() if it.person == person)

    def evolve(self, event: ButtonEvent) -> "Buttons":
        """What is true after `event`."""
        match event:
            case ButtonAdded():
                added = Button(event.person, event.key)
                return replace(self, network={**self.network, event.button: added})
            case PadAdded():
                pad = Pad(event.person, event.port, event.status, event.number)
                return replace(self, pads={**self.pads, event.button: pad})
            case ButtonForgotten():
                return Buttons(
                    {b: it for b, it in self.network.items() if b != event.button},
                    {b: it for b, it in self.pads.items() if b != event.button},
                )


def settle(
    people: Mapping[str, object], buttons: Buttons, command: ButtonCommand, now: Moment
) -> Decision:
    """What follows from `command` at `now`."""
    if isinstance(command, ForgetButton):
        if command.button not in buttons.of(command.person):
            return ()
        return (ButtonForgotten(now, command.person, command.button),)
    if command.person not in people:
        return Refused(say("care.refused.person_unknown"))
    theirs = buttons.of(command.person)
    if command.button in theirs:
        return ()
    if command.button in {**buttons.network, **buttons.pads}:
        return Refused(say("button.refused.taken"))
    if len(theirs) >= BUTTONS_MAX:
        return Refused(say("button.refused.too_many", most=BUTTONS_MAX))
    if isinstance(command, AddButton):
        return (ButtonAdded(now, command.person, command.button, command.key),)
    return _pad(buttons, command, now)


def _pad(buttons: Buttons, command: AddPad, now: Moment) -> Decision:
    """One key of one instrument is one person's."""
    asked = (command.port, command.status, command.number)
    if any((pad.port, pad.status, pad.number) == asked for pad in buttons.pads.values()):
        return Refused(say("button.refused.pad_taken"))
    return (PadAdded(now, command.person, command.button, *asked),)
