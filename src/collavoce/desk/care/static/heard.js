// What a screen reader says by itself: the first word of a matter at once, then politely and never
// more often than every three seconds; what came in between is said by the last of it.

const REST_MS = 3000;

const shouted = new Set();
let waiting = null;
let timer = null;
let last = -REST_MS;

/** Say `text`. The first time for `matter` it interrupts; later it waits its turn. */
export function announce(matter, text) {
  if (!shouted.has(matter)) {
    shouted.add(matter);
    document.getElementById("shout").textContent = text;
    last = performance.now();
    return;
  }
  waiting = text;
  timer ??= setTimeout(speak, Math.max(0, last + REST_MS - performance.now()));
}

function speak() {
  timer = null;
  last = performance.now();
  document.getElementById("murmur").textContent = waiting;
}
