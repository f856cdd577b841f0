// What every page of the quiet half has besides its own: the calls on me, my press, the line to the desk.

import { tell } from "./act.js";
import { showFresh, startBeat } from "./beat.js";
import { showCalls, startCalls } from "./calls.js";
import { startKeys } from "./keys.js";
import { showLink } from "./link.js";
import { startLook } from "./look.js";
import { showPress, startPress } from "./press.js";
import { startSound } from "./sound.js";
import { listen } from "./stream.js";

const LOOK_MS = 2000;

/** Start the page; `show` is handed every view of the stream that differs from the one before. */
export function startQuiet(show = () => {}) {
  let isLinked = true;
  startLook();
  startSound();
  startCalls();
  startPress();
  startKeys();
  startBeat();
  listen(
    (view) => {
      showCalls(view.calls, view.card);
      showPress(view.press, view.circle);
      showFresh(view.post);
      show(view);
    },
    (linked) => {
      isLinked = linked;
      showLink(linked);
    },
  );
  // Forgotten from another phone, this page shows nothing more of its person.
  setInterval(async () => {
    if (!isLinked && !(await tell({ type: "Ping" })).known) location.replace("/care/");
  }, LOOK_MS);
}
