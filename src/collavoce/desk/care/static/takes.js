// Rehearsals: whether the timing of my playing is remembered. Only a player's page has this.

import { tell } from "./act.js";
import { answered, isUntouched, keeps } from "./forms.js";
import { put } from "./words.js";

const by = (id) => document.getElementById(id);

/** Make the switch and the one button work; `look` fetches what is kept. */
export function startTakes(look) {
  if (!by("takes")) return;
  by("takes").addEventListener("toggle", () => by("takes").open && look());
  keeps("remember", () => [{ type: "RememberTakes", on: by("remember-on").checked }], look);
  by("takes-forget").addEventListener("click", async () => {
    const says = by("takes-says");
    put(says, "");
    const answer = await tell({ type: "ForgetTakes" });
    put(says, answer.kept ? says.dataset.forgotten : answered(answer));
    look();
  });
}

/** Take what is kept: {on, kept}, null where it is not asked. */
export function showTakes(takes) {
  if (!by("takes") || takes === null) return;
  if (isUntouched("remember")) by("remember-on").checked = takes.on;
  const { some, none } = by("takes-kept").dataset;
  put(by("takes-kept"), takes.kept ? some.replace("{n}", takes.kept) : none);
}
