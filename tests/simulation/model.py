"""A small model of care, written apart from the rules: what may be true, and what people may see.

It is told which commands were carried out, at which true time, and says whom each press may call
at which step, what every page ought to show, and when a step may come at the earliest. It shares
no line with `collavoce.care`; where the two differ, one of them is wrong.
"""

from dataclasses import dataclass, field

from tests.simulation.cast import WELFARE

FIRST, SECOND, ALL, VOICE = range(4)
MICRO = 1_000_000
CANCEL_WITHIN_US = 10 * MICRO
NOTICE_US = 600 * MICRO


@dataclass(slots=True)
class Press:
    """One press. since_us: true time its ladder counts from; times: seconds to each step.

    late_us, younger_us : for how long the machine was off, as far as nobody could know, since the
    ladder began and since this press. messaged : whether
    anything went out by other channels, for this press or the one it stands for.
    """

    person: str
    press: str
    at_us: int
    since_us: int
    times: tuple[float, float, float, float]
    receipt_after: float
    rung: int
    order: list[str]
    last: str = ""
    calls: dict[str, int] = field(default_factory=dict[str, int])
    called_us: dict[str, int] = field(default_factory=dict[str, int])
    turn: int = 0
    shown: set[str] = field(default_factory=set[str])
    receipts: dict[str, int] = field(default_factory=dict[str, int])
    released: set[str] = field(default_factory=set[str])
    coming: str = ""
    duress: bool = False
    hidden: bool = False
    messaged: bool = False
    end: str = ""
    ended_by: str = ""
    ended_us: int = 0
    late_us: int = 0
    younger_us: int = 0

    @property
    def climbing(self) -> bool:
        """Whether time alone still moves it."""
        going = not self.end and not self.coming and self.rung < VOICE
        return going and bool(self.order or self.last)

    @property
    def unanswered(self) -> bool:
        """Whether the ladder can do no more and nobody is coming."""
        nobody = not self.order and not self.last
        return not self.end and not self.coming and (nobody or self.rung == VOICE)

    def call(self, at_us: int, *, last_too: bool = False) -> None:
        """Call whom the step calls."""
        count = {FIRST: 1, SECOND: 2}.get(self.rung, len(self.order))
        due = self.order[:count]
        if self.last and (self.rung == VOICE or last_too or not self.order):
            due = [*due, self.last]
        for person in due:
            if person not in self.calls:
                self.calls[person] = self.rung
                self.called_us[person] = at_us

    def may_come(self, person: str) -> bool:
        """Whether `person` is one of those whom it may call."""
        return person in self.order or (bool(person) and person == self.last)

    def drop(self, person: str, at_us: int) -> None:
        """`person` is called for it no more."""
        if not self.may_come(person):
            return
        if person in self.order:
            self.order.remove(person)
        if person == self.last:
            self.last = ""
        if person in self.calls:
            self.released.add(person)
        if self.end:
            return
        if self.coming == person:
            self.coming = ""
            self.turn += 1
            for called in self.calls:
                if called not in self.released:
                    self.called_us[called] = at_us
        if not self.coming:
            self.call(at_us)

    def see(self, person: str) -> None:
        """A page of theirs has shown it."""
        self.shown.add(person)
        self.receipts[person] = self.turn

    def unseen(self) -> list[str]:
        """Who is called and has not shown it this turn."""
        called = (person for person in self.calls if self.may_come(person))
        return [person for person in called if self.receipts.get(person) != self.turn]

    def key(self, person: str) -> str:
        """What a page of `person` rings under."""
        step = f"{self.press}:{person}:{self.calls[person]}"
        return f"{step}:{self.turn}" if self.turn else step

    def due_us(self) -> int:
        """When the next step comes, in true time, if no machine was ever off."""
        return self.since_us + int(self.times[self.rung + 1] * MICRO)

    def ends(self, how: str, by: str, at_us: int) -> None:
        """It is over."""
        self.end, self.ended_by, self.ended_us = how, by, at_us


@dataclass(slots=True)
class Owner:
    """What a person has settled. last: None for the show's welfare lead. words: true, other."""

    order: tuple[str, ...] = ()
    second_after: float = 20.0
    later: tuple[float, float, float] = (5.0, 60.0, 120.0)
    last: str | None = None
    near: tuple[str, tuple[str, ...]] = ("anyone", ())
    hand: bool = False
    words: tuple[str, str] = ("", "")

    def admits(self, person: str) -> bool:
        """Whether `person` may come near."""
        kind, ids = self.near
        return kind == "anyone" or (person in ids) == (kind == "only")


@dataclass(slots=True)
class Model:
    """What the commands that were carried out have made true.

    contacts : person -> (channel, address), in order. known : person -> press ids.
    """

    owners: dict[str, Owner] = field(default_factory=dict[str, Owner])
    answers: dict[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])
    contacts: dict[str, tuple[tuple[str, str], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, str], ...]]
    )
    presses: dict[str, Press] = field(default_factory=dict[str, Press])
    known: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def of(self, owner: str) -> Owner:
        """What `owner` has settled."""
        return self.owners.setdefault(owner, Owner())

    def agreed(self, owner: str) -> list[str]:
        """Who of the circle may be called for `owner`, in order."""
        settled = self.of(owner)
        return [p for p in settled.order if self.answers.get((owner, p)) and settled.admits(p)]

    def last(self, owner: str) -> str:
        """Who stands at the ladder's end."""
        settled = self.of(owner)
        chosen = WELFARE if settled.last is None else settled.last
        answer = self.answers.get((owner, chosen))
        good = answer or (answer is None and chosen == WELFARE)
        return chosen if chosen and good and settled.admits(chosen) else ""

    def knows(self, person: str, press: str) -> bool:
        """Whether the press was sent or taken back before."""
        return press in self.known.get(person, [])

    def open_all(self, person: str) -> list[Press]:
        """Theirs that go on, also those they do not see."""
        return [it for it in self.presses.values() if it.person == person and not it.end]

    def open_of(self, person: str) -> Press | None:
        """Theirs that goes on and that they see."""
        return next((it for it in self.open_all(person) if not it.hidden), None)

    # The presser.

    def raised(self, person: str, press: str, at_us: int) -> None:
        """They pressed, or somebody did for them."""
        if self.knows(person, press):
            return
        before = self.open_of(person)
        fresh = self._fresh(person, press, at_us)
        last_too = False
        if before is not None:
            fresh.rung = min(before.rung, ALL)
            fresh.duress = before.duress
            fresh.messaged = before.messaged
            if before.climbing:
                fresh.since_us, fresh.late_us = before.since_us, before.late_us
            last = self.last(person)
            last_too = bool(last) and last in before.calls and last not in before.released
            del self.presses[before.press]
        fresh.call(at_us, last_too=last_too)

    def _fresh(self, person: str, press: str, at_us: int) -> Press:
        settled = self.of(person)
        receipt_after, all_after, voice_after = settled.later
        order, last = self.agreed(person), self.last(person)
        self.known.setdefault(person, []).append(press)
        fresh = Press(
            person,
            press,
            at_us,
            at_us,
            (0.0, settled.second_after, all_after, voice_after),
            receipt_after,
            FIRST,
            order,
            "" if last in order else last,
        )
        self.presses[press] = fresh
        return fresh

    def handed_over(self, person: str, press: str, at_us: int) -> None:
        """Somebody beside them handed them over."""
        if not self.of(person).hand or self.open_of(person) or self.knows(person, press):
            return
        if self.agreed(person) or self.last(person):
            self._fresh(person, press, at_us).call(at_us)

    def taken_back(self, person: str, press: str, word: str, at_us: int) -> bool:
        """They took it back, or seemed to; whether the page is told that they did."""
        it = self.presses.get(press)
        if self.knows(person, press) and (it is None or it.end or it.hidden):
            return True
        true, other = self.of(person).words
        seems = bool(true) and word == other
        if true and word not in (true, other):
            return False
        if it is None:
            self._overtaken(person, press, at_us, seems=seems)
            return True
        if at_us - it.at_us - it.younger_us > CANCEL_WITHIN_US:
            it.duress = it.duress or seems
            return False
        if seems:
            it.duress = it.hidden = True
        elif it.shown or it.messaged:
            it.ends("cancelled", person, at_us)
            self.known[person].append(press)
        else:
            del self.presses[press]
        return True

    def _overtaken(self, person: str, press: str, at_us: int, *, seems: bool) -> None:
        opened = self.open_all(person)
        if seems and not opened:
            fresh = self._fresh(person, press, at_us)
            fresh.duress = fresh.hidden = True
            fresh.call(at_us)
            return
        self.known.setdefault(person, []).append(press)
        for it in opened if seems else ():
            it.duress = True

    def over(self, person: str, press: str, at_us: int) -> None:
        """They said it is over."""
        it = self.presses.get(press)
        if it is None or it.hidden or it.end not in ("", "arrived"):
            return
        if not it.end and it.duress:
            it.hidden = True
        else:
            it.ends("over", person, at_us)

    # The called.

    def shown(self, trusted: str, press: str) -> None:
        """A page of theirs showed the call."""
        self.presses[press].see(trusted)

    def coming(self, trusted: str, press: str) -> None:
        """They are on the way, to every press of that person that is open when they say so."""
        if self.presses[press].coming == trusted:
            return
        for it in self.open_all(self.presses[press].person):
            if it.may_come(trusted) and not it.coming:
                it.see(trusted)
                it.coming = trusted

    def arrived(self, trusted: str, press: str, at_us: int) -> None:
        """They are there."""
        for it in self.open_all(self.presses[press].person):
            if it.may_come(trusted):
                it.see(trusted)
                it.ends("arrived", trusted, at_us)

    # What is settled.

    def dropped(self, owner: str, at_us: int, trusted: str) -> None:
        """Nobody calls `trusted` for `owner` any more, not even for what is over."""
        for it in list(self.presses.values()):
            if it.person == owner:
                it.drop(trusted, at_us)

    def settled(self, owner: str, at_us: int) -> None:
        """Who may not be called any more drops out of what is open."""
        settled = self.of(owner)
        out: list[str] = []
        for it in self.open_all(owner):
            out += [p for p in it.order if p not in settled.order or not settled.admits(p)]
            chosen = WELFARE if settled.last is None else settled.last
            if it.last and (it.last != chosen or not settled.admits(it.last)):
                out.append(it.last)
        for person in dict.fromkeys(out):
            self.dropped(owner, at_us, person)

    def climbed(self, press: str, rung: int, at_us: int) -> None:
        """Its ladder stands at `rung`."""
        it = self.presses[press]
        it.rung = rung
        it.call(at_us)

    # What follows for the pages.

    def calls_on(self, person: str, now_us: int) -> dict[str, str]:
        """The calls a page of `person` shows: key -> state."""
        found: dict[str, str] = {}
        for it in self.presses.values():
            if person not in it.calls:
                continue
            if person in it.released or it.end in ("arrived", "over"):
                state = "over"
            elif it.end:
                state = "cancelled"
            elif it.coming:
                state = "coming" if it.coming == person else "covered"
            else:
                state = "open"
            gone = bool(it.end) and now_us - it.ended_us > NOTICE_US
            if not gone and (state == "open" or person in it.shown):
                found[it.key(person)] = state
        return found

    def feedback(self, person: str, now_us: int) -> tuple[str, tuple[str, ...]]:
        """Of which press the presser's page speaks, and what it may say, any of these."""
        it = self.open_of(person)
        if it is not None:
            return it.press, self._of_open(it)
        it = self.presses.get((self.known.get(person) or [""])[-1])
        if it is None or it.hidden or it.end != "arrived" or now_us - it.ended_us > NOTICE_US:
            return "", ("none",)
        return it.press, ("arrived",)

    @staticmethod
    def _of_open(it: Press) -> tuple[str, ...]:
        if it.coming:
            return ("coming",)
        if not any(it.may_come(person) for person in it.calls):
            return ("alone",)
        if it.rung >= VOICE:
            return ("not_reached",)
        if any(it.may_come(p) and it.receipts.get(p) == it.turn for p in it.calls):
            return ("shown",)
        return ("calling", "quiet", "unreached")
