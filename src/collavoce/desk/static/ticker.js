// Clocks and countdowns. Each knows its instant on the show clock; here it is turned into words.

import { byId, put } from "./dom.js";
import { known, length, showNow } from "./clock.js";
import { say } from "./words.js";

const COUNTING_MS = 200; // while anything counts down
const SECOND_MS = 1000; // else the clocks alone change, just after each second

export function runClocks(dayTime, also) {
  const turn = () => {
    const counting = document.querySelectorAll("[data-until]");
    put(byId("clock"), dayTime());
    also();
    if (known()) {
      put(byId("show-clock"), length(Math.floor(showNow())));
      counting.forEach(count);
    }
    setTimeout(turn, counting.length ? COUNTING_MS : SECOND_MS - (Date.now() % SECOND_MS) + 10);
  };
  turn();
}

function count(node) {
  const left = Number(node.dataset.until) - showNow();
  const over = left <= 0 && node.dataset.then;
  put(node, over ? say(node.dataset.then) : say(node.dataset.say, { time: length(left) }));
}
