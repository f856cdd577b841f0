// Those who trust me: how they stand, and "I am with them" without their having called.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { announce } from "./heard.js";
import { sound } from "./sound.js";
import { button, data, element, keyed, lasting, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const looked = new Set(); // who asks to be looked after now
let looks = 0; // each asking is a matter of its own

/** Take how those stand who trust this person; `calls` have their own place above. */
export function showCompany(trusting, calls) {
  const called = new Set(calls.filter((call) => ["open", "coming", "covered"].includes(call.is)).map((call) => call.owner));
  const shown = trusting.filter((one) => !called.has(one.id));
  by("company").hidden = shown.length === 0;
  for (const one of shown) {
    if (!one.look) looked.delete(one.id);
    else if (!looked.has(one.id)) {
      looked.add(one.id);
      sound("standby");
      announce(`look ${one.id} ${(looks += 1)}`, words(one));
    }
  }
  keyed(by("trusting"), shown.map((one) => [one.id, one]), make, show);
}

function words(one) {
  const who = nameOf(one.id);
  if (one.with === data.me) return say("trust_mine", { who });
  if (one.with) return say("trust_with", { who, other: nameOf(one.with) });
  if (one.look) return say("trust_look", { who });
  return one.alone === null ? who : say("trust_alone", { who, left: lasting(one.alone) });
}

function make({ id }) {
  const item = element("li", "row trust");
  const says = element("p", "not-kept");
  says.setAttribute("role", "status");
  const ask = (type) => async () => {
    const answer = await tell({ type, owner: id });
    put(says, answer.kept ? "" : answered(answer));
  };
  const who = nameOf(id);
  const be = button("be", say("trust_be", { who }), ask("BeWith"));
  const over = button("over", say("trust_over", { who }), ask("NotWith"));
  be.setAttribute("aria-keyshortcuts", "Alt+W");
  item.append(element("p", "says"), be, over, says);
  return item;
}

function show(item, one) {
  const part = (name) => item.querySelector(`.${name}`);
  const mine = one.with === data.me;
  item.dataset.mood = one.look ? "doubt" : mine ? "good" : "rest";
  put(part("says"), words(one), one.look ? "?" : mine || one.with ? "✓" : one.alone === null ? "○" : "◑");
  part("be").hidden = mine;
  part("over").hidden = !mine;
}
