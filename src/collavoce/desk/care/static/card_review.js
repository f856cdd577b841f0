// When I last looked my card over, and after how many days I want to again. Nobody else is told.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { put, say } from "./words.js";

const by = (id) => document.getElementById(id);

/** Make the buttons work. */
export function startReview() {
  by("still-so").addEventListener("click", async () => {
    const answer = await tell({ type: "LookedOver" });
    put(by("review-says"), answer.kept ? say("card_still_so") : answered(answer));
  });
  by("change").addEventListener("click", () => document.querySelector("#card textarea").focus());
  by("every-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const says = by("every-form").querySelector(".says");
    put(says, "");
    const answer = await tell({ type: "ReviewEvery", days: Number(by("every").value) });
    put(says, answered(answer, "card_every_kept"));
  });
}

/** Take the card as it is kept. */
export function knowReview(card) {
  const isEmpty = Object.values(card.fields).every((field) => !field.words);
  const day = card.looked && new Date(`${card.looked}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  put(by("review-says"), isEmpty ? say("card_never_looked") : say(card.due ? "card_looked_due" : "card_looked", { day }));
  by("still-so").hidden = isEmpty;
  by("change").hidden = isEmpty;
  by("every").value = card.every || "";
}
