// What does not change while the show runs, and how a cue is called.

import { el } from "./dom.js";
import { here } from "./here.js";

export const plan = { numbers: [], cues: [], byNumber: new Map(), signs: {} };

export async function learnPlan() {
  Object.assign(plan, await (await fetch(here("/plan.json"))).json());
  plan.byNumber = new Map(plan.cues.map((cue) => [cue.number, cue]));
}

export const cueOf = (number) => plan.byNumber.get(number);

export const numberOf = (id) => plan.numbers.find((number) => number.id === id);

/** What the number is called, of the folder or a song that was taken into tonight's set list. */
export const titleIn = (set, id) => numberOf(id)?.title ?? set.find((one) => one.id === id)?.title;

export const called = (cue) => `${cue.department} ${cue.number}`;

export function callSign(cue) {
  return [el("span", { class: "dept" }, cue.department), ` ${cue.number}`];
}
