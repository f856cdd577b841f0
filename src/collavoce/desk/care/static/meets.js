// The cues that meet my own card: let the caller know that there is something, or do not.

import { read, tell } from "./act.js";
import { answered } from "./forms.js";
import { keyed, put } from "./words.js";

const by = (id) => document.getElementById(id);
let whole = false; // all rows were asked for: what the stream carries is only the first of them

/** Make the button for all rows work. */
export function startMeets() {
  by("meets-more").addEventListener("click", async () => {
    whole = true;
    await showAll();
    by("meets-rows").querySelector("button:not([hidden])")?.focus();
  });
}

/** Take what the stream carries: undefined where there is nothing. */
export function showMeets(now) {
  by("meets").hidden = !now;
  if (!now) {
    whole = false;
    show([], false);
  } else if (!whole || !now.more) {
    show(now.rows, now.more);
  }
}

async function showAll() {
  const shown = await read({ type: "ReadMeets" });
  if (shown) show(shown.meets, false);
}

function show(rows, more) {
  by("meets-more").hidden = !more;
  keyed(by("meets-rows"), rows.map((row) => [row.cue, row]), make, (item, row) => {
    put(item.querySelector(".says"), row.says);
    item.querySelector(".known").hidden = !row.released;
    item.querySelector(".release").hidden = row.released;
    item.querySelector(".back").hidden = !row.released;
  });
}

function make({ cue }) {
  const item = by("meets-row").content.firstElementChild.cloneNode(true);
  for (const [name, type] of [["release", "LetCallerKnow"], ["back", "TakeReleaseBack"]]) {
    const button = item.querySelector(`.${name}`);
    button.setAttribute("aria-label", button.dataset.label.replace("{cue}", () => cue));
    button.addEventListener("click", async () => {
      put(by("meets-says"), "");
      put(by("meets-says"), answered(await tell({ type, cue })));
      if (whole) await showAll();
    });
  }
  return item;
}
