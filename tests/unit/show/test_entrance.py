"""The cue is a performer who comes on: called to its standby, by name, on their own phone."""

from typing import Any

import msgspec
import pytest

from collavoce.desk.views import phone_view
from collavoce.desk.views.standby import standby_view, unready
from collavoce.show.actions.entrance import ComeOn
from collavoce.show.commands import Acknowledge, AnyCommand, CallStandby, Go, NotClear, StartNumber
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.deeds import does
from collavoce.show.events import CueFired, Refused, ShowOpened
from collavoce.show.evolve import evolve
from collavoce.show.plan import Item, Plan
from collavoce.show.reading.folder import Reading, read_show
from collavoce.show.state import ShowState
from collavoce.show.states.edits import Edited
from collavoce.units import Instant

FOLDER = """
title = "An evening"
timezone = "Europe/Vienna"

[[people]]
id = "ren"
name = "Ren"
roles = ["performer"]

[[people]]
id = "mio"
name = "Mio"
roles = ["performer"]

[[people]]
id = "ada"
name = "Ada"
roles = ["caller", "welfare lead"]

[departments]
LX = { people = ["ada"] }

[[numbers]]
id = "one"
title = "One"
performer = "ren"
covers = ["mio"]

[[numbers.cues]]
number = "1"
name = "Ren comes on"
department = "PEO"
by = "hand"
entrance = "WHO"

[[numbers.cues]]
number = "2"
name = "A memo"
department = "LX"
by = "hand"
memo = "Look up"
"""


def read(who: str = "ren") -> Reading:
    return read_show(
        FOLDER.replace("WHO", who),
        {},
        resolves=lambda _: True,
        knows_timezone=lambda _: True,
    )


def written() -> Show:
    show = read().show
    assert show is not None
    return show


class Stage:
    """A show whose clock stands at 10 s, and the state its events come to."""

    def __init__(self) -> None:
        self.show = written()
        self.state = evolve(
            self.show, ShowState(), ShowOpened(at=0.0, title=self.show.title, plan="p")
        )
        self.told: list[object] = []
        self.when(StartNumber("one"))

    def when(self, command: AnyCommand, by: str = "caller") -> Refused | None:
        decided = decide(self.show, self.state, command, Instant(10.0), by)
        if isinstance(decided, Refused):
            return decided
        for event in decided:
            self.told.append(event)
            self.state = evolve(self.show, self.state, event)
        return None

    def phone(self, person: str) -> Any:
        return phone_view(self.show, self.state, person)


def test_it_is_read_and_said() -> None:
    show = written()
    assert show.cue("1").actions == (ComeOn("ren"),)
    assert does(show, show.cue("1")) == ["Ren comes on"]


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("nobody", "there is nobody called “nobody” among the people"),
        ("ada", "Ada comes on and is no performer"),
    ],
)
def test_whoever_is_no_performer_of_the_show_is_found(who: str, what: str) -> None:
    assert what in [finding.what for finding in read(who).findings]


def test_a_department_that_only_brings_somebody_on_lacks_nobody() -> None:
    assert not [f for f in read().findings if "PEO" in f.what]


def test_its_standby_calls_the_performer_who_answers_for_themself() -> None:
    stage = Stage()
    assert stage.phone("ren")["entrances"][0]["at"] is None
    stage.when(CallStandby("1"))
    assert stage.state.standbys["1"].people == ("ren",)
    [mine] = stage.phone("ren")["entrances"]
    assert (mine["cue"], mine["at"], mine["sign"]["is"]) == ("1", 10.0, "standby.asked")
    assert stage.when(Acknowledge("1", "ren"), by="ren") is None
    assert stage.phone("ren")["entrances"][0]["sign"]["is"] == "standby.ready"
    stage.when(Go())
    assert any(isinstance(event, CueFired) for event in stage.told)
    assert stage.phone("ren")["entrances"][0]["at"] is None


def test_why_they_are_not_clear_is_on_no_page_of_others() -> None:
    stage = Stage()
    stage.when(CallStandby("1"))
    stage.when(NotClear("1", "ren", "a canary of a reason"), by="ren")
    assert unready(stage.show, stage.state, "1") == ["Ren is not clear"]
    seen = msgspec.json.encode(standby_view(stage.show, stage.state))
    assert b"Ren" in seen
    assert b"canary" not in seen


def test_their_cover_is_called_in_their_place() -> None:
    stage = Stage()
    plan = Plan((Item("one", cover="mio"),))
    stage.state = msgspec.structs.replace(stage.state, edited=Edited(plan=plan))
    stage.when(CallStandby("1"))
    assert stage.state.standbys["1"].people == ("mio",)
    assert "entrances" not in stage.phone("ren")


def test_nobody_elses_page_moves_with_it() -> None:
    views: list[bytes] = []
    for called in (False, True):
        stage = Stage()
        if called:
            stage.when(CallStandby("1"))
            stage.when(Acknowledge("1", "ren"), by="ren")
        views.append(msgspec.json.encode(stage.phone("mio")))
    assert views[0] == views[1]
    assert b"entrances" not in views[0]
