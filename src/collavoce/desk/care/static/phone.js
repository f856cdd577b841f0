// One phone, one person: what they see of the show, of calls on them, and of their own press.

import { showCalls, startCalls } from "./calls.js";
import { showCircle, startCircle } from "./circle.js";
import { showPhones, startPhones } from "./phones.js";
import { showPress, startPress } from "./press.js";
import { startSound } from "./sound.js";
import { listen } from "./stream.js";
import { startStrip } from "./strip.js";
import { put, say } from "./words.js";

startSound();
startCircle();
startPhones();
startCalls();
startPress();
startStrip();
listen(
  (view) => {
    showCalls(view.calls);
    showCircle(view.circle, view.asked);
    showPhones(view);
    showPress(view.press, view.circle);
  },
  (linked) => {
    const node = document.getElementById("link");
    node.dataset.is = linked ? "good" : "danger";
    put(node, say(linked ? "connected" : "cut_off"), linked ? "●" : "▲");
  },
);

// Where the phone allows it (HTTPS), the screen stays on while this page is in front.
const stayAwake = () => navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) stayAwake();
});
stayAwake();
