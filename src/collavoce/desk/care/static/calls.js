// The other end: asleep and plain until somebody calls.

import { insist } from "./act.js";
import { announce } from "./heard.js";
import { sound } from "./sound.js";
import { button, data, element, keyed, lasting, nameOf, put, say } from "./words.js";

const RING_EVERY_MS = 3000;

// state -> [shape, words]
const SIGNS = {
  open: ["▲", "call_open"],
  coming: ["▶", "call_coming"],
  covered: ["✓", "call_covered"],
  cancelled: ["✕", "call_cancelled"],
  over: ["✓", "call_over"],
};

const LIVE = new Set(["open", "coming", "covered"]);

const by = (id) => document.getElementById(id);
const rung = new Set(); // keys this page has rung for: press, person, step
const hushed = new Set(); // keys somebody has touched since
const received = new Set(); // keys whose receipt the desk has answered
const away = new Set(); // keys put away
const seen = new Map(); // key -> the last call shown under it
let current = [];

/** Ring again while a call stands untouched. */
export function startCalls() {
  setInterval(() => {
    if (current.some((call) => call.is === "open" && rung.has(call.key) && !hushed.has(call.key))) {
      sound("ring");
    }
  }, RING_EVERY_MS);
  document.addEventListener("pointerdown", hush);
  document.addEventListener("keydown", hush);
}

/** Take the calls on this person. */
export function showCalls(calls) {
  for (const call of calls) {
    if (call.is === "open" && !rung.has(call.key)) arrive(call);
  }
  current = withVanished(calls).filter((call) => !away.has(call.key));
  for (const call of current) {
    const before = seen.get(call.key);
    if (before && before.is !== call.is) turned(call);
    seen.set(call.key, call);
  }
  by("no-calls").hidden = current.length > 0;
  document.body.dataset.called = String(current.some((call) => LIVE.has(call.is)));
  keyed(by("calls"), current.map((call) => [call.key, call]), make, show);
}

function arrive(call) {
  rung.add(call.key);
  insist({ type: "Shown", press: call.press }).then(() => received.add(call.key));
  // Shown before means: on another page of mine, or before this one was loaded again.
  if (call.shown) hushed.add(call.key);
  else sound("ring");
  announce(call.key, `${words(call)} ${where(call)}`);
}

function turned(call) {
  sound(call.is === "coming" ? "kept" : "done");
  announce(call.key, words(call));
}

/** A call that rang here and is gone from the desk was taken back before its receipt arrived. */
function withVanished(calls) {
  const there = new Set(calls.map((call) => call.key));
  const again = new Set(calls.filter((call) => call.is === "open").map((call) => call.owner));
  const gone = current
    .filter((call) => rung.has(call.key) && !there.has(call.key) && !again.has(call.owner))
    .map((call) => (received.has(call.key) && LIVE.has(call.is) ? { ...call, is: "cancelled" } : call));
  return [...calls, ...gone];
}

function hush() {
  for (const call of current) hushed.add(call.key);
}

const words = (call) => say(SIGNS[call.is][1], { who: nameOf(call.owner) });

function where(call) {
  if (!call.place) return say("call_nowhere");
  return say(call.said ? "call_where" : "call_usual", { place: data.exits[call.place] ?? call.place });
}

function make(call) {
  const item = element("li", "call");
  item.append(
    element("p", "says"),
    element("p", "where"),
    element("p", "age soft"),
    button("primary coming", say("call_say_coming"), () => insist({ type: "Coming", press: call.press })),
    button("with", say("call_say_with"), () => insist({ type: "With", press: call.press })),
    emergency(),
    button("dismiss", say("call_dismiss"), () => {
      away.add(call.key);
      by("press-button").focus();
      showCalls(current);
    }),
  );
  return item;
}

function emergency() {
  const link = element("a", "emergency", say("call_emergency", { number: data.emergency }));
  link.dataset.shape = "✚";
  link.href = `tel:${data.emergency}`;
  return link;
}

function show(item, call) {
  const part = (name) => item.querySelector(`.${name}`);
  const live = LIVE.has(call.is);
  item.dataset.is = call.is;
  put(part("says"), words(call), SIGNS[call.is][0]);
  put(part("where"), where(call));
  put(part("age"), say("call_age", { age: lasting(call.age) }));
  part("where").hidden = !live;
  part("age").hidden = !live;
  part("coming").hidden = call.is !== "open";
  part("with").hidden = !live;
  part("emergency").hidden = !live;
  part("dismiss").hidden = live;
}
