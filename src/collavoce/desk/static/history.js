// Every firing explained: what fired it, when, how long until the wire, what went, what came back.

import { byId, el, put, shape } from "./dom.js";
import { sending } from "./cues.js";
import { here } from "./here.js";
import { called, cueOf, plan } from "./plan.js";
import { say } from "./words.js";

const SHAPES = { fired: "cue.fired", offered: "cue.offered", dropped: "cue.dropped", passed: "cue.disarmed", halted: "cue.paused" };
const AGAIN_MS = 1000;

let deeds = [];
let seen = 0;

export function buildHistory() {
  byId("open-history").addEventListener("click", openHistory);
  byId("history-search").addEventListener("input", show);
}

export async function openHistory() {
  byId("history-search").value = "";
  byId("history").showModal();
  await refresh();
}

// Asked for only while it is looked at, and only when something happened.
export async function showHistory({ seq }) {
  if (!byId("history").open || seq === seen) return;
  seen = seq;
  clearTimeout(showHistory.timer);
  showHistory.timer = setTimeout(refresh, AGAIN_MS);
}

async function refresh() {
  deeds = await load();
  show();
}

async function load() {
  const answer = await fetch(here("/history.json")).catch(() => null);
  return answer?.ok ? await answer.json() : [];
}

function show() {
  const text = byId("history-search").value.trim().toLowerCase();
  const found = deeds.filter(({ cue }) => nameOf(cue).toLowerCase().includes(text));
  byId("history-rows").replaceChildren(...(found.length ? found.map(row) : [el("li", { class: "what" }, say("history.none"))]));
}

export async function historyOf(cue, list) {
  const mine = (await load()).filter((deed) => deed.cue === cue);
  list.replaceChildren(...(mine.length ? mine.map(row) : [el("li", { class: "what" }, say("history.none"))]));
}

function nameOf(number) {
  const cue = cueOf(number);
  return cue ? `${called(cue)} ${cue.name}` : number;
}

function row({ wall, cue, is, why, notes, ms, sent }) {
  const sign = plan.signs[SHAPES[is]];
  const wire = typeof ms === "number" ? say("history.wire", { ms: ms < 10 ? ms.toFixed(1) : Math.round(ms) }) : null;
  const words = [why, ...notes, wire].filter(Boolean).map((part) => part.replace(/\.$/, ""));
  const head = el("p", {}, el("time", {}, wall), " ", shape(sign.shape), say(`history.${is}`), " ", el("b", {}, nameOf(cue)));
  const node = el("li", {}, head, el("p", { class: "what" }, `${words.join(". ")}.`));
  if (sent.length) node.append(el("ul", {}, ...sent.map(wentRow)));
  return node;
}

function wentRow(one) {
  const node = el("li", { "data-tone": one.ok && !one.problem ? null : "doubt" });
  put(node, [sending(one), one.ms !== null && say("cues.ms", { ms: one.ms }), one.took != null && say("history.took", { ms: one.took })].filter(Boolean).join(" · "));
  return node;
}
