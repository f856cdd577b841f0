"""Buttons of either kind behind the page on which a person adds and forgets their own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from collavoce.care.commands import AddButton, AddPad, ForgetButton, RaiseAlert
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.ledger.seal import new_key
from collavoce.rig.midi_in import Driver, driver
from collavoce.runtime.care import faults
from collavoce.runtime.care.buttons.carrying import Ask, Carrier
from collavoce.runtime.care.buttons.door import ButtonDoor, bound_door
from collavoce.runtime.care.buttons.listening import Switchboard
from collavoce.runtime.care.buttons.pads import CONTROL, LEARN_S, Pads, Touched
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.clock import fresh_bytes
from collavoce.wire.button import EPOCH_BYTES, ID_BYTES, button_id
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class Seen:
    """One button on its owner's page. what: in words; ago: seconds since heard, None for never."""

    button: str
    what: str
    ago: float | None


class LiveButtons:
    """What the pages may ask about buttons, and the tasks and sockets behind it.

    ask : as the house does. Closed with the process.
    """

    def __init__(
        self,
        config: CareConfig,
        house: House,
        reachable: Callable[[], frozenset[str]],
        ask: Ask,
        midi: Callable[[], Driver] = driver,
    ) -> None:
        self._house = house
        self._ask = ask
        self._carrier = Carrier(ask)
        self._board = Switchboard(
            lambda: house.state,
            frozenset(house.people),
            house.moment,
            reachable,
            fresh_bytes(EPOCH_BYTES),
        )
        self._door = ButtonDoor(bound_door(config), self._board, self._carrier)
        self.port = self._door.port
        self._pads = Pads(
            lambda: house.state.buttons.pads, self._pressed, house.moment, config.midi_port, midi
        )
        loop = asyncio.get_running_loop()
        loop.add_reader(self._door.fileno(), self._door.answer_all)
        self._looking = loop.create_task(self._pads.look())
        self._looking.add_done_callback(_looked)

    def of(self, person: str) -> tuple[Seen, ...]:
        """The buttons of `person`, in the order of their adding."""
        buttons = self._house.state.buttons
        return (
            *(
                Seen(button, say("button.page.network"), self._board.heard_ago(button))
                for button, it in buttons.network.items()
                if it.person == person
            ),
            *(
                Seen(
                    button,
                    named(Touched(pad.port, pad.status, pad.number)),
                    0.0 if self._pads.hears(pad.port) else None,
                )
                for button, pad in buttons.pads.items()
                if pad.person == person
            ),
        )

    async def add(self, person: str) -> tuple[Outcome, str, bytes]:
        """A fresh button on the network: what became of it, its id and its key, shown once."""
        button, key = button_id(fresh_bytes(ID_BYTES)), new_key()
        return await self._ask(AddButton(person, button, key)), button, key

    async def learn(self, person: str) -> tuple[Outcome, str]:
        """The pad or pedal that is pressed next becomes theirs: what became of it, and its name."""
        if self._pads.learning:
            return Refused(say("button.refused.learning")), ""
        touched = await self._pads.learn()
        if touched is None:
            why = say("button.refused.nothing_pressed", seconds=f"{LEARN_S:g}")
            return Refused(self._pads.trouble or why), ""
        pad = AddPad(
            person, button_id(fresh_bytes(ID_BYTES)), touched.port, touched.status, touched.number
        )
        outcome = await self._ask(pad)
        self._pads.refresh()
        return outcome, named(touched)

    async def forget(self, person: str, button: str) -> Outcome:
        """`button` presses for nobody any more."""
        outcome = await self._ask(ForgetButton(person, button))
        if isinstance(outcome, Kept):
            self._pads.refresh()
        return outcome

    def close(self) -> None:
        """Hear no more."""
        self._looking.cancel()
        asyncio.get_running_loop().remove_reader(self._door.fileno())
        self._pads.close()
        self._door.close()

    def _pressed(self, button: str, at: Moment) -> None:
        pad = self._house.state.buttons.pads[button]
        press = button_id(fresh_bytes(ID_BYTES))
        ago = max(0.0, self._house.moment() - at)
        if pad.person in self._house.people:
            self._carrier.carry(RaiseAlert(pad.person, press, ago), _noted)


def named(touched: Touched) -> str:
    """A pad in words: "Pedal: controller 64"."""
    kind = "control" if touched.status & 0xF0 == CONTROL else "note"
    return say(
        "button.page.pad", port=touched.port, what=say(f"button.page.{kind}", number=touched.number)
    )


def _noted(_: Outcome) -> None:
    """What becomes of a pad's press stands on its owner's page: a pad has no lamp."""


def _looked(task: "asyncio.Task[None]") -> None:
    """Losing this task would leave pedals deaf that their owners believe in."""
    if not task.cancelled() and (error := task.exception()) is not None:
        faults.end("nobody looks after the pads: " + faults.describe(error))
