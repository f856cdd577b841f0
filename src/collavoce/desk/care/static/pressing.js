// One press on its way: felt at once, said to be unsent after three seconds, sent until it is kept.
//
// It lives in this page's memory with its id; sent again with the same id it is still one press.

import { freshId, insist, pause } from "./act.js";

const UNSENT_MS = 3000;
const REWRITE_MS = 5000;

/** A press of this moment: {press, at, place, is, why}. */
export const freshPress = (place) => ({
  press: freshId(),
  at: performance.now(),
  place,
  is: "felt",
  why: "",
});

/** `it` as the desk takes it. */
export const asPress = (it) => ({
  type: "Press",
  press: it.press,
  ago: (performance.now() - it.at) / 1000,
  place: it.place,
});

/** Send `it` until it is kept or refused, while `wanted` says so; `turned` after each change. */
export async function sendPress(it, turned, wanted = () => true) {
  const turn = (is, why = "") => {
    Object.assign(it, { is, why });
    turned();
  };
  setTimeout(() => wanted() && it.is === "felt" && turn("unsent"), UNSENT_MS);
  while (wanted()) {
    const answer = await insist(() => asPress(it), wanted);
    if (!answer || !wanted()) return;
    if (answer.kept) return turn("kept");
    if (!answer.done) return turn("refused", answer.why);
    turn("unrecorded");
    await pause(REWRITE_MS);
  }
}
