"""Every rule of the show, one line each: what is asked, and who decides it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from collavoce.show import commands as c
from collavoce.show.asked.command import Command
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent, Decision, Refused
from collavoce.show.rules import hand, line
from collavoce.show.rules.draft import Draft
from collavoce.show.rules.edits import RULES as EDITS
from collavoce.show.rules.exit import stand
from collavoce.show.rules.inward import INWARD
from collavoce.show.rules.lights import lights_seen
from collavoce.show.rules.music import hear
from collavoce.show.rules.restrictions import RULES as RESTRICTIONS
from collavoce.show.rules.running import RULES as RUNNING
from collavoce.show.rules.setlist import RULES as SETLIST
from collavoce.show.rules.standby import RULES as STANDBY
from collavoce.show.rules.timers import RULES as TIMERS
from collavoce.show.rules.waits import settle
from collavoce.show.state import ShowState
from collavoce.units import Instant
from collavoce.words import say

Rule = Callable[[Draft, Any], Refused | None]


class Decided(NamedTuple):
    """What a command led to. state: the one it was decided on with `events` folded into it."""

    events: tuple[AnyEvent, ...]
    state: ShowState


def decide(
    show: Show, state: ShowState, command: c.AnyCommand, now: Instant, by: str = "follower"
) -> Decision:
    """What `command` leads to at `now`, or why it leads to nothing.

    by : who asks: "follower", "caller" or a person's id; it is what the log will say.

    The events are facts from here on: fold them with `evolve` and keep them before acting on them.
    An empty tuple is an answer too: nothing had to happen.
    """
    came = decided(show, state, command, now, by)
    return came if isinstance(came, Refused) else came.events


def decided(
    show: Show, state: ShowState, command: c.AnyCommand, now: Instant, by: str = "follower"
) -> Decided | Refused:
    """`decide`, with the state that its events make: a rule has folded them as it told them."""
    kind = type(command)
    if state.closed:
        return Decided((), state) if kind in UNASKED else Refused(say("show.refused.closed"))
    draft = Draft(show, state, now, by, INWARD)
    refused = COMMANDS[kind](draft, command)
    return Decided(tuple(draft.events), draft.state) if refused is None else refused


def _tick(draft: Draft, _command: c.Tick) -> None:
    stand(draft)
    settle(draft)


UNASKED = frozenset({c.Hear, c.Tick, c.LightsSeen, c.ReadClock, c.HearAnswer})
"""Nobody asked and nobody reads an answer."""

COMMANDS: Mapping[type[Command], Rule] = {
    c.StartNumber: hand.start_number,
    c.Hear: hear,
    c.Tick: _tick,
    c.Go: hand.go,
    c.PointTo: hand.point_to,
    c.Back: hand.back,
    c.GoTo: hand.go_to,
    c.Hold: hand.hold,
    c.Resume: hand.resume,
    c.Stop: hand.stop,
    c.Follow: hand.follow,
    c.LightsSeen: lights_seen,
    c.MarkNote: hand.mark_note,
    c.HoldRisk: line.hold_risk,
    c.TakeRisk: line.take_risk,
    c.ClearRisk: line.clear_risk,
    c.SetAvailable: line.set_available,
    c.AskStop: line.ask_stop,
    c.WriteReport: line.write_report,
    **RESTRICTIONS,
    **RUNNING,
    **STANDBY,
    **EDITS,
    **SETLIST,
    **TIMERS,
}
"""Who decides what; a test holds it against `AnyCommand`."""
