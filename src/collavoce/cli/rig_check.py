"""What `collavoce check` says of this computer: ports, cards and libraries that the show needs.

Warnings all of them: a show is written on one computer and played on another.
"""

from collections.abc import Callable
from itertools import chain

from collavoce.rig.errors import RigError
from collavoce.rig.midi_out import MidiOut, System, system
from collavoce.rig.sound.card import Cards, SystemCards, fitting
from collavoce.runtime.wires.needed import uses
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Show
from collavoce.show.reading.folder import SHOW_FILE
from collavoce.show.written.finding import Finding, Severity
from collavoce.words import say


def rig_findings(
    show: Show, midi: System = system, cards: Callable[[], Cards] = SystemCards
) -> tuple[Finding, ...]:
    """What the show asks for and this computer does not have."""
    lacking = chain(_midi(show, midi), _sound(show, cards))
    return tuple(
        Finding(SHOW_FILE, 0, what, remedy, Severity.WARNING, blocking=False)
        for what, remedy in lacking
    )


def _midi(show: Show, midi: System) -> list[tuple[str, str]]:
    if not uses(show, SendMidi):
        return []
    out = MidiOut(show.patch.midi, midi)
    try:
        faults = dict.fromkeys(out.missing())
    finally:
        out.close()
    return [(fault, say("check.rig.midi_remedy")) for fault in faults]


def _sound(show: Show, cards: Callable[[], Cards]) -> list[tuple[str, str]]:
    if not uses(show, PlaySound):
        return []
    try:
        known = cards().known()
    except RigError as error:
        return [(str(error), say("check.rig.library_remedy"))]
    if not known:
        return [(say("check.rig.no_card"), say("check.rig.no_card_remedy"))]
    names = ", ".join(card.name for card in known)
    return [
        (
            say("check.rig.missing_card", to=to, card=card),
            say("check.rig.missing_card_remedy", known=names),
        )
        for to, card in show.patch.sound.items()
        if card and fitting(card, known) is None
    ]
