// The stream from the desk. Silence is said: a page that hears nothing shows something old.

import { here } from "./here.js";

const SILENT_MS = 2500; // beats come every second
const LOOK_MS = 500;
const AGAIN_MS = 1000;

// probe: asked, once the line ended, whether this page may still listen.
export function listen(path, { heard, offline, locked, probe = "/plan.json" }) {
  let source = null;
  let last = performance.now();
  let on = null;
  let waiting = false;

  const set = (now) => {
    if (on === now) return;
    on = now;
    offline(!now);
  };

  const open = () => {
    waiting = false;
    source?.close();
    source = new EventSource(here(path));
    for (const kind of Object.keys(heard)) {
      source.addEventListener(kind, (event) => {
        last = performance.now();
        set(true);
        heard[kind](JSON.parse(event.data));
      });
    }
    source.addEventListener("error", lost);
  };

  // A browser goes on trying by itself after a broken line, but not after an answer it dislikes.
  const lost = async () => {
    set(false);
    if (source.readyState !== EventSource.CLOSED || waiting) return;
    waiting = true;
    const answer = await fetch(here(probe), { method: "HEAD" }).catch(() => null);
    if (answer?.status === 401) locked();
    setTimeout(open, AGAIN_MS);
  };

  setInterval(() => {
    if (performance.now() - last < SILENT_MS || waiting) return;
    set(false);
    last = performance.now();
    open();
  }, LOOK_MS);
  open();
}
