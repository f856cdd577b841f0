"""Who may do what at the line, and who sees what of it: one table, and nothing beside it.

Four roles stand in no show folder. `company` is everybody whom the show knows, `seat` whoever holds
a seat of tonight, `called` whoever is called at this moment, `helper` whoever of them said "coming"
or is with somebody; the last two are found out elsewhere and told to nobody. What a helper may ask,
others may ask too, and it carries nobody's name: from what is seen nobody can tell that a helper
asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from collavoce.company.people import ROLES

SEAT = "seat"
CALLED = "called"
HELPER = "helper"
COMPANY = "company"
EVERYBODY = (*ROLES, SEAT, CALLED, HELPER, COMPANY)


class Fact(StrEnum):
    """What can be seen."""

    LINE = "line"  # breaches: zone, time, who comes, radio word, resolved
    RECORD = "record"  # what security wrote of a breach
    CLEAR = "clear"  # which way is to be kept clear
    MEDIC = "medic"  # where a medic is asked for, and who goes
    EARS = "ears"  # who has their ears out
    RISK = "risk"  # a hold may come
    AWAY = "away"  # who is not available
    SUPPORT = "support"  # whether the seats' devices are awake and in place
    DRILL = "drill"  # the drill by voice and by hand
    HAZARD = "hazard"  # what is where, and for how long still


class Act(StrEnum):
    """What can be done."""

    RAISE = "raise"
    COME = "come"  # to a breach: acknowledged
    RADIO = "radio"  # log that the radio word was given
    RESOLVE = "resolve"
    RECORD = "record"
    CLEAR = "clear"  # ask for a clear way, and lift it
    MEDIC = "medic"  # ask for a medic
    TREAT = "treat"  # say that one is on the way, or done
    EARS = "ears"
    RISK = "risk"
    STOP = "stop"
    ASK_SUPPORT = "ask support"  # start a round trip to the seats' devices
    CONFIRM = "confirm"  # answer it, in place
    DRILL = "drill"
    HAZARD = "hazard"  # say that there is one, or that it is over
    HAND = "hand"  # hand somebody who cannot press to their friend


class Sight(StrEnum):
    """How much of a fact. own: only what one has asked for oneself."""

    NONE = "none"
    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at the line. person: id in the show, "" for a desk that could be several's."""

    person: str
    roles: frozenset[str]
    desk: bool = False


_SEEN: Mapping[Fact, tuple[tuple[str, ...], tuple[str, ...]]] = {
    #           all of it                                          their own
    Fact.LINE: (("security lead", "caller", "artist liaison"), ("steward", "assistant")),
    Fact.RECORD: (("security lead",), ()),
    Fact.CLEAR: (("security lead", "steward", "assistant"), ("caller",)),
    Fact.MEDIC: (("medic",), ("caller",)),
    Fact.EARS: (("caller", "operator", "assistant"), ()),
    Fact.RISK: (("caller",), ()),
    Fact.AWAY: (("caller", "company manager"), ()),
    Fact.SUPPORT: (("caller",), (SEAT,)),
    Fact.DRILL: (("caller", "assistant"), ()),
    Fact.HAZARD: (EVERYBODY, ()),
}

_STOPPERS = tuple(r for r in ROLES if r not in ("guest", "administrator", "keyholder"))
"""A stop is asked for by whoever stands where the danger is."""

_DONE: Mapping[Act, tuple[str, ...]] = {
    Act.RAISE: ("steward", "assistant", "caller", "security lead"),
    Act.COME: ("security lead", "steward"),
    Act.RADIO: ("caller", "security lead"),
    Act.RESOLVE: ("security lead", "caller"),
    Act.RECORD: ("security lead",),
    Act.CLEAR: ("security lead", "assistant", "caller", HELPER),
    Act.MEDIC: (*_STOPPERS, CALLED, HELPER),
    Act.TREAT: ("medic",),
    Act.EARS: ("operator", "assistant"),
    Act.RISK: ("caller", HELPER),
    Act.STOP: (*_STOPPERS, CALLED, HELPER),
    Act.ASK_SUPPORT: ("caller",),
    Act.CONFIRM: (SEAT,),
    Act.DRILL: ("caller", "assistant"),
    Act.HAZARD: (
        *("steward", "assistant", "operator", "caller"),
        *("security lead", "company manager", "medic"),
    ),
    Act.HAND: (
        "caller",
        "assistant",
        "performer",
        "operator",
        "steward",
        "security lead",
        "artist liaison",
    ),
}


def _seen(role: str, fact: Fact) -> Sight:
    everything, own = _SEEN[fact]
    return Sight.ALL if role in everything else Sight.OWN if role in own else Sight.NONE


SEES: Mapping[tuple[str, Fact], Sight] = {
    (role, fact): _seen(role, fact) for role in EVERYBODY for fact in Fact
}
"""Role x fact, every pair."""

MAY: Mapping[tuple[str, Act], bool] = {
    (role, act): role in _DONE[act] for role in EVERYBODY for act in Act
}
"""Role x act, every pair."""


def sees(who: Who, fact: Fact) -> Sight:
    """The most that any role of `who` sees of `fact`."""
    found = {SEES[role, fact] for role in who.roles}
    return next((sight for sight in (Sight.ALL, Sight.OWN) if sight in found), Sight.NONE)


def may(who: Who, act: Act) -> bool:
    """Whether any role of `who` may do `act`."""
    return any(MAY[role, act] for role in who.roles)
