"""HTTP requests; they leave by a process of their own, so that no server holds the show up."""

from dataclasses import dataclass
from typing import ClassVar

from collavoce.show.actions.action import Action, Replay


@dataclass(frozen=True, slots=True)
class SendHttp(Action):
    """One request to a destination of the patch. method: GET, POST or PUT; path begins with "/".

    body : sent as `kind` (a media type) where the method carries one.
    """

    replay: ClassVar[Replay] = Replay.ONCE

    to: str
    method: str
    path: str
    body: str = ""
    kind: str = "application/json"
