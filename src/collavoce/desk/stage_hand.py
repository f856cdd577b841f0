"""What the desk of one stage may ask, answered from the web process that all stages share."""

from collections.abc import Mapping, Sequence

from collavoce.desk.history import History
from collavoce.desk.house import House
from collavoce.desk.machine import Machine
from collavoce.desk.pairing import ask_for_pairing
from collavoce.desk.stagehand import Answer, Connections, Happening, LineAnswer, PairingLink
from collavoce.following.estimate import Estimate
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.runtime import mail
from collavoce.runtime.badges import read_badge
from collavoce.runtime.clock import utc_now
from collavoce.runtime.telling import tell, worth_telling
from collavoce.score.engraving import Engraving
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.commands import AnyCommand
from collavoce.show.setlist.evening import Busy
from collavoce.show.state import ShowState
from collavoce.units import Instant, Quarters

CALLER = "caller"


class WebStagehand:
    """One stage of a house, or the whole of one that has no stages."""

    def __init__(self, house: House, stage: str) -> None:
        self.house = house
        self.stage = stage
        self.show = house.shows[stage]
        self.care_origin = house.config.care_origin

    # What the desk reads.

    @property
    def scores(self) -> Mapping[str, tuple[Score, Engraving]]:
        """The written music of the house, by number."""
        return self.house.scores

    @property
    def desk_key(self) -> str:
        """What opens the caller's desk."""
        return self.house.key.now

    def renew_desk_key(self) -> str:
        """A new desk key in place of the one before."""
        return self.house.key.renew()

    def state(self) -> ShowState:
        """The fold of every event of this stage up to `seq`."""
        return self.house.folded.states[self.stage]

    def seq(self) -> int:
        """The number of the last event folded, of any stage."""
        return self.house.folded.seq

    def recent(self) -> Sequence[Happening]:
        """What happened lately here, oldest first, in the venue's time of day."""
        return [
            Happening(
                seq, self.house.wall(entry.wall_ns), tell(entry.event, self.show, self._position)
            )
            for seq, entry in self.house.folded.recent
            if entry.stage == self.stage and worth_telling(entry.event)
        ]

    def history(self) -> History:
        """What became of every cue."""
        return self.house.histories[self.stage]

    def machine(self) -> Machine:
        """How this machine fares, looked at now and then."""
        return self.house.machine()

    def day_seconds(self) -> float:
        """The time of day since the performance day's midnight."""
        return self.house.day_seconds()

    def usual(self) -> Mapping[str, float]:
        """How long numbers took on earlier nights."""
        return self.house.usual

    def elsewhere(self) -> tuple[Busy, ...]:
        """When people are needed on other stages."""
        house = self.house
        others = [stage for stage in house.shows if stage != self.stage]
        return tuple(busy for stage in others for busy in house.needed_on(stage))

    def music(self) -> Estimate | None:
        """The follower's latest belief."""
        return self.house.music.get(self.stage)

    def notice(self) -> str:
        """What the follower last said of its input, for as long as that is news."""
        return self.house.notice(self.stage)

    def stage_levels(self) -> Mapping[str, float]:
        """Channel name -> level 0..1, as received."""
        return self.house.levels()

    def processes(self) -> Mapping[str, str]:
        """Process name -> how it fares."""
        return self.house.roster.now()

    def line(self) -> Mapping[str, object] | None:
        """What the line told lately."""
        return self.house.line.now()

    def now(self) -> Instant:
        """The show clock."""
        return self.house.clock.now()

    def badge(self, cookie: str) -> str | None:
        """The person whose phone carries `cookie`."""
        house = self.house
        return read_badge(house.config.badge_key, cookie, utc_now(), house.phones.now())

    # What the desk asks.

    async def command(self, command: AnyCommand, by: str, key: str) -> Answer:
        """Ask the engine: the caller for this stage, others for that of the cue they speak of."""
        about = getattr(command, "cue", None)
        stage = self.stage if by == CALLER or about is None else ""
        return await self.house.ask(command, by, key, stage)

    async def place(self, quarter: Quarters, by: str) -> bool:
        """Tell the follower where the music is."""
        return self.house.tell_follower(self.stage, mail.PlaceAt(quarter, by))

    async def changed(self, after: int) -> None:
        """Return as soon as `seq()` is greater than `after`."""
        await self.house.changed(after)

    async def pairing(self, person: str) -> PairingLink | None:
        """A fresh link for a person's phone."""
        return await ask_for_pairing(self.house.config, person)

    async def ask_line(self, command: LineCommand, key: str, role: str) -> LineAnswer:
        """Say something at the line as a desk of `role`."""
        return await self.house.line.ask(command, key, role)

    def connections(self) -> Connections:
        """What the gateway told lately."""
        return self.house.gateway.now()

    def learn(self, does: str, key: str) -> bool:
        """Let the gateway learn a control."""
        return self.house.gateway.learn(does, key)

    def _position(self, quarter: float) -> str:
        number = self.state().number
        if number is None or number not in self.scores:
            return f"{quarter:.1f}"
        at = where(self.scores[number][0], Quarters(quarter))
        return f"{at.bar}.{at.beat:g}"
