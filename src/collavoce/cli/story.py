"""`collavoce story NAME`: an evening of docs/stories.md, played to its end, and what of it held."""

import argparse
import json
import tempfile
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.cli.run import SPEEDS
from collavoce.cli.speed import MAX, speed_of
from collavoce.cli.stories.account import Account, Held, StoryError
from collavoce.cli.stories.line import play_line
from collavoce.cli.stories.music_cast import DANCER_NAME
from collavoce.cli.stories.not_my_music import play_not_my_music
from collavoce.cli.stories.recital import play_recital
from collavoce.cli.stories.recital_music import HER_NAME
from collavoce.cli.stories.showing import Silent, Told, as_json, busy, summary
from collavoce.cli.stories.two_weeks import play_two_weeks
from collavoce.cli.stories.weeks_cast import FRIEND_NAME
from collavoce.cli.text.door import DoorError
from collavoce.runtime.clock import monotonic_ns
from collavoce.words import say

STORIES = ("recital", "line", "two-weeks", "not-my-music")
NAME_MOST = 60


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("name", choices=STORIES, metavar="NAME", help=say("story.name"))
    parser.add_argument("--friend", default="", metavar="NAME", help=say("story.friend"))
    parser.add_argument("--speed", default=MAX, metavar="N|max", help=say("story.speed"))
    parser.add_argument("--json", action="store_true", help=say("story.json"))


def run(args: argparse.Namespace) -> int:
    """Play it; 1 when something did not hold that ought to. What is not built yet fails nothing."""
    speed = speed_of(args.speed, *SPEEDS)
    friend = named(args.friend) or usual_friend(args.name)
    told = Told()
    account = Account(args.name, Silent() if args.json else told)
    if not args.json:
        told.says(say(f"story.{args.name}.title"), say(f"story.{args.name}.about"))
        told.says(say("story.seat", name=friend), "")
    began = monotonic_ns()
    with tempfile.TemporaryDirectory(prefix="collavoce-story-") as home:
        try:
            play(account, Path(home), friend, speed)
        except (StoryError, DoorError) as error:
            raise UsageError(str(error)) from error
    seconds = (monotonic_ns() - began) * 1e-9
    if args.json:
        print(json.dumps(as_json(account, seconds), ensure_ascii=False))
    else:
        told.says(*filter(None, (busy(), summary(account, seconds))))
    return 1 if account.count(Held.NO) else 0


def usual_friend(story: str) -> str:
    """Who holds the seat unless somebody is named."""
    usual = {"recital": HER_NAME, "two-weeks": FRIEND_NAME, "not-my-music": DANCER_NAME}
    return usual.get(story) or say("story.you")


def play(account: Account, home: Path, friend: str, speed: float | None) -> None:
    """Play the story of `account` in `home`; raises UsageError, StoryError."""
    match account.story:
        case "line":
            play_line(account, home, friend, speed or 1.0)
        case "recital":
            play_recital(account, home, friend, speed)
        case "two-weeks":
            play_two_weeks(account, home, friend)
        case _:
            play_not_my_music(account, home, friend)


def named(friend: str) -> str:
    """The name for the seat, "" without one; raises UsageError for what is no name."""
    name = friend.strip()
    if len(name) > NAME_MOST or not name.isprintable():
        raise UsageError(say("story.no_name", most=NAME_MOST))
    return name
