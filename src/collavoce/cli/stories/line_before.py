"""B1 to B4: before the house opens, and the breach on the devices of those it is for."""

from collavoce.cli.reading import load_show
from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.line_cast import (
    FOYER,
    FRIEND,
    IDOL,
    LIAISON,
    MONITORS,
    NUMBER,
    SEAT,
    SECURITY,
    STEWARD,
    Cast,
)
from collavoce.cli.stories.page import DeskPage, Page, Wanted, ms
from collavoce.cli.text.door import View
from collavoce.runtime.clock import fresh_id, monotonic_ns

EARS_ROUNDS = 8
LINE_ROUNDS = 8

EARS_MS = 500.0
KEPT_MS = 100.0
DEVICES_MS = 2000.0
HALF_AN_HOUR_MIN = 30.0


def ready(account: Account, house: StoryHouse, cast: Cast) -> None:
    """B1: the seat, its device, the drill."""
    with account.step("B1", friend=cast.friend) as taking:
        _empty_seat(taking, cast, house)
        desk, phone = house.desk, house.phones[FRIEND]
        taking.is_so("not_ready", desk.view["line"]["support"]["sign"]["is"] == "support.not_ready")
        desk.orders("StartNumber", number=NUMBER)
        taking.is_so("never_blocks", True)
        asked = monotonic_ns()
        desk.says("AskSupport")
        phone.at(lambda view: view["line"].get("waits"), asked)
        began = monotonic_ns()
        phone.answer("Ping")
        trip = ms(began, monotonic_ns())
        phone.does("ConfirmSupport", round=phone.view["line"]["waits"], trip_ms=trip)
        at = desk.at(lambda view: _seat(view)["age"] is not None, asked)
        taking.is_so("tapped", True, Figure(round(ms(asked, at)), "ms"))
        taking.is_so("still_not", _support(desk) == "support.not_ready")
        for by_hand in (False, True):
            desk.says("TickDrill", by_hand=by_hand)
        desk.at(lambda view: view["line"]["support"]["sign"]["is"] == "support.ready", asked)
        age = _seat(desk.view)["age"]
        taking.within("ready", [age], HALF_AN_HOUR_MIN, "min")


def _empty_seat(taking: Taking, cast: Cast, house: StoryHouse) -> None:
    empty = cast.lay_out(house.folder.parent / "empty", seat_held=False)
    findings = load_show(empty).findings
    said = [finding for finding in findings if SEAT in finding.what]
    taking.is_so("empty_seat", len(said) == 1 and not any(f.blocking for f in findings))


def _support(desk: DeskPage) -> str:
    return str(desk.view["line"]["support"]["sign"]["is"])


def _seat(view: View) -> View:
    seat: View = view["line"]["support"]["seats"][0]
    return seat


def brief(account: Account) -> None:
    """B2: what people say to each other."""
    with account.step("B2") as taking:
        taking.by_people("said_by_people")


def ears(account: Account, house: StoryHouse, cast: Cast) -> None:
    """B3: a fact about equipment."""
    with account.step("B3") as taking:
        name = cast.names()[IDOL]
        on_desk: list[float | None] = []
        on_phone: list[float | None] = []
        for number in range(EARS_ROUNDS):
            out = number % 2 == 0
            began = monotonic_ns()
            house.phones[MONITORS].does("SayEars", person=IDOL, out=out)
            on_desk.append(
                _took(house.desk, began, lambda v, out=out: (name in _ears_on_desk(v)) is out)
            )
            on_phone.append(
                _took(
                    house.phones[MONITORS],
                    began,
                    lambda v, out=out: (IDOL in v["line"]["ears"]) is out,
                )
            )
        taking.within("caller", on_desk, EARS_MS)
        taking.within("monitors", on_phone, EARS_MS)
        seen = [p.person for p in house.others(MONITORS) if "ears" in p.view["line"]]
        taking.is_so("nobody_else", set(seen) <= {"asm"})


def _ears_on_desk(view: View) -> list[str]:
    return [one["name"] for one in view["line"]["ears"]]


def _took(page: Page, began: int, wanted: Wanted) -> float | None:
    at = page.when(wanted, began)
    return None if at is None else ms(began, at)


def breach(account: Account, house: StoryHouse) -> None:
    """B4: LINE and a place, in one press."""
    with account.step("B4") as taking:
        kept: list[float | None] = []
        came: dict[str, list[float | None]] = {SECURITY: [], LIAISON: [], "caller": []}
        radio: float | None = None
        for number in range(LINE_ROUNDS):
            key = fresh_id()
            began = monotonic_ns()
            kept.append(house.phones[STEWARD].does("RaiseLine", key=key, zone=FOYER))
            for person in (SECURITY, LIAISON):
                came[person].append(_took(house.phones[person], began, has_breach(key)))
            came["caller"].append(_took(house.desk, began, has_breach(key)))
            if number == 0:
                radio = _radio_word(house, key)
            house.phones[SECURITY].does("ResolveLine", breach=key)
        taking.within("kept", kept, KEPT_MS)
        taking.within("security", came[SECURITY], DEVICES_MS)
        taking.within("caller", came["caller"], DEVICES_MS)
        taking.within("liaison", came[LIAISON], DEVICES_MS)
        taking.within("radio", [radio], DEVICES_MS)
        told = [p.person for p in house.others(SECURITY, LIAISON, STEWARD) if _any_breach(p.view)]
        taking.is_so("nobody_else", not told)


def has_breach(key: str) -> Wanted:
    """Whether a page or the desk shows the breach `key`."""
    return lambda view: any(b["id"] == key for b in view["line"].get("breaches", ()))


def _any_breach(view: View) -> bool:
    return bool(view["line"].get("breaches"))


def _radio_word(house: StoryHouse, key: str) -> float | None:
    """How many ms until the desk shows that the radio word was given, None if it never did."""
    began = monotonic_ns()
    house.desk.says("LogRadio", breach=key)
    return _took(
        house.desk,
        began,
        lambda view: any(b["id"] == key and b["radio"] for b in view["line"]["breaches"]),
    )
