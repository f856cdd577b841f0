// What is where in the house just now, for everybody; those who may say so say it here.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { data, keyed, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const keyOf = ({ zone, kind }) => `${kind} ${zone}`;
let heard = null; // what stood when it was last looked at; null before the first time

/** Make the form work. */
export function startHazards() {
  by("raise-hazard").addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ type: "RaiseHazard", zone: by("hazard-zone").value, kind: by("hazard-kind").value, minutes: Number(by("hazard-minutes").value) });
  });
}

async function ask(act) {
  put(by("house-says"), "");
  put(by("house-says"), answered(await tell(act)));
}

/** Take the hazards of the line as this person sees it. */
export function showHazards({ hazards = [], may }) {
  const mine = may.includes("hazard");
  by("raise-hazard").hidden = !mine || by("hazard-zone").options.length === 0;
  const known = new Set(hazards.map(keyOf));
  // What stood before this page was opened is read; what comes is said once, politely, and rings nowhere.
  const fresh = heard ? hazards.filter((one) => !heard.has(keyOf(one))) : [];
  if (fresh.length) put(by("house-news"), fresh.map(wordsOf).join(" "));
  else if (!hazards.length) put(by("house-news"), "");
  heard = known;
  keyed(by("hazards"), hazards.map((one) => [keyOf(one), one]), make, (item, one) => {
    put(item.querySelector(".says"), wordsOf(one));
    show(item.querySelector(".longer"), mine, "hazard_longer", one);
    show(item.querySelector(".over"), mine, "hazard_over", one);
    item.dataset.minutes = one.minutes;
  });
  by("house").hidden = !hazards.length && !mine && !by("house-rules");
}

const kindOf = ({ kind }) => [...by("hazard-kind").options].find(({ value }) => value === kind)?.text ?? kind;
const placeOf = ({ zone }) => data.zones[zone] ?? zone;
const wordsOf = (one) => say("hazard", { kind: kindOf(one), zone: placeOf(one), left: one.left });

function show(button, mine, key, one) {
  button.hidden = !mine;
  put(button, say(key, one));
  button.setAttribute("aria-label", `${say(key, one)}: ${kindOf(one)}, ${placeOf(one)}`);
}

function make({ zone, kind }) {
  const item = by("hazard-row").content.firstElementChild.cloneNode(true);
  item.querySelector(".longer").addEventListener("click", () =>
    ask({ type: "RaiseHazard", zone, kind, minutes: Number(item.dataset.minutes) }),
  );
  item.querySelector(".over").addEventListener("click", () => ask({ type: "LiftHazard", zone, kind }));
  return item;
}
