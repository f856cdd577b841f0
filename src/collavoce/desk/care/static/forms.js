// Forms that say what came of them, and buttons that ask twice.

import { tell } from "./act.js";
import { data, put, say } from "./words.js";

/** What to say of `answer`. */
export const answered = (answer, kept = "circle_kept") =>
  answer.kept ? say(kept, { number: data.emergency }) : answer.why || say("not_kept");

const touched = new Set(); // forms that somebody is filling in: what arrives must not undo that

/** Whether what the desk says may be put into form `id`. */
export const isUntouched = (id) => !touched.has(id);

/** Note when somebody begins to fill in form `id`; it is over once it was kept. */
export function heedTouch(id) {
  document.getElementById(id).addEventListener("input", () => touched.add(id));
}

/** Let form `id` tell the acts of `asked()`, one after the other; `then` once all are kept. */
export function keeps(id, asked, then = () => {}) {
  const form = document.getElementById(id);
  heedTouch(id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    put(form.querySelector(".says"), "");
    const answer = await tellAll(asked());
    put(form.querySelector(".says"), answered(answer));
    if (!answer.kept) return;
    touched.delete(id);
    then();
  });
}

/** What was filled in in form `id` was kept, or given up. */
export const settled = (id) => touched.delete(id);

/** Tell `acts` until one is refused; what came of the last that was told. */
export async function tellAll(acts) {
  let answer = { kept: true, why: "" };
  for (const act of acts) {
    answer = await tell(act);
    if (!answer.kept) break;
  }
  return answer;
}

/** Make `go` ask once more before it does `act`, for as long as it takes; `not` leads back. */
export function twice(go, not, sure, act) {
  const words = go.textContent;
  let armed = false;
  const arm = (now) => {
    armed = now;
    put(go, now ? sure : words);
    go.classList.toggle("armed", now);
    not.hidden = !now;
  };
  go.addEventListener("click", () => {
    if (!armed) return arm(true);
    arm(false);
    return act();
  });
  not.addEventListener("click", () => {
    arm(false);
    go.focus();
  });
}

/** The values of the ticked boxes in `node`. */
export const ticked = (node) =>
  [...node.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);

/** Tick in `node` exactly the boxes of `values`. */
export function tick(node, values) {
  for (const box of node.querySelectorAll("input[type=checkbox]")) {
    box.checked = values.includes(box.value);
  }
}
