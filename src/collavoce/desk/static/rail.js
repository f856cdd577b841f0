// One line on top: grey while all is well.

import { byId, mark, put, putSign, signed } from "./dom.js";
import { titleIn } from "./plan.js";
import { say } from "./words.js";

export function showRail(state) {
  const { rail } = state;
  const on = rail.number && titleIn(state.set, rail.number);
  const played = state.set.filter(({ id, is }) => id && is !== "cut");
  const text = on
    ? say("rail.number", {
        index: played.findIndex(({ id }) => id === rail.number) + 1,
        count: played.length,
        title: on,
      })
    : say("rail.no_number");
  const button = byId("number");
  if (button.title !== text) {
    button.title = text;
    const name = document.createElement("span");
    name.textContent = text;
    button.replaceChildren(name, " ▾");
  }
  putSign(byId("showing"), rail.show);
  showTroubles(rail.processes.filter(({ sign }) => sign.tone !== "quiet"));
}

function showTroubles(troubles) {
  const node = byId("troubles");
  const now = JSON.stringify(troubles);
  if (node.dataset.was === now) return;
  node.dataset.was = now;
  node.replaceChildren(
    ...troubles.map(({ name, sign }) =>
      signed({ ...sign, word: say("rail.trouble", { name, word: sign.word }) }),
    ),
  );
  mark(byId("open-monitor"), "data-well", troubles.length ? null : "");
  if (!troubles.length) put(node, say("rail.all_well"));
}
