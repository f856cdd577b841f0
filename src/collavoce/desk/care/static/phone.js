// One phone, one person: what they see of the show, of calls on them, and of their own press.

import { tell } from "./act.js";
import { showFresh, startBeat } from "./beat.js";
import { showAfter, startAfter } from "./after.js";
import { showAlone, startAlone } from "./alone.js";
import { stayAwake } from "./awake.js";
import { showCalls, startCalls } from "./calls.js";
import { showCircle, startCircle } from "./circle.js";
import { showCompany } from "./company.js";
import { showHazards, startHazards } from "./hazards.js";
import { showGone } from "./gone.js";
import { showAsk, showTold, startAsk } from "./checkin_ask.js";
import { startKeys } from "./keys.js";
import { showLine, startLine } from "./line.js";
import { showLink } from "./link.js";
import { startLook } from "./look.js";
import { showMeets, startMeets } from "./meets.js";
import { knowOrder, startMine } from "./mine.js";
import { showMusicLines } from "./music_lines.js";
import { showNotHere, startNotHere } from "./not_here.js";
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
startHazards();
startMeets();
startBeat();
startAsk();
startAlone();
startAfter();
startNotHere();
startMine();
startPress();
startKeys();
startStrip();
listen(
  (view) => {
    showCalls(view.calls, view.card);
    showCircle(view.circle, view.asked);
    knowOrder(view.circle);
    showCompany(view.trust, view.calls);
    showLine(view.line, view.calls);
    showHazards(view.line);
    showMeets(view.meets);
    showAlone(view.alone);
    showAsk(view.checkin);
    showTold(view.checkin_told);
    showAfter(view.after);
    showMusicLines(view);
    showGone(view);
    showFresh(view.post);
    showNotHere(view);
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
