"""What an address has to look like on its channel, before it is kept.

    push          a subscription as JSON: {"endpoint": "https://...", "keys": {"p256dh", "auth"}}
    sms, voice    E.164: "+" and 6 to 15 digits
    mail          one "@", something on both sides, no space
    other         an Apprise address: "scheme://..."

Whether somebody is there is only known once they were called.
"""

import re

import msgspec

from collavoce.care.channels import Channel, Contact

PUSH_CHARACTERS_MAX = 2000
MAIL_CHARACTERS_MAX = 254
OTHER_CHARACTERS_MAX = 500

_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}", re.ASCII)
_MAIL = re.compile(r"[^\s@\x00-\x1f<>,;]+@[^\s@\x00-\x1f<>,;]+")
_OTHER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\x00-\x1f]+", re.ASCII)
_HTTPS = re.compile(r"https://[^\s/\x00-\x1f]+(/[^\s\x00-\x1f]*)?", re.ASCII)


class _Keys(msgspec.Struct):
    p256dh: str
    auth: str


class _Subscription(msgspec.Struct):
    endpoint: str
    keys: _Keys


_subscriptions = msgspec.json.Decoder(_Subscription)


def is_address(contact: Contact) -> bool:
    """Whether `contact` could be reached at all."""
    address = contact.address
    match contact.channel:
        case Channel.PAGE:
            # The page is no contact: whoever opens it has it.
            return False
        case Channel.PUSH:
            return len(address) <= PUSH_CHARACTERS_MAX and _is_subscription(address)
        case Channel.SMS | Channel.VOICE:
            return _NUMBER.fullmatch(address) is not None
        case Channel.MAIL:
            return len(address) <= MAIL_CHARACTERS_MAX and _MAIL.fullmatch(address) is not None
        case Channel.OTHER:
            return len(address) <= OTHER_CHARACTERS_MAX and _OTHER.fullmatch(address) is not None


def _is_subscription(address: str) -> bool:
    try:
        subscription = _subscriptions.decode(address)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return False
    keys = subscription.keys
    return _HTTPS.fullmatch(subscription.endpoint) is not None and bool(keys.p256dh and keys.auth)
