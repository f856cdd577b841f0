"""What people of a quiet evening do: write, seal, take back, step away, come back, tick, answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.cast import HELPERS, PEOPLE, PERFORMERS, SMS, STRANGER, address
from tests.simulation.machine import Machine
from tests.simulation.quiet.known import Known
from tests.simulation.quiet.phones import QuietPhone
from tests.simulation.quiet.stand import Stand
from tests.simulation.world import World

FIELDS = ("triggers", "helps", "scents")
TOPICS = (("not_mine", "ballad"), ("like", ""))
OFFICES = ("contract", "press", "box office")


class QuietCompany:
    """Everybody writes to everybody; performers have circles, press, and are called for."""

    def __init__(
        self, world: World, machine: Machine, phones: list[QuietPhone], known: Known, stand: Stand
    ) -> None:
        self.world = world
        self.machine = machine
        self.known = known
        self.stand = stand
        self.chance = world.chance("quiet people")
        self.by_person = {phone.person: phone for phone in phones}
        self.resting = False
        self._count = 0
        self._matters: tuple[tuple[float, Callable[[str], None]], ...] = (
            (8, self._letter),
            (4, self._note),
            (2, self._invitation),
            (2, self._taking),
            (4, self._leave),
            (3, self._card),
            (3, self._rule),
            (3, self._tick),
            (1, self._asks),
        )
        for phone in phones:
            phone.on_call = self._called
        self._asked: set[str] = set()

    def play(self, seconds: float) -> None:
        """Plan what they do within `seconds`."""
        chance = self.chance
        weights = [weight for weight, _ in self._matters]
        for person in PEOPLE:
            for _ in range(chance.randint(2, 5)):
                [(_, matter)] = chance.choices(self._matters, weights)
                self._at(chance.uniform(0.0, seconds), lambda m=matter, p=person: m(p))
        for performer in PERFORMERS:
            for _ in range(chance.choice((0, 1, 2))):
                self._at(chance.uniform(0.0, seconds), lambda p=performer: self._press(p))
        if chance.random() < 0.6:
            self._at(chance.uniform(20.0, seconds / 2), self.stand.ends)
            if chance.random() < 0.3:
                self._at(seconds * 0.75, lambda: self.stand.begins("evening-2"))
        if chance.random() < 0.7:
            for person in PEOPLE:
                self._at(chance.uniform(0.0, 40.0), lambda p=person: self._few(p))
        if chance.random() < 0.15:
            person = chance.choice((*PERFORMERS, *HELPERS))
            self._at(chance.uniform(60.0, seconds), lambda: self._erases(person))
        self._answers()

    def rest(self) -> None:
        """From now on they only read."""
        self.resting = True

    def _at(self, seconds: float, work: Callable[[], Any]) -> None:
        self.world.after(seconds, lambda: None if self.resting else work())

    def _id(self, kind: str, person: str) -> str:
        self._count += 1
        return f"{kind}-{self._count:04d}-of-{person}"

    def _word(self, person: str) -> str:
        self._count += 1
        return f"word-{self._count:04d}-{person}"

    def _other(self, person: str) -> str:
        return self.chance.choice([other for other in PEOPLE if other != person])

    def _does(self, who: str, after_s: float, /, **act: Any) -> None:
        self._at(after_s, lambda: self.by_person[who].do(act))

    # Letters and the rest of the post.

    def _letter(self, me: str) -> None:
        chance, letter, reader = self.chance, self._id("letter", me), self._other(me)
        way = chance.choice(("date", "date", "sign_in", "asked"))
        day, at = self._day(chance.uniform(20.0, 400.0)) if way == "date" else ("", "")
        kind = {"type": "WriteLetter", "letter": letter, "to": reader, "way": way}
        kind |= {"day": day, "at": at, "told": chance.random() < 0.5}
        self._does(me, 0.0, **kind, words=self._word(me))
        if chance.random() < 0.1:
            return
        self._does(me, 2.0, type="SealLetter", letter=letter, sure=True)
        if chance.random() < 0.3:
            self._does(me, chance.uniform(5, 60), **kind, words=self._word(me))
        if chance.random() < 0.35:
            away_s = chance.uniform(3.0, 120.0)
            self._does(me, away_s, type="TakeBackLetter", letter=letter)
            if chance.random() < 0.3:
                self._does(me, away_s + 20.0, type="SealLetter", letter=letter, sure=True)
        elif chance.random() < 0.15:
            self._does(me, chance.uniform(3.0, 90.0), type="TearLetter", letter=letter)
        if way == "asked" and chance.random() < 0.7:
            self._does(reader, chance.uniform(5.0, 150.0), type="AskForLetters")

    def _day(self, ahead_s: float) -> tuple[str, str]:
        """A moment that far from now, on the venue's clock, as a page lets one write it."""
        at = self.machine.begins_s + self.world.seconds + ahead_s
        zone = ZoneInfo(self.machine.config.timezone)
        said = datetime.fromtimestamp(at, zone) + timedelta(seconds=59)
        return said.date().isoformat(), said.strftime("%H:%M")

    def _note(self, me: str) -> None:
        chance, note = self.chance, self._id("note", me)
        after = chance.choice((0.0, 0.0, 0.5, 1.5))
        words = self._word(me)
        self._does(
            me, 0.0, type="SendNote", note=note, to=self._other(me), words=words, after=after
        )
        if after and chance.random() < 0.5:
            self._does(me, chance.uniform(3.0, 60.0), type="TakeBackNote", note=note)

    def _invitation(self, me: str) -> None:
        chance, made, friend = self.chance, self._id("invite", me), self._other(me)
        fields = {"place": "the park", "signs": chance.random() < 0.6}
        said = {"type": "WriteInvitation", "invitation": made, "to": friend, **fields}
        self._does(me, 0.0, **said, words=self._word(me))
        if chance.random() < 0.4:
            self._does(
                friend, chance.uniform(10.0, 60.0), type="HeedSign", invitation=made, on=True
            )
        if chance.random() < 0.3:
            who = chance.choice((me, friend))
            later_s = chance.uniform(20.0, 150.0)
            self._does(who, later_s, type="TakeBackInvitation", invitation=made)

    def _taking(self, me: str) -> None:
        chance = self.chance
        stopped = [self._other(me)] if chance.random() < 0.4 else []
        read_after = chance.choice((-1.0, 0.0, 1.0))
        told = chance.random() < 0.4
        self._does(me, 0.0, type="SetPost", told=told, read_after=read_after, stopped=stopped)

    # Leave, card, rules, ticks.

    def _leave(self, me: str) -> None:
        chance = self.chance
        if chance.random() < 0.3:
            self._does(me, 0.0, type="Done")
        else:
            until = self._day(chance.choice((3, 40)) * 86_400.0)[0] if chance.random() < 0.7 else ""
            shown, called = chance.random() < 0.4, chance.random() < 0.3
            self._does(me, 0.0, type="StepAway", until=until, shown=shown, called=called)
            readers = chance.sample([p for p in PEOPLE if p != me], chance.randint(0, 2))
            if chance.random() < 0.6:
                self._does(me, 3.0, type="WriteAway", words=self._word(me), readers=readers)
        for office in OFFICES:
            if chance.random() < 0.4:
                told_s = chance.uniform(10.0, 200.0)
                self._does(me, told_s, type="TellOffice", office=office, on=True)
                self._at(told_s + 30.0, lambda: self.by_person[STRANGER].read(type="ReadOffices"))
        for reader in PEOPLE:
            for _ in range(chance.choice((0, 1, 2))):
                look = {"type": "ReadAwayOf", "owner": me}
                self._at(chance.uniform(2.0, 200.0), lambda r=reader, w=look: self._reads(r, w))
        if chance.random() < 0.6:
            back_s = chance.uniform(20.0, 250.0)
            part = chance.random() < 0.3
            self._does(me, back_s, type="Return", rehearses=True, performs=not part)

    def _card(self, me: str) -> None:
        chance, field = self.chance, self.chance.choice(FIELDS)
        readers = chance.sample([p for p in PEOPLE if p != me], 2)
        share = [{"person": reader} for reader in readers]
        words = self._word(me)
        self._does(me, 0.0, type="KeepField", field=field, words=words, share=share)
        if chance.random() < 0.6:
            stop_s = chance.uniform(3.0, 120.0)
            self._does(me, stop_s, type="StopField", field=field, person=readers[0])
            self._at(stop_s + 4.0, lambda: self._reads_card(readers[0], me))
        for reader in PEOPLE:
            if reader in readers or chance.random() < 0.3:
                for _ in range(3):
                    self._at(chance.uniform(1.0, 180.0), lambda r=reader: self._reads_card(r, me))

    def _reads_card(self, reader: str, owner: str) -> None:
        self._reads(reader, {"type": "ReadCardOf", "owner": owner})

    def _reads(self, reader: str, what: dict[str, Any]) -> None:
        self.by_person[reader].read(**what)

    def _rule(self, me: str) -> None:
        chance = self.chance
        minutes = chance.choice((0, 0, 1, 2, -1))
        self._does(me, 0.0, type="ChooseDelay", minutes=minutes)
        circle = self.known.of("circle", me).sure
        if not circle:
            return
        rule, persons = self._id("rule", me), chance.sample(circle, min(len(circle), 2))
        answers = chance.sample(("fine", "tired", "alone"), 2)
        self._does(me, 1.0, type="AddRule", rule=rule, answers=answers, persons=persons)
        if chance.random() < 0.25:
            self._does(me, chance.uniform(5.0, 200.0), type="DropRule", rule=rule)
        if chance.random() < 0.35:
            left = [one for one in circle if one != persons[0]]
            later_s = chance.uniform(10.0, 300.0)
            self._does(me, later_s, type="WriteCircle", order=left, second_after=20.0)

    def _tick(self, me: str) -> None:
        chance = self.chance
        kind, piece = chance.choice(TOPICS)
        mark = self._id("mark", me)
        said = {"id": mark, "kind": kind, "piece": piece, "title": "", "to": ""}
        self._does(me, 0.0, type="WriteMark", **said, words=self._word(me))
        self._does(me, 1.0, type="BeFound", id=mark, on=True)
        if chance.random() < 0.3:
            self._does(me, chance.uniform(5.0, 250.0), type="BeFound", id=mark, on=False)

    def _few(self, me: str) -> None:
        if me not in {"friend", STRANGER}:
            self._does(me, 0.0, type="AgreeFew", on=True)

    def _asks(self, me: str) -> None:
        self._does(me, 0.0, type="AskForLetters")
        for letter in list(self.known.letters)[-3:]:
            self._reads(me, {"type": "ReadLetter", "letter": letter})
        for note in list(self.known.notes)[-3:]:
            self._reads(me, {"type": "ReadNote", "note": note})

    # The evening.

    def _answers(self) -> None:
        """Whoever is asked after the show answers, or does not."""
        self.world.after(4.0, self._answers)
        if self.resting:
            return
        for person, phone in self.by_person.items():
            if phone.open and phone.view.get("checkin") and person not in self._asked:
                self._asked.add(person)
                said = self.chance.choice((1, 2, 2, 3, 4))
                if self.chance.random() < 0.7:
                    key = self._id("answer", person)
                    later_s = self.chance.uniform(1.0, 30.0)
                    self._does(person, later_s, type="SayCheckIn", said=said, key=key)

    def _press(self, performer: str) -> None:
        phone = self.by_person[performer]
        if phone.gone:
            return
        phone.wake()
        phone.press()
        if self.chance.random() < 0.6:
            self._at(self.chance.uniform(20.0, 100.0), phone.over)

    def _called(self, phone: Any, call: dict[str, Any]) -> None:
        if self.chance.random() < 0.3:
            coming_s = self.chance.uniform(2.0, 40.0)
            self.world.after(coming_s, lambda: phone.say("Coming", press=call["press"]))

    def _erases(self, person: str) -> None:
        self.by_person[person].do({"type": "EraseMe", "sure": True})


def contacts_of(person: str) -> tuple[str, str]:
    """How everybody is reached besides: by one text message."""
    return SMS, address(person, SMS)
