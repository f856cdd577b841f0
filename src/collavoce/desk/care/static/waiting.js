// A phone that waits for its person's yes: its number, a recovery code, and a press that always works.
//
// What the desk sends here is the number and nothing more, so the press knows only "kept".

import { freshId, insist, pause, tell } from "./act.js";
import { announce } from "./heard.js";
import { listen } from "./stream.js";
import { data, put, say } from "./words.js";

const UNSENT_MS = 3000;
const REWRITE_MS = 5000;
const LOOK_MS = 2000;

const SHAPES = { waiting_idle: "○", felt: "◔", waiting_kept: "●" };
const SENDING = new Set(["felt", "unsent", "unrecorded"]);

const by = (id) => document.getElementById(id);

let is = "waiting_idle";
let linked = false;

function stand(now, why = "") {
  const changed = is !== now;
  is = now;
  const words = say(now, { number: data.emergency, why });
  by("press").dataset.is = now;
  put(by("press-says"), words, SHAPES[now] ?? "▲");
  put(by("press-button"), say(SENDING.has(now) ? "button_sending" : now === "waiting_idle" ? "button" : "button_again"));
  by("press-button").setAttribute("aria-disabled", String(SENDING.has(now)));
  if (changed && now !== "felt") announce("press", words);
}

async function press() {
  if (SENDING.has(is)) return;
  const [id, at, place] = [freshId(), performance.now(), by("place")?.value ?? ""];
  const act = () => ({ type: "Press", press: id, ago: (performance.now() - at) / 1000, place });
  stand("felt");
  setTimeout(() => is === "felt" && stand("unsent"), UNSENT_MS);
  for (;;) {
    const answer = await insist(act);
    if (answer.kept) return stand("waiting_kept");
    if (!answer.done) return stand("refused", answer.why);
    stand("unrecorded");
    await pause(REWRITE_MS);
  }
}

async function recover(event) {
  event.preventDefault();
  const answer = await tell({ type: "Recover", code: by("recovery-code").value });
  put(by("recover-says"), answer.kept ? "" : answer.why || say("not_kept"));
  if (answer.kept) location.reload();
}

/** When the wait is over, whichever way, the server has another page for this phone. */
async function look() {
  if (SENDING.has(is)) return;
  try {
    const page = await fetch(location.pathname, { cache: "no-store" });
    if (page.ok && !(await page.text()).includes('data-standing="waiting"')) location.reload();
  } catch {
    // Cut off: the press works on, and the next look comes.
  }
}

by("press-button").addEventListener("click", press);
by("recover").addEventListener("submit", recover);
by("withdraw").addEventListener("click", async () => {
  if ((await tell({ type: "ForgetThis" })).kept) location.reload();
});
stand("waiting_idle");
listen(
  (view) => {
    if (!("number" in view)) look();
  },
  (now) => {
    linked = now;
    by("link").dataset.is = now ? "good" : "danger";
    put(by("link"), say(now ? "connected" : "cut_off"), now ? "●" : "▲");
  },
);
setInterval(() => linked || look(), LOOK_MS);
