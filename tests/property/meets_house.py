"""A house in which cards and cues meet: real care and real rules of the show, mailboxes between.

Whatever the caller can see or is answered is written down in order: the desk's view, its plan,
what the line tells it, what each of their commands comes to, and what care says to the engine.
"""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from tests.scenario.line_stage import Disk

from collavoce.care.commands import OfferCode, PairDevice
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.view import phone_view
from collavoce.desk.views import caller_view, plan_view
from collavoce.desk.views import phone_view as crew_phone
from collavoce.desk.views.caller import looked_on
from collavoce.ledger.sealed import SealedStore
from collavoce.line.place import Utc
from collavoce.runtime import mail
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.meets import AVOIDS
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.care.sheet import cue_sheet
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.line.house import LineHouse
from collavoce.runtime.links import Mailbox
from collavoce.show.commands import AnyCommand, CallStandby, SetRestrictions
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, Refused
from collavoce.show.evolve import evolve
from collavoce.show.reading.folder import read_show
from collavoce.show.state import ShowState
from collavoce.units import Instant

COMPANY = {"jun": "performer", "kai": "performer", "ada": "caller", "otto": "company manager"}
PERFORMERS = ("jun", "kai")
CUES = ("41", "42", "43")
KEY = bytes(range(32))

Cues = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Cue -> (what it brings, whom it meets); a cue that is not there is not in the show."""


def show_of(cues: Cues) -> Show:
    """A show as its folder has it: the first two cues in a number of Jun's, the others in one."""
    people = "".join(
        f'[[people]]\nid = "{person}"\nname = "{person.title()}"\nroles = ["{role}"]\n'
        for person, role in COMPANY.items()
    )
    first = "".join(_cue(cue, *cues[cue]) for cue in CUES[:2] if cue in cues)
    others = "".join(_cue(cue, *cues[cue]) for cue in sorted(cues) if cue not in CUES[:2])
    text = (
        f'title = "An evening"\ntimezone = "UTC"\n{people}'
        f'[[numbers]]\nid = "one"\ntitle = "Nocturne"\nperformer = "jun"\n{first}'
        f'[[numbers]]\nid = "two"\ntitle = "Finale"\n{others}'
    )
    reading = read_show(text, {}, resolves=lambda _: True, knows_timezone=lambda _: True)
    assert reading.show is not None, reading.findings
    return reading.show


def _cue(number: str, brings: tuple[str, ...], meets: tuple[str, ...]) -> str:
    more = f"brings = {_list(brings)}\n" if brings else ""
    more += f"meets = {_list(meets)}\n" if brings and meets else ""
    named = f'number = "{number}"\nname = "c{number}"\ndepartment = "LX"\nby = "hand"\n'
    return f"[[numbers.cues]]\n{named}{more}"


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


@dataclass
class Evening:
    """One process of care over a real store, one engine, one caller's desk."""

    root: Path
    cues: Cues
    told_caller: list[object] = field(default_factory=list[object])
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    engine_away: bool = False
    now: float = 100.0

    def __post_init__(self) -> None:
        for name in ("run", "care"):
            (self.root / name).mkdir()
        self.line_disk = Disk()
        self._open_show()
        self._engine = Mailbox(self.root / "run" / "engine")
        self._web = Mailbox(self.root / "run" / "web")
        self._open_care()
        for person in COMPANY:
            code, token = f"code of {person}", f"token of {person}"
            self.care.ask(OfferCode(person, secret_hash(code)))
            proof = Proof(token)
            assert (
                self.care.ask(PairDevice(secret_hash(code), secret_hash(token), ""), proof)
                == Kept()
            )
            self.tokens[person] = token
            self.care.unlock(token)
        self.look()

    # What happens.

    def card(self, person: str, effects: tuple[str, ...]) -> None:
        """`person` writes what they avoid."""
        assert self.care.keep.write(AVOIDS, person, effects) == Kept()

    def release(self, person: str, cue: str) -> Outcome:
        return self.care.meets.release(person, cue)

    def take_back(self, person: str, cue: str) -> Outcome:
        return self.care.meets.take_back(person, cue)

    def call(self, command: AnyCommand) -> None:
        """The caller's own command, and its answer."""
        decision = decide(self.show, self.state, command, Instant(self.now), "caller")
        self.told_caller.append(decision)
        if not isinstance(decision, Refused):
            self._fold(decision)

    def edit(self, cues: Cues) -> None:
        """Another show file: the house is closed and opened again."""
        self.close_care()
        self.cues = cues
        self._open_show()
        self._open_care()
        for token in self.tokens.values():
            self.care.unlock(token)

    def care_dies(self) -> None:
        """It is started again; no phone is here yet, so nothing sealed is open."""
        self.close_care()
        self._open_care()

    def phones_come(self) -> None:
        for token in self.tokens.values():
            self.care.unlock(token)

    def pump(self) -> None:
        """Let arrive what is under way."""
        self.passing.turn()
        while not self.engine_away and (received := self._engine.receive()) is not None:
            asked = mail.unpack(received[0])
            assert isinstance(asked, mail.Asked)
            assert isinstance(asked.command, SetRestrictions)
            assert asked.by == "wings"
            self.told_caller.append(asked.command)
            decision = decide(self.show, self.state, asked.command, Instant(self.now), asked.by)
            assert not isinstance(decision, Refused)
            self._fold(decision)
            assert received[1] is not None
            self._engine.send(received[1], mail.pack(mail.Kept(asked.key, 1)))
        self.passing.engine.hear()
        while self._web.receive() is not None:
            pass

    def passes(self) -> None:
        """A second goes by, and everything under way arrives."""
        self.now += 1.0
        self.pump()
        self.now += 1.0
        self.pump()

    # What is seen.

    @property
    def noticed(self) -> frozenset[str]:
        """The cues with a notice on the caller's desk."""
        return frozenset(n for n, cue in self.desk()["cues"].items() if cue.get("restricted"))

    def desk(self) -> dict[str, Any]:
        view: Any = caller_view(
            self.show, self.state, plan="plan", seq=len(self.events), processes={},
            line=self.passing.desk_view(),
        )  # fmt: skip
        return view

    def page(self, person: str) -> dict[str, object]:
        """All that the phone of `person` shows, its own sealed part too."""
        line = self.passing.view(person)
        return {
            **phone_view(self.care, person),
            **self.care.seen(self.tokens[person]),
            "line": line,
        }

    def look(self) -> None:
        """Write down all that the caller sees."""
        said = [self.desk(), plan_view(self.show, {}), self.page("ada")]
        self.told_caller.append(msgspec.json.encode(said))

    def others(self) -> bytes:
        """All that anybody else sees: pages of the manager, crews, desks that look on."""
        looking = caller_view(
            self.show, looked_on(self.state), plan="plan", seq=0, processes={},
            line=self.passing.desk_view(),
        )  # fmt: skip
        crews = [crew_phone(self.show, self.state, person) for person in COMPANY]
        return msgspec.json.encode([looking, crews, self.page("otto")])

    def call_everything(self) -> None:
        """Every cue is called to its standby, so that its notice would stand there."""
        for cue in sorted(self.show.cues_by_number):
            self.call(CallStandby(cue))

    def close(self) -> None:
        self.close_care()
        self._engine.close()
        self._web.close()

    def close_care(self) -> None:
        self.passing.close()
        self.shelf.close()
        while self._engine.receive() is not None:
            pass

    def _open_show(self) -> None:
        self.show, self.state = show_of(self.cues), ShowState()
        self.events: list[AnyEvent] = []

    def _open_care(self) -> None:
        config = CareConfig(
            show="An evening", people=tuple((p, p.title()) for p in COMPANY), exits=(),
            care_dir=str(self.root / "care"), key_file="", run_dir="", badge_key="key",
            sheet=cue_sheet(self.show),
            line=LineConfig(people=tuple(self.show.people.values())),
        )  # fmt: skip
        people = config.company
        store = SealedStore.open(self.root / "care" / "care.db", ballast_bytes=0)
        self.shelf = Shelf(store, KEY, people, lambda: 1_790_000_000.0)
        line = LineHouse(config.line.place(), self.line_disk, lambda: Utc(1_790_000_000.0))
        line.open()
        self.passing = Passing(
            config.line, line, self.root / "run", people=people, moment=self._moment,
            later=lambda do: do(), secret=b"a secret",
        )  # fmt: skip
        house = House(people, self.shelf, self._moment)
        house.told.append(self.passing.care_told)
        house.open("boot")
        self.passing.open(lambda: house.state, house.ask)
        self.house = house
        self.care = LiveCare(config, house, self.passing, self.shelf)

    def _moment(self) -> Moment:
        return Moment(self.now)

    def _fold(self, events: tuple[AnyEvent, ...]) -> None:
        for event in events:
            self.events.append(event)
            self.state = evolve(self.show, self.state, event)


@contextmanager
def evening(cues: Cues) -> Any:
    """An evening in a folder of its own."""
    with TemporaryDirectory(prefix="meets-") as root:
        made = Evening(Path(root), cues)
        try:
            yield made
        finally:
            made.close()
