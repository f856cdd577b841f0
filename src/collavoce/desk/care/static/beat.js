// What every page says at one pace, whether or not there is anything to say: what its own clock
// says, and which messages stand on it. Whoever counts requests learns nothing by it.

import { tellFilled } from "./act.js";

const BEAT_MS = 10_000;
const BEAT_BYTES = 640;

let fresh = [];

/** Begin. */
export function startBeat() {
  const beat = () => tellFilled({ type: "Ping", clock: Date.now() / 1000, shown: fresh }, BEAT_BYTES);
  beat();
  setInterval(beat, BEAT_MS);
}

/** Take what waits in writing: it stands here now, as the line that says so. */
export function showFresh(post) {
  fresh = post?.fresh ?? [];
  const line = document.getElementById("post-waits");
  if (line) line.hidden = !post?.waits;
}
