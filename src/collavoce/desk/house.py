"""What all stages of a house share in the web process, and what keeps it fed.

It holds nothing that the ring does not hold: mail, ring and light data come in here, and each
stage's desk reads its part (`stage_hand.py`).
"""

import asyncio
import socket
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from collavoce.desk.connecting import GatewayDesk
from collavoce.desk.history import History
from collavoce.desk.key_file import DeskKey
from collavoce.desk.line_desk import LineDesk
from collavoce.desk.machine import Machine, look_at_machine
from collavoce.desk.roster import Roster
from collavoce.desk.stagehand import Answer, Kept, Unanswered
from collavoce.following.estimate import Estimate
from collavoce.rig.stage_listener import StageListener
from collavoce.runtime import mail
from collavoce.runtime.badges import PairedPhones
from collavoce.runtime.clock import fresh_id, monotonic_ns, utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.entry import Entry
from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.links import Mailbox
from collavoce.runtime.policies import followers, lit_channels
from collavoce.runtime.prepared import prepared_engravings, prepared_scores
from collavoce.runtime.reporting import usual_lengths
from collavoce.runtime.wires import source_id
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score
from collavoce.show.commands import AnyCommand, LightsSeen
from collavoce.show.cues import Show
from collavoce.show.events import Refused
from collavoce.show.setlist.evening import Busy, Evening, lengths_of
from collavoce.show.setlist.needed import needed
from collavoce.show.setlist.schedule import schedule
from collavoce.units import Seconds
from collavoce.words import say

ANSWER_S = 0.5
"""The engine answers within a millisecond; after this long it is asked once more."""

TRIES = 3
MACHINE_S = 10.0
"""Between two looks at battery and network: files of the kernel's, read in a moment."""

LOOKS_A_SECOND = 10
LOOK_S = 1.0 / LOOKS_A_SECOND
"""The ring is looked at this often even when no news arrives."""

NOTICE_S = 60.0
"""How long a word about the input stands on the page: the follower says each once, and what is put
right meanwhile it does not take back."""


@dataclass(slots=True)
class _Question:
    answer: "asyncio.Future[Answer]"


class House:
    """One running performance, as far as the web process knows it."""

    def __init__(self, config: RunConfig, show: Show) -> None:
        self.config = config
        self.show = show
        self.clock = config.clock
        self.phones = PairedPhones(Path(config.run_dir), config.badge_key)
        self.key = DeskKey(Path(config.run_dir), config.desk_key)
        written = prepared_scores(Path(config.run_dir))
        drawn = prepared_engravings(Path(config.run_dir))
        self.scores: Mapping[str, tuple[Score, Engraving]] = {
            number: (score, drawn[number]) for number, score in written.items() if number in drawn
        }
        self.shows = {stage: show.on_stage(stage) for stage in show.stage_ids}
        self._lengths = lengths_of(show, written)
        self.histories = {stage: History() for stage in show.stage_ids}
        self.folded = FoldedShow(show, config.ring_dir, heard=self._note)
        self.music: dict[str, Estimate] = {}
        self.usual: Mapping[str, float] = {}
        self.roster = Roster(_seconds)
        self._zone = ZoneInfo(show.timezone)
        self._box, self._engine = Mailbox(config.box("web")), config.box("engine")
        self.line = LineDesk(self._box.send, Path(config.run_dir), _seconds)
        self.gateway = GatewayDesk(self._box.send, config.box("gateway"), _seconds)
        self._followers = {stage: config.box(name) for stage, name in followers(show).items()}
        self._machine, self._machine_ns = look_at_machine(), monotonic_ns()
        self._listener = StageListener(
            cid=source_id(config.boot), given=socket.socket(fileno=config.tap_fd)
        )
        self._lit = {stage: lit_channels(show, stage) for stage in show.stage_ids}
        self._dark: dict[str, bool] = {}
        self._notices: dict[str, tuple[str, int]] = {}
        self._questions: dict[str, _Question] = {}
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    def machine(self) -> Machine:
        """How this machine fares, looked at now and then."""
        if monotonic_ns() - self._machine_ns > MACHINE_S * 1e9:
            self._machine, self._machine_ns = look_at_machine(), monotonic_ns()
        return self._machine

    def day_seconds(self) -> float:
        """The time of day since the performance day's midnight."""
        now = utc_now().astimezone(self._zone)
        opened = now - timedelta(seconds=self.clock.real_seconds(self.clock.now()))
        return (now - opened.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()

    def wall(self, wall_ns: int) -> str:
        """The venue's time of day."""
        at = datetime.fromtimestamp(wall_ns * 1e-9, tz=UTC).astimezone(self._zone)
        return at.strftime("%H:%M:%S")

    def notice(self, stage: str) -> str:
        """What the follower of `stage` last said of its input, for as long as that is news."""
        words, noticed_ns = self._notices.get(stage, ("", 0))
        return words if monotonic_ns() - noticed_ns < NOTICE_S * 1e9 else ""

    def levels(self) -> Mapping[str, float]:
        """Channel name -> level 0..1, as received."""
        levels = {
            name: self._listener.level(channel)
            for name, channel in self.show.patch.channels.items()
        }
        return {name: level / 255 for name, level in levels.items() if level is not None}

    def needed_on(self, stage: str) -> tuple[Busy, ...]:
        """Who is needed on `stage`, and when, by its set list of tonight."""
        show, state = self.shows[stage], self.folded.states[stage]
        day = Seconds(self.day_seconds())
        now = Evening(show, state, self.clock.now(), day, self._lengths, self.usual)
        name = self.show.stages[stage].name
        return tuple(
            replace(busy, does=say("setlist.does.elsewhere", does=busy.does, stage=name))
            for busy in needed(show, schedule(now))
        )

    async def ask(self, command: AnyCommand, by: str, key: str, stage: str) -> Answer:
        """Ask the engine; the same key again if it does not answer, for it may be restarting."""
        key = key or fresh_id()
        question = self._questions.setdefault(
            key, _Question(asyncio.get_running_loop().create_future())
        )
        asked = mail.pack(mail.Asked(command, by, key, stage))
        try:
            for _ in range(TRIES):
                self._box.send(self._engine, asked)
                try:
                    return await asyncio.wait_for(asyncio.shield(question.answer), ANSWER_S)
                except TimeoutError:
                    continue
            return Unanswered()
        finally:
            self._questions.pop(key, None)

    def tell_follower(self, stage: str, item: mail.AnyMail) -> bool:
        """Mail for the follower of `stage`; False if there is none, or it does not listen."""
        box = self._followers.get(stage)
        return box is not None and self._box.send(box, mail.pack(item))

    async def changed(self, after: int) -> None:
        """Return as soon as an event after `after` is folded."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.folded.seq > after)

    async def feed(self) -> None:
        """Read mail, ring and light data until the process ends."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._box.fileno(), self._read_mail)
        loop.add_reader(self._listener.fileno(), self._listen)
        self._start(self._remember_nights())
        looks = 0
        while True:
            await self._catch_up()
            await asyncio.sleep(LOOK_S)
            looks += 1
            if looks % LOOKS_A_SECOND == 0:
                # A dark seen before the show wanted it is not remembered there: say it again.
                self._dark.clear()
                self._listen()

    async def _remember_nights(self) -> None:
        folder, epoch = Path(self.config.folder), self.config.epoch
        self.usual = await asyncio.to_thread(usual_lengths, folder, epoch)

    def _read_mail(self) -> None:
        while (received := self._box.receive()) is not None:
            try:
                self._take(mail.unpack(received[0]))
            except mail.MailError:
                continue

    def _take(self, item: mail.AnyMail) -> None:
        match item:
            case mail.Heard(estimate, stage):
                self.music[stage] = estimate
            case mail.Noticed(words=words, stage=stage):
                self._notices[stage] = words, monotonic_ns()
            case mail.News():
                self._start(self._catch_up())
            case mail.Process(name, state):
                self.roster.take(name, state)
            case mail.LineTold() | mail.LineAnswered():
                self.line.take(item)
            case mail.ConnectionsTold() | mail.Learned():
                self.gateway.take(item)
            case mail.Kept(key, seq):
                # Instead of the news: folded before whoever asked goes on.
                if seq > self.folded.seq:
                    self._start(self._catch_up())
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
        """Tell each stage whether its own light is out."""
        self._listener.receive()
        if not self._listener.levels:
            return
        for stage, channels in self._lit.items():
            dark = self._listener.dark(channels)
            if dark != self._dark.get(stage):
                self._dark[stage] = dark
                asked = mail.Asked(LightsSeen(dark), "stage", fresh_id(), stage)
                self._box.send(self._engine, mail.pack(asked))

    async def _catch_up(self) -> None:
        if self.folded.catch_up():
            async with self._changed:
                self._changed.notify_all()

    def _note(self, seq: int, entry: Entry) -> None:
        history = self.histories.get(entry.stage)
        if history is not None:
            history.take(seq, entry.event, self.wall(entry.wall_ns))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _seconds() -> float:
    return monotonic_ns() * 1e-9
