// Where the phone allows it (HTTPS), the screen stays on while this page is in front. Whether it
// does is what the phone says, not what it could: a low battery alone may forbid it.

import { put } from "./words.js";

const node = document.getElementById("can-awake");

/** Keep the screen on, from now on and whenever this page comes to the front again. */
export function stayAwake() {
  document.addEventListener("visibilitychange", hold);
  hold();
}

async function hold() {
  if (document.hidden) return;
  try {
    const lock = await navigator.wakeLock.request("screen");
    // It is let go of by itself when the page is hidden; in front, only the phone takes it away.
    lock.addEventListener("release", () => document.hidden || tell(false));
    tell(true);
  } catch {
    tell(false);
  }
}

function tell(can) {
  put(node, can ? node.dataset.can : node.dataset.cannot, can ? "✓" : "–");
}
