// Clocks and countdowns. Each knows its instant on the show clock; here it is turned into words.

import { byId, put } from "./dom.js";
import { known, length, showNow } from "./clock.js";
import { say } from "./words.js";

const TICK_MS = 200;

export function runClocks(dayTime, also) {
  const turn = () => {
    put(byId("clock"), dayTime());
    also();
    if (!known()) return;
    put(byId("show-clock"), length(Math.floor(showNow())));
    for (const node of document.querySelectorAll("[data-until]")) {
      const left = Number(node.dataset.until) - showNow();
      const over = left <= 0 && node.dataset.then;
      put(node, over ? say(node.dataset.then) : say(node.dataset.say, { time: length(left) }));
    }
  };
  turn();
  setInterval(turn, TICK_MS);
}
