"""Writes the care store of an earlier release, with that release's own code.

    git clone . /tmp/old && git -C /tmp/old checkout REVISION
    PYTHONPATH=/tmp/old/src python tests/upgrade/make_care_store.py tests/upgrade/care_REVISION

It uses nothing that a later release may change its mind about: run it only with the old code.
"""

import sys
from pathlib import Path

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmDevice,
    ConfirmShown,
    OfferCode,
    PairDevice,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
    SetRecovery,
)
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import secret_hash
from collavoce.company.people import Person
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.home import Home, server_key
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.shelf import Shelf

PEOPLE = {
    person: Person(person, name, ())
    for person, name in (
        ("pianist", "Yuna Park"),
        ("friend", "Mona Adler"),
        ("second", "Ines Okafor"),
        ("singer", "Tove Lind"),
        ("manager", "Karl Weber"),
    )
}
BOOT = "the machine's first start"

EVENING: tuple[tuple[float, AnyCommand], ...] = (
    *(
        step
        for number, person in enumerate(PEOPLE)
        for step in (
            (10.0 + number, OfferCode(person, secret_hash(f"code of {person}"))),
            (
                10.5 + number,
                PairDevice(secret_hash(f"code of {person}"), secret_hash(f"token of {person}")),
            ),
        )
    ),
    (20.0, OfferCode("pianist", secret_hash("another code of pianist"))),
    (21.0, PairDevice(secret_hash("another code of pianist"), secret_hash("tablet of pianist"))),
    (
        22.0,
        ConfirmDevice("pianist", secret_hash("token of pianist"), secret_hash("tablet of pianist")),
    ),
    (23.0, SetRecovery("pianist", secret_hash("token of pianist"), secret_hash("a recovery code"))),
    (30.0, SetCircle("pianist", ("friend", "second", "manager"), 15.0)),
    (31.0, AnswerRequest("friend", "pianist", agrees=True)),
    (32.0, AnswerRequest("second", "pianist", agrees=True)),
    (33.0, AnswerRequest("manager", "pianist", agrees=False)),
    (34.0, SetCircle("singer", ("second", "friend"), 20.0)),
    (35.0, AnswerRequest("second", "singer", agrees=True)),
    (100.0, RaiseAlert("singer", "singer-press-00001")),
    (101.0, ConfirmShown("second", "singer-press-00001")),
    (102.0, SayComing("second", "singer-press-00001")),
    (130.0, SayWith("second", "singer-press-00001")),
    (140.0, RaiseAlert("singer", "singer-press-00002")),
    (142.0, CancelAlert("singer", "singer-press-00002")),
    (200.0, RaiseAlert("pianist", "pianist-press-0001", 0.5)),
    (201.0, ConfirmShown("friend", "pianist-press-0001")),
)
"""When, and what: one call that ended, one taken back, and one open, shown and climbing."""


def main(folder: Path) -> None:
    """Write the store and its key into `folder`."""
    at = Moment(1.0)
    folder.mkdir(parents=True, exist_ok=True)
    key = server_key(Home(folder, folder / "server.key"))
    store = SealedStore.open(folder / "care.db", ballast_bytes=0)
    house = House(PEOPLE, Shelf(store, key), lambda: at)
    house.open(BOOT)
    for moment, command in EVENING:
        at = Moment(moment)
        outcome = house.ask(command)
        assert isinstance(outcome, Kept), (command, outcome)
    store.close()
    for left in (*folder.glob("care.db-*"), *folder.glob("care.db.*")):
        left.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
