"""Everything the caller's page shows, from one state. Same state, same view."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from collavoce.desk.history import History
from collavoce.desk.stagehand import Happening
from collavoce.desk.views.arrival import arrival_view
from collavoce.desk.views.cues import cues_view
from collavoce.desk.views.edits import edits_view
from collavoce.desk.views.line import Told, away_view, line_strip
from collavoce.desk.views.people import people_view
from collavoce.desk.views.setlist import missing_view, set_view
from collavoce.desk.views.signs import View, sign
from collavoce.desk.views.stage import audition_view
from collavoce.desk.views.standby import standby_view, unready
from collavoce.desk.views.timers import timers_view
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.setlist.tonight import next_number
from collavoce.show.state import ShowState


def looked_on(state: ShowState) -> ShowState:
    """What of `state` a desk may show that is not the caller's: no restriction."""
    return replace(state, restricted=frozenset())


def caller_view(
    show: Show,
    state: ShowState,
    *,
    plan: str,
    seq: int,
    processes: Mapping[str, str],
    recent: Sequence[Happening] = (),
    line: Told | None = None,
    score: Score | None = None,
    history: History | None = None,
    machine: View | None = None,
) -> View:
    """The whole page but for the plan.

    Instants are on the show clock; the page counts to them by the clock it is sent, so that an
    unchanged state gives unchanged bytes.

    plan : id of the plan this state belongs to; a page with another one must load again.
    line : what the line told lately, None while it is silent. score: of the current number.
    history : what became of cues lately. machine: how the desk's own machine fares.
    """
    return {
        "plan": plan,
        "seq": seq,
        "rail": {**_rail(state, processes), "machine": machine},
        **cues_view(show, state, history),
        "go": _go(show, state),
        **standby_view(show, state),
        "stopping": state.stopping,
        "edits": edits_view(state),
        "timers": timers_view(show, state),
        "audition": audition_view(show, history),
        "arrival": arrival_view(show, state, score),
        "people": {**people_view(show, state), "away": away_view(show, state)},
        "line": line_strip(show, state, line),
        "set": set_view(show, state),
        "missing": missing_view(show, state),
        "lights_out_at": state.lights_out_at,
        "recent": [{"seq": h.seq, "wall": h.wall, "text": h.text} for h in recent],
    }


def _rail(state: ShowState, processes: Mapping[str, str]) -> View:
    return {
        "number": state.number,
        "held": state.held,
        "follow": state.follow,
        "show": sign(_show_is(state)),
        "processes": [
            {"name": name, "sign": sign(f"process.{word.replace(' ', '_')}")}
            for name, word in processes.items()
        ],
    }


def _show_is(state: ShowState) -> str:
    if state.closed:
        return "show.closed"
    if state.held:
        return "show.held"
    return "show.waiting" if state.number is None else "show.running"


def _go(show: Show, state: ShowState) -> View:
    """What GO will fire, until when it is deaf, and what to start when nothing is left."""
    deaf_until = None if state.last_go_at is None else state.last_go_at + show.guard
    return {
        "cue": state.pointer,
        "deaf_until": deaf_until,
        "start": next_number(show, state) if state.pointer is None else None,
        "unready": unready(show, state, state.pointer),
    }
