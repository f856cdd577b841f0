"""The restore drill: a disk is lost under an open call; its backup goes on from where it was."""

import shutil
import time
from pathlib import Path

import pytest
from tests.process.care_house import CareProcess, care_process, make_circle, press_id

from collavoce.ledger.copying import copy_store

pytestmark = pytest.mark.process

RTO_S = 60.0
"""From the loss to the first page that shows the call again."""

RPO_S = 5.0
"""A backup every so often loses no more than what came after the last."""


def lose_the_disk(care: CareProcess) -> None:
    care.kill()
    shutil.rmtree(care.care_dir)
    care.care_dir.mkdir(mode=0o700)


def test_a_lost_disk_is_restored_with_its_open_call_within_a_minute(tmp_path: Path) -> None:
    backup = tmp_path / "elsewhere" / "care.db"
    with care_process(tmp_path / "disk") as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        performer.client.get("/care/")
        friend.client.get("/care/")
        make_circle(performer, {"friend": friend, "second": care.phone("second")})
        assert performer.act("WriteLines", lines=["quiet"], shared=["friend"])["kept"]
        assert performer.act("Press", press=press_id(1))["kept"]
        friend.until(lambda view: view["calls"], ring=True)
        rung = list(friend.rings)
        began = time.monotonic()
        copy_store(care.care_dir / "care.db", backup)
        copied_s = time.monotonic() - began
        assert copied_s < RPO_S, "a backup each 5 s can be kept up with"
        assert friend.act("Coming", press=press_id(1))["kept"]
        lost = time.monotonic()
        lose_the_disk(care)
        shutil.copy(backup, care.care_dir / "care.db")
        care.start()
        view = friend.until(lambda view: view["calls"], ring=True)
        assert time.monotonic() - lost < RTO_S
        # What came after the backup is lost, and said again; nobody is rung twice for one step.
        assert view["calls"][0]["is"] == "open"
        assert friend.rings == rung
        assert friend.act("Coming", press=press_id(1))["kept"]
        shown = performer.client.post("/care/read", json={"type": "ReadMine"}).json()["shown"]
        assert shown["lines"] == ["quiet"]
        assert friend.act("With", press=press_id(1))["kept"]


def test_what_is_on_a_replica_of_the_disk_is_lost_to_nobody(tmp_path: Path) -> None:
    """The files as a mirrored disk holds them at the moment of death: RPO 0."""
    with care_process(tmp_path / "disk") as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        assert performer.act("Press", press=press_id(1))["kept"]
        friend.until(lambda view: view["calls"], ring=True)
        assert friend.act("Coming", press=press_id(1))["kept"]
        care.kill()
        replica = tmp_path / "replica"
        shutil.copytree(care.care_dir, replica)
        shutil.rmtree(care.care_dir)
        shutil.copytree(replica, care.care_dir)
        care.start()
        view = friend.until(lambda view: view["calls"])
        assert view["calls"][0]["is"] == "coming"
