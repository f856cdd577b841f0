// One phone, one person: what they see of the show, of calls on them, and of their own press.

import { tell } from "./act.js";
import { showAfter, startAfter } from "./after.js";
import { showAlone, startAlone } from "./alone.js";
import { stayAwake } from "./awake.js";
import { showCalls, startCalls } from "./calls.js";
import { showCircle, startCircle } from "./circle.js";
import { showCompany } from "./company.js";
import { startKeys } from "./keys.js";
import { showLine, startLine } from "./line.js";
import { showLink } from "./link.js";
import { startLook } from "./look.js";
import { knowOrder, startMine } from "./mine.js";
import { showPhones, startPhones } from "./phones.js";
import { showPress, startPress } from "./press.js";
import { startSound } from "./sound.js";
import { listen } from "./stream.js";
import { startStrip } from "./strip.js";
import { data } from "./words.js";

const LOOK_MS = 2000;

let isLinked = true;

startLook();
startSound();
startCircle();
startPhones();
startCalls();
startLine();
startAlone();
startAfter();
startMine();
startPress();
startKeys();
startStrip();
listen(
  (view) => {
    showCalls(view.calls);
    showCircle(view.circle, view.asked);
    knowOrder(view.circle);
    showCompany(view.trust, view.calls);
    showLine(view.line, view.calls);
    showAlone(view.alone);
    showAfter(view.after);
    showPhones(view);
    showPress(view.press, view.circle);
  },
  (linked) => {
    isLinked = linked;
    showLink(linked);
  },
);

stayAwake();

// Forgotten from another phone, this one shows nothing more of its person; the door clears the rest.
setInterval(async () => {
  if (!isLinked && !(await tell({ type: "Ping" })).known) location.reload();
}, LOOK_MS);

// A press made without a connection is kept and sent, even if this page is closed.
if (data.worker) navigator.serviceWorker?.register(data.worker, { scope: "/care/" }).catch(() => {});
