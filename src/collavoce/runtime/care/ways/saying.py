"""What a message says outside the house: never a name, a reason, a place, or what came of it."""

import hashlib

from collavoce.care.channels import Wording
from collavoce.words import say

KEY_LENGTH = 32


def text_of(wording: Wording, url: str, emergency: str) -> str:
    """The words; but for the performer who nobody reached all are the same, and all say "look"."""
    if wording is Wording.UNREACHED:
        return say("channels.say.unreached", url=url, emergency=emergency)
    return say("channels.say.look", url=url)


def opaque(*parts: str) -> str:
    """A name for what `parts` name, the same always; among them are a press' 128 random bits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]
