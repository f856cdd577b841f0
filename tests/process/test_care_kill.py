"""A press that was kept is seen by the trusted person exactly once, whatever is killed when.

`COLLAVOCE_CARE_KILLS` sets the rounds (10 unless set) and `COLLAVOCE_SEED` the moments. Every
round kills the process with SIGKILL: in the middle of the press, or after "kept" and before any
page of the trusted person was open.
"""

import os
import random
import threading
import time
from pathlib import Path

import pytest
from tests.process.care_house import Phone, View, care_process, make_circle, press_id

ROUNDS = int(os.environ.get("COLLAVOCE_CARE_KILLS", "10"))
SEED = int(os.environ.get("COLLAVOCE_SEED", "20240607"))
MID_PRESS_S = 0.012
"""A press takes about 4 ms; so some kills fall before it, some within, some after."""


@pytest.mark.process
@pytest.mark.timeout(60 + 10 * ROUNDS)
def test_no_kept_press_is_lost_or_seen_twice(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    expected: list[str] = []
    with care_process(tmp_path) as care:
        performer = care.phone("pianist")
        friend, second = care.phone("friend"), care.phone("second")
        make_circle(performer, {"friend": friend, "second": second}, second_after=60)
        for number in range(ROUNDS):
            press = press_id(number)
            expected.append(f"{press}:friend:0")
            answers: list[dict[str, bool]] = []
            pressing = threading.Thread(target=insist_on, args=(performer, press, answers))
            pressing.start()
            if number % 2:
                time.sleep(chance.uniform(0.0, MID_PRESS_S))
            else:
                pressing.join()
                time.sleep(chance.uniform(0.0, MID_PRESS_S))
            care.kill()
            care.start()
            pressing.join()
            assert answers == [{"kept": True, "done": True, "why": ""}], f"seed {SEED}"
            seen(friend, press)
            if number % 4 == 0:
                # The page was seen; another death must not make it ring again.
                care.kill()
                care.start()
                [call] = seen(friend, press)
                assert call["shown"], "the receipt was kept too"
            assert friend.insist("With", press=press)["kept"]
        assert friend.rings == expected, f"seed {SEED}"
        assert second.view()["calls"] == []
        assert second.rings == []


def insist_on(phone: Phone, press: str, answers: list[dict[str, bool]]) -> None:
    answers.append(phone.insist("Press", press=press))


def seen(friend: Phone, press: str) -> list[View]:
    """The open calls of `press` on the friend's page, as soon as there is one."""

    def there(view: View) -> bool:
        return any(call["press"] == press and call["is"] == "open" for call in view["calls"])

    view = friend.until(there, ring=True)
    return [call for call in view["calls"] if call["press"] == press]
