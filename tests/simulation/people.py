"""What the people of an evening do, drawn from its seed."""

from collections.abc import Callable
from typing import Any

from tests.simulation.cast import HELPERS, PERFORMERS, WELFARE
from tests.simulation.machine import Machine
from tests.simulation.phones import Phone
from tests.simulation.settling import OTHER_WORD, TRUE_WORD, nearness, ways
from tests.simulation.world import World

from collavoce.care.commands import HandOver
from collavoce.care.opened import Opened


class Company:
    """Performers who press, helpers who answer or do not, circles that change in mid-call."""

    def __init__(self, world: World, machine: Machine, phones: list[Phone]) -> None:
        self.world = world
        self.machine = machine
        self.chance = world.chance("people")
        self.by_person = {phone.person: phone for phone in phones}
        self.resting = False
        self.willing = {person: self.chance.random() for person in (*HELPERS, WELFARE)}
        self._handed = 0
        for phone in phones:
            phone.on_call = self._called

    def play(self, seconds: float) -> None:
        """Plan what they do within `seconds`."""
        chance = self.chance
        for performer in PERFORMERS:
            for _ in range(chance.choice((1, 2, 3))):
                self._at(chance.uniform(0.0, seconds), lambda p=performer: self._press(p))
            if chance.random() < 0.4:
                self._at(chance.uniform(0.0, seconds), lambda p=performer: self._hand_over(p))
        for _ in range(chance.choice((0, 1, 3, 5))):
            self._at(chance.uniform(0.0, seconds), self._change)

    def rest(self) -> None:
        """From now on they only answer."""
        self.resting = True

    def _at(self, seconds: float, work: Callable[[], None]) -> None:
        def unless_resting() -> None:
            if not self.resting:
                work()

        self.world.after(seconds, unless_resting)

    def _press(self, performer: str) -> None:
        phone, chance = self.by_person[performer], self.chance
        phone.wake()
        phone.press()
        draw = chance.random()
        if draw < 0.3:
            word = chance.choice((TRUE_WORD, OTHER_WORD, "", "wrong"))
            self._at(chance.uniform(0.1, 12.0), lambda: phone.take_back(word=word))
        elif draw < 0.45:
            self._at(chance.uniform(11.0, 80.0), lambda: self._press(performer))
        elif draw < 0.65:
            self._at(chance.uniform(11.0, 150.0), phone.over)

    def _hand_over(self, performer: str) -> None:
        """Somebody beside them says so, on whatever phone; care is asked by the line."""
        life = self.machine.life
        if life is None or self.world.now_us < life.loop.held_until_us:
            return
        self._handed += 1
        press = f"handed-over-{performer}-{self._handed}"
        self.world.note("somebody", f"hands over {performer}: {press}")
        life.does(lambda: life.house.ask(HandOver(performer, press, Opened.HAND)))

    def _called(self, phone: Phone, call: dict[str, Any]) -> None:
        chance = self.chance
        if chance.random() > self.willing.get(phone.person, 0.0):
            return
        coming_s = chance.choice((chance.uniform(0.5, 5.0), chance.uniform(5.0, 70.0)))
        self.world.after(coming_s, lambda: phone.say("Coming", press=call["press"]))
        if chance.random() < 0.6:
            with_s = coming_s + chance.uniform(1.0, 30.0)
            self.world.after(with_s, lambda: phone.say("With", press=call["press"]))

    def _change(self) -> None:
        chance = self.chance
        owner, helper = chance.choice(PERFORMERS), chance.choice((*HELPERS, WELFARE))
        match chance.randrange(5):
            case 0 | 1:
                agrees = chance.random() < 0.4
                self.by_person[helper].say("Reply", owner=owner, agrees=agrees)
            case 2:
                order = chance.sample(HELPERS, chance.randint(0, len(HELPERS)))
                second_after = chance.choice((5.0, 20.0, 45.0))
                phone = self.by_person[owner]
                phone.say("WriteCircle", order=order, second_after=second_after)
            case 3:
                near = nearness(chance)
                self.by_person[owner].say("WriteNear", kind=str(near.kind), ids=near.ids)
            case _:
                contacts = [
                    {"channel": str(way.channel), "address": way.address}
                    for way in ways(chance, helper)
                ]
                self.by_person[helper].say("WriteContacts", contacts=contacts)
