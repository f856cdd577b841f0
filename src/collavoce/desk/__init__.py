"""What people see and press while a show runs.

In: a Stagehand (the running show, read and asked), HTTP requests. Out: pages, server-sent events.
Never: a rule of the show, a clock of its own, a word of anybody's care.
"""

from collavoce.desk.app import create_app
from collavoce.desk.stagehand import (
    BADGE_COOKIE,
    Answer,
    Happening,
    Kept,
    PairingLink,
    Stagehand,
    Unanswered,
)

__all__ = [
    "BADGE_COOKIE",
    "Answer",
    "Happening",
    "Kept",
    "PairingLink",
    "Stagehand",
    "Unanswered",
    "create_app",
]
