// A phone that waits for its person's yes: its number, a recovery code, and a press that always works.
//
// What the desk sends here is the number and nothing more, so the press knows only "kept".

import { tell } from "./act.js";
import { announce } from "./heard.js";
import { startKeys } from "./keys.js";
import { leaveNothing } from "./leaving.js";
import { wearLook } from "./look.js";
import { freshPress, sendPress } from "./pressing.js";
import { PRESS } from "./signs.js";
import { listen } from "./stream.js";
import { data, put, say } from "./words.js";

const LOOK_MS = 2000;

const SENDING = new Set(["felt", "unsent", "unrecorded"]);

const by = (id) => document.getElementById(id);

let is = "waiting_idle";
let linked = false;

function stand(now, why = "") {
  const changed = is !== now;
  is = now;
  const words = say(now, { number: data.emergency, why });
  const { shape, mood } = PRESS[now];
  Object.assign(by("press").dataset, { is: now, mood });
  put(by("press-says"), words, shape);
  put(by("press-button"), say(SENDING.has(now) ? "button_sending" : now === "waiting_idle" ? "button" : "button_again"));
  if (SENDING.has(now)) by("press-button").setAttribute("aria-disabled", "true");
  else by("press-button").removeAttribute("aria-disabled");
  if (changed && now !== "felt") announce("press", words);
}

function press() {
  if (SENDING.has(is)) return;
  const it = freshPress(by("place")?.value ?? "");
  stand("felt");
  sendPress(it, () => stand(it.is === "kept" ? "waiting_kept" : it.is, it.why));
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

wearLook();
startKeys();
by("press-button").addEventListener("click", press);
by("recover").addEventListener("submit", recover);
by("withdraw").addEventListener("click", async () => {
  if (!(await tell({ type: "ForgetThis" })).kept) return;
  await leaveNothing();
  location.reload();
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
