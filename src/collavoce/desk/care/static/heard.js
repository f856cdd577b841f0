// What a screen reader says by itself: the first word of a matter at once, then politely and never
// more often than every three seconds; what came in between is said by the last of it.

const REST_MS = 3000;
const STALE_MS = 30_000; // what was said is not there to be found, as if it were so now

const shouted = new Set();
let waiting = null;
let timer = null;
let stale = null;
let last = -REST_MS;

/** Say `text`. The first time for `matter` it interrupts; later it waits its turn. */
export function announce(matter, text) {
  if (!shouted.has(matter)) {
    shouted.add(matter);
    fill("shout", text);
    return;
  }
  murmur(text);
}

/** Say `text` when it is its turn; it never interrupts. */
export function murmur(text) {
  waiting = text;
  timer ??= setTimeout(speak, Math.max(0, last + REST_MS - performance.now()));
}

function speak() {
  timer = null;
  fill("murmur", waiting);
}

function fill(id, text) {
  last = performance.now();
  document.getElementById(id).textContent = text;
  clearTimeout(stale);
  stale = setTimeout(() => {
    for (const one of ["shout", "murmur"]) document.getElementById(one).textContent = "";
  }, STALE_MS);
}
