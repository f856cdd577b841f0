"""The page a phone keeps for when there is no desk: one button, and no name in it."""

from collavoce.desk.care.drawn import template
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.words import LANGUAGE, say


def offline_page(hand: CareStagehand) -> str:
    """The page, the same for everybody."""
    return template("offline.html").render(say=say, language=LANGUAGE, emergency=hand.emergency)
