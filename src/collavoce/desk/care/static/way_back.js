// The way back: my own steps in my own words, where I stand, either way. No step has a number.

import { tell } from "./act.js";
import { answered, isUntouched, keeps, tick, ticked } from "./forms.js";
import { sayFolded } from "./sharing.js";
import { element, keyed, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
// To begin from; my own are as many as I like.
const STEPS = ["step_no_one", "step_behind", "step_in_the_room", "step_two_people", "step_rehearsal", "step_run", "step_audience"];
let way = { steps: [], where: -1 };

export function startWay(then) {
  by("way-begin").addEventListener("click", () => {
    by("way-text").value = STEPS.map((step) => say(step)).join("\n");
    by("way-text").dispatchEvent(new Event("input", { bubbles: true }));
    by("way-text").focus();
  });
  keeps("way-form", () => [written(lines(), ticked(by("way-readers")))], then);
  by("way-none").addEventListener("click", async () => {
    const answer = await tell(written([], []));
    put(by("way-form").querySelector(".says"), answered(answer));
    if (!answer.kept) return;
    by("way-text").value = "";
    then();
  });
  by("way-stand").addEventListener("change", async (event) => {
    const answer = await tell({ type: "WriteWay", steps: way.steps, where: Number(event.target.value), readers: way.readers });
    put(by("way-stand").querySelector(".says"), answered(answer));
    if (answer.kept) way.where = Number(event.target.value);
  });
  keeps("way-part", () => [{ type: "Return", rehearses: by("part-rehearses").checked, performs: by("part-performs").checked }]);
}

const lines = () => by("way-text").value.split("\n").map((line) => line.trim()).filter(Boolean);

/** Where I stand goes with the step itself, wherever it stands now; with a step that is gone, nowhere. */
const written = (steps, readers) => ({ type: "WriteWay", steps, where: steps.indexOf(way.steps[way.where]), readers });

export function showWay(mine) {
  way = { ...mine.way, readers: mine.walkers };
  if (isUntouched("way-form")) {
    by("way-text").value = way.steps.join("\n");
    tick(by("way-readers"), mine.walkers);
    sayFolded(by("way-readers"));
  }
  by("way-steps-part").hidden = !way.steps.length;
  const places = way.steps.map((step, n) => [`${n} ${step}`, { step, n }]);
  keyed(by("way-steps"), [...places, ["nowhere", { step: say("nowhere"), n: -1 }]], make, (label, { n }) => {
    label.querySelector("input").checked = n === way.where;
  });
}

function make({ step, n }) {
  const label = element("label", "choice");
  const radio = element("input");
  Object.assign(radio, { type: "radio", name: "way-where", value: String(n) });
  label.append(radio, ` ${step}`);
  return label;
}
