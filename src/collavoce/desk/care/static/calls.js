// The other end: asleep and plain until somebody calls.

import { freshId, insist, read, tell } from "./act.js";
import { answered } from "./forms.js";
import { announce } from "./heard.js";
import { CALL } from "./signs.js";
import { sound } from "./sound.js";
import { button, data, element, keyed, lasting, nameOf, put, say } from "./words.js";

const RING_EVERY_MS = 3000;

const LIVE = new Set(["open", "coming", "covered"]);

const by = (id) => document.getElementById(id);
const rung = new Set(); // keys this page has rung for: press, person, step
const hushed = new Set(); // keys somebody has touched since
const received = new Set(); // keys whose receipt the desk has answered
const away = new Set(); // keys put away
const seen = new Map(); // key -> the last call shown under it
const lines = new Map(); // key -> the owner's lines for whoever comes
const cards = new Map(); // key -> what of their card they share with me and is for a call
let cardMark = null; // of what is shared with me: when it changes, what was read of it goes
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

/** Take the calls on this person. mark: of what others share with them of their cards. */
export function showCalls(calls, mark = cardMark) {
  if (mark !== cardMark) cards.clear();
  cardMark = mark;
  for (const call of calls) {
    if (call.is === "open" && !rung.has(call.key)) arrive(call);
  }
  current = withVanished(calls).filter((call) => !away.has(call.key));
  for (const call of current) {
    const before = seen.get(call.key);
    if (before && before.is !== call.is) turned(call);
    else if (before && !before.duress && call.duress) announce(call.key, say("call_duress"));
    seen.set(call.key, call);
  }
  by("no-calls").hidden = current.length > 0;
  document.body.dataset.called = String(current.some((call) => LIVE.has(call.is)));
  keyed(by("calls"), current.map((call) => [call.key, call]), make, show);
}

function arrive(call) {
  rung.add(call.key);
  insist({ type: "Shown", press: call.press }).then(() => received.add(call.key));
  read({ type: "ReadLines", press: call.press }).then((shown) => {
    lines.set(call.key, shown?.lines ?? []);
    cards.set(call.key, shown?.card ?? []);
    showCalls(current);
  });
  // Shown before means: on another page of mine, or before this one was loaded again.
  if (call.shown) hushed.add(call.key);
  else sound("ring");
  announce(call.key, [words(call), ...notes(call), where(call)].join(" "));
}

function turned(call) {
  sound(CALL[call.is].tone);
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

function words(call) {
  const standing = call.is === "open" && call.last ? "call_last" : `call_${call.is}`;
  return say(standing, { who: nameOf(call.owner) });
}

/** What else somebody who comes must know, in the order in which it matters. */
function notes(call) {
  if (!LIVE.has(call.is)) return [];
  return [
    call.duress && "call_duress",
    call.last && "call_stand_back",
    call.how !== "self" && `call_by_${call.how}`,
  ]
    .filter(Boolean)
    .map((key) => say(key, { who: nameOf(call.owner) }));
}

function where(call) {
  if (!call.place) return say("call_nowhere");
  return say(call.said ? "call_where" : "call_usual", { place: data.exits[call.place] ?? call.place });
}

function make(call) {
  const item = element("li", "call");
  const says = element("p", "not-kept");
  says.setAttribute("role", "status");
  const [coming, company] = [
    button("primary coming", say("call_say_coming"), () => insist({ type: "Coming", press: call.press })),
    button("with", say("call_say_with"), () => insist({ type: "With", press: call.press })),
  ];
  coming.setAttribute("aria-keyshortcuts", "Alt+C");
  company.setAttribute("aria-keyshortcuts", "Alt+W");
  const ask = async (act) => put(says, answered(await tell(act), "asked_for"));
  item.append(
    element("p", "says"),
    element("p", "where"),
    element("ul", "notes"),
    element("ul", "lines"),
    element("p", "age soft"),
    coming,
    company,
    button("clear", say("call_clear"), () => ask({ type: "KeepClear", key: freshId(), zone: zoneOf(call) })),
    button("risk", say("call_risk"), () => ask({ type: "RaiseRisk", key: freshId() })),
    emergency(),
    button("dismiss", say("call_dismiss"), () => {
      away.add(call.key);
      by("press-button").focus();
      showCalls(current);
    }),
    says,
  );
  return item;
}

const zoneOf = (call) => seen.get(call.key)?.place ?? "";

function emergency() {
  const link = element("a", "emergency", say("call_emergency", { number: data.emergency }));
  link.dataset.shape = "✚";
  link.href = `tel:${data.emergency}`;
  return link;
}

function show(item, call) {
  const part = (name) => item.querySelector(`.${name}`);
  const live = LIVE.has(call.is);
  const going = call.is === "coming";
  Object.assign(item.dataset, { is: call.is, mood: CALL[call.is].mood });
  put(part("says"), words(call), CALL[call.is].shape);
  put(part("where"), where(call));
  put(part("age"), say("call_age", { age: lasting(call.age) }));
  list(part("notes"), notes(call));
  list(part("lines"), live ? [...(lines.get(call.key) ?? []), ...(cards.get(call.key) ?? [])] : []);
  part("where").hidden = !live;
  part("age").hidden = !live;
  part("coming").hidden = call.is !== "open";
  part("with").hidden = !live;
  part("clear").hidden = !going || !call.place;
  part("risk").hidden = !going;
  part("emergency").hidden = !live;
  part("dismiss").hidden = live;
}

function list(node, texts) {
  node.hidden = texts.length === 0;
  keyed(node, texts.map((text) => [text, text]), (text) => element("li", "", text), () => {});
}
