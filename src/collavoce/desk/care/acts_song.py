"""What a page says of demos and songs; the sound itself goes its own way (`song_ways.py`)."""

from typing import Annotated

import msgspec

from collavoce.care.outcome import Outcome
from collavoce.desk.care.acts_shapes import PersonId, PressId
from collavoce.desk.care.songhand import SongHand
from collavoce.runtime.care.kept.songs.demos import TITLE_MAX
from collavoce.runtime.care.kept.songs.joining import PLAYERS_MAX, WISH_MAX

Title = Annotated[str, msgspec.Meta(max_length=TITLE_MAX)]
Wish = Annotated[str, msgspec.Meta(max_length=WISH_MAX)]
LinkName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Players = Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=PLAYERS_MAX)]


class NameDemo(msgspec.Struct, frozen=True, tag=True):
    """A demo of mine is called so."""

    demo: PressId
    title: Title


class DropDemo(msgspec.Struct, frozen=True, tag=True):
    """A demo of mine goes, with every link to it."""

    demo: PressId


class DropListening(msgspec.Struct, frozen=True, tag=True):
    """A link that nobody has used is good for nothing any more."""

    link: LinkName


class OfferDemo(msgspec.Struct, frozen=True, tag=True):
    """A demo of mine for a wish of somebody's. song: drawn by the page, 128 bits."""

    song: PressId
    demo: PressId
    to: PersonId
    wish: Wish


class AgreeToSong(msgspec.Struct, frozen=True, tag=True):
    """I agree. wish: as whose wish it is; else as whose demo it is."""

    song: PressId
    wish: bool


class PutInSet(msgspec.Struct, frozen=True, tag=True):
    """The show gets it: this title, its length, who plays it, its recording."""

    song: PressId
    title: Title
    players: Players


class TakeSongBack(msgspec.Struct, frozen=True, tag=True):
    """I take it back."""

    song: PressId


OfSongs = NameDemo | DropDemo | DropListening | OfferDemo | AgreeToSong | PutInSet | TakeSongBack


async def song_act(act: OfSongs, hand: SongHand, token: str) -> Outcome:
    """Carry out `act` for the person of the phone of `token`."""
    match act:
        case NameDemo(demo=demo, title=title):
            return hand.name_demo(token, demo, title)
        case DropDemo(demo=demo):
            return hand.drop_demo(token, demo)
        case DropListening(link=link):
            return hand.drop_link(token, link)
        case OfferDemo():
            return hand.offer(token, act.song, act.demo, act.to, act.wish)
        case AgreeToSong(song=song, wish=wish):
            return hand.agree(token, song, wish=wish)
        case PutInSet():
            return await hand.propose(token, act.song, act.title, act.players)
        case TakeSongBack(song=song):
            return hand.withdraw(token, song)
