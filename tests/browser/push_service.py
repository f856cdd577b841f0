"""A push service in a page: none is reached from a test, this one keeps what one promises."""

from collavoce.rig.channels.vapid import public_of

VAPID = public_of("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE")
"""The public half of 32 bytes that are nobody's key."""

PUSH_SERVICE = """() => {
  let given = null;
  window.askedOfService = [];
  PushManager.prototype.getSubscription = async () => given;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (given) throw new DOMException("another key", "InvalidStateError");
    askedOfService.push({ userVisibleOnly, applicationServerKey });
    const endpoint = `https://fcm.googleapis.com/fcm/send/${askedOfService.length}`;
    const keys = { p256dh: "BPoint", auth: "salt" };
    const toJSON = () => ({ endpoint, expirationTime: null, keys });
    const unsubscribe = async () => ((given = null), true);
    return (given = { endpoint, toJSON, unsubscribe });
  };
}"""
"""What it is asked stands in `askedOfService`."""

MY_CONTACTS = """async () => {
  const answer = await fetch("/care/read", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ type: "ReadMine" }),
  });
  return (await answer.json()).shown.contacts;
}"""
"""By what else the person of this page is called."""
