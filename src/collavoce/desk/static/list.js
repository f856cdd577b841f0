// All cues of the show, each with its state; filtered by a department or a search.

import { byId, el, mark, put, shape } from "./dom.js";
import { showNow } from "./clock.js";
import { called, callSign, plan } from "./plan.js";
import { due, firedBy } from "./cues.js";
import { say } from "./words.js";

const rows = new Map();
const filter = { department: null, text: "" };
let touched = -Infinity;
let standsBy = null;

const ROWS_BEFORE = 2; // of what was, above the standby
const LEAVE_ALONE_MS = 4000; // whoever scrolls by hand is looking for something

export function buildList(point, about) {
  const list = byId("list");
  for (const number of plan.numbers) {
    list.append(el("h3", { "data-of": number.id }, number.title));
    for (const cue of plan.cues.filter(({ of }) => of === number.id)) list.append(row(cue, point));
  }
  for (const kind of ["wheel", "touchmove"]) {
    list.addEventListener(kind, () => (touched = performance.now()), { passive: true });
  }
  new ResizeObserver(() => {
    delete list.dataset.at;
    keepInView(standsBy);
  }).observe(list);
  list.addEventListener("contextmenu", (event) => {
    const cue = event.target.closest(".row")?.dataset.cue;
    if (!cue) return;
    event.preventDefault();
    about(cue);
  });
  byId("search").addEventListener("input", (event) => {
    filter.text = event.target.value.trim().toLowerCase();
    sift();
  });
  byId("search").addEventListener("keydown", (event) => {
    const found = visible();
    if (event.key === "Enter" && found.length) point(found[0].number);
  });
}

function row(cue, point) {
  const state = el("span", { class: "state" });
  const form = shape("");
  const restriction = el("span", { class: "sign", hidden: true }, shape(plan.signs["cue.restricted"].shape), el("span", { class: "unseen" }, plan.signs["cue.restricted"].word));
  const node = el(
    "button",
    {
      type: "button",
      class: "row",
      "data-dept": cue.department,
      "data-cue": cue.number,
      title: say("cues.point", { cue: `${called(cue)} ${cue.name}` }),
      onclick: () => point(cue.number),
    },
    form,
    el("span", { class: "number" }, ...callSign(cue)),
    el("span", { class: "name" }, cue.name),
    el("span", { class: "when" }, cue.when),
    restriction,
    state,
  );
  rows.set(cue.number, { cue, node, form, restriction, state, was: "" });
  return node;
}

export function showList(state) {
  for (const [number, row] of rows) {
    const now = state.cues[number] ?? { is: "cue.to_come" };
    const was = JSON.stringify(now);
    if (was === row.was) continue;
    row.was = was;
    const sign = plan.signs[now.is];
    mark(row.node, "data-is", now.is);
    // A tick would say that all went out: what did not stands first, as in the line of the last fired.
    const lost = now.lost ? plan.signs["cue.lost"] : null;
    put(row.form, lost ? lost.shape : sign.shape);
    for (const part of [row.form, row.state]) mark(part, "data-tone", lost ? lost.tone : null);
    mark(row.node, "data-off", now.off ? "" : null);
    row.restriction.hidden = !now.restricted;
    mark(row.restriction, "title", now.restricted ? plan.signs["cue.restricted"].word : null);
    mark(row.restriction, "data-tone", plan.signs["cue.restricted"].tone);
    if (now.is === "cue.due") row.state.replaceChildren(due(now));
    else if (lost && now.is === "cue.fired") put(row.state, lost.word);
    else if (now.is === "cue.fired" && now.until > showNow()) row.state.replaceChildren(runs(now.until));
    else put(row.state, now.is === "cue.fired" ? (firedBy({ ...now, by: null }) || sign.word) : sign.word);
    mark(row.state, "title", [lost?.word, firedBy(now)].filter(Boolean).join(" · ") || null);
    mark(row.node, "aria-current", now.is === "cue.standby" ? "step" : null);
  }
}

function runs(until) {
  return el("span", { "data-until": until, "data-say": "cues.runs", "data-then": "cue.fired" });
}

// The cue whose row has the focus, or the standby.
export const inHand = () => document.activeElement?.closest(".row")?.dataset.cue ?? standsBy;

// Keeps the standby in view, and only ever moves the list itself, never the page.
export function keepInView(standby) {
  standsBy = standby;
  const node = rows.get(standby)?.node;
  const list = byId("list");
  const at = `${standby} ${document.body.dataset.music}`;
  if (!node || list.dataset.at === at || performance.now() - touched < LEAVE_ALONE_MS) return;
  list.dataset.at = at;
  const above = list.firstElementChild.offsetHeight + ROWS_BEFORE * node.offsetHeight;
  list.scrollTop = node.offsetTop - list.offsetTop - above;
}

const visible = () => [...rows.values()].filter(({ node }) => !node.hidden).map(({ cue }) => cue);

export function filterDepartment(department) {
  filter.department = filter.department === department ? null : department;
  sift();
}

function sift() {
  for (const { cue, node } of rows.values()) {
    const text = `${called(cue)} ${cue.name} ${cue.when}`.toLowerCase();
    node.hidden =
      (filter.department !== null && cue.department !== filter.department) ||
      !text.includes(filter.text);
  }
  const found = visible();
  for (const head of document.querySelectorAll("#list h3")) {
    head.hidden = !found.some(({ of }) => of === head.dataset.of);
  }
  const narrowed = filter.department !== null || filter.text !== "";
  const department = filter.department && say("cues.department", { department: filter.department });
  const count = found.length
    ? say("cues.found", { count: found.length, all: rows.size })
    : say("cues.none_found");
  put(byId("found"), narrowed ? [department, count].filter(Boolean).join(" · ") : "");
}
