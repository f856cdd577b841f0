"""Small actions that change only the show."""

from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.go_to import MoveTo
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.memo import Remind
from collavoce.show.actions.timer import RunTimer
from collavoce.show.actions.wait import Wait

__all__ = ["LoadCue", "MoveTo", "Remind", "RunTimer", "SwitchCues", "Wait"]
