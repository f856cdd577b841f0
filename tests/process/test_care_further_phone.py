"""A further phone over real HTTP: whoever works the desk learns nothing by making codes."""

import re
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.process.care_house import CareProcess, Phone, care_process, make_circle, press_id

from collavoce.care.states.pairing import WAITING_MAX
from collavoce.runtime.badges import read_badge

pytestmark = pytest.mark.process

FRAMES = 4
WRONG = "000G-40R4-0M30-E209-185G-R38E-1YZ4"
"""A whole code, and nobody's."""


def what_the_callers_phone_sees(root: Path, *, circle: bool, pressed: bool) -> dict[str, Any]:
    """Every byte of a phone that scanned a code of somebody with a phone, whatever it tries."""
    with care_process(root) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        assert performer.act("NewRecovery")["kept"]
        if circle:
            make_circle(performer, {"friend": friend})
            make_circle(friend, {"pianist": performer})
        if pressed:
            assert performer.act("Press", press=press_id(1), place="right")["kept"]
            assert friend.act("Press", press=press_id(2))["kept"]
        curious = care.claimed("pianist")
        page = curious.client.get("/care/")
        frames = curious.raw_frames(FRAMES)
        acts: tuple[dict[str, Any], ...] = (
            *({"type": act, "press": press_id(2)} for act in ("Shown", "Coming", "With")),
            *({"type": act, "press": press_id(1)} for act in ("Cancel", "Over")),
            {"type": "WriteCircle", "order": ["second"], "second_after": 20},
            {"type": "WriteCircle", "order": [], "second_after": 20},
            {"type": "Reply", "owner": "friend", "agrees": True},
            {"type": "Mine", "device": "0" * 64},
            {"type": "NotMine", "device": "0" * 64},
            {"type": "NewRecovery"},
            {"type": "ForgetRest"},
            *({"type": "Recover", "code": code} for code in (WRONG, "slip", "")),
            {"type": "Press", "press": press_id(3), "place": "left"},
            {"type": "Press", "press": press_id(3)},
            {"type": "Cancel", "press": press_id(3)},
            {"type": "Over", "press": press_id(3)},
        )
        tries = [curious.client.post("/care/act", json=act) for act in acts]
        frames += curious.raw_frames(FRAMES)
        return {
            "frames": [unnumbered(frame) for frame in frames],
            "page": unnumbered(page.content),
            "tries": [(answer.status_code, answer.content) for answer in tries],
            "headers": [headers_of(answer) for answer in (page, *tries)],
            "circle": performer.view()["circle"]["order"] != [],
        }


def unnumbered(content: bytes) -> bytes:
    """`content` without the two digits where they are shown: they are drawn by lot."""
    shown, times = re.subn(rb'("number":|data-number="|>Number )\d\d', rb"\1##", content)
    assert times > 0
    return shown


def headers_of(response: httpx.Response) -> list[tuple[str, str]]:
    """The headers, the process' own port left out."""
    port = str(response.request.url.port)
    return [(name, value.replace(port, "PORT")) for name, value in response.headers.items()]


def test_a_curious_caller_learns_nothing(tmp_path: Path) -> None:
    """With and without a circle, calls, an open press: the same bytes on the caller's phone."""
    bare = what_the_callers_phone_sees(tmp_path / "bare", circle=False, pressed=False)
    full = what_the_callers_phone_sees(tmp_path / "full", circle=True, pressed=True)
    assert (bare.pop("circle"), full.pop("circle")) == (False, True)
    assert full == bare
    assert {(status, len(content)) for status, content in bare["tries"]} == {(200, 512)}
    assert b"Mira" not in bare["page"]


def test_a_yes_makes_it_theirs_and_a_no_forgets_it(tmp_path: Path) -> None:
    with care_process(tmp_path, badge_key="key") as care:
        performer = care.phone("pianist")
        yes, no = care.claimed("pianist"), care.claimed("pianist")
        asking = performer.until(lambda view: len(view["waiting"]) == WAITING_MAX)["waiting"]
        for entry, phone in zip(asking, (yes, no), strict=True):
            assert phone.view() == {"number": entry["number"]}
            assert read_badge_of(phone) == ""
        assert performer.act("Mine", device=asking[0]["id"])["kept"]
        assert performer.act("NotMine", device=asking[1]["id"])["kept"]
        assert yes.view()["phones"] == 2
        assert read_badge_of(yes) != ""
        assert no.client.get("/care/stream").status_code == 401
        assert no.client.post("/care/act", json={"type": "ForgetThis"}).status_code == 401


def read_badge_of(phone: Phone) -> str:
    """Whose standby the web desk would show this phone; "" for nobody's."""
    badge = phone.client.cookies.get("collavoce_badge", "") or ""
    return read_badge("key", badge.strip('"'), datetime.now(UTC)) or ""


def test_the_open_stream_of_a_phone_said_no_to_ends_at_once(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        performer, curious = care.phone("pianist"), care.claimed("pianist")
        ended: list[float] = []

        def listen() -> None:
            for _ in curious.views():
                pass
            ended.append(time.monotonic())

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        [entry] = performer.until(lambda view: view["waiting"])["waiting"]
        assert performer.act("NotMine", device=entry["id"])["kept"]
        thread.join(5.0)
        assert ended


def test_the_press_of_a_phone_that_waits_calls_the_circle_and_shows_on_the_persons_own(
    tmp_path: Path,
) -> None:
    with care_process(tmp_path) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        further = care.claimed("pianist")
        assert further.act("Press", press=press_id(1), place="right")["kept"]
        [call] = friend.until(lambda view: view["calls"], ring=True)["calls"]
        assert (call["press"], call["place"], call["owner"]) == (press_id(1), "right", "pianist")
        assert not further.act("Over", press=press_id(1))["kept"]
        assert performer.view()["press"]["press"] == press_id(1)
        assert performer.act("Over", press=press_id(1))["kept"]


def test_a_recovery_code_opens_once_and_wrong_ones_are_slowed_without_a_word(
    tmp_path: Path,
) -> None:
    with care_process(tmp_path) as care:
        lost = care.phone("pianist")
        code = lost.act("NewRecovery")["code"]
        assert code not in str(lost.view())
        found = care.claimed("pianist")
        wrong = [
            found.client.post("/care/act", json={"type": "Recover", "code": WRONG}).content
            for _ in range(12)
        ]
        assert len(set(wrong)) == 1, "the twelfth wrong one reads like the first"
        right = found.client.post("/care/act", json={"type": "Recover", "code": code}).content
        assert right == wrong[0], "too many wrong ones: the right one waits too, and is not told"
        assert found.act("Press", press=press_id(1))["kept"], "a press is never slowed"
        until_recovered(found, code)
        assert found.view()["phones"] == 2
        assert found.view()["recovery"] is False, "a new one is to be shown"
        assert found.act("ForgetRest")["kept"]
        assert lost.client.get("/care/stream").status_code == 401
        assert found.act("NewRecovery")["code"] != code


def until_recovered(phone: Phone, code: str) -> None:
    until = time.monotonic() + 15.0
    while not phone.act("Recover", code=code.lower().replace("-", " "))["kept"]:
        assert time.monotonic() < until
        time.sleep(0.5)


def test_codes_and_waits_outlive_the_process_and_stand_nowhere_in_clear(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        performer = care.phone("pianist")
        code = performer.act("NewRecovery")["code"]
        further = care.claimed("pianist")
        number = further.view()["number"]
        care.kill()
        care.start()
        assert further.view() == {"number": number}
        assert further.act("Recover", code=code)["kept"]
        assert further.view()["phones"] == 2
        stop_and_search(care, code)


def stop_and_search(care: CareProcess, code: str) -> None:
    assert care.stop() == 0
    stored = b"".join(path.read_bytes() for path in care.care_dir.rglob("*") if path.is_file())
    for word in (code, code.replace("-", ""), "DeviceWaits", "RecoverySet", "pianist"):
        assert word.encode() not in stored
    assert care.written() == ""
