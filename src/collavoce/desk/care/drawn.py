"""The pages as they are sent, before the stream tells them anything: the same whatever happens.

What stands in a page is of the show and of the roles in it; nothing in it is of a press.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2

from collavoce.care.ladder import (
    ALL_AFTER_MAX,
    RECEIPT_AFTER_MAX,
    RECEIPT_AFTER_MIN,
    SECOND_AFTER_MAX,
    SECOND_AFTER_MIN,
    VOICE_AFTER_MAX,
)
from collavoce.care.reached.calling import circle_is_off
from collavoce.care.states.pairing import WAIT_LIVES
from collavoce.company import told_apart
from collavoce.desk.care.access import Device
from collavoce.desk.care.capabilities import MANIFEST, WORKER, capabilities
from collavoce.desk.care.pages import PAGES
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.words import LANGUAGE, catalogue, say

FOLDER = Path(__file__).parent
WORDS = "care.phone."
"""The words the page's scripts say; every key that starts like this."""

LIMITS = {
    "receipt": (int(RECEIPT_AFTER_MIN), int(RECEIPT_AFTER_MAX)),
    "second": (int(SECOND_AFTER_MIN), int(SECOND_AFTER_MAX)),
    "all": int(ALL_AFTER_MAX),
    "voice": int(VOICE_AFTER_MAX),
}
"""What the fields of the ladder's times take, in seconds."""

_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _words_of(page: str) -> dict[str, str]:
    """What the scripts of `page` say: what every page says, and its own."""
    own = f"{page}.says."
    return {
        key.removeprefix(beginning): words
        for beginning in (WORDS, own)
        for key, words in catalogue().items()
        if key.startswith(beginning)
    }


def template(name: str) -> jinja2.Template:
    """The template `name`, escaping what is put in."""
    return _pages.get_template(name)


def drawn(
    hand: CareStagehand, device: Device | None, web: str, *, buttons: bool, page: str = "phone"
) -> str:
    """The page of `device`, the page that waits to be one, or the door for whoever is unknown.

    web : the web desk as this phone reaches it, "" for none. buttons: whether they have a page.
    page : one of `pages.PAGES`.
    """
    names = told_apart(hand.people.values())
    paired = device is not None and not device.waiting
    return template(_template_for(device, page)).render(
        say=say,
        page=page,
        quiet_pages=PAGES,
        language=LANGUAGE,
        title=hand.title,
        emergency=hand.emergency,
        me=device.person if device else "",
        number=device.number if device else 0,
        minutes=f"{WAIT_LIVES / 60:g}",
        exits=hand.exits,
        zones=hand.zones,
        people=names,
        performs="performer" in _roles(hand, device),
        remembers=device is not None and hand.takes_view(device.person) is not None,
        performers={p.id: names[p.id] for p in hand.people.values() if "performer" in p.roles},
        minor=_minor(hand, device.person, names) if device else "",
        limits=LIMITS,
        capabilities=capabilities(secure=hand.secure, push=bool(hand.push)),
        buttons=buttons,
        manifest=MANIFEST if hand.secure else "",
        data={
            "me": device.person if device and paired else "",
            "people": names if paired else {},
            "exits": dict(hand.exits) if paired else {},
            "zones": dict(hand.zones) if paired else {},
            "emergency": hand.emergency,
            "web": web if paired else "",
            "worker": WORKER if hand.secure else "",
            "push": hand.push if paired else "",
            "words": _words_of(page),
        },
    )


def _roles(hand: CareStagehand, device: Device | None) -> tuple[str, ...]:
    return hand.people[device.person].roles if device else ()


def _template_for(device: Device | None, page: str) -> str:
    if device is None:
        return "door.html"
    return "waiting.html" if device.waiting else f"{page}.html"


def _minor(hand: CareStagehand, person: str, names: Mapping[str, str]) -> str:
    """What somebody under 18 is told of who sees their circle; "" for anybody else."""
    one = hand.people.get(person)
    if one is None or not one.under_18:
        return ""
    if circle_is_off(hand.people, person):
        return say("care.page.minor_off")
    return say(
        "care.page.minor",
        guardian=names[one.guardian],
        chaperone=names[one.chaperone],
    )
