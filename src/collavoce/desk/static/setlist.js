// The set list: what was, is and comes, over and under, and what each way of changing it costs.

import { byId, el, mark, put, putSign } from "./dom.js";
import { order, start } from "./hands.js";
import { here } from "./here.js";
import { titleIn } from "./plan.js";
import { say } from "./words.js";

let set = [];
let told = null;

export function buildSetList() {
  byId("number").addEventListener("click", openSet);
}

export function showSet(state) {
  const changed = JSON.stringify(state.set) !== JSON.stringify(set);
  set = state.set;
  if (changed && byId("set-list").open) refresh();
}

// Over or under: quiet while the evening is on time.
export function showOver(times) {
  const node = byId("over");
  node.hidden = times.sign === null;
  if (times.sign) putSign(node, { ...times.sign, is: times.sign.word });
  mark(node, "title", times.ends || null);
  put(byId("set-time"), times.ends);
}

export async function openSet() {
  told = null;
  draw();
  byId("set-list").showModal();
  await refresh();
}

async function refresh() {
  const answer = await fetch(here("/setlist.json")).catch(() => null);
  if (!answer?.ok) return;
  told = await answer.json();
  draw();
}

function draw() {
  byId("set").replaceChildren(...set.map(row));
  const options = told?.options ?? [];
  byId("set-options-title").hidden = !options.length;
  byId("set-options").replaceChildren(...options.map(optionRow));
}

function row({ id, is, notes }, i) {
  const title = titleIn(set, id) ?? say("set.interval");
  const again = is === "now";
  const begin = () => {
    byId("set-list").close();
    start(id);
  };
  const label = say(again ? "set.again_which" : "set.start_which", { title });
  const time = told?.items?.[i];
  return el(
    "li",
    { "aria-current": again ? "step" : null, "data-cut": is === "cut" },
    el("span", {}, String(i + 1)),
    el("span", { class: "name", title }, title),
    el("span", { class: "what" }, [say(`set.${is}`), ...(notes ?? []), time?.words].filter(Boolean).join(" · ")),
    id ? el("button", { type: "button", "aria-label": label, onclick: begin }, say(again ? "set.again" : "set.start")) : null,
  );
}

// One press: every screen, cue and call goes by the new list. Undo takes it back.
export function optionRow({ words, cost, doubt, option: name, plan, instead }) {
  const choose = async () => {
    if (await order("ChangeSetList", { plan, option: name, words, instead })) byId("set-list").close();
  };
  return el(
    "li",
    {},
    el("span", { class: "name", title: words }, words),
    el("span", { class: "what cost", "data-tone": doubt ? "doubt" : null }, [doubt && "?", cost.join(" · ")].filter(Boolean).join(" ")),
    el("button", { type: "button", "aria-label": say("set.choose_which", { words }), onclick: choose }, say("set.choose")),
  );
}
