"""A real care process, everything on its disk, the server's key: what that opens, and what not.

The canary words stand in every field of planes 2 and 3. They are looked for in every byte of every
file, in what the key opens, in what the process wrote and in the process list.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.process.care_house import PEOPLE, CareProcess, Phone, care_process, make_circle, press_id
from tests.process.opened_dump import Dump, leaves, opened, opened_by_anything

from collavoce.care.planes import FIELDS, Is, Plane
from collavoce.ledger.copying import copy_store

pytestmark = pytest.mark.process

LINES = ("CanaryQuiet keep the light low", "CanaryHands do not touch them")
AFTERCARE = "CanaryHome walk home by the river"
WORDS = {"cancel": "CanaryUmbrella", "duress": "CanaryRaincoat"}
CANARIES = (
    "CanaryQuiet",
    "CanaryHands",
    "CanaryHome",
    "CanaryUmbrella",
    "CanaryRaincoat",
    "CanaryErased",
)
KEPT_NUMBER, OWN_NUMBER, ERASED_NUMBER = "+4915550100001", "+4915550100002", "+4915550100003"


def read(phone: Phone, what: str, **fields: Any) -> dict[str, Any]:
    answer = phone.client.post("/care/read", json={"type": what, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["shown"]


def does(phone: Phone, act: str, **fields: Any) -> None:
    answer = phone.act(act, **fields)
    assert answer["kept"], (act, answer)


def an_evening(care: CareProcess) -> dict[str, Phone]:
    """Everything a person can write, somebody who declined, somebody who was erased, a call."""
    phones = {person: care.phone(person) for person, _ in PEOPLE}
    for phone in phones.values():
        phone.client.get("/care/")
    pianist, friend, second, third = (phones[p] for p in ("pianist", "friend", "second", "third"))
    make_circle(pianist, {"friend": friend, "second": second, "third": third})
    make_circle(second, {"friend": friend})
    make_circle(third, {"pianist": pianist})
    does(pianist, "WriteLines", lines=LINES, shared=["friend"])
    does(pianist, "WriteAftercare", words=AFTERCARE)
    does(pianist, "WriteWords", **WORDS)
    does(pianist, "WriteNear", kind="not", ids=["manager"])
    does(pianist, "Holders", ids=["friend", "second"])
    does(pianist, "NewRecovery")
    does(friend, "WriteContacts", contacts=[{"channel": "sms", "address": KEPT_NUMBER}])
    does(second, "WriteContacts", contacts=[{"channel": "sms", "address": OWN_NUMBER}])
    does(second, "Routing", on=False)
    does(third, "WriteLines", lines=["CanaryErased"], shared=["pianist"])
    does(third, "WriteContacts", contacts=[{"channel": "sms", "address": ERASED_NUMBER}])
    does(third, "EraseMe", sure=True)
    does(pianist, "Press", press=press_id(1), place="left")
    friend.until(lambda view: view["calls"], ring=True)
    assert read(friend, "ReadLines", press=press_id(1))["lines"] == list(LINES)
    assert [row["who"] for row in read(pianist, "ReadLog")["log"]] == ["friend", "friend"]
    return phones


def every_file(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def hits(words: tuple[str, ...], files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(w, name) for w in words for name, content in files.items() if w.encode() in content]


@pytest.fixture
def evening(tmp_path: Path) -> tuple[CareProcess, dict[str, Phone], dict[str, bytes]]:
    """The process, killed under an open call; its phones; every file on its disk."""
    with care_process(tmp_path / "disk") as care:
        phones = an_evening(care)
        copy_store(care.care_dir / "care.db", tmp_path / "disk" / "backup" / "care.db")
        assert care.process is not None
        proc = Path("/proc") / str(care.process.pid)
        listed = {
            f"/proc/{name}": (proc / name).read_bytes() for name in ("cmdline", "environ", "comm")
        }
        care.kill()
        assert care.written() == ""
        files = every_file(tmp_path / "disk") | listed
        assert any(name.endswith("care.db-wal") for name in files)
    return care, phones, files


def test_no_word_of_planes_two_and_three_is_anywhere(
    evening: tuple[CareProcess, dict[str, Phone], dict[str, bytes]], tmp_path: Path
) -> None:
    care, phones, files = evening
    assert hits(CANARIES, files) == []
    tokens = tuple(v for phone in phones.values() for v in phone.client.cookies.values())
    assert len(tokens) >= 5
    assert hits(tuple(t for t in tokens if "." not in t), files) == []
    assert hits((ERASED_NUMBER, OWN_NUMBER, KEPT_NUMBER), files) == []
    key = care.key_file.read_bytes()
    for store in (care.care_dir / "care.db", tmp_path / "disk" / "backup" / "care.db"):
        dump = opened(store, key, tmp_path / "scratch")
        assert len(dump.events()) > 15
        assert len(dump.boxes()) > 20
        told = repr(list(leaves([dump.bodies, dump.things])))
        assert [w for w in (*CANARIES, OWN_NUMBER, ERASED_NUMBER) if w in told] == []
        # Nothing on the disk opens a box: not the key, nor any 32 bytes that lie bare in the dump.
        bare = [leaf for leaf in leaves([dump.bodies, dump.things]) if isinstance(leaf, bytes)]
        keys = [key, *(leaf for leaf in bare if len(leaf) == 32)]
        assert opened_by_anything(dump.boxes(), keys) == []


def test_the_care_store_holds_no_name_and_no_id_of_the_show(
    evening: tuple[CareProcess, dict[str, Phone], dict[str, bytes]], tmp_path: Path
) -> None:
    care, _, files = evening
    names = tuple(name for _, name in PEOPLE)
    ids = {person for person, _ in PEOPLE}
    stored = {n: c for n, c in files.items() if n.startswith(("data/", "backup/", "keys/"))}
    assert len(stored) >= 4
    assert hits((*names, *ids - {"second", "third"}), stored) == []
    dump = opened(care.care_dir / "care.db", care.key_file.read_bytes(), tmp_path / "scratch")
    values = [leaf for leaf in leaves([dump.bodies, dump.things]) if isinstance(leaf, str)]
    assert not ids & set(values)
    assert not [value for value in values if any(name in value for name in names)]
    parts = {part for value in values for part in re.split(r"[^a-z]", value)}
    assert not ids & parts - {"second"}, "but in the names of fields"


def test_what_the_routing_copy_shows_is_exactly_this(
    evening: tuple[CareProcess, dict[str, Phone], dict[str, bytes]], tmp_path: Path
) -> None:
    care, _, _ = evening
    dump = opened(care.care_dir / "care.db", care.key_file.read_bytes(), tmp_path / "scratch")
    shown = by_kind(dump)
    name = re.compile(r"~[A-Za-z0-9_-]{22}")
    assert all(name.fullmatch(v) for v in shown.pop(Is.PERSON) - {""})
    assert all(name.fullmatch(v) for v in shown.pop(Is.PERSONS))
    assert all(name.fullmatch(v) for v in shown.pop(Is.NEAR) - {"not"})
    assert all(re.fullmatch(r"[0-9a-f]{64}", v) for v in shown.pop(Is.HASH) - {""})
    assert shown.pop(Is.ADDRESS) == {"sms", KEPT_NUMBER}, "of who did not decline, and channels"
    assert press_id(1) in shown[Is.RANDOM]
    assert all(len(v) >= 16 for v in shown.pop(Is.RANDOM))
    messages = shown.pop(Is.MESSAGE, set())
    assert not [part for key in messages for part in key.split(":") if part in dict(PEOPLE)]
    assert all(isinstance(v, float | int | None) for v in shown.pop(Is.NUMBER))
    words = shown.pop(Is.PLAIN)
    assert {v for v in words if isinstance(v, str)} <= {
        "", "self", "call", "sms", "accepted", "failed", "delivered",
        "stand_back", "stand_down", "taken_back", "look", "unreached",
        *(v for v in words if isinstance(v, str) and v.startswith(("no_", "refused", "unknown"))),
    }  # fmt: skip
    assert shown == {}, "nothing of any other kind"
    planes = {FIELDS[e["type"]][f].plane for e in dump.events() for f in e if f != "type"}
    assert planes <= {Plane.COMPANY, Plane.CONCERNED, Plane.PERSON}
    # Of plane 3 the server reads hashes of random secrets, and the list by which somebody is kept
    # away, without which it could call the wrong one; nothing else.
    third = {
        FIELDS[e["type"]][f].kind
        for e in dump.events()
        for f in e
        if f != "type" and FIELDS[e["type"]][f].plane is Plane.PERSON
    }
    assert third <= {Is.HASH, Is.NEAR}


def by_kind(dump: Dump) -> dict[Is, set[Any]]:
    """Every value that the server reads, by what it is."""
    found: dict[Is, set[Any]] = {}
    for event in dump.events():
        for field, mark in FIELDS[event["type"]].items():
            values = event[field]
            if mark.kind in (Is.ADDRESS, Is.NEAR):
                flat = json.loads(json.dumps(values))
                values = [v for item in (flat if isinstance(flat, list) else [flat])
                          for v in item.values()]  # fmt: skip
                values = [
                    v for value in values for v in (value if isinstance(value, list) else [value])
                ]
            if isinstance(values, list | tuple):
                found.setdefault(mark.kind, set()).update(values)
            else:
                found.setdefault(mark.kind, set()).add(values)
    return found


def test_after_a_restart_the_phones_open_what_the_disk_does_not(tmp_path: Path) -> None:
    with care_process(tmp_path / "disk") as care:
        phones = an_evening(care)
        care.kill()
        care.start()
        assert read(phones["pianist"], "ReadMine")["lines"] == list(LINES)
        assert read(phones["pianist"], "ReadMine")["aftercare"] == AFTERCARE
        export = json.loads(read(phones["pianist"], "ReadExport")["export"])
        assert export["lines"] == list(LINES)
        assert read(phones["friend"], "ReadLines", press=press_id(1))["lines"] == list(LINES)
        assert read(phones["second"], "ReadMine")["contacts"][0]["address"] == OWN_NUMBER
        gone = phones["third"].client.post("/care/act", json={"type": "Ping"})
        assert gone.status_code == 401
