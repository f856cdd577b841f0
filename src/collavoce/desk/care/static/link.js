// Whether the desk is heard, said in one place.

import { heedLink } from "./act.js";
import { put, say } from "./words.js";

/** Say it. */
export function showLink(linked) {
  heedLink(linked);
  const node = document.getElementById("link");
  node.dataset.is = linked ? "good" : "danger";
  put(node, say(linked ? "connected" : "cut_off"), linked ? "●" : "▲");
}
