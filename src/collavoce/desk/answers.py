"""The shapes of an answer: a value as JSON, a refusal in words, a page."""

from pathlib import Path

import jinja2
import msgspec
from starlette.responses import HTMLResponse, Response

from collavoce.desk.stagehand import Answer, Kept, LineAnswer, Told, Unanswered
from collavoce.show.events import Refused
from collavoce.words import LANGUAGE, say

FOLDER = Path(__file__).parent

_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def json_answer(value: object, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refusal(status: int, why: str) -> Response:
    """Why not, in words."""
    return json_answer({"refused": why}, status)


def answer(of: Answer) -> Response:
    """What became of a command: 200 kept, 409 refused, 503 nobody answered in time."""
    match of:
        case Kept(seq=seq):
            return json_answer({"kept": seq})
        case Refused(why=why):
            return refusal(409, why)
        case Unanswered():
            return refusal(503, say("desk.order.unanswered"))


def line_answer(of: LineAnswer) -> Response:
    """What became of it at the line: 200 told, 409 refused, 503 nobody answered in time."""
    match of:
        case Told(recorded=recorded):
            return json_answer({"kept": True, "recorded": recorded})
        case Refused(why=why):
            return refusal(409, why)
        case Unanswered():
            return refusal(503, say("desk.line.unanswered"))


def page(name: str, status: int = 200, **values: object) -> HTMLResponse:
    """The page `name` of the templates."""
    return HTMLResponse(
        _pages.get_template(name).render(say=say, language=LANGUAGE, **values), status
    )
