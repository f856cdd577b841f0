"""The line in a real performance: a phone presses, the desk and security's phone show it.

Every process is a real one; what is asked goes over the phones' and the desk's own doors.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.process.care_house import Phone

from collavoce.cli.run import readable_show
from collavoce.desk.pairing import PairingDesk
from collavoce.runtime.care.doorway import BOX
from collavoce.runtime.live import LivePerformance, live_performance
from collavoce.runtime.opening import Options
from collavoce.runtime.telling import tell
from collavoce.show.events import RiskRaised

SHOW = """
title = "B"
timezone = "UTC"

[[people]]
id = "idol"
name = "Jun"
roles = ["performer"]

[[people]]
id = "friend"
name = "Mira"
roles = ["guest"]

[[people]]
id = "steward"
name = "Ines"
roles = ["steward"]

[[people]]
id = "security"
name = "Vera"
roles = ["security lead"]

[[people]]
id = "caller"
name = "Ada"
roles = ["caller"]

[[exits]]
id = "SR"
name = "stage right"

[[zones]]
id = "door4"
name = "door 4"
exit = "SR"

[seats]
friend = "friend"

[[numbers]]
id = "song"
title = "Song"
performer = "idol"

[[numbers.cues]]
number = "1"
name = "off"
department = "PEO"
by = "hand"
person = { seat = "friend", exit = "SR", lead = 20 }
"""

PATIENCE_S = 15.0


class Desk:
    """The caller's browser."""

    def __init__(self, live: LivePerformance) -> None:
        self.url = live.desk_url.partition("/open#")[0]
        self.client = httpx.Client(
            base_url=self.url, headers={"Origin": self.url}, timeout=PATIENCE_S
        )
        key = live.desk_url.partition("#")[2]
        assert self.client.post("/open", json={"key": key}).is_success

    def say(self, type: str, **fields: Any) -> dict[str, Any]:  # noqa: A002  the wire's own name
        key = f"desk-key-{time.monotonic_ns()}"
        return self.client.post("/line", json={"key": key, "type": type, **fields}).json()

    def until(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first state of the stream of which `wanted(state)` holds."""
        with self.client.stream("GET", "/events") as response:
            kind = ""
            until = time.monotonic() + PATIENCE_S
            for line in response.iter_lines():
                kind = line[7:] if line.startswith("event: ") else kind
                if line.startswith("data: ") and kind == "state":
                    state = json.loads(line[6:])
                    if wanted(state):
                        return state
                assert time.monotonic() < until, "not seen in time"
        raise AssertionError("the stream ended")


def unheard(name: str, state: str, restarts: int) -> None:
    """How the processes fare is not what this is about."""


@contextmanager
def evening(folder: Path) -> Generator[tuple[LivePerformance, dict[str, Phone], Desk]]:
    """A real performance, with a paired phone for each person."""
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    prepared, plan = readable_show(folder)
    options = Options(folder, care_root=folder.parent / "care")
    with live_performance(options, prepared, plan, unheard) as live:
        phones: dict[str, Phone] = {}
        with PairingDesk(live.config.box("pair-test")) as pairing:
            for person in ("idol", "friend", "steward", "security"):
                link = pairing.ask(live.config.box(BOX), person)
                assert link is not None
                phones[person] = Phone(live.phone_url.removesuffix("/care"))
                assert phones[person].pair(link.url.partition("#")[2])["kept"]
        yield live, phones, Desk(live)


def raised(state: dict[str, Any]) -> object:
    """Whether the desk shows an open breach and the hold risk that follows from it."""
    return state["line"]["breaches"] and state["line"]["risks"]


@pytest.mark.process
def test_a_breach_from_a_phone_is_on_the_desk_and_on_securitys_phone(tmp_path: Path) -> None:
    with evening(tmp_path / "show") as (live, phones, desk):
        assert phones["steward"].act("RaiseLine", key="key-00000001", zone="door4")["kept"]
        state = desk.until(raised)
        (breach,) = state["line"]["breaches"]
        assert (breach["zone"], breach["by"], breach["sign"]["is"]) == (
            "door 4",
            "Ines",
            "line.raised",
        )
        (risk,) = state["line"]["risks"]
        assert (risk["place"], risk["holder_name"]) == ("door 4", "Ada")
        view = phones["security"].until(lambda view: view["line"]["breaches"])
        assert view["line"]["breaches"][0]["id"] == "key-00000001"
        assert phones["security"].act("ComeToLine", breach="key-00000001")["kept"]
        desk.until(lambda state: state["line"]["breaches"][0]["coming"] == ["Vera"])
        assert desk.say("LogRadio", breach="key-00000001") == {"kept": True, "recorded": True}
        assert desk.say("ResolveLine", breach="key-00000001")["kept"]
        desk.until(lambda state: state["line"]["breaches"][0]["resolved_at"] is not None)
        refused = phones["idol"].act("RaiseLine", key="key-00000009", zone="door4")
        assert not refused["kept"]
        store = Path(tmp_path / "care")
        assert list(store.glob("*/line.db"))
        assert not list((tmp_path / "show").rglob("line.db")), "never in the show folder"
        assert live.config.run_dir


@pytest.mark.process
def test_an_engine_that_is_killed_in_between_hears_it_when_it_is_back(tmp_path: Path) -> None:
    with evening(tmp_path / "show") as (live, phones, desk):
        engine = live.supervisor.pids()["engine"]
        os.kill(engine, signal.SIGSTOP)  # it hears nothing, and its mailbox goes with it
        assert phones["steward"].act("RaiseLine", key="key-00000001", zone="SR")["kept"]
        view = phones["security"].until(lambda view: view["line"]["breaches"])
        assert view["line"]["breaches"][0]["zone"] == "SR", "security waits for no engine"
        desk.until(lambda state: state["line"]["breaches"])
        os.kill(engine, signal.SIGKILL)
        until = time.monotonic() + PATIENCE_S
        while not live.folded.state.risks:
            live.turn()
            assert time.monotonic() < until, "the engine never heard of it"
        desk.until(raised)
        for _ in range(10):
            live.turn()
        found = [e.event for _, e in live.folded.recent if isinstance(e.event, RiskRaised)]
        assert len(found) == 1, "said again and again, done once"
        assert "hold risk, length unknown: line breach, stage right" in tell(
            found[0], live.folded.show, str
        )


@pytest.mark.process
def test_a_care_process_that_is_killed_still_knows_the_breach(tmp_path: Path) -> None:
    with evening(tmp_path / "show") as (live, phones, desk):
        assert phones["steward"].act("RaiseLine", key="key-00000001", zone="SR")["kept"]
        desk.until(raised)
        os.kill(live.supervisor.pids()["care"], signal.SIGKILL)
        silent = desk.until(lambda state: state["line"]["silent"])
        assert silent["line"]["silent"]["word"] == "line silent: use the radio"
        pids = live.supervisor.pids()
        until = time.monotonic() + PATIENCE_S
        while "care" not in pids:
            live.turn()
            pids = live.supervisor.pids()
            assert time.monotonic() < until
        back = desk.until(lambda state: state["line"]["breaches"])
        assert [b["id"] for b in back["line"]["breaches"]] == ["key-00000001"]
        assert phones["security"].until(lambda view: view["line"]["breaches"])
