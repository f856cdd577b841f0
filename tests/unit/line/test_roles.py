"""Who may do and see what: the story's table written out once more, and every pair held to it."""

import pytest
from tests.unit.line.house import NOW, PLACE, Line, key

from collavoce.line import Act, Fact, Who, line_view, may, sees
from collavoce.line import commands as c
from collavoce.line.decide import COMMANDS
from collavoce.line.events import Refused
from collavoce.line.roles import CALLED, COMPANY, EVERYBODY, HELPER, SEAT, Sight
from collavoce.words import say

SECURITY = {"security lead"}

SEEN = {
    Fact.LINE: {"security lead", "caller", "artist liaison"},
    Fact.RECORD: SECURITY,
    Fact.CLEAR: {"security lead", "steward", "assistant"},
    Fact.MEDIC: {"medic"},
    Fact.EARS: {"caller", "operator", "assistant"},
    Fact.RISK: {"caller"},
    Fact.AWAY: {"caller", "company manager"},
    Fact.SUPPORT: {"caller"},
    Fact.DRILL: {"caller", "assistant"},
    Fact.HAZARD: set(EVERYBODY),
}
OWN = {
    Fact.LINE: {"steward", "assistant"},
    Fact.CLEAR: {"caller"},
    Fact.MEDIC: {"caller"},
    Fact.SUPPORT: {SEAT},
}
EVERYWHERE = set(EVERYBODY) - {"guest", "administrator", "keyholder", SEAT, COMPANY}
DONE = {
    Act.RAISE: {"steward", "assistant", "caller", "security lead"},
    Act.COME: {"security lead", "steward"},
    Act.RADIO: {"caller", "security lead"},
    Act.RESOLVE: {"caller", "security lead"},
    Act.RECORD: SECURITY,
    Act.CLEAR: {"security lead", "assistant", "caller", HELPER},
    Act.MEDIC: EVERYWHERE,
    Act.TREAT: {"medic"},
    Act.EARS: {"operator", "assistant"},
    Act.RISK: {"caller", HELPER},
    Act.STOP: EVERYWHERE,
    Act.ASK_SUPPORT: {"caller"},
    Act.CONFIRM: {SEAT},
    Act.DRILL: {"caller", "assistant"},
    Act.HAZARD: {
        *("steward", "assistant", "operator", "caller"),
        *("security lead", "company manager", "medic"),
    },
    Act.HAND: {
        *("caller", "assistant", "performer", "operator"),
        *("steward", "security lead", "artist liaison"),
    },
}

COMMAND = {
    Act.RAISE: c.RaiseLine(key(9), "SR"),
    Act.COME: c.ComeToLine(key(1)),
    Act.RADIO: c.LogRadio(key(1)),
    Act.RESOLVE: c.ResolveLine(key(1)),
    Act.RECORD: c.WriteRecord(key(1), camera="7"),
    Act.CLEAR: c.KeepClear(key(9), "SL"),
    Act.MEDIC: c.AskMedic(key(9), "SL"),
    Act.TREAT: c.TakeMedic(key(3)),
    Act.EARS: c.SayEars("performer", out=True),
    Act.RISK: c.RaiseRisk(key(9)),
    Act.STOP: c.StopShow(key(9)),
    Act.ASK_SUPPORT: c.AskSupport(key(9)),
    Act.CONFIRM: c.ConfirmSupport(key(4)),
    Act.DRILL: c.TickDrill(by_hand=True),
    Act.HAZARD: c.RaiseHazard("SL", "haze", 30),
    Act.HAND: c.HandToFriend(key(9), "performer"),
}

KEYS = {
    Fact.LINE: "breaches",
    Fact.CLEAR: "clears",
    Fact.MEDIC: "medics",
    Fact.EARS: "ears",
    Fact.SUPPORT: "support",
    Fact.DRILL: "drill",
    Fact.HAZARD: "hazards",
}


def somebody(role: str) -> Who:
    return Who("seated" if role == SEAT else "somebody", frozenset({role}))


def busy() -> Line:
    """A breach, a way to keep clear, a medic, a round, ears out: something of each."""
    line = Line()
    line.when(c.RaiseLine(key(1), "SR"), "security_lead")
    line.when(c.KeepClear(key(2), "SR"), "security_lead")
    line.when(c.AskMedic(key(3), "SR"), "security_lead")
    line.when(c.AskSupport(key(4)), "caller")
    line.when(c.SayEars("guest", out=True), "operator")
    line.when(c.RaiseHazard("SR", "wet floor", 60), "steward")
    return line


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_does_what_the_table_says_and_nothing_else(role: str, act: Act) -> None:
    who = somebody(role)
    assert may(who, act) is (role in DONE[act])
    answer = busy().when(COMMAND[act], who)
    if role in DONE[act]:
        assert not isinstance(answer, Refused), answer
        assert len(answer) == 1
    else:
        assert answer == Refused(say("line.refused.not_yours"))


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_sees_what_the_table_says_and_nothing_else(role: str, fact: Fact) -> None:
    all_, own = role in SEEN[fact], role in OWN.get(fact, set())
    assert sees(somebody(role), fact) is (Sight.ALL if all_ else Sight.OWN if own else Sight.NONE)
    if fact not in KEYS:
        return
    line = busy()
    view = line_view(PLACE, line.state, somebody(role), NOW)
    shown = KEYS[fact] in view and fact is not Fact.SUPPORT
    if fact is Fact.SUPPORT:
        assert ("support" in view) is all_
        assert ("waits" in view) is (all_ or own)
    else:
        assert shown is (all_ or own)
        assert bool(view.get(KEYS[fact])) is all_, "somebody else's is not one's own"


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_security_reads_the_record(role: str) -> None:
    line = busy()
    line.when(c.WriteRecord(key(1), "camera-7", "PN-4711", "she was led out"), "security_lead")
    seen = str(line_view(PLACE, line.state, somebody(role), NOW))
    for word in ("camera-7", "PN-4711", "she was led out"):
        assert (word in seen) is (role == "security lead")


def test_whoever_raised_it_sees_what_came_of_theirs() -> None:
    line = busy()
    line.when(c.RaiseLine(key(5), "foyer"), "steward")
    assert line.breaches("steward") == [(key(5), "raised")]
    line.when(c.ComeToLine(key(5)), "security_lead")
    assert line.breaches("steward") == [(key(5), "coming")]


def test_the_commands_are_those_of_the_table() -> None:
    assert {act for act, _ in COMMANDS.values()} == set(Act) == set(DONE) == set(COMMAND)
    assert set(COMMANDS) == set(c.AnyCommand.__args__)
    assert set(SEEN) == set(Fact)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_lift_a_hazard_is_who_may_raise_one(role: str) -> None:
    answer = busy().when(c.LiftHazard("SR", "wet floor"), somebody(role))
    assert isinstance(answer, Refused) is (role not in DONE[Act.HAZARD])


def test_everybody_of_the_company_sees_the_hazards_with_a_role_or_without() -> None:
    line = busy()
    stands = [{"zone": "SR", "kind": "wet floor", "left": 60, "minutes": 60}]
    for person in PLACE.people:
        assert line.view(person)["hazards"] == stands, person


def test_somebody_nobody_knows_may_nothing() -> None:
    stranger = PLACE.who("stranger")
    assert not any(may(stranger, act) for act in Act)
    assert line_view(PLACE, busy().state, stranger, NOW) == {"may": []}


def test_whoever_is_called_may_send_a_medic_and_stop_the_show_and_nothing_more() -> None:
    called = PLACE.who("guest", {CALLED})
    assert {act for act in Act if may(called, act)} == {Act.MEDIC, Act.STOP}
    coming = PLACE.who("guest", {CALLED, HELPER})
    assert {act for act in Act if may(coming, act)} == {Act.MEDIC, Act.STOP, Act.CLEAR, Act.RISK}
