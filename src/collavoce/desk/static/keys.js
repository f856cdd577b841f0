// The keyboard. Single keys can be changed, switched off (WCAG 2.1.4), and are dead in text fields.

import { openAbout } from "./about.js";
import { byId, put } from "./dom.js";
import { anyOpen, openGoTo, openKeys, openMark } from "./dialogs.js";
import * as hands from "./hands.js";
import { openHistory } from "./history.js";
import { radio } from "./line.js";
import { openLine } from "./line_dialogs.js";
import { filterDepartment, inHand } from "./list.js";
import { openMonitor } from "./monitor.js";
import { goBack } from "./placing.js";
import { plan } from "./plan.js";
import { openSet } from "./setlist.js";
import { recall, remember } from "./taste.js";
import { openTimers } from "./timers.js";
import { say } from "./words.js";

const ACTS = {
  go: [" ", hands.go],
  standby: ["s", hands.callStandby],
  next: ["n", hands.standbyNext],
  hold: ["h", hands.holdOrResume],
  back: ["b", hands.back],
  stop: ["Escape", hands.stop],
  goto: ["g", openGoTo],
  about: ["e", () => openAbout()],
  confirm: ["x", hands.confirmHazard],
  follow: ["f", hands.follow],
  undo: ["u", goBack],
  mark: ["m", openMark],
  search: ["/", () => byId("search").focus()],
  arm: ["a", () => hands.armOrDisarm(inHand())],
  undo_edit: ["z", hands.undoEdit],
  redo_edit: ["y", hands.redoEdit],
  lock: ["k", hands.lockOrNot],
  set: ["o", openSet],
  timers: ["t", openTimers],
  history: ["i", openHistory],
  monitor: ["p", openMonitor],
  connections: ["c", () => byId("open-connections").click()],
  line: ["l", openLine],
  radio: ["r", radio],
  help: ["?", openKeys],
};
const MOVES = { ArrowUp: () => hands.move(-1), ArrowDown: () => hands.move(1) };
const FIXED = ["Enter", "Tab", "Shift", "Control", "Alt", "Meta", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

let chosen = {}; // act -> key, where it is another than at first
let presses = {};
let changing = null;

const keyOf = (act) => chosen[act] ?? ACTS[act][0];

export function buildKeys() {
  const single = byId("single-keys");
  single.checked = recall("keys") !== "off";
  single.addEventListener("change", () => remember("keys", single.checked ? "on" : "off"));
  try {
    chosen = JSON.parse(recall("keymap") ?? "{}");
  } catch {
    chosen = {}; // kept by another version of this page
  }
  learnKeys();
  document.addEventListener("keydown", (event) => {
    if (changing) change(event);
    else if (single.checked) press(event);
  });
  byId("keys-rows").addEventListener("click", (event) => {
    const act = event.target.closest("[data-change]")?.dataset.change;
    if (act) wait(act);
  });
  byId("keys-reset").addEventListener("click", () => keep({}));
  byId("keys").addEventListener("close", () => wait(null));
  // A mouse leaves no focus behind on a button: after it Space is GO, not that button again.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button, a") && !event.target.closest("dialog")) event.preventDefault();
  });
}

function learnKeys() {
  presses = { ...MOVES };
  for (const [act, [, does]] of Object.entries(ACTS)) presses[keyOf(act)] = does;
  for (const node of document.querySelectorAll("kbd[data-key], #keys-rows tr")) {
    const act = node.dataset.key ?? node.dataset.act;
    if (ACTS[act]) put(node.matches("kbd") ? node : node.querySelector("kbd"), named(act));
  }
}

function named(act) {
  const key = keyOf(act);
  const word = key === " " ? say("keys.space") : key === "Escape" ? say("keys.esc") : key.length === 1 ? key.toUpperCase() : key;
  return act === "stop" ? `${word} ${word}` : word;
}

function keep(next) {
  chosen = next;
  remember("keymap", JSON.stringify(chosen));
  wait(null);
  learnKeys();
}

function wait(act) {
  changing = act;
  put(byId("keys-said"), act ? say("keys.press", { does: say(`keys.${act}`) }) : "");
}

// The next key that is pressed, unless it does something already.
function change(event) {
  if (FIXED.includes(event.key) && event.key.length > 1) return;
  event.preventDefault();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const taken = Object.keys(ACTS).find((act) => act !== changing && keyOf(act) === key);
  if (taken) return put(byId("keys-said"), say("keys.taken", { does: say(`keys.${taken}`) }));
  if (/^[1-9]$/.test(key)) return put(byId("keys-said"), say("keys.taken", { does: say("keys.department") }));
  const next = { ...chosen, [changing]: key };
  if (key === ACTS[changing][0]) delete next[changing];
  keep(next);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || anyOpen()) return;
  const target = event.target;
  if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const step = event.key.startsWith("Arrow");
  // What the keyboard's focus stands on keeps its own keys: Space on a button presses that button.
  if (event.key === " " && target.closest("button, a, summary, label") && target.id !== "go") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = presses[key] ?? department(key);
  if (!act) return;
  event.preventDefault();
  if (event.repeat && !step) return; // a hand that rests on Space has said GO once
  act();
}

function department(key) {
  const which = /^[1-9]$/.test(key) && plan.departments[Number(key) - 1];
  return which && (() => filterDepartment(which.letters));
}
