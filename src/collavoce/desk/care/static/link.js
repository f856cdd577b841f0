// Whether the desk is heard, said in one place.

import { put, say } from "./words.js";

/** Say it. */
export function showLink(linked) {
  const node = document.getElementById("link");
  node.dataset.is = linked ? "good" : "danger";
  put(node, say(linked ? "connected" : "cut_off"), linked ? "●" : "▲");
}
