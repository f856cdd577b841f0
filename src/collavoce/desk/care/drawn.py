"""The pages as they are sent, before the stream tells them anything: the same whatever happens.

What stands in a page is of the show and of the roles in it; nothing in it is of a press.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import jinja2

from collavoce.care.card import FIELD_CHARACTERS_MAX, Effect, Field
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
from collavoce.care.wishes import directors, may_be_named
from collavoce.company import told_apart
from collavoce.company.people import Person
from collavoce.desk.care.access import Device
from collavoce.desk.care.capabilities import MANIFEST, WORKER, capabilities
from collavoce.desk.care.pages import PAGES
from collavoce.desk.care.stagehand import CareStagehand
from collavoce.line.hazards import KINDS
from collavoce.words import LANGUAGE, catalogue, say

FOLDER = Path(__file__).parent
WORDS = "care.phone."
"""The words the page's scripts say; every key that starts like this."""

ALSO_SAID = {"phone": ("checkin",), "music": ("song",)}
"""Page -> other pages of which something stands there too, and whose scripts it has."""

LIMITS = {
    "receipt": (int(RECEIPT_AFTER_MIN), int(RECEIPT_AFTER_MAX)),
    "second": (int(SECOND_AFTER_MIN), int(SECOND_AFTER_MAX)),
    "all": int(ALL_AFTER_MAX),
    "voice": int(VOICE_AFTER_MAX),
}
"""What the fields of the ladder's times take, in seconds."""

HAZARD_MINUTES = (15, 30, 60, 120, 240, 480)
"""How long a hazard may be said to last on a phone; the text desk takes any length."""

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
    beginnings = (WORDS, *(f"{name}.says." for name in (page, *ALSO_SAID.get(page, ()))))
    return {
        key.removeprefix(beginning): words
        for beginning in beginnings
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
        me=_me(device),
        number=device.number if device else 0,
        minutes=f"{WAIT_LIVES / 60:g}",
        answers=bool({"company manager", "artist liaison"} & {*_roles(hand, device)}),
        hands_on="company manager" in _roles(hand, device),
        exits=hand.exits,
        zones=hand.zones,
        house_rules=hand.house_rules,
        hazard_kinds=KINDS,
        hazard_minutes=HAZARD_MINUTES,
        pieces=hand.pieces,
        directed=bool(directors(hand.people)),
        nameable={p: names[p] for p in names if may_be_named(hand.people, _me(device), p)},
        people=names,
        performs="performer" in _roles(hand, device),
        remembers=device is not None and hand.takes_view(device.person) is not None,
        performers={p.id: names[p.id] for p in hand.people.values() if "performer" in p.roles},
        minor=_minor(hand, device.person, names) if device else "",
        card_fields=tuple(Field),
        card_characters=FIELD_CHARACTERS_MAX,
        card_effects=tuple(Effect),
        genders=genders_of(hand.people.values()),
        limits=LIMITS,
        capabilities=capabilities(secure=hand.secure, push=bool(hand.push)),
        buttons=buttons,
        manifest=MANIFEST if hand.secure else "",
        data={
            "me": device.person if device and paired else "",
            "people": names if paired else {},
            "exits": dict(hand.exits) if paired else {},
            "zones": dict(hand.zones) if paired else {},
            "house_rules": list(hand.house_rules) if paired else [],
            "pieces": dict(hand.pieces) if paired else {},
            "emergency": hand.emergency,
            "web": web if paired else "",
            "worker": WORKER if hand.secure else "",
            "push": hand.push if paired else "",
            "words": _words_of(page),
        },
    )


def genders_of(people: Iterable[Person]) -> tuple[str, ...]:
    """The words a rule of who may come near can name: the usual two, and those people give."""
    usual = say("care.page.near_genders_usual").split(", ")
    return tuple(dict.fromkeys([*usual, *sorted({p.gender for p in people if p.gender})]))


def _me(device: Device | None) -> str:
    return device.person if device else ""


def listening_page(hand: CareStagehand) -> str:
    """The page behind every listening link: nothing in it is of one."""
    return template("listen.html").render(
        say=say,
        language=LANGUAGE,
        title=hand.title,
        emergency=hand.emergency,
        manifest="",
        data={"words": _words_of("listen")},
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
