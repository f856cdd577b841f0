// By what else I may be called, in order. "Accepted" by a service is not "delivered" to me.

import { read, tell } from "./act.js";
import { answered } from "./forms.js";
import { button, data, element, keyed, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
let contacts = [];
let changed = () => {};

/** Make the form work; `then` once something was kept. */
export function startContacts(then) {
  changed = then;
  by("contact").addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = by("address").value.trim();
    if (!address) return says(say("address_first"));
    if (await write([...contacts, { channel: by("channel").value, address }])) by("address").value = "";
  });
  by("wake").hidden = !(data.push && "serviceWorker" in navigator && "PushManager" in globalThis);
  by("wake").addEventListener("click", subscribe);
}

/** Take the contacts of this person. */
export function showContacts(mine) {
  contacts = mine;
  keyed(by("contacts"), mine.map((one) => [`${one.channel} ${one.address}`, one]), make, () => {});
}

const says = (text) => put(by("contact").querySelector(".says"), text);

async function write(now) {
  const answer = await tell({ type: "WriteContacts", contacts: now });
  says(answered(answer));
  if (answer.kept) changed();
  return answer.kept;
}

function make(one) {
  const item = element("li", "row");
  const shown = one.channel === "push" ? say("channel_push_here") : one.address;
  const words = `${say(`channel_${one.channel}`)}: ${shown}`;
  const drop = button("drop", "", () => {
    by("channel").focus();
    write(contacts.filter((other) => other !== one && (other.channel !== one.channel || other.address !== one.address)));
  });
  drop.dataset.shape = "✕";
  drop.setAttribute("aria-label", say("contact_drop", { what: words }));
  item.append(element("span", "says", words), drop);
  return item;
}

/** Let this phone be woken: the browser's own service is told an address, and never what for. */
async function subscribe() {
  try {
    const manager = await pushes();
    const before = await manager.getSubscription();
    // One for the key of another house would stand in the way.
    await before?.unsubscribe();
    const given = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: data.push });
    const others = contacts.filter((one) => !wakes(one, before?.endpoint) && !wakes(one, given.endpoint));
    await write([{ channel: "push", address: JSON.stringify(given) }, ...others]);
  } catch {
    says(say("wake_refused"));
  }
}

/** Take this phone out of what wakes me, before it is nobody's; what puts it back. Never throws. */
export async function stopWaking() {
  try {
    const { endpoint } = (await (await pushes()).getSubscription()) ?? {};
    const before = endpoint && (await read({ type: "ReadMine" }))?.contacts;
    if (before) {
      await tell({ type: "WriteContacts", contacts: before.filter((one) => !wakes(one, endpoint)) });
      return () => tell({ type: "WriteContacts", contacts: before });
    }
  } catch {
    // No worker, so nothing wakes this phone.
  }
  return () => {};
}

async function pushes() {
  // Without a registration `ready` would be waited for in vain.
  if (!(await navigator.serviceWorker.getRegistration("/care/"))) throw new Error("no worker");
  return (await navigator.serviceWorker.ready).pushManager;
}

const wakes = ({ channel, address }, endpoint) => channel === "push" && JSON.parse(address).endpoint === endpoint;
