"""The web process: the desk's server, fed from the ring, the follower and the lights' network.

It may be killed at any moment: it holds nothing that the ring does not hold, and its door was
bound by the supervisor, so its successor answers the same address.
"""

import asyncio
import socket
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collavoce.desk.app import create_app
from collavoce.desk.denials import Denials, line_writer
from collavoce.desk.guard import guarded
from collavoce.desk.key_file import DeskKey
from collavoce.desk.line_desk import LineDesk
from collavoce.desk.listener import SEND_BUFFER
from collavoce.desk.pairing import ask_for_pairing
from collavoce.desk.roster import Roster
from collavoce.desk.server import http_server, tls_of
from collavoce.desk.stagehand import Answer, Happening, Kept, LineAnswer, PairingLink, Unanswered
from collavoce.following.estimate import Estimate
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.rig.stage_listener import StageListener
from collavoce.runtime import mail
from collavoce.runtime.badges import PairedPhones, read_badge
from collavoce.runtime.clock import fresh_id, monotonic_ns, utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.links import Mailbox
from collavoce.runtime.prepared import prepared_engravings, prepared_scores, prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.telling import tell, worth_telling
from collavoce.runtime.tls.cookies import BADGE, DESK, cookie_name
from collavoce.runtime.wires import source_id
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.commands import AnyCommand, LightsSeen
from collavoce.show.cues import Show
from collavoce.show.events import Refused
from collavoce.show.state import ShowState
from collavoce.units import Instant, Quarters

ANSWER_S = 0.5
"""The engine answers within a millisecond; after this long it is asked once more."""

REFUSED = "refused.log"
"""In the show's state folder: lines of what was refused."""

TRIES = 3
LOOKS_A_SECOND = 10
LOOK_S = 1.0 / LOOKS_A_SECOND
"""The ring is looked at this often even when no news arrives."""


NOTICE_S = 60.0
"""How long a word about the input stands on the page: the follower says each once, and what is put
right meanwhile it does not take back."""


@dataclass(slots=True)
class _Question:
    answer: "asyncio.Future[Answer]"


class WebStagehand:
    """What the desk may ask, answered from this process."""

    def __init__(self, config: RunConfig, show: Show) -> None:
        self.config = config
        self.show = show
        self.care_origin = config.care_origin
        self._phones = PairedPhones(Path(config.run_dir), config.badge_key)
        self._key = DeskKey(Path(config.run_dir), config.desk_key)
        written = prepared_scores(Path(config.run_dir))
        drawn = prepared_engravings(Path(config.run_dir))
        self.scores: Mapping[str, tuple[Score, Engraving]] = {
            number: (score, drawn[number]) for number, score in written.items() if number in drawn
        }
        self._clock = config.clock
        self._zone = ZoneInfo(show.timezone)
        self._box = Mailbox(config.box("web"))
        self._folded = FoldedShow(show, config.ring_dir)
        self._listener = StageListener(
            cid=source_id(config.boot), given=socket.socket(fileno=config.tap_fd)
        )
        self._music: Estimate | None = None
        self._notice, self._noticed_ns = "", 0
        self._roster = Roster(lambda: monotonic_ns() * 1e-9)
        self._line = LineDesk(self._box.send, Path(config.run_dir), lambda: monotonic_ns() * 1e-9)
        self._questions: dict[str, _Question] = {}
        self._changed = asyncio.Condition()
        self._dark: bool | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # What the desk reads.

    @property
    def desk_key(self) -> str:
        """What opens the caller's desk."""
        return self._key.now

    def renew_desk_key(self) -> str:
        """A new desk key in place of the one before."""
        return self._key.renew()

    def state(self) -> ShowState:
        """The fold of every event up to `seq`."""
        return self._folded.state

    def seq(self) -> int:
        """The number of the last event folded."""
        return self._folded.seq

    def recent(self) -> Sequence[Happening]:
        """What happened lately, oldest first, in the venue's time of day."""
        return [
            Happening(seq, self._wall(entry.wall_ns), tell(entry.event, self.show, self._position))
            for seq, entry in self._folded.recent
            if worth_telling(entry.event)
        ]

    def music(self) -> Estimate | None:
        """The follower's latest belief."""
        return self._music

    def notice(self) -> str:
        """What the follower last said of its input, for as long as that is news."""
        fresh = monotonic_ns() - self._noticed_ns < NOTICE_S * 1e9
        return self._notice if fresh else ""

    def stage_levels(self) -> Mapping[str, float]:
        """Channel name -> level 0..1, as received."""
        levels = {
            name: self._listener.level(channel)
            for name, channel in self.show.patch.channels.items()
        }
        return {name: level / 255 for name, level in levels.items() if level is not None}

    def processes(self) -> Mapping[str, str]:
        """Process name -> how it fares."""
        return self._roster.now()

    def line(self) -> Mapping[str, object] | None:
        """What the line told lately."""
        return self._line.now()

    def now(self) -> Instant:
        """The show clock."""
        return self._clock.now()

    def badge(self, cookie: str) -> str | None:
        """The person whose phone carries `cookie`."""
        return read_badge(self.config.badge_key, cookie, utc_now(), self._phones.now())

    # What the desk asks.

    async def command(self, command: AnyCommand, by: str, key: str) -> Answer:
        """Ask the engine; the same key again if it does not answer, for it may be restarting."""
        key = key or fresh_id()
        question = self._questions.setdefault(
            key, _Question(asyncio.get_running_loop().create_future())
        )
        asked = mail.pack(mail.Asked(command, by, key))
        try:
            for _ in range(TRIES):
                self._box.send(self.config.box("engine"), asked)
                try:
                    return await asyncio.wait_for(asyncio.shield(question.answer), ANSWER_S)
                except TimeoutError:
                    continue
            return Unanswered()
        finally:
            self._questions.pop(key, None)

    async def place(self, quarter: Quarters, by: str) -> bool:
        """Tell the follower where the music is."""
        return self._box.send(self.config.box("follower"), mail.pack(mail.PlaceAt(quarter, by)))

    async def changed(self, after: int) -> None:
        """Return as soon as `seq()` is greater than `after`."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._folded.seq > after)

    async def pairing(self, person: str) -> PairingLink | None:
        """A fresh link for a person's phone."""
        return await ask_for_pairing(self.config, person)

    async def ask_line(self, command: LineCommand, key: str, role: str) -> LineAnswer:
        """Say something at the line as a desk of `role`."""
        return await self._line.ask(command, key, role)

    # What keeps it fed.

    async def feed(self) -> None:
        """Read mail, ring and light data until the process ends."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._box.fileno(), self._read_mail)
        loop.add_reader(self._listener.fileno(), self._listen)
        looks = 0
        while True:
            await self._catch_up()
            await asyncio.sleep(LOOK_S)
            looks += 1
            if looks % LOOKS_A_SECOND == 0:
                # A dark seen before the show wanted it is not remembered there: say it again.
                self._dark = None
                self._listen()

    def _read_mail(self) -> None:
        while (received := self._box.receive()) is not None:
            try:
                self._take(mail.unpack(received[0]))
            except mail.MailError:
                continue

    def _take(self, item: mail.AnyMail) -> None:
        match item:
            case mail.Heard(estimate):
                self._music = estimate
            case mail.Noticed(words=words):
                self._notice, self._noticed_ns = words, monotonic_ns()
            case mail.News():
                self._start(self._catch_up())
            case mail.Process(name, state):
                self._roster.take(name, state)
            case mail.LineTold() | mail.LineAnswered():
                self._line.take(item)
            case mail.Kept(key, seq):
                self._answer(key, Kept(seq))
            case mail.Declined(key, why):
                self._answer(key, Refused(why))
            case _:
                pass

    def _answer(self, key: str, answer: Answer) -> None:
        question = self._questions.get(key)
        if question is not None and not question.answer.done():
            question.answer.set_result(answer)

    def _listen(self) -> None:
        self._listener.receive()
        if not self._listener.levels:
            return
        dark = self._listener.dark(self.show.patch.channels.values())
        if dark != self._dark:
            self._dark = dark
            asked = mail.Asked(LightsSeen(dark), "stage", fresh_id())
            self._box.send(self.config.box("engine"), mail.pack(asked))

    async def _catch_up(self) -> None:
        if self._folded.catch_up():
            async with self._changed:
                self._changed.notify_all()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _position(self, quarter: float) -> str:
        number = self._folded.state.number
        if number is None or number not in self.scores:
            return f"{quarter:.1f}"
        at = where(self.scores[number][0], Quarters(quarter))
        return f"{at.bar}.{at.beat:g}"

    def _wall(self, wall_ns: int) -> str:
        at = datetime.fromtimestamp(wall_ns * 1e-9, tz=UTC).astimezone(self._zone)
        return at.strftime("%H:%M:%S")


async def serve(config: RunConfig) -> None:
    """Serve the desk until the process is ended."""
    stagehand = WebStagehand(config, prepared_show(Path(config.run_dir)))
    denials = Denials("desk", utc_now, line_writer(config.state_dir / REFUSED))
    serving = tls_of(config.tls_cert, config.tls_key, config.public_host)
    cookies = frozenset(cookie_name(name, secure=config.secure) for name in (DESK, BADGE))
    app = guarded(create_app(stagehand), config.names, cookies, denials, hsts=config.hsts)
    server = http_server(app, serving, config.web_origin)
    feeding = asyncio.create_task(stagehand.feed())
    left_alone = asyncio.create_task(Ending(Path(config.run_dir)).left_alone())
    beside = [asyncio.create_task(denials.follow())]
    if serving is not None:
        beside.append(asyncio.create_task(serving.follow()))
    for task in (feeding, left_alone):
        # A feeder that died would leave a desk that looks alive and shows the past.
        task.add_done_callback(lambda _: setattr(server, "should_exit", True))
    door = socket.socket(fileno=config.web_fd)
    # Inherited by every connection; left to itself the kernel would keep megabytes for a page
    # that does not read before anybody here noticed.
    door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    ready("web")
    await server.serve(sockets=[door])
    for task in (feeding, left_alone, *beside):
        task.cancel()


def main(config: RunConfig) -> None:
    """The web process."""
    asyncio.run(serve(config))
