// Timers: each counts on by the clocks of the page; the desk says only what was started when.

import { byId, el, fill, mark, put } from "./dom.js";
import { daySeconds, known, length, showNow } from "./clock.js";
import { order } from "./hands.js";
import { plan } from "./plan.js";
import { say } from "./words.js";

let now = {};

export function buildTimers() {
  byId("timers-part").hidden = !plan.timers.length;
  byId("open-timers").addEventListener("click", openTimers);
}

export function showTimers({ timers }) {
  now = timers;
  fill("timers", timers, plan.timers.map(row));
  if (byId("timers-dialog").open) fillDialog();
  tickTimers();
}

// Seconds that a timer shows: run so far, left of its length, or left until its time of day.
function shown({ id, counts }) {
  const { run, since, seconds } = now[id];
  if (counts === "to") return seconds - daySeconds();
  const ran = run + (since === null || !known() ? 0 : showNow() - since);
  return counts === "up" ? ran : seconds - ran;
}

export function tickTimers() {
  for (const node of document.querySelectorAll("[data-timer]")) {
    const timer = plan.timers.find(({ id }) => id === node.dataset.timer);
    const left = shown(timer);
    const over = timer.counts !== "up" && left < 0;
    put(node, over ? say("timers.over", { time: length(-left) }) : length(left));
    const near = timer.counts !== "up" && left < timer.warn;
    mark(node, "data-tone", over ? "danger" : near ? "doubt" : null);
  }
}

const runs = (id) => now[id].since !== null;

function row({ id, name, counts }) {
  const act = counts === "to" ? null : startOrPause(id, name);
  return el("li", {}, el("span", { class: "name", title: name }, name), el("b", { class: "left", "data-timer": id }), act);
}

function startOrPause(id, name) {
  const [type, key] = runs(id) ? ["PauseTimer", "pause"] : ["StartTimer", "start"];
  const press = () => order(type, { timer: id });
  return el("button", { type: "button", "aria-label": say(`timers.${key}_which`, { name }), onclick: press }, say(`timers.${key}`));
}

export function openTimers() {
  delete byId("timers-rows").dataset.was;
  put(byId("timers-said"), "");
  fillDialog();
  byId("timers-dialog").showModal();
}

function fillDialog() {
  if (byId("timers-rows").contains(document.activeElement) && document.activeElement.matches("input")) return;
  fill("timers-rows", now, plan.timers.length ? plan.timers.map(dialogRow) : [el("li", { class: "what" }, say("timers.none"))]);
  tickTimers();
}

function dialogRow({ id, name, counts }) {
  const left = el("b", { class: "left", "data-timer": id });
  const clock = counts === "to";
  const input = el("input", { type: "text", size: 6, "aria-label": say("timers.length", { name }), value: length(now[id].seconds).replace(/^(\d+:\d\d):00$/, clock ? "$1" : "$&") });
  const set = async (event) => {
    event.preventDefault();
    const seconds = read(input.value, clock);
    if (seconds === null) return put(byId("timers-said"), say("timers.unreadable", { text: input.value }));
    put(byId("timers-said"), "");
    input.blur();
    await order("SetTimer", { timer: id, seconds });
  };
  const reset = () => order("ResetTimer", { timer: id });
  return el(
    "li",
    {},
    el("span", { class: "name" }, name),
    left,
    clock ? null : startOrPause(id, name),
    clock ? null : el("button", { type: "button", "aria-label": say("timers.reset_which", { name }), onclick: reset }, say("timers.reset")),
    el("form", { onsubmit: set }, input, el("button", { "aria-label": say("timers.set_which", { name }) }, say("timers.set"))),
  );
}

// "90", "1:30", "1:02:03"; of a time of day "19:30".
function read(text, clock) {
  const parts = text.trim().split(":").map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  if (parts.some(Number.isNaN) || parts.length > 3) return null;
  if (clock && parts.length === 2) parts.push(0);
  return parts.reduce((sum, part) => 60 * sum + part, 0);
}
