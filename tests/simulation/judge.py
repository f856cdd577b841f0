"""Who watches that what is promised holds, after everything that happens.

Each finding names its law: the numbers are those of the table of guarantees in docs/promises.md.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tests.simulation.life import Life, read_back
from tests.simulation.machine import Machine
from tests.simulation.model import Model
from tests.simulation.phones import Phone
from tests.simulation.post import Post
from tests.simulation.retelling import adopt, carry, differences
from tests.simulation.witness import Asked
from tests.simulation.world import MICRO, World

from collavoce.care.commands import AnyCommand, CancelAlert, Climb, RaiseAlert
from collavoce.care.events import CareOpened, Refused
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.state import CareState, evolve

LOOK_S = 1.0
FRESH_S = 2.0
"""Within this a page that has a good link shows what is."""

ABLE_S = 5.0
"""After a start, the pages need this long to find their stream again."""

LATE_S = 1.5
RING_IN_FLIGHT_S = 4.0
DURABLE_CHECKS_MAX = 6


class Judge:
    """The model, what was confirmed, and how long each thing has been as it is."""

    def __init__(self, world: World, machine: Machine, phones: list[Phone]) -> None:
        self.world = world
        self.machine = machine
        self.phones = phones
        self.model = Model()
        self.post = Post(world, machine, self.model)
        world.watchers.append(self.post.remember)
        self.confirmed: set[tuple[str, str]] = set()
        self.taken_back: set[tuple[str, str]] = set()
        self.counts = {"presses confirmed": 0, "rings": 0, "steps": 0, "starts": 0}
        self.able_since_us = 0
        self._chance = world.chance("judge")
        self._limbo = False
        self._limbo_at_death = False
        self._before: CareState | None = None
        self._clean = True
        self._recorded_us = 0
        self._expected: dict[str, tuple[Any, int]] = {}
        self._rung: dict[tuple[str, str], int] = {}
        self._bad_us: dict[str, int] = {}
        self._checks = 0
        machine.witness = self.witness
        machine.on_start = self.started
        machine.on_death = self.ended
        world.after(LOOK_S, self._look)

    # The house.

    def witness(self, asked: Sequence[Asked], at_us: int) -> None:
        """Commands were carried out, refused, or cut short by death, in one step."""
        life = self.machine.life
        for command, outcome in asked:
            if outcome is None:
                self._limbo = True
                if isinstance(command, CancelAlert):
                    self.taken_back.add((command.person, command.press))
            elif life is not None:
                self._asked(command, outcome, at_us, life)
        if life is None or self._limbo:
            return
        self._compare(life.house.state)
        self._expect()
        for command, outcome in asked:
            if isinstance(outcome, Kept) and isinstance(command, RaiseAlert):
                self._confirmed(command)

    def _asked(self, command: AnyCommand, outcome: Outcome, at_us: int, life: Life) -> None:
        state = life.house.state
        if isinstance(outcome, Refused):
            self._refused(command, outcome, at_us)
            return
        if isinstance(outcome, NotRecorded):
            # A commit whose sync failed may yet be found kept: "not recorded" promises neither.
            self._limbo_at_death = True
            if not self.machine.disk.ill and not self._unwell(life):
                self.world.breaks("E17", "a healthy disk is said to take nothing")
            if not outcome.done:
                if isinstance(command, RaiseAlert):
                    self.world.breaks("E17", "a press is not carried out for an ill disk")
                return
        if isinstance(command, Climb):
            self._climbed(command.press, state, at_us)
        else:
            carry(self.model, command, at_us, state)
        if isinstance(command, CancelAlert):
            self.taken_back.add((command.person, command.press))

    def _refused(self, command: AnyCommand, outcome: Refused, at_us: int) -> None:
        """A press is never refused; taking back may be, in words that tell nothing."""
        if isinstance(command, RaiseAlert):
            self.world.breaks("E13", f"a press was refused: {outcome.why}")
        if isinstance(command, CancelAlert) and self.model.taken_back(
            command.person, command.press, command.word, at_us
        ):
            self.world.breaks("E22", f"taking back {command.press} was refused: {outcome.why}")

    @staticmethod
    def _unwell(life: Life) -> bool:
        """Whether the store has stopped, or something waits to be written."""
        return bool(life.store._keeper._stopped or life.house._unwritten)

    def _climbed(self, press: str, state: CareState, at_us: int) -> None:
        it = self.model.presses.get(press)
        if it is None:
            return
        real = state.alerts.by_press.get(press)
        rung = it.rung if real is None else int(real.rung)
        if rung == it.rung:
            return
        if not it.climbing:
            self.world.breaks("E7", f"a ladder climbs that stands: {press} to {rung}")
        early_us = it.since_us + int(it.times[rung] * MICRO) - at_us
        if early_us > 1:
            self.world.breaks("E5", f"step {rung} of {press} {early_us / MICRO:.6f} s early")
        self.counts["steps"] += 1
        self.model.climbed(press, rung, at_us)

    def _confirmed(self, command: RaiseAlert) -> None:
        press = command.person, command.press
        if press not in self.confirmed:
            self.counts["presses confirmed"] += 1
        self.confirmed.add(press)
        if self._checks >= DURABLE_CHECKS_MAX or press in self.taken_back:
            return
        self._checks += 1
        image = self.machine.disk.after_power_cut(self._chance)
        state = CareState()
        for event in read_back(image, self.machine.root / f"cut-{self._checks}"):
            state = evolve(state, event)
        if not state.alerts.knows(*press):
            self.world.breaks(
                "E2", f"{command.press} was confirmed and is lost if the power goes now"
            )

    def _compare(self, state: CareState) -> None:
        found = differences(self.model, state, self.world.now_us)
        if found:
            self.world.breaks("E22", f"not what the model allows: {found}")

    def ended(self, life: Life) -> None:
        """A life of the process is over, however."""
        self._before = life.house.state
        self._recorded_us = self.machine.booted_at_us + int(life.house.state.last_at * MICRO)
        unsure = self._limbo or self._limbo_at_death or bool(life.house._unwritten)
        self._clean = not unsure
        self._limbo = self._limbo_at_death = False

    def started(self, life: Life) -> None:
        """Another begins: it knows what the one before knew."""
        self.counts["starts"] += 1
        self.able_since_us = self.world.now_us
        state, before = life.house.state, self._before
        for person, press in self.confirmed - self.taken_back:
            if not state.alerts.knows(person, press):
                self.world.breaks("E1", f"the confirmed press {press} is lost")
        rebooted = before is not None and before.boot != self.machine.boot
        if before is not None and self._clean and not (rebooted and self.taken_back):
            opened = evolve(before, CareOpened(state.last_at, self.machine.boot))
            erased = bool(self.taken_back)
            was_all, is_all = _lasting(opened, erased=erased), _lasting(state, erased=erased)
            for was, is_ in zip(was_all, is_all, strict=True):
                if was != is_:
                    self.world.breaks("replay", _unlike(was, is_))
        self._before = None
        self._erased(state)
        if not self._clean:
            adopt(self.model, state, self.machine.booted_at_us)
        self._compare(state)
        self._after_reboot(state)

    def _erased(self, state: CareState) -> None:
        """Of a press that was taken back nothing is left after a start, not even its id.

        So a copy of it that lay on its way for that long would be a press like any other.
        """
        for press, it in list(self.model.presses.items()):
            if it.end == "cancelled":
                del self.model.presses[press]
        for person, presses in self.model.known.items():
            self.model.known[person] = [
                press
                for press in presses
                if (person, press) not in self.taken_back or state.alerts.knows(person, press)
            ]

    def _after_reboot(self, state: CareState) -> None:
        """A machine that was off makes steps later, by no more than nobody could know better."""
        booted_at_us = self.machine.booted_at_us
        off_us = booted_at_us - self._recorded_us
        for press, it in self.model.presses.items():
            alert = state.alerts.by_press.get(press)
            if alert is None:
                continue
            late_us = booted_at_us + int(alert.since * MICRO) - it.since_us
            if late_us < it.late_us - 2:
                self.world.breaks("E5", f"after a restart {press} is {-late_us} us ahead")
            if self._clean and not self.taken_back and late_us > it.late_us + max(0, off_us) + 2:
                self.world.breaks(
                    "E5", f"after a restart {press} is {late_us / MICRO:.1f} s behind"
                )
            it.younger_us += max(0, late_us - it.late_us)
            it.late_us = max(it.late_us, late_us)

    # The phones.

    def told(self, phone: Phone, kind: str, details: dict[str, Any]) -> None:
        """A page shows or rings."""
        if kind == "rings":
            self._rings(phone, details["key"])

    def _rings(self, phone: Phone, key: str) -> None:
        self.counts["rings"] += 1
        press, person, *_ = key.split(":")
        it = self.model.presses.get(press)
        if person != phone.person:
            self.world.breaks("E22", f"{phone.person} is rung for {person}")
        if it is not None and person in it.calls and it.key(person) != key:
            self.world.breaks("E22", f"a ring of no step: {key}")
        if it is not None and person not in it.calls:
            self.world.breaks("E22", f"{person} is rung and was never called: {key}")
        last = self._rung.get((phone.token, key))
        if last is not None and it is not None and person in it.shown:
            self.world.breaks("E6", f"{phone.person} is rung twice for {key}")
        self._rung[phone.token, key] = self.world.now_us

    # Every second.

    def _look(self) -> None:
        self.world.after(LOOK_S, self._look)
        now_us = self.world.now_us
        life, watchdog = self.machine.life, self.machine.watchdog
        if watchdog is None or not watchdog.able or not self.machine.on:
            self.post.watched_since_us = now_us
        if life is None or now_us < life.loop.held_until_us:
            self.able_since_us = now_us
            self.post.missing_while_away()
            return
        self.post.care_seen_us = now_us
        if now_us - self.able_since_us > LATE_S * MICRO:
            for it in self.model.presses.values():
                late_us = now_us - it.due_us() - it.late_us if it.climbing else 0
                if late_us > LATE_S * MICRO:
                    self.world.breaks("E5", f"a step of {it.press} is {late_us / MICRO:.1f} s late")
        self._expect()
        self.post.missing(self.able_since_us)
        for phone in self.phones:
            self._look_at(phone, now_us)

    def _expect(self) -> None:
        """What each page ought to show now, and since when."""
        now_us = self.world.now_us
        for phone in self.phones:
            expected = (
                self.model.calls_on(phone.person, now_us),
                self.model.feedback(phone.person, now_us),
            )
            if self._expected.get(phone.token, ({}, 0))[0] != expected:
                self._expected[phone.token] = expected, now_us

    def _look_at(self, phone: Phone, now_us: int) -> None:
        expected, since_us = self._expected[phone.token]
        if not (phone.open and phone.link.weather.good):
            self._bad_us[phone.token] = now_us
        good_us = max(self._bad_us.get(phone.token, 0), self.able_since_us)
        if now_us - since_us < FRESH_S * MICRO or now_us - good_us < ABLE_S * MICRO:
            return
        calls, (press, feedback) = expected
        shown = {
            call["key"]: str(call["is"])
            for call in phone.view.get("calls", ())
            if call["is"] != "cancelled" or call["key"] in calls
        }
        if shown != calls and len(calls) <= 3:
            self.world.breaks("E7", f"the page of {phone.person} shows {shown}, not {calls}")
        mine = phone.view.get("press", {"is": "none", "press": ""})
        if str(mine["is"]) not in feedback or mine["press"] != press:
            told = f"{mine['is']} {mine['press']}"
            self.world.breaks("E8", f"{phone.person} is told {told}, not {feedback} {press}")

    def settled(self) -> None:
        """All is calm for long enough: nothing is left open in silence."""
        for it in self.model.presses.values():
            if it.climbing:
                self.world.breaks("E8", f"{it.press} is still at step {it.rung}")
        for phone in self.phones:
            busy = [task for task in phone._tasks if not task.done()]
            if len(busy) > 1:
                self.world.breaks("E10", f"the phone of {phone.person} still waits for an answer")


def _lasting(state: CareState, *, erased: bool) -> tuple[object, ...]:
    """What a restart must not change.

    A press that was taken back is erased, and with it what it may have moved at others that are
    over: of those only the open ones count then.
    """
    alerts: dict[str, object] = {}
    for press, alert in state.alerts.by_press.items():
        if alert.end == "cancelled" or (erased and alert.end is not None):
            continue
        alerts[press] = replace(alert, earlier=()) if erased else alert
    return alerts, state.circles, state.terms, state.pairings, state.beside, state.boot


def _unlike(was: object, is_: object) -> str:
    """Where two values differ, as narrowly as can be said."""
    if isinstance(was, dict) and isinstance(is_, dict) and was.keys() == is_.keys():
        return ", ".join(
            f"{key}: {_unlike(was[key], is_[key])}" for key in was if was[key] != is_[key]
        )
    if is_dataclass(was) and type(was) is type(is_):
        names = [f.name for f in fields(was) if getattr(was, f.name) != getattr(is_, f.name)]
        return ", ".join(f"{n}: {_unlike(getattr(was, n), getattr(is_, n))}" for n in names)
    return f"true was {was}, kept is {is_}"
