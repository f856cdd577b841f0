"""Everything the caller's page shows, from one state. Same state, same view."""

from collections.abc import Mapping, Sequence

from collavoce.desk.stagehand import Happening
from collavoce.desk.views.arrival import arrival_view
from collavoce.desk.views.cues import cues_view
from collavoce.desk.views.line import Told, away_view, line_strip
from collavoce.desk.views.people import people_view
from collavoce.desk.views.signs import View, sign
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.state import ShowState


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
) -> View:
    """The whole page but for the plan.

    Instants are on the show clock; the page counts to them by the clock it is sent, so that an
    unchanged state gives unchanged bytes.

    plan : id of the plan this state belongs to; a page with another one must load again.
    line : what the line told lately, None while it is silent. score: of the current number.
    """
    return {
        "plan": plan,
        "seq": seq,
        "rail": _rail(state, processes),
        **cues_view(show, state),
        "go": _go(show, state),
        "arrival": arrival_view(show, state, score),
        "people": {**people_view(show, state), "away": away_view(show, state)},
        "line": line_strip(show, state, line),
        "set": _set_list(show, state),
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
    return {"cue": state.pointer, "deaf_until": deaf_until, "start": _to_start(show, state)}


def _to_start(show: Show, state: ShowState) -> str | None:
    if state.pointer is not None:
        return None
    order = [number.id for number in show.numbers]
    after = order.index(state.number) + 1 if state.number in order else 0
    return order[after] if after < len(order) else None


def _set_list(show: Show, state: ShowState) -> list[View]:
    order = [number.id for number in show.numbers]
    on = order.index(state.number) if state.number in order else -1
    return [
        {"id": number_id, "is": "past" if i < on else "now" if i == on else "to_come"}
        for i, number_id in enumerate(order)
    ]
