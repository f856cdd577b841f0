"""B-a, B-b, B-d, B-e: alarms at once, no internet, a dead device, and who may come near."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.gateway import Carried, Gateway
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.line_after import clear_risks
from collavoce.cli.stories.line_before import has_breach
from collavoce.cli.stories.line_cast import (
    ADMIN,
    ASM,
    BODYGUARD,
    DOOR,
    FOYER,
    FRIEND,
    IDOL,
    LIAISON,
    MANAGER,
    MEDIC,
    MONITORS,
    SECURITY,
    SISTER,
    STEWARD,
    WAY_OFF,
    WELFARE,
)
from collavoce.cli.stories.line_him import (
    DEVICE_MS,
    HER_NUMBER,
    HIS_NUMBER,
    RECEIPT_S,
    VOICE_S,
    called_since,
    end,
)
from collavoce.cli.stories.line_many import BREACHES, misdirected
from collavoce.cli.stories.page import Page, Wanted, ms
from collavoce.cli.stories.sockets import SocketWatch
from collavoce.cli.text.door import View
from collavoce.runtime.clock import fresh_id, monotonic_ns, sleep, utc_now
from collavoce.runtime.line.config import line_config

ROUNDS = 10
ALARMS_AT_ONCE = 5
BYSTANDERS = (MANAGER, BODYGUARD, ADMIN, WELFARE, SISTER)

KNOWS_S = 10.0
CALL_LATE_S = 2.0
LOOK_AFTER_S = 1.0


@dataclass(frozen=True, slots=True)
class Unheard:
    """A press that no device shows, and when it was made (monotonic ns)."""

    press: str
    began: int


def at_once(account: Account, house: StoryHouse) -> None:
    """B-a: breaches, each with four other alarms in the same moment."""
    with account.step("B-a") as taking, ThreadPoolExecutor(ALARMS_AT_ONCE) as hands:
        house.phones[IDOL].does("WriteOpening", hand=False, breach=False)
        came: dict[str, list[float | None]] = {
            SECURITY: [],
            LIAISON: [],
            "caller": [],
            "friend": [],
        }
        began = monotonic_ns()
        for _ in range(ROUNDS):
            _one_moment(house, hands, came)
        everywhere = [*came[SECURITY], *came[LIAISON], *came["caller"]]
        taking.within("breaches", everywhere, DEVICE_MS, rounds=ROUNDS)
        taking.within("press", came["friend"], DEVICE_MS)
        wrong = [person for person in BYSTANDERS if _knows(house.phones[person], began)]
        taking.is_so("nobody_else", not wrong, Figure(len(wrong)), count=len(BYSTANDERS))
        place = line_config(house.live.folded.show, utc_now()).place()
        wrong_ones = misdirected(place, BREACHES)
        taking.is_so("ten_thousand", not wrong_ones, Figure(wrong_ones), count=BREACHES)
        clear_risks(house)


def _one_moment(
    house: StoryHouse, hands: ThreadPoolExecutor, came: dict[str, list[float | None]]
) -> None:
    breach, medic, clear, press = (fresh_id() for _ in range(4))
    phones, began = house.phones, monotonic_ns()
    alarms: tuple[Callable[[], float], ...] = (
        lambda: phones[STEWARD].does("RaiseLine", key=breach, zone=DOOR),
        lambda: phones[ASM].does("SendMedic", key=medic, zone=FOYER),
        lambda: phones[MONITORS].does("SayEars", person=IDOL, out=True),
        lambda: phones[SECURITY].does("KeepClear", key=clear, zone=WAY_OFF),
        lambda: phones[IDOL].does("Press", press=press),
    )
    for done in [hands.submit(alarm) for alarm in alarms]:
        done.result()
    for person in (SECURITY, LIAISON):
        came[person].append(_came(phones[person], has_breach(breach), began))
    came["caller"].append(_came(house.desk, has_breach(breach), began))
    came["friend"].append(_came(phones[FRIEND], _is_called(press), began))
    phones[SECURITY].does("ResolveLine", breach=breach)
    phones[SECURITY].does("LiftClear", clear=clear)
    phones[MEDIC].does("EndMedic", medic=medic)
    phones[MONITORS].does("SayEars", person=IDOL, out=False)
    end(house, press)


def _came(page: Page, wanted: Wanted, began: int) -> float | None:
    at = page.when(wanted, began)
    return None if at is None else ms(began, at)


def _is_called(press: str) -> Wanted:
    return lambda view: any(call["press"] == press for call in view["calls"])


def _knows(page: Page, since_ns: int) -> bool:
    """Whether a page showed any alarm since."""
    kinds = ("breaches", "clears", "medics", "ears")
    return any(
        view["calls"] or any(view["line"].get(kind) for kind in kinds)
        for view in page.views_since(since_ns)
    )


def press_into_nothing(house: StoryHouse) -> Unheard:
    """He presses, and her device shows nothing."""
    unheard = Unheard(fresh_id(), monotonic_ns())
    house.phones[IDOL].does("Press", press=unheard.press)
    return unheard


def dead_device(account: Account, house: StoryHouse, gateway: Gateway, unheard: Unheard) -> None:
    """B-d, B-e: the ladder goes to its end, and nobody else is called."""
    idol, began = house.phones[IDOL], unheard.began
    with account.step("B-d") as taking:
        at = idol.when(_not_reached_yet, began, KNOWS_S + LOOK_AFTER_S)
        taking.within("knows", [None if at is None else ms(began, at) / 1000], KNOWS_S, "s")
        _carried(taking, gateway, began)
    with account.step("B-e") as taking:
        told = idol.at(lambda view: view["press"]["is"] == "not_reached", began)
        taking.is_so("told", True, Figure(round(ms(began, told) / 1000, 1), "s"))
        sleep(max(0.0, VOICE_S + LOOK_AFTER_S - ms(began, monotonic_ns()) / 1000))
        called = called_since(house, began)
        taking.is_so("nobody_else", called == {FRIEND}, Figure(len(called - {FRIEND})))
        theirs = house.phones[SISTER], house.phones[WELFARE]
        taking.is_so("sister_and_lead", not any(_knows(p, began) for p in theirs))
        end(house, unheard.press)
        others = [one for one in gateway.carried if one.to not in (HER_NUMBER, HIS_NUMBER)]
        all_ = len(gateway.carried)
        taking.is_so("no_number", gateway.carried and not others, Figure(len(others)), all=all_)


def _not_reached_yet(view: View) -> bool:
    return view["press"]["is"] in ("quiet", "unreached", "not_reached")


def _carried(taking: Taking, gateway: Gateway, began: int) -> None:
    """By another channel, to the same person, in words that say nothing."""
    first = {}
    for one in gateway.since(began):
        first.setdefault(one.channel, one)
    sent: list[Carried] = list(first.values())
    after = [ms(began, one.at) / 1000 for one in sent] or [None]
    taking.within("call", after, RECEIPT_S + CALL_LATE_S, "s", kinds=", ".join(first) or "-")
    taking.is_so("never_early", all(s is not None and s >= RECEIPT_S for s in after))
    taking.is_so("same_person", {one.to for one in sent} == {HER_NUMBER})
    names = ("강하진", "stage right", "door 4", IDOL)
    said = sent[0].text if sent else ""
    taking.is_so("says_nothing", said and not any(name in said for name in names), words=said)


def no_internet(account: Account, watch: SocketWatch) -> None:
    """B-b: all of it spoke with this machine alone."""
    with account.step("B-b") as taking:
        watch.stop()
        if not watch.possible:
            taking.not_shown("no_list")
            return
        outside = Figure(len(watch.outside))
        taking.is_so(
            "loopback",
            watch.looks and not watch.outside,
            outside,
            looks=watch.looks,
            sockets=watch.sockets,
        )
