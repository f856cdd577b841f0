// Numbers to come without somebody who plays them: the ways there are, at once, and no reason.

import { byId, el } from "./dom.js";
import { here } from "./here.js";
import { optionRow } from "./setlist.js";
import { say } from "./words.js";

let shown = "";

export async function showMissing({ missing, set, edits }) {
  const part = byId("missing-part");
  part.hidden = !missing.length;
  // What it costs moves with the set list and with every undo; it is reckoned anew only then.
  const now = JSON.stringify([missing, set, edits]);
  if (now === shown) return;
  shown = now;
  const held = part.contains(document.activeElement);
  if (!missing.length) return byId("missing").replaceChildren();
  const answer = await fetch(here("/setlist.json")).catch(() => null);
  if (now !== shown) return;
  const told = answer?.ok ? await answer.json() : null;
  byId("missing").replaceChildren(...missing.map((one) => number(one, told)));
  if (held) byId("missing-label").focus();
}

function number({ number: id, title, words }, told) {
  const mine = told?.missing.find((one) => one.number === id)?.options ?? [];
  const list = el("ul", { class: "rows options", "aria-label": say("missing.choose", { title }) });
  list.append(...mine.map((index) => optionRow(told.options[index])));
  return el("li", {}, el("p", { class: "name" }, words), told ? list : el("p", { class: "what" }, say("missing.late")));
}
