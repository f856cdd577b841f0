"""Who may fire what, and what may not be missed: told from the show file and what was asked.

The referee keeps a book of its own and never asks the engine's rules. What it cannot know (which of
several readings of a tie the engine took) it does not judge.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.simulation.show.agenda import Agenda
from tests.simulation.show.edited import EditsBook
from tests.simulation.show.programme import OPENING_DAY
from tests.simulation.show.world import World

from collavoce.following.estimate import Estimate, Music
from collavoce.runtime.entry import Entry
from collavoce.show import commands as c
from collavoce.show import events as e
from collavoce.show.actions.group import FireGroup, Order
from collavoce.show.cues import AfterJump, Cue, Show
from collavoce.show.person import PersonIs
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AfterCue, AtClock, AtEnd, AtPlace, OnPerson

GIVE_S = 1e-6
STEP_S = 60.0
"""A clock that was set further than this offers."""

SURE = 0.9
SILENT_IN_A_HOLD = frozenset(
    {
        Cause.FOLLOWER,
        Cause.AHEAD,
        Cause.JUMP,
        Cause.AFTER,
        Cause.END,
        Cause.CLOCK,
        Cause.PERSON,
    }
)
ONCE_A_PASS = frozenset({Cause.FOLLOWER, Cause.AHEAD, Cause.JUMP, Cause.CLOCK, Cause.PERSON})


@dataclass(frozen=True)
class Inputs:
    """What was asked under which key, and by whom."""

    asked: Mapping[str, tuple[c.AnyCommand, str]]

    def behind(self, entry: Entry) -> c.AnyCommand | None:
        """The command that led to this entry; None where nobody's key is on it."""
        root = entry.key.rpartition(":")[0].partition("@")[0]
        known = self.asked.get(root)
        return None if known is None else known[0]


class Referee:
    """Of one stage."""

    def __init__(self, world: World, show: Show, inputs: Inputs) -> None:
        self.world, self.show, self.inputs = world, show, inputs
        self.cues = show.cues_by_number
        self.edits = EditsBook(world, show)
        self.agenda = Agenda(show)
        self.number: str | None = None
        self.started_at = self.began_wall = 0.0
        self.held, self.follow = False, True
        self.ended: e.MusicEnded | None = None
        self.persons: dict[str, PersonIs] = {}
        self.said_at: dict[str, float] = {}
        self.standbys: dict[str, set[str]] = {}
        self.not_clear: dict[str, set[str]] = defaultdict(set)
        self.away: set[str] = set()
        self.overridden: set[str] = set()
        self.begun: dict[str, e.CueBegun] = {}
        self.times: Counter[str] = Counter()
        self.came: dict[str, list[float]] = defaultdict(list)
        self.brought: Counter[tuple[str, str]] = Counter()
        self.confirmed: set[str] = set()
        self.spent: set[str] = set()
        self.offered: set[str] = set()
        self.due_places: set[str] = set()
        self.jumped_at = -1.0
        self.last_go = -1.0
        self.inputs_at: dict[str, float] = {}
        self.stop_over = -1.0

    def read(self, seq: int, entry: Entry) -> None:
        """One fact more."""
        event = entry.event
        if isinstance(event, e.NumberStarted):
            self.began_wall = _of_the_day(entry.wall_ns)
        self.edits.read(entry, self.inputs.behind(entry))
        if isinstance(event, e.CueFired | e.CueBegun | e.CuePassed):
            self._comes(seq, entry, event)
        elif (reads := _READS.get(type(event))) is not None:
            reads(self, event)
        self.agenda.read(event)

    def _wrong(self, promise: str, what: object) -> None:
        self.world.breaks(promise, what)

    # What comes --------------------------------------------------------------------------------

    def _comes(self, seq: int, entry: Entry, event: e.CueFired | e.CueBegun | e.CuePassed) -> None:
        cue = self.cues[event.cue]
        told = seq, event
        begun = self.begun.get(cue.number)
        if isinstance(event, e.CuePassed):
            if cue.number not in self.edits.disarmed:
                self._wrong("only a disarmed cue is passed over", told)
        else:
            self._may_come(cue, told, event)
        goes_on = begun is not None and begun.cause is event.cause and isinstance(event, e.CueFired)
        if goes_on and begun is not None and not self._is_asked_anew(entry):
            if event.at < begun.at + cue.pre - GIVE_S:
                self._wrong("a pre-wait is waited", told)
        else:
            if isinstance(event, e.CueFired) and cue.pre > 0 and begun is None:
                self._wrong("a cue with a pre-wait begins with it", told)
            self._has_reason(entry, cue, event, told)
        self._note(cue, event)

    def _is_asked_anew(self, entry: Entry) -> bool:
        return isinstance(self.inputs.behind(entry), c.Go | c.FireByInput)

    def _may_come(self, cue: Cue, told: object, event: e.CueFired | e.CueBegun) -> None:
        if cue.number in self.edits.disarmed:
            self._wrong("a disarmed cue is passed over", told)
        kept_back = bool(self.not_clear[cue.number]) or cue.number in self.away
        for need in cue.needs:
            who = self.show.seats[need.who].person if need.who in self.show.seats else need.who
            kept_back = kept_back or self.persons.get(who or "") is not need.state
        if kept_back and cue.number not in self.overridden:
            self._wrong("nothing fires while somebody is not clear, unless overridden", told)
        if cue.hazard and event.cause is not Cause.HAND:
            self._wrong("a hazard never fires by itself", told)
        if self.held and event.cause in SILENT_IN_A_HOLD:
            self._wrong("in a hold nothing fires by itself", told)
        if self.held and event.cause is Cause.INPUT:
            self._wrong("in a hold nothing fires by itself", told)

    def _has_reason(
        self, entry: Entry, cue: Cue, event: e.CueFired | e.CueBegun | e.CuePassed, told: object
    ) -> None:
        """Why it comes, by what was asked, played, said and written."""
        number, cause = cue.number, event.cause
        if cause in ONCE_A_PASS and number in self.spent:
            self._wrong("no cue fires twice by itself in a pass", told)
        reason = _REASONS[cause](self, entry, cue, event)
        if not reason:
            self._wrong("nothing fires without a reason", told)
        self.world.counts[f"fired by {cause}"] += 1

    def _by_hand(self, entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        del cue
        if not isinstance(self.inputs.behind(entry), c.Go):
            return False
        if event.at < self.last_go + self.show.guard - GIVE_S:
            self._wrong("GO is deaf for the guard time", event)
        self.last_go = event.at
        return True

    def _by_input(self, entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        asked = self.inputs.behind(entry)
        if not isinstance(asked, c.FireByInput) or asked.cue != cue.number or not cue.inputs:
            return False
        last = self.inputs_at.get(cue.number, -1.0)
        passed = isinstance(event, e.CuePassed)
        if not passed and event.at < last + self.show.guard - GIVE_S:
            self._wrong("a bouncing contact fires once", event)
        if not passed:
            self.inputs_at[cue.number] = event.at
        return True

    def _by_follower(self, _entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        trigger = cue.trigger
        if not isinstance(trigger, AtPlace) or not self.follow:
            return False
        quarter = getattr(event, "quarter", None)
        if event.cause is Cause.AHEAD:
            return cue.lead > 0
        if event.cause is Cause.JUMP:
            return self.jumped_at == event.at
        return quarter is None or trigger.quarter <= quarter + GIVE_S

    def _by_clock(self, entry: Entry, cue: Cue, _event: e.CueFired) -> bool:
        if not isinstance(cue.trigger, AtClock):
            return False
        since = _of_the_day(entry.wall_ns) - cue.trigger.time
        return -0.01 <= since <= STEP_S

    def _by_person(self, _entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        trigger = cue.trigger
        if not isinstance(trigger, OnPerson):
            return False
        seat = self.show.seats.get(trigger.who)
        who = trigger.who if seat is None else seat.person or ""
        return self.persons.get(who) is trigger.state and self.said_at.get(who) == event.at

    def _by_group(self, _entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        group = self.cues.get(event.by)
        action = None if group is None else _group(group)
        if action is None or cue.number not in action.cues:
            return False
        times = len(self.came[event.by])
        self.brought[event.by, cue.number] += 1
        if self.brought[event.by, cue.number] > times:
            return False
        if action.order is Order.RANDOM:
            known = [one for one in action.cues if one not in self.edits.disarmed]
            least = min((self.times[one] for one in known), default=0)
            total = sum(n for (by, _), n in self.brought.items() if by == event.by)
            return total <= times and self.times[cue.number] == least
        index = action.cues.index(cue.number)
        if action.order is Order.SEQUENCE and index:
            before = action.cues[index - 1]
            return any(
                at + self.cues[before].seconds <= event.at + GIVE_S or self._passed(before)
                for at in self.came[before]
            )
        wait = action.times[index] if action.order is Order.TIMELINE else 0.0
        return any(at + wait <= event.at + GIVE_S for at in self.came[event.by])

    def _passed(self, number: str) -> bool:
        return number in self.edits.ever_disarmed

    def _by_cue(self, _entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        trigger = cue.trigger
        if not isinstance(trigger, AfterCue):
            return False
        before = self.cues[trigger.cue]
        self.brought[trigger.cue, cue.number] += 1
        if self.brought[trigger.cue, cue.number] > len(self.came[trigger.cue]):
            return False
        if trigger.done and before.hazard and before.number not in self.confirmed:
            return self._passed(before.number)
        lasts = before.seconds if trigger.done and not self._passed(before.number) else 0.0
        wait = lasts + trigger.wait
        return any(at + wait <= event.at + GIVE_S for at in self.came[trigger.cue])

    def _by_end(self, _entry: Entry, cue: Cue, event: e.CueFired) -> bool:
        if not isinstance(cue.trigger, AtEnd) or self.ended is None:
            return False
        return self.ended.at + self.ended.held + cue.trigger.wait <= event.at + GIVE_S

    def _note(self, cue: Cue, event: e.CueFired | e.CueBegun | e.CuePassed) -> None:
        """It came."""
        number = cue.number
        self.due_places.discard(number)
        self.offered.discard(number)
        if isinstance(event, e.CueBegun):
            self.begun[number] = event
            self.spent.add(number)
            return
        self.begun.pop(number, None)
        self.overridden.discard(number)
        self.came[number].append(event.at)
        self.spent.add(number)
        if isinstance(event, e.CueFired):
            self.confirmed.discard(number)
            self.times[number] += 1
            self.standbys.pop(number, None)
            self.not_clear[number].clear()

    # What else happens -------------------------------------------------------------------------

    def _number_started(self, event: e.NumberStarted) -> None:
        left = {cue.number for cue in self.show.number(self.number).cues} if self.number else set()
        own = {cue.number for cue in self.show.number(event.number).cues}
        for cue in left - own:
            self.standbys.pop(cue, None)
            self.not_clear[cue].clear()
        self._forget(own)
        self.spent -= own
        self.overridden -= own
        self.offered.clear()
        self.away -= own
        self.confirmed -= own
        for cue in own:
            self.times[cue] = 0
        self.due_places = {c for c in own if isinstance(self.cues[c].trigger, AtPlace)}
        self.number, self.started_at, self.ended = event.number, event.at, None

    def _forget(self, cues: set[str]) -> None:
        for cue in cues:
            self.begun.pop(cue, None)
            self.inputs_at.pop(cue, None)

    def _cues_armed(self, event: e.CuesArmed) -> None:
        self.spent -= set(event.cues)
        self.offered.clear()
        own = {cue.number for cue in self.show.number(self.number).cues} if self.number else set()
        self._forget(own)
        self.overridden -= own
        places = {one for one in event.cues if isinstance(self.cues[one].trigger, AtPlace)}
        self.due_places = places

    def _gone(self, event: e.MusicJumped | e.MusicPlaced) -> None:
        self.jumped_at = event.at
        cues = self.show.number(self.number).cues if self.number else ()
        if event.target < event.origin:
            ends = {cue.number for cue in cues if isinstance(cue.trigger, AtEnd)}
            again = {cue.number for cue in cues if cue.again is not AfterJump.DROP}
            beyond = {c.number for c in cues if _place(c) >= event.target}
            self.spent -= again & {*ends, *(c.number for c in cues if _place(c) >= 0)}
            self.offered -= ends | beyond
        places = {c.number: c.trigger.quarter for c in cues if isinstance(c.trigger, AtPlace)}
        low, high = sorted((event.origin, event.target))
        between = {one for one, place in places.items() if low - 1 <= place <= high + 1}
        self.due_places -= between

    def _tracked(self, event: e.StageTracked) -> None:
        met = set(event.cues)
        self.due_places -= met
        self.offered -= met
        # What has no place of its own lies behind once a place after it does.
        self.spent |= {cue for cue in met if not isinstance(self.cues[cue].trigger, AtPlace)}

    def _offered(self, event: e.CueOffered) -> None:
        self.offered.add(event.cue)
        self.begun.pop(event.cue, None)

    def _dropped(self, event: e.CueDropped) -> None:
        self.due_places.discard(event.cue)

    def _halted(self, event: e.CueHalted) -> None:
        if event.cue in self.begun:
            self._forget({event.cue})
        self.overridden.discard(event.cue)

    def _stopped(self, event: e.ShowStopped) -> None:
        if event.at < self.stop_over - GIVE_S and not event.hard:
            self._wrong("a second stop cuts", event)
        self.stop_over = -1.0 if event.hard else event.at + event.fade
        self.held = True
        self._forget(set(self.begun))
        self.overridden.clear()

    def _resumed(self, _event: e.ShowResumed) -> None:
        self.held, self.stop_over = False, -1.0

    def _held(self, _event: e.ShowHeld) -> None:
        self.held = True

    def _followed(self, event: e.FollowSwitched) -> None:
        self.follow = event.on

    def _ended(self, event: e.MusicEnded) -> None:
        self.ended = event

    def _said(self, event: e.PersonSaid) -> None:
        self._is(event.person, event.state, event.at)

    def _is(self, person: str, state: PersonIs, at: float) -> None:
        self.persons[person] = state
        self.said_at[person] = at

    def _exit_acknowledged(self, event: e.ExitAcknowledged) -> None:
        self._is(event.person, PersonIs.IN_POSITION, event.at)
        self.away.discard(event.cue)

    def _exit_not_clear(self, event: e.ExitNotClear) -> None:
        self._is(event.person, PersonIs.NOT_CLEAR, event.at)
        self.away.add(event.cue)
        self.overridden.discard(event.cue)

    def _called(self, event: e.StandbyCalled) -> None:
        cue = self.cues[event.cue]
        crew = self.show.crews.get(cue.department)
        if set(event.people) != set(crew.people if crew is not None else ()):
            self._wrong("a standby asks the people of its department", event)
        self.standbys[event.cue] = set(event.people)
        self.not_clear[event.cue].clear()

    def _answered(self, event: e.StandbyAnswered) -> None:
        if event.clear:
            self.not_clear[event.cue].discard(event.person)
        else:
            self.not_clear[event.cue].add(event.person)
            self.overridden.discard(event.cue)

    def _overridden(self, event: e.StandbyOverridden) -> None:
        self.overridden.add(event.cue)

    def _released(self, event: e.StandbyReleased) -> None:
        self.standbys.pop(event.cue, None)
        self.not_clear[event.cue].clear()

    def _hazard(self, event: e.HazardConfirmed) -> None:
        if event.done:
            self.confirmed.add(event.cue)

    # What may not be missed --------------------------------------------------------------------

    def heard(self, estimate: Estimate) -> None:
        """The engine has taken an estimate: what was reached has come, or is offered."""
        quiet = self.held or not self.follow or estimate.heard_at < self.started_at
        if quiet or estimate.state is not Music.FOLLOWING or estimate.confidence < SURE:
            return
        for number in self.due_places - self.offered:
            trigger = self.cues[number].trigger
            if isinstance(trigger, AtPlace) and trigger.quarter <= estimate.quarter:
                self._wrong("a place that is reached is not missed", (number, estimate))

    def settled(self, now: float, wall_ns: int, state: ShowState) -> None:
        """Nothing happens any more: what was due is over."""
        self.edits.compare(state)
        if self.held:
            return
        late = self.agenda.late(now)
        if late:
            self._wrong("what follows a cue is not missed", late)
        if self.number is None:
            return
        wall = _of_the_day(wall_ns)
        for cue in self.show.number(self.number).cues:
            time = cue.trigger.time if isinstance(cue.trigger, AtClock) else wall
            settled = cue.number in self.spent | self.offered
            if self.began_wall < time < wall - 1.0 and not settled and not self.agenda.gone_to:
                self._wrong("a time of day is not missed", cue.number)


def _group(cue: Cue) -> FireGroup | None:
    return next((action for action in cue.actions if isinstance(action, FireGroup)), None)


def _place(cue: Cue) -> float:
    """Quarters; -1 for a cue without a place."""
    return cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else -1.0


def _of_the_day(wall_ns: int) -> float:
    """Seconds since the midnight of the performance's day."""
    return wall_ns * 1e-9 - OPENING_DAY * 86400


_Reads = Mapping[type[e.Event], Callable[..., None]]

_READS: _Reads = {
    e.NumberStarted: Referee._number_started,
    e.CuesArmed: Referee._cues_armed,
    e.MusicJumped: Referee._gone,
    e.MusicPlaced: Referee._gone,
    e.StageTracked: Referee._tracked,
    e.CueOffered: Referee._offered,
    e.CueDropped: Referee._dropped,
    e.CueHalted: Referee._halted,
    e.ShowStopped: Referee._stopped,
    e.ShowResumed: Referee._resumed,
    e.ShowHeld: Referee._held,
    e.FollowSwitched: Referee._followed,
    e.MusicEnded: Referee._ended,
    e.PersonSaid: Referee._said,
    e.ExitAcknowledged: Referee._exit_acknowledged,
    e.ExitNotClear: Referee._exit_not_clear,
    e.StandbyCalled: Referee._called,
    e.StandbyAnswered: Referee._answered,
    e.StandbyOverridden: Referee._overridden,
    e.StandbyReleased: Referee._released,
    e.HazardConfirmed: Referee._hazard,
}

_REASONS: Mapping[Cause, Callable[..., bool]] = {
    Cause.HAND: Referee._by_hand,
    Cause.INPUT: Referee._by_input,
    Cause.FOLLOWER: Referee._by_follower,
    Cause.AHEAD: Referee._by_follower,
    Cause.JUMP: Referee._by_follower,
    Cause.CLOCK: Referee._by_clock,
    Cause.PERSON: Referee._by_person,
    Cause.GROUP: Referee._by_group,
    Cause.AFTER: Referee._by_cue,
    Cause.END: Referee._by_end,
}
