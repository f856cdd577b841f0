"""What a phone's page can do over plain HTTP and over HTTPS, as its browser sees it.

Browsers keep wake lock, push and service workers to pages from a secure context (W3C Secure
Contexts). The page says what it cannot do before anybody relies on it.

| capability | plain HTTP | HTTPS |
|---|---|---|
| press | page open | page open |
| awake | no | while the page is in front |
| push | no | if the house has set it up, with internet; on an iPhone from the home screen only |
| offline | memory of the open page | also when the page was closed |
"""

from collavoce.words import say

OVER_HTTP = ("press",)
OVER_HTTPS = ("press", "awake", "push", "offline")

WORKER = "/care/static/worker.js"
MANIFEST = "/care/static/manifest.webmanifest"


def capabilities(*, secure: bool, push: bool) -> list[dict[str, object]]:
    """Each capability with whether it is there, in words: {"id", "can", "words"}, in order.

    push : whether this house has a key by which phones let themselves be woken.
    """
    there = [name for name in OVER_HTTPS if name != "push" or push] if secure else OVER_HTTP
    return [
        {
            "id": name,
            "can": name in there,
            "words": say(f"tls.can.{name}" if name in there else f"tls.cannot.{name}"),
        }
        for name in OVER_HTTPS
    ]
