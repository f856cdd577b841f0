// Behind the pages, over HTTPS only: keeps a press that found no connection, wakes up for a call.
//
// What it keeps on the phone: a page without a name for when there is no desk, and presses that
// are not sent yet (a random id, when, where). Each is gone as soon as the desk has answered it.
// What is taken back goes before its press: the desk then never calls anybody for it.

const SHELL = "collavoce-1";
const OFFLINE = "/care/offline";
const FILES = [OFFLINE, "/care/static/offline.js", "/care/static/phone.css", "/care/static/mark.svg"];
// A desk may be silent and its connection open: nothing is waited for longer than this.
const PAGE_WITHIN_MS = 3000;
const FILE_WITHIN_MS = 1000;
const ACT_WITHIN_MS = 2000;
const ANSWER_WITHIN_MS = 5000;
const KEEP_MS = 24 * 3600 * 1000; // the desk takes no older press
const KEPT_MAX = 50;
const SYNC = "press";
const TITLE = "Collavoce"; // all that a locked screen ever shows

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
      .then(sendKept),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/care/act") event.respondWith(act(event));
  else if (request.mode === "navigate" && pathname === "/care/") event.respondWith(page(event));
  else if (request.method === "GET" && FILES.includes(pathname)) event.respondWith(file(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === SYNC) event.waitUntil(sendKept());
});

// The page without a desk asks whether a press is waiting: it was another page that made it.
self.addEventListener("message", (event) => {
  if (event.data !== "kept?") return;
  event.waitUntil(every().then((waiting) => event.source.postMessage({ kept: presses(waiting).length > 0 })));
});

// The push says that there is something, and nothing else: its content is not even looked at.
self.addEventListener("push", (event) => {
  event.waitUntil(
    self.registration.showNotification(TITLE, {
      tag: "collavoce",
      renotify: true,
      requireInteraction: true,
      vibrate: [400, 200, 400, 200, 400],
      icon: "/care/static/mark-192.png",
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => {
      const ours = open.find((client) => new URL(client.url).pathname.startsWith("/care/"));
      return ours ? ours.focus() : self.clients.openWindow("/care/");
    }),
  );
});

const flying = new Map(); // a press on its way -> what calls back each of its copies
const takenBack = new Set(); // presses that are to be sent no more, from the moment it is said

/** The answer to `request` if it begins within `ms`; how long the rest of it takes is not asked.
 *  A press that is taken back meanwhile is called back: it must not arrive before its cancel. */
async function within(ms, request, press = "", more = {}) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), ms);
  // The page and what was kept may both be sending it: two copies of one press.
  const copies = flying.get(press) ?? new Set();
  if (press) flying.set(press, copies.add(given));
  try {
    return await fetch(request, { ...more, signal: given.signal });
  } finally {
    clearTimeout(timer);
    copies.delete(given);
    if (!copies.size) flying.delete(press);
  }
}

/** Call back every copy of a press that is on its way. */
function callBack(press) {
  for (const given of flying.get(press) ?? []) given.abort();
}

let cut = false; // the last page that was asked for did not come

/** The page; without a desk one that can only press. */
async function page(event) {
  try {
    const answer = await within(PAGE_WITHIN_MS, event.request);
    cut = false;
    // The emergency number is in the page for later: it is that of this house, not of the last.
    event.waitUntil(Promise.allSettled([sendKept(), caches.open(SHELL).then((shell) => shell.addAll(FILES))]));
    return answer;
  } catch {
    cut = true;
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** A file of the page that works without a desk. */
async function file(request) {
  const here = await caches.match(new URL(request.url).pathname);
  if (cut && here) return here;
  try {
    return await within(FILE_WITHIN_MS, request);
  } catch {
    return here ?? Response.error();
  }
}

/** Send what the page says. A press is kept first: nobody knows yet whether the desk will answer. */
async function act(event) {
  const said = await event.request.clone().json().catch(() => ({}));
  const at = Date.now() - 1000 * (said.ago ?? 0);
  const key = `${said.type} ${said.press}`;
  const keeps = said.type === "Press" || (said.type === "Cancel" && !said.word);
  const order = { type: said.type, press: said.press, place: said.place ?? "" };
  // A browser that keeps nothing sends all the same.
  const keeping = keeps ? keep({ key, at, kept: Date.now(), order }).catch(() => {}) : Promise.resolve();
  event.waitUntil(keeping);
  if (said.type === "Cancel" && !said.word) {
    takenBack.add(said.press);
    callBack(said.press);
  }
  try {
    const press = said.type === "Press" ? said.press : "";
    // Asked in the same breath in which it would fly: its cancel comes before or calls it back.
    if (press && takenBack.has(press)) throw new Error("taken back");
    const answer = await within(ACT_WITHIN_MS, event.request, press);
    if (answer.status >= 500) throw new Error("no desk");
    // Whatever the desk said of this press, it has it now.
    await keeping;
    if (keeps) await drop(key);
    if (said.type === "Cancel" && (await answer.clone().json()).kept) await drop(`Press ${said.press}`);
    return answer;
  } catch {
    if (keeps) await self.registration.sync?.register(SYNC).catch(() => {});
    return Response.error();
  }
}

let sending = null;

/** Send everything kept: what is taken back first, then presses, each oldest first. */
function sendKept() {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll() {
  const waiting = (await every()).sort((one, other) => isPress(one) - isPress(other) || one.kept - other.kept);
  const gone = new Set();
  for (const { key, at, order } of waiting) {
    if (gone.has(key)) continue;
    if (Date.now() - at > KEEP_MS) {
      await drop(key);
      continue;
    }
    const press = order.type === "Press" ? order.press : "";
    // Taken back since this round began: its cancel goes first, in the next.
    if (press && (await every()).some((one) => one.key === `Cancel ${press}`)) continue;
    if (press && takenBack.has(press)) continue;
    const ago = Math.max(0, (Date.now() - at) / 1000);
    const body = press ? { ...order, ago } : { type: order.type, press: order.press };
    const answer = await within(ANSWER_WITHIN_MS, "/care/act", press, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    // A sync event that fails is called again by the browser.
    if (answer.status >= 500) throw new Error("no desk");
    await drop(key);
    if (order.type === "Cancel" && (await answer.json()).kept) {
      gone.add(`Press ${order.press}`);
      await drop(`Press ${order.press}`);
    }
  }
}

const KEPT = "kept";

function store(mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("collavoce", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(KEPT, { keyPath: "key" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(KEPT, mode);
      const asked = work(transaction.objectStore(KEPT));
      transaction.oncomplete = () => {
        opening.result.close();
        done(asked.result);
      };
      transaction.onerror = () => failed(transaction.error);
    };
  });
}

const isPress = ({ order }) => order.type === "Press";

/** The presses among `waiting` that nobody took back. */
function presses(waiting) {
  const back = new Set(waiting.filter((one) => !isPress(one)).map(({ order }) => order.press));
  return waiting.filter((one) => isPress(one) && !back.has(one.order.press));
}

const every = () => store("readonly", (kept) => kept.getAll());
const drop = (key) => store("readwrite", (kept) => kept.delete(key));

/** Keep `entry`; one that is there already keeps the finger's own moment and its place in the order. */
const keep = (entry) =>
  store("readwrite", (kept) => {
    const asked = kept.getAll();
    asked.onsuccess = () => {
      const there = asked.result;
      if (there.length < KEPT_MAX && !there.some(({ key }) => key === entry.key)) kept.put(entry);
    };
    return asked;
  });
