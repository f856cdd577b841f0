"""Services that Apprise knows: mail, and a hundred gateways for text messages and calls.

Apprise is synchronous, says yes or no and not why, and waits as long as the server keeps sending.
So it runs only where a thread may be given up (`pool.py`). It is kept from writing anything to
disk and from following where a server sends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from collavoce.rig.channels.outcome import Accepted, Failed, Failure, Outcome

TO = "{to}"
"""Where in an address of the operator's the person's own goes."""


@dataclass(frozen=True, slots=True)
class Apprised:
    """template : an Apprise address of the operator's with `TO` in it, or `TO` alone.

    schemes : what a person's own whole address may begin with; everything else Apprise knows
    could write to this machine's desktop or knock on doors inside its network.
    """

    template: str = field(repr=False)
    schemes: Sequence[str] = ()

    def send(self, address: str, text: str, key: str, within_s: float) -> Outcome:  # noqa: ARG002  Apprise has no place for a key
        """Send `text` by Apprise."""
        import apprise

        if self.template == TO:
            if address.partition("://")[0].lower() not in self.schemes:
                return Failed(Failure.ADDRESS)
            whole = address
        else:
            whole = self.template.replace(TO, quote(address, safe="@+"))
        # Nothing is stored, no redirect followed, nothing looked at by another thread.
        asset = apprise.AppriseAsset(
            app_id="Collavoce", async_mode=False, secure_logging=True, http_redirects=False
        )
        service = apprise.Apprise.instantiate(whole, asset=asset, suppress_exceptions=True)
        if not isinstance(service, apprise.NotifyBase):
            return Failed(Failure.ADDRESS)
        service.socket_connect_timeout = service.socket_read_timeout = within_s
        sent = service.notify(body=text, title="")
        return Accepted() if sent else Failed(Failure.UNCLEAR)
