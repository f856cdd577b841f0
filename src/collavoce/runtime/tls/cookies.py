"""What a cookie is called. Over TLS a browser itself keeps it to this one host.

`__Host-` (RFC 6265bis, 4.1.3.2): no browser takes such a cookie from plain HTTP, from another host
of the same domain, or for a part of the paths. Over plain HTTP no browser would take one at all.
"""

HOST_PREFIX = "__Host-"

DESK = "collavoce_desk"
PHONE = "collavoce_phone"
BADGE = "collavoce_badge"


def cookie_name(name: str, *, secure: bool) -> str:
    """The full name of the cookie `name`. secure: whether the pages travel over TLS."""
    return HOST_PREFIX + name if secure else name
