"""From what the operator has written to the adapters that carry."""

import ssl
from collections.abc import Callable
from importlib import import_module

from collavoce.rig.channels.apprised import TO, Apprised
from collavoce.rig.channels.channels_file import Services
from collavoce.rig.channels.echo import Echo
from collavoce.rig.channels.outcome import Adapter
from collavoce.rig.channels.posting import Poster
from collavoce.rig.channels.push import Push
from collavoce.rig.channels.vapid import signer_of
from collavoce.rig.channels.webhook import Webhook

ECHO = "echo"
"""The name of the canary's own channel, set up always."""


def adapters(
    services: Services, now: Callable[[], float], utc: Callable[[], float]
) -> dict[str, Adapter]:
    """An adapter for every channel that is set up, by its name.

    now : seconds on a clock that never goes back; utc : seconds since 1970.
    """
    tls = ssl.create_default_context()
    if services.ca_file:
        tls.load_verify_locations(services.ca_file)
    poster = Poster(now, tls)
    _load(services)
    made: dict[str, Adapter] = {ECHO: Echo()}
    for channel, service in services.plain.items():
        if service.webhook:
            made[channel] = Webhook(service.webhook, poster, service.authorization)
        else:
            made[channel] = Apprised(service.apprise)
    if services.schemes:
        made["other"] = Apprised(TO, services.schemes)
    if services.push:
        to = services.push
        made["push"] = Push(signer_of(to.key), to.contact, poster, utc, to.hosts)
    return made


def _load(services: Services) -> None:
    """Load the libraries that will be used: half a second that no message should wait for."""
    if services.push:
        import_module("pywebpush")
    if services.schemes or any(service.apprise for service in services.plain.values()):
        # Its plugins are looked for at the first address.
        import_module("apprise").Apprise.instantiate("json://localhost")
