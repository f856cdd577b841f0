"""Two are told of each other exactly if both ticks stood, whatever happens in whatever order.

What is expected is reckoned anew from the whole history at each quarter hour, by spans of time;
what is tested folds events. All short histories of two people are gone through; longer ones, of
four people and two topics, a machine looks for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from collavoce.care.commands import (
    AgreeSmallPool,
    FoundCommand,
    PutFoundAway,
    RevealFound,
    TickFound,
    UntickFound,
)
from collavoce.care.decide import decide
from collavoce.care.events import AnyEvent, CareOpened, Refused
from collavoce.care.ladder import Moment
from collavoce.care.state import CareState, evolve
from collavoce.care.states.found import (
    A_DAY_MAX,
    DAY_S,
    POOL_MIN,
    QUARTER_S,
    STANDING_MAX,
    STANDS_S,
    Pair,
)
from collavoce.company.people import Person

START = 1000.0
TOPICS = ("a topic", "another")
FEW = {name: Person(name, name) for name in ("ana", "ben", "caro", "dee")}
CROWD = FEW | {f"one of {n}": Person(f"one of {n}", "x") for n in range(POOL_MIN)}

Spans = dict[tuple[str, str], list[list[float]]]
"""(person, topic) -> [from, until] of each time it stood; until is inf while it stands."""

OPEN = float("inf")
POOL = "the small pool"


@dataclass
class World:
    """The real state beside its whole history. people : of the show now."""

    people: Mapping[str, Person]
    now: float = START
    state: CareState = field(default_factory=CareState)
    events: list[AnyEvent] = field(default_factory=list[AnyEvent])
    spans: Spans = field(default_factory=Spans)
    ticked: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    told: set[Pair] = field(default_factory=set[Pair])

    def copy(self) -> "World":
        spans = {key: [list(span) for span in spans] for key, spans in self.spans.items()}
        ticked = {person: list(at) for person, at in self.ticked.items()}
        return World(
            self.people, self.now, self.state, list(self.events), spans, ticked, set(self.told)
        )

    def ask(self, command: FoundCommand) -> bool:
        decision = decide(self.people, self.state, command, Moment(self.now))
        if isinstance(decision, Refused):
            return False
        assert isinstance(decision, tuple)
        self.events.extend(decision)
        self.state = reduce(evolve, decision, self.state)
        return True

    def begins(self, person: str, topic: str) -> None:
        spans = self.spans.setdefault((person, topic), [])
        if not spans or spans[-1][1] != OPEN:
            spans.append([self.now, OPEN])

    def ends(self, person: str, topic: str) -> None:
        spans = self.spans.get((person, topic), [])
        if spans and spans[-1][1] == OPEN:
            spans[-1][1] = self.now

    def stood(self, person: str, topic: str, at: float) -> bool:
        spans = self.spans.get((person, topic), [])
        return any(since <= at - STANDS_S and until > at for since, until in spans)

    def tick(self, person: str, topic: str) -> None:
        stands = [t for t in TOPICS if self.stands(person, t)]
        recent = [at for at in self.ticked.get(person, []) if self.now - at < DAY_S]
        may = topic in stands or (len(stands) < STANDING_MAX and len(recent) < A_DAY_MAX)
        assert self.ask(TickFound(person, topic)) is may
        if may and topic not in stands:
            self.begins(person, topic)
            self.ticked.setdefault(person, []).append(self.now)

    def untick(self, person: str, topic: str) -> None:
        assert self.ask(UntickFound(person, topic))
        self.ends(person, topic)

    def agrees(self, person: str, *, agrees: bool) -> None:
        assert self.ask(AgreeSmallPool(person, agrees))
        (self.begins if agrees else self.ends)(person, POOL)

    def stands(self, person: str, topic: str) -> bool:
        spans = self.spans.get((person, topic), [])
        return bool(spans) and spans[-1][1] == OPEN

    def passes(self, seconds: float) -> None:
        """Time passes; at each quarter hour the house looks."""
        end = self.now + seconds
        while (grid := (self.now // QUARTER_S + 1) * QUARTER_S) <= end:
            self.now = grid
            assert self.ask(RevealFound())
            self.told |= set(self.expected(grid))
        self.now = end

    def expected(self, grid: float) -> Iterator[Pair]:
        """Who is told of whom at `grid`, by the words of the promise alone."""
        few = len(self.people) < POOL_MIN
        if few and not all(self.stood(person, POOL, grid) for person in self.people):
            return
        for topic in TOPICS:
            for one in sorted(self.people):
                for other in sorted(self.people):
                    both = self.stood(one, topic, grid) and self.stood(other, topic, grid)
                    if one < other and both:
                        yield Pair(one, other, topic)

    def restart(self) -> None:
        self.events.append(CareOpened(self.now, "boot"))
        opened = reduce(evolve, self.events, CareState())
        assert opened.found == self.state.found, "replay is what was"
        self.state = opened

    def holds(self) -> None:
        """Each sees exactly whom they were told of, and each pair is seen from both sides."""
        found = self.state.found
        assert set(found.told) == self.told
        for person in self.people:
            theirs = {pair for pair in self.told if pair.not_of(person)}
            away = {pair for whose, pair in found.away if whose == person}
            assert set(found.on_page(person)) == theirs - away


def opened(people: Mapping[str, Person]) -> World:
    world = World(people)
    first = CareOpened(START, "boot")
    world.events.append(first)
    world.state = evolve(world.state, first)
    return world


def test_all_short_histories_of_two_people_and_a_third() -> None:
    """Tick, take back, wait, restart, a third who ticks, in a pool large enough: to depth six."""
    topic = TOPICS[0]
    does: tuple[Callable[[World], None], ...] = (
        lambda w: w.tick("ana", topic),
        lambda w: w.untick("ana", topic),
        lambda w: w.tick("ben", topic),
        lambda w: w.untick("ben", topic),
        lambda w: w.passes(300.0),
        lambda w: w.passes(QUARTER_S),
        lambda w: w.restart(),
        lambda w: w.tick("caro", topic),
    )
    told = gone_through(opened(CROWD), does, depth=6)
    assert told > 100, "some of them are told"


def test_all_short_histories_of_a_small_pool() -> None:
    """Two have ticked; they agree, take it back, wait, in every order."""
    two = {name: FEW[name] for name in ("ana", "ben")}
    world = opened(two)
    for name in two:
        world.tick(name, TOPICS[0])
    does: tuple[Callable[[World], None], ...] = (
        lambda w: w.agrees("ana", agrees=True),
        lambda w: w.agrees("ana", agrees=False),
        lambda w: w.agrees("ben", agrees=True),
        lambda w: w.agrees("ben", agrees=False),
        lambda w: w.untick("ana", TOPICS[0]),
        lambda w: w.passes(300.0),
        lambda w: w.passes(QUARTER_S),
    )
    told = gone_through(world, does, depth=6)
    assert told > 20


def gone_through(world: World, does: Sequence[Callable[[World], None]], depth: int) -> int:
    """Every history of `does` to `depth`, each different one once; in how many somebody is told."""
    told, here = 0, [world]
    for _ in range(depth):
        after: dict[str, World] = {}
        for before in here:
            for act in does:
                later = before.copy()
                act(later)
                later.holds()
                told += bool(later.told)
                key = repr((later.now, later.state.found, sorted(later.spans.items())))
                after.setdefault(key, later)
        here = list(after.values())
    return told


class Four(RuleBasedStateMachine):
    """Four people, two topics, a pool that grows and shrinks at restarts."""

    people = st.sampled_from(sorted(FEW))
    topics = st.sampled_from(TOPICS)

    @initialize(crowd=st.booleans())
    def opens(self, crowd: bool) -> None:  # noqa: FBT001  drawn by the machine
        self.world = opened(CROWD if crowd else FEW)

    @rule(person=people, topic=topics)
    def ticks(self, person: str, topic: str) -> None:
        self.world.tick(person, topic)

    @rule(topic=topics)
    def all_tick(self, topic: str) -> None:
        for person in FEW:
            self.world.tick(person, topic)

    @rule(person=people, topic=topics)
    def takes_back(self, person: str, topic: str) -> None:
        self.world.untick(person, topic)

    @rule(person=people, agrees=st.booleans())
    def on_the_pool(self, person: str, agrees: bool) -> None:  # noqa: FBT001
        self.world.agrees(person, agrees=agrees)

    @rule()
    def all_agree(self) -> None:
        for person in FEW:
            self.world.agrees(person, agrees=True)

    @rule(seconds=st.sampled_from((1.0, 299.0, 300.0, 600.0, 900.0, 3000.0, 90_000.0)))
    def waits(self, seconds: float) -> None:
        self.world.passes(seconds)

    @rule(crowd=st.booleans())
    def starts_again(self, crowd: bool) -> None:  # noqa: FBT001
        self.world.people = CROWD if crowd else FEW
        self.world.restart()

    @rule(person=people, data=st.data())
    def puts_away(self, person: str, data: st.DataObject) -> None:
        pairs = self.world.state.found.on_page(person)
        if pairs:
            pair = data.draw(st.sampled_from(pairs))
            assert self.world.ask(PutFoundAway(person, pair.not_of(person), pair.topic))
            assert pair not in self.world.state.found.on_page(person)

    @invariant()
    def what_is_seen_is_what_stood(self) -> None:
        self.world.holds()


TestFour = Four.TestCase
TestFour.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
