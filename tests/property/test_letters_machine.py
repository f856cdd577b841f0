"""Letters in any order of writing, sealing, withdrawing, jumps of clocks, restarts, erasing.

The model knows the truth: the true time, which of the two clocks is right, what was sealed to
whom and when. After every step: never early, once, to its reader and nobody else; what was
withdrawn or whose writer was erased never comes; what was delivered stays.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.unit.care.post_world import NOON, PostWorld

from collavoce.care.commands import ForgetOthers
from collavoce.care.outcome import Kept
from collavoce.care.states.letters import Way
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.care.kept.proof import Proof

WRITERS = ("singer", "other")
READERS = ("friend", "manager")
PEOPLE = (*WRITERS, *READERS)
BERLIN = ZoneInfo("Europe/Berlin")
DAY_S, YEAR_S = 86_400.0, 365.25 * 86_400.0
JUMPS = (1.0, -1.0, 240.0, -240.0, 400.0, 3600.0, -3600.0, DAY_S, -DAY_S, YEAR_S, -YEAR_S,
         10 * YEAR_S, -10 * YEAR_S)  # fmt: skip
STARTS = (NOON, *(datetime.fromisoformat(f"{text}+00:00").timestamp() for text in (
    "2026-03-28 23:30:00", "2026-10-24 23:30:00", "2028-02-28 22:30:00", "2038-01-18 20:00:00",
)))  # fmt: skip


@dataclass
class Known:
    """A letter as its writer means it. due: the true moment before which it may not come."""

    writer: str
    reader: str
    way: Way
    words: str
    due: float = 0.0
    sealed: bool = False
    delivered: bool = False
    gone: bool = False


class Letters(RuleBasedStateMachine):
    """One care process at a time, over one store."""

    @initialize(start=st.sampled_from(STARTS), right=st.sampled_from(("wall", "phone")))
    def begin(self, start: float, right: str) -> None:
        self.scratch = TemporaryDirectory()
        self.true, self.right, self.wrong = start, right, 0.0
        self.world = PostWorld(Path(self.scratch.name), wall=start)
        self.letters: dict[str, Known] = {}
        self.erased: set[str] = set()
        for person in PEOPLE:
            self.world.phone(person)
        for number, way in enumerate((Way.DATE, Way.DATE, Way.SIGN_IN)):
            self.sends(WRITERS[number % 2], "friend", way, 90 * (number + 1))

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()
            self.scratch.cleanup()

    # People.

    @rule(
        writer=st.sampled_from(WRITERS),
        reader=st.sampled_from(READERS),
        way=st.sampled_from((Way.DATE, Way.DATE, Way.SIGN_IN, Way.ASKED)),
        minutes=st.integers(1, 600),
    )
    def writes(self, writer: str, reader: str, way: Way, minutes: int) -> None:
        if writer in self.erased or len(self.letters) > 8:
            return
        letter = f"letter-{len(self.letters):010}"
        at = datetime.fromtimestamp(self.true, UTC) + timedelta(minutes=minutes)
        here = at.astimezone(BERLIN)
        dated = way is Way.DATE
        day, hour = (f"{here:%Y-%m-%d}", f"{here:%H:%M}") if dated else ("", "")
        words = f"the words of {letter}"
        said = self.world.draft(letter, reader, writer, way=way, day=day, at=hour, words=words)
        # The day may be over by a clock that is wrong: then it is refused, and there is no letter.
        if said == Kept():
            # Of an hour that comes twice the first one counts.
            due = here.replace(second=0, microsecond=0, fold=0).timestamp() if dated else 0.0
            self.letters[letter] = Known(writer, reader, way, words, due)

    def sends(self, writer: str, reader: str, way: Way, minutes: int) -> None:
        """Two steps at once."""
        before = set(self.letters)
        self.writes(writer, reader, way, minutes)
        for letter in set(self.letters) - before:
            self.letters[letter].sealed = self.world.seal(letter, writer) == Kept()

    @precondition(lambda self: self.letters)
    @rule(data=st.data())
    def seals(self, data: st.DataObject) -> None:
        letter, known = self.some(data)
        if self.world.seal(letter, known.writer) == Kept() and not known.delivered:
            known.sealed = True

    @precondition(lambda self: self.letters)
    @rule(data=st.data())
    def changes_words(self, data: st.DataObject) -> None:
        letter, known = self.some(data)
        if known.writer in self.erased or known.gone:
            return
        listed = self.world.listed(known.writer)["mine"]
        for one in listed:
            if one["id"] == letter:
                words = known.words + "+"
                more = {"way": known.way, "day": one["day"], "at": one["at"], "words": words}
                if self.world.draft(letter, known.reader, known.writer, **more) == Kept():
                    known.words = words

    @precondition(lambda self: self.letters)
    @rule(data=st.data())
    def takes_back(self, data: st.DataObject) -> None:
        letter, known = self.some(data)
        post, token = self.world.care.post.letters, self.world.tokens[known.writer]
        came = post.take_back(token, letter) == Kept()
        assert came is (known.sealed and not known.delivered and known.writer not in self.erased)
        if came:
            known.sealed = False

    @precondition(lambda self: self.letters)
    @rule(data=st.data())
    def tears(self, data: st.DataObject) -> None:
        letter, known = self.some(data)
        post, token = self.world.care.post.letters, self.world.tokens[known.writer]
        if post.tear(token, letter) == Kept():
            assert not known.delivered
            known.gone, known.sealed = True, False

    @rule(person=st.sampled_from(READERS))
    def asks(self, person: str) -> None:
        if self.world.care.post.letters.ask(self.world.tokens[person]) == Kept():
            self.came(Way.ASKED, person)

    @rule(person=st.sampled_from(PEOPLE), error=st.sampled_from((0.0, 0.0, *JUMPS)))
    def is_here(self, person: str, error: float) -> None:
        if person in self.erased:
            return
        said = self.true if self.right == "phone" else self.true + error
        self.world.here(person, clock=said)
        self.world.postman.turn()
        self.came(Way.SIGN_IN, person)

    @rule(person=st.sampled_from(PEOPLE))
    def renews_their_key(self, person: str) -> None:
        if person not in self.erased:
            token = self.world.tokens[person]
            self.world.does(ForgetOthers(person, secret_hash(token)), Proof(token))
            self.is_here(person, 0.0)

    @precondition(lambda self: len(self.letters) > 2)
    @rule(person=st.sampled_from(WRITERS))
    def is_erased(self, person: str) -> None:
        if person in self.erased:
            return
        assert self.world.care.erase(self.world.tokens[person]) == Kept()
        self.erased.add(person)
        for known in self.letters.values():
            if known.writer == person and not known.delivered:
                known.gone, known.sealed = True, False

    # Clocks and machines.

    @rule(seconds=st.sampled_from((1.0, 59.0, 60.0, 600.0, 3600.0, 7200.0, DAY_S)))
    def passes(self, seconds: float) -> None:
        self.true += seconds
        self.world.passes(seconds)

    @rule(seconds=st.sampled_from((600.0, 7200.0, DAY_S)))
    def sleeps(self, seconds: float) -> None:
        """The machine is suspended: its count stands still."""
        self.true += seconds
        self.world.passes(0.0, wall=seconds)

    @rule(jump=st.sampled_from((0.0, *JUMPS)))
    def wall_jumps(self, jump: float) -> None:
        self.wrong = 0.0 if self.right == "wall" else jump
        self.world.wall = max(0.0, self.true + self.wrong)
        self.world.postman.turn()

    @rule(reboots=st.booleans())
    def restarts(self, *, reboots: bool) -> None:
        if reboots:
            self.world.now, self.world.boot = 30.0, self.world.boot + "+"
        self.world.again()
        self.world.postman.turn()

    @rule()
    def is_tidied(self) -> None:
        self.world.tidied()

    # What must be true.

    @invariant()
    def never_early_once_and_to_its_reader(self) -> None:
        if not hasattr(self, "world"):
            return
        for letter, known in self.letters.items():
            given = self.world.given(known.reader).count(letter)
            assert given <= 1
            if given and not known.delivered:
                assert known.sealed, "sealed, and neither withdrawn nor its writer's no more"
                assert known.way is Way.DATE, "the other ways are noted where they are asked"
                assert self.true >= known.due, "early"
                known.delivered = True
            assert bool(given) is known.delivered
            readers = [p for p in PEOPLE if p not in self.erased and self.world.reads(p, letter)]
            if known.delivered:
                assert readers == [known.reader]
                assert self.world.reads(known.reader, letter) == known.words
            elif known.gone:
                assert readers == []
            else:
                assert readers == [known.writer]

    def some(self, data: st.DataObject) -> tuple[str, Known]:
        letter = data.draw(st.sampled_from(sorted(self.letters)))
        return letter, self.letters[letter]

    def came(self, way: Way, person: str) -> None:
        """What waits for it is there at once."""
        for letter, known in self.letters.items():
            if known.sealed and not known.delivered and (known.way, known.reader) == (way, person):
                assert letter in self.world.given(person)
                known.delivered = True


TestLetters = Letters.TestCase
TestLetters.settings = settings(max_examples=20, stateful_step_count=40, deadline=None)
