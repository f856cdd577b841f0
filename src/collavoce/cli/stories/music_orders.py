"""D-a: the two-sided opt-in in every order, by care's own acts in this process, clock by hand.

What ought to be seen is reckoned from the history alone: at a quarter hour, both ticks had stood
for ten minutes, and stood then.
"""

from dataclasses import dataclass, field, replace

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.music_cast import DANCER, GROWL, STAR, THIRD, care_config
from collavoce.desk.care.by_hand import HandCare
from collavoce.runtime.clock import wall_ns

TICKS = (True, False, True)
"""What each of the two does, in this order: tick, take back, tick again."""

WAITS_S = (300.0, 900.0, 900.0)
"""What the clock does between."""

STANDS_S, QUARTER_S = 600.0, 900.0
MARKS = {person: f"the-mark-of-{person:-<12}" for person in (STAR, DANCER, THIRD)}


@dataclass(frozen=True, slots=True)
class Played:
    """How far each has come, since when each tick stands (None: it does not), whether both know."""

    done: dict[str, int] = field(default_factory=lambda: {STAR: 0, DANCER: 0})
    waited: int = 0
    since: dict[str, float | None] = field(default_factory=lambda: {STAR: None, DANCER: None})
    know: bool = False


@dataclass(slots=True)
class Tally:
    """What was gone through.

    orders : to their end. looks : at everybody's pages. wrong : of these. told : of the orders,
    those at whose end the two know each other.
    """

    orders: int = 0
    looks: int = 0
    wrong: int = 0
    told: int = 0


def orders(account: Account) -> None:
    """Every order of three acts of each and three waits."""
    with account.step("D-a") as taking:
        care = HandCare(care_config("-"), wall_ns() * 1e-9)
        for person, mark in MARKS.items():
            care.phone(person)
            _marked(care, person, mark)
        tally = Tally()
        _go_on(care, Played(), tally)
        taking.is_so("orders", tally.orders and not tally.wrong, Figure(tally.orders))
        taking.is_so("looks", not tally.wrong, Figure(tally.wrong), looks=tally.looks)
        both = 0 < tally.told < tally.orders
        taking.is_so("told", both, Figure(tally.told), others=tally.orders - tally.told)


def _marked(care: HandCare, person: str, mark: str) -> None:
    fields = {"kind": "not_mine", "piece": GROWL, "title": "", "words": "", "to": ""}
    care.does(person, "WriteMark", id=mark, **fields)


def _go_on(care: HandCare, played: Played, tally: Tally) -> None:
    """Every way to go on from here; what was before is there again when this returns."""
    standing, ends = care.stands(), True
    for person in (STAR, DANCER):
        if played.done[person] < len(TICKS):
            ends = False
            _look(care, _acts(care, person, played), tally)
            care.goes_back(standing)
    if played.waited < len(WAITS_S):
        ends = False
        _look(care, _waits(care, played), tally)
        care.goes_back(standing)
    tally.orders += ends
    tally.told += ends and played.know


def _acts(care: HandCare, person: str, played: Played) -> Played:
    on = TICKS[played.done[person]]
    care.does(person, "BeFound", id=MARKS[person], on=on)
    return replace(
        played,
        done={**played.done, person: played.done[person] + 1},
        since={**played.since, person: care.count if on else None},
    )


def _waits(care: HandCare, played: Played) -> Played:
    care.passes(WAITS_S[played.waited])
    grid = care.count // QUARTER_S * QUARTER_S
    both = all(at is not None and at + STANDS_S <= grid for at in played.since.values())
    return replace(played, waited=played.waited + 1, know=played.know or both)


def _look(care: HandCare, played: Played, tally: Tally) -> None:
    expected = {STAR: [DANCER], DANCER: [STAR]} if played.know else {STAR: [], DANCER: []}
    tally.looks += 1
    found = {person: care.found(person) for person in MARKS}
    tally.wrong += found != expected | {THIRD: []}
    _go_on(care, played, tally)
