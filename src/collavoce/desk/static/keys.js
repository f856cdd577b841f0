// The keyboard. Single keys can be switched off (WCAG 2.1.4) and are dead in text fields.

import { byId } from "./dom.js";
import { anyOpen, openGoTo, openKeys, openMark } from "./dialogs.js";
import { back, follow, go, holdOrResume, move, standbyNext, stop } from "./hands.js";
import { radio } from "./line.js";
import { goBack } from "./placing.js";
import { openLine } from "./line_dialogs.js";
import { filterDepartment } from "./list.js";
import { recall, remember } from "./taste.js";

const DEPARTMENTS = ["LX", "SND", "VID", "PEO"];

const PRESSES = {
  " ": go,
  s: standbyNext,
  h: holdOrResume,
  b: back,
  Escape: stop,
  ArrowUp: () => move(-1),
  ArrowDown: () => move(1),
  g: openGoTo,
  f: follow,
  u: goBack,
  m: openMark,
  l: openLine,
  r: radio,
  "/": () => byId("search").focus(),
  "?": openKeys,
};

export function buildKeys() {
  const single = byId("single-keys");
  single.checked = recall("keys") !== "off";
  single.addEventListener("change", () => remember("keys", single.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (single.checked) press(event);
  });
  // A mouse leaves no focus behind on a button: after it Space is GO, not that button again.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button, a") && !event.target.closest("dialog")) event.preventDefault();
  });
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
  const act = PRESSES[key] ?? department(key);
  if (!act) return;
  event.preventDefault();
  if (event.repeat && !step) return; // a hand that rests on Space has said GO once
  act();
}

function department(key) {
  const which = DEPARTMENTS[Number(key) - 1];
  return which && (() => filterDepartment(which));
}
