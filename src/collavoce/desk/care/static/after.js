// The day after: my own words, at my own hour, quietly; put away or put off with one tap.

import { read, tell } from "./act.js";
import { answered, isUntouched, keeps } from "./forms.js";
import { put, say } from "./words.js";

const by = (id) => document.getElementById(id);
let stands = false;

/** Make the two buttons and the hour's form work. */
export function startAfter() {
  for (const [id, type] of [["after-away", "PutAway"], ["after-later", "PutOff"]]) {
    by(id).addEventListener("click", async () => {
      const answer = await tell({ type });
      put(by("after-says"), answer.kept ? "" : answered(answer));
      if (answer.kept) showAfter(false);
    });
  }
  keeps("after-hour", () => [{ type: "ChooseHour", at: by("after-at").value, told: by("after-told").checked }]);
}

/** Take whether the offer stands. The words are sealed: they are fetched only when it does. */
export async function showAfter(now) {
  if (now === stands) return;
  stands = now;
  if (!now) {
    const held = by("after-offer").contains(document.activeElement);
    by("after-offer").hidden = true;
    put(by("after-words"), "");
    if (held) by("press-button").focus();
    return;
  }
  const mine = await read({ type: "ReadMine" });
  if (!stands) return;
  put(by("after-words"), mine?.aftercare || say("after_none"));
  by("after-offer").hidden = false;
}

/** Take the hour as it is kept. */
export function showHour({ at, told }) {
  if (!isUntouched("after-hour")) return;
  by("after-at").value = at;
  by("after-told").checked = told;
}
