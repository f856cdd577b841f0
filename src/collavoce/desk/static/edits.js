// Edits of tonight: undo, redo, the lock that forbids them, arming.

import { byId, mark, put, putSign } from "./dom.js";
import { armOrDisarm, lockOrNot, redoEdit, undoEdit } from "./hands.js";
import { say } from "./words.js";

export function buildEdits() {
  byId("arm").addEventListener("click", () => armOrDisarm());
  byId("undo").addEventListener("click", undoEdit);
  byId("redo").addEventListener("click", redoEdit);
  byId("lock").addEventListener("click", lockOrNot);
}

export function showEdits({ edits, cues, standby }) {
  for (const name of ["undo", "redo"]) {
    byId(name).disabled = edits[name] === null;
    byId(name).title = edits[name] ?? "";
    const label = edits[name] && say(`edits.${name}_what`, { what: edits[name] });
    mark(byId(name), "aria-label", label || null);
  }
  putSign(byId("lock").firstElementChild, edits.sign);
  mark(byId("lock"), "aria-pressed", String(edits.locked));
  put(byId("arm").firstElementChild, say(cues[standby]?.off ? "edits.arm" : "edits.disarm"));
}
