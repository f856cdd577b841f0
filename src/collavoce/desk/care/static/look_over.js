// What of mine I may want to look at: asked for by me, said here, and nowhere else.

import { read } from "./act.js";
import { element, keyed, put, say } from "./words.js";

const by = (id) => document.getElementById(id);

/** Make the one button work. */
export function startLookOver() {
  by("look-over-show").addEventListener("click", async () => {
    put(by("look-over-says"), "");
    const shown = await read({ type: "ReadLookOver" });
    const found = shown?.look_over ?? [];
    put(by("look-over-says"), shown === null ? say("not_kept") : found.length ? "" : by("look-over-says").dataset.nothing);
    keyed(by("over-list"), found.map((words) => [words, words]), () => element("li"), put);
  });
}
