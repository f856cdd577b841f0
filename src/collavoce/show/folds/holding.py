"""What holds, stops and the follower's switch make of the state."""

from msgspec.structs import replace

from collavoce.show import events as e
from collavoce.show.cues import Show
from collavoce.show.folds.music import behind_all, now_for_waits
from collavoce.show.state import ShowState


def show_held(_show: Show, state: ShowState, event: e.ShowHeld) -> ShowState:
    """The clock of the waits stands still since the hold began."""
    return replace(state, held=True, held_at=state.held_at if state.held else event.at)


def show_resumed(_show: Show, state: ShowState, event: e.ShowResumed) -> ShowState:
    """Whatever was waiting has as long to wait as when the hold began."""
    stood = event.at - now_for_waits(state, event.at)
    return replace(
        state,
        held=False,
        held_at=None,
        stop_asked=None,
        stopping=None,
        waiting={cue: due + stood for cue, due in state.waiting.items()},
        rejoin=True,
        astray=behind_all(state),
    )


def show_stopped(_show: Show, state: ShowState, event: e.ShowStopped) -> ShowState:
    """Nothing is under way, every light is at zero or on its way there, and the show is held."""
    return replace(
        state,
        held=True,
        held_at=event.at,
        waiting={},
        begun={},
        paused={},
        of_group={},
        running={},
        overridden=frozenset[str](),
        levels=dict.fromkeys(state.levels, 0.0),
        owners={},
        stopping=None if event.hard else event.at + event.fade,
    )


def follow_switched(_show: Show, state: ShowState, event: e.FollowSwitched) -> ShowState:
    """Whether the follower fires; switched on, it joins in where the music is."""
    astray = behind_all(state) if event.on else state.astray
    return replace(state, follow=event.on, rejoin=state.rejoin or event.on, astray=astray)
