"""A person with everything the quiet half can keep, and a token of each role that might be curious.

Each word of hers is a canary of its own. The house is in memory but for its store, which is real.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.security.care_pages import CANARY, Answer, Pages, Records
from tests.unit.care.key_world import SERVER_KEY
from tests.unit.care.song_sounds import wav

from collavoce.care.card import Field
from collavoce.care.commands import AskWhoIsDue, HearEvening
from collavoce.care.ladder import Moment
from collavoce.care.states.pairing import secret_hash
from collavoce.company.engagement import DAY
from collavoce.company.people import Person
from collavoce.desk.care.app import create_care_app
from collavoce.desk.denials import Denials
from collavoce.desk.guard import guarded
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.canary import seated
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.sheet import CueSheet, Meeting
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.line.config import LineConfig

OWNER: Final = "owner"
PEOPLE: Final[dict[str, tuple[str, ...]]] = {
    OWNER: ("performer",),
    "named": ("performer",),
    "lapsed": ("performer",),
    "withdrawn": ("performer",),
    "circle": ("guest",),
    "manager": ("company manager", "administrator"),
    "caller": ("caller",),
    "liaison": ("artist liaison",),
    "steward": ("steward", "security lead"),
    "director": ("musical director",),
    "guardian": ("welfare lead",),
    "dancer": ("performer",),
}
"""Person -> roles. The guardian is a minor's; that minor is not the owner (a test of its own)."""

STRANGERS: Final = ("nobody", "waiting", "forgotten")
"""waiting: a phone that waits for the owner's yes; forgotten: one that was the owner's."""

ROLES: Final = (*PEOPLE, *STRANGERS)
PRESS, KNOCK, RULE, KEY = "p" * 22, "knock-of-the-owner-1", "r" * 22, "k" * 22
DRAFT, SEALED, GIVEN = "letter-as-a-draft-1", "letter-sealed-00001", "letter-delivered-01"
NOTE, HELD, INVITATION = "note-000000000001", "note-held-back-001", "invitation-000001"
WISH, WITHDRAWN, TICKED, SONG = (
    "wish-given-000001",
    "wish-withdrawn-001",
    "wish-ticked-00001",
    "s" * 22,
)
FIELDS: Final = tuple(field.value for field in Field)


def said(what: str) -> str:
    """A canary."""
    return f"canary of {what}."


class QuietPages(Pages):
    """The application over a real store. now: of care's clock; wall: UTC."""

    def __init__(self, folder: Path) -> None:
        self.now = 1000.0
        self.wall = datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp()
        people = {p: Person(p, f"Name of {p}", roles) for p, roles in PEOPLE.items()}
        people["minor"] = Person(
            "minor", "Name of minor", under_18=True, guardian="guardian", chaperone="dancer"
        )
        config = CareConfig(
            show="Little evening",
            people=tuple((p.id, p.name) for p in people.values()),
            exits=(("left", "stage left"),),
            care_dir=str(folder),
            key_file="",
            run_dir="",
            badge_key="key",
            canary=CANARY,
            folder=str(folder),
            pieces=(("piece", "A piece"),),
            line=LineConfig(people=tuple(people.values()), zones=(("left", "stage left", "left"),)),
            sheet=CueSheet(
                (("41", "light", "A piece"), ("42", "light", "A piece")),
                (Meeting("41", "light", "A piece", ("strobe",), (OWNER,)),),
            ),
        )
        self.records = Records()
        self.store = SealedStore.open(folder / "care.db", ballast_bytes=0)
        shelf = Shelf(self.store, SERVER_KEY, people, lambda: self.wall)
        self.house = House(config.company, shelf, lambda: Moment(self.now))
        self.house.open("boot", seated(CANARY, Moment(self.now), "echo"))
        self.care = LiveCare(config, self.house, None, shelf)
        self.care.keep.wall = lambda: self.wall
        denials = Denials("care", lambda: datetime.now(UTC), lambda _: None, frozenset({"/x"}))
        cookies = frozenset({"collavoce_phone"})
        self.app = guarded(create_care_app(self.care), (), cookies, denials)


class QuietWorld:
    """ids : what her things are called, as far as they are not drawn here."""

    def __init__(self, folder: Path) -> None:
        self.pages = QuietPages(folder)
        self.tokens: dict[str, str] = {}
        self.ids: dict[str, str] = {}

    async def act(self, role: str, body: dict[str, Any]) -> Answer:
        return await self.pages.post("/care/act", body, self.tokens[role])

    async def read(self, role: str, body: dict[str, Any]) -> Answer:
        return await self.pages.post("/care/read", body, self.tokens[role])

    async def frame(self, role: str) -> bytes:
        return (await self.pages.ask("GET", "/care/stream", token=self.tokens[role])).body

    async def does(self, role: str, act: str, /, **fields: Any) -> None:
        answer = await self.act(role, {"type": act, **fields})
        assert answer.status == 200, (act, answer)
        assert answer.said["kept"], (act, answer.said)

    async def begin(self) -> None:
        """Pair everybody, and let the owner keep everything there is."""
        pages = self.pages
        for person in (*PEOPLE, "minor"):
            self.tokens[person] = await pages.paired(person)
            await self.does(person, "Ping")
        self.tokens["nobody"] = ""
        self.tokens["forgotten"] = await self._further_phone()
        await self.does("forgotten", "Ping")
        assert (await self.act("forgotten", {"type": "ForgetThis"})).said["kept"]
        await self._writes()
        pages.wall += 2 * DAY
        self.tokens["waiting"] = await pages.paired(OWNER)
        self.ids["device"] = secret_hash(self.tokens["waiting"])

    async def _further_phone(self) -> str:
        token = await self.pages.paired(OWNER)
        await self.does(OWNER, "Mine", device=secret_hash(token))
        return token

    async def _writes(self) -> None:
        await self.does(OWNER, "WriteCircle", order=["circle"], second_after=20)
        await self.does("circle", "Reply", owner=OWNER, agrees=True)
        await self.does(OWNER, "WriteLines", lines=[said("lines")], shared=["circle"])
        await self.does(OWNER, "WriteAftercare", words=said("aftercare"))
        await self._writes_card()
        await self._writes_post()
        await self._writes_music()
        await self._after_the_show()
        await self.does("circle", "GiveEarWords", to=OWNER, words=said("an ear given"))
        await self.does(OWNER, "SettleEar", on=True, volume=50)
        await self.does(OWNER, "KeepEarWords", cue="", words=said("an ear"))
        ear = (await self.read(OWNER, {"type": "ReadEar"})).said["shown"]
        self.ids |= {"ear": ear["lines"][0]["id"], "ear given": ear["given"][0]["id"]}
        await self.does(OWNER, "BeHere", place="left")
        await self.does(OWNER, "Knock", id=KNOCK, place="left")
        await self.does(OWNER, "Press", press=PRESS, place="left")

    async def _writes_card(self) -> None:
        today = datetime.fromtimestamp(self.pages.wall, UTC).date().isoformat()
        readers = [
            {"person": "named"},
            {"person": "withdrawn"},
            {"person": "lapsed", "until": today},
        ]
        for field in FIELDS:
            words = said(f"card {field}")
            await self.does(OWNER, "KeepField", field=field, words=words, share=readers)
        await self.does(OWNER, "StopWith", person="withdrawn")
        await self.does(OWNER, "KeepAvoids", effects=["strobe"])
        await self.does(OWNER, "LetCallerKnow", cue="42")
        await self.does(OWNER, "StepAway", until="")
        for readers_now in (["named", "withdrawn"], ["named"]):
            await self.does(OWNER, "WriteAway", words=said("away"), readers=readers_now)
            step = {"steps": [said("a step")], "where": 0}
            await self.does(OWNER, "WriteWay", readers=readers_now, **step)

    async def _writes_post(self) -> None:
        for letter, way in ((DRAFT, "asked"), (SEALED, "asked"), (GIVEN, "sign_in")):
            words = said({DRAFT: "a draft", SEALED: "a sealed letter", GIVEN: "a letter"}[letter])
            draft = {"letter": letter, "to": "named", "way": way, "words": words}
            await self.does(OWNER, "WriteLetter", **draft)
        for letter in (SEALED, GIVEN):
            await self.does(OWNER, "SealLetter", letter=letter, sure=True)
        await self.frame("named")
        await self.does("named", "Ping")
        self.pages.care.post.letters.delivery.settle()
        await self.does(OWNER, "SendNote", note=NOTE, to="named", words=said("a message"))
        held = {"note": HELD, "to": "named", "words": said("a message held"), "after": 60.0}
        await self.does(OWNER, "SendNote", **held)
        place = {"place": said("a place"), "words": said("an invitation"), "signs": True}
        await self.does(OWNER, "WriteInvitation", invitation=INVITATION, to="named", **place)

    async def _writes_music(self) -> None:
        mark = {"kind": "like", "piece": "piece", "title": ""}
        for wish, to in ((WISH, "named"), (WITHDRAWN, "withdrawn"), (TICKED, "")):
            words = said({WISH: "a wish", WITHDRAWN: "a wish withdrawn", TICKED: "a mark"}[wish])
            await self.does(OWNER, "WriteMark", id=wish, to=to, words=words, **mark)
        await self.does(OWNER, "WithdrawMark", id=WITHDRAWN)
        await self.does(OWNER, "BeFound", id=TICKED, on=True)
        [tick] = self.pages.house.state.found.of(OWNER)
        sound = wav(0.1, rate=8000, channels=1)
        brought = await self.pages.ask(
            "POST", "/care/demo", sound, self.tokens[OWNER], kind="application/octet-stream"
        )
        demo = brought.said["code"]
        self.ids |= {"topic": tick, "demo": demo}
        await self.does(OWNER, "NameDemo", demo=demo, title=said("a demo"))
        offered = {"song": SONG, "demo": demo, "to": "named", "wish": said("a song")}
        await self.does(OWNER, "OfferDemo", **offered)

    async def _after_the_show(self) -> None:
        rule = {"rule": RULE, "answers": ["tired"], "persons": ["circle"]}
        await self.does(OWNER, "AddRule", **rule)
        self.pages.house.ask(HearEvening("tonight", begun=True, ended_ago=0.0))
        self.pages.now += 1200.0
        self.pages.house.ask(AskWhoIsDue())
        await self.does(OWNER, "SayCheckIn", said=2, key=KEY)

    async def hers(self, *, log: bool = True) -> list[object]:
        """All that is hers, as she is shown it: if it is as it was, nothing was moved.

        log : who read what too; whoever was let in leaves rows there.
        """
        reads = ("ReadExport", "ReadPost", "ReadSongs", "ReadMarks", "ReadEar", "ReadCheckIn",
                 "ReadMeets", "ReadAway", "ReadCard", "ReadMine", "ReadLog")  # fmt: skip
        shown = [(await self.read(OWNER, {"type": read})).said["shown"] for read in reads]
        if not log:
            shown.pop()
            shown[0] = json.loads(shown[0]["export"])
            del shown[0]["log"]
        view = json.loads((await self.frame(OWNER)).partition(b"data: ")[2].partition(b"\n")[0])
        return [*shown, view]

    def close(self) -> None:
        self.pages.store.close()
