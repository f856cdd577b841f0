// One line on top: grey while all is well.

import { byId, put, putSign, signed } from "./dom.js";
import { numberOf, plan } from "./plan.js";
import { say } from "./words.js";

export function showRail(state) {
  const { rail } = state;
  const on = numberOf(rail.number);
  const text = on
    ? say("rail.number", {
        index: plan.numbers.indexOf(on) + 1,
        count: plan.numbers.length,
        title: on.title,
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
  showTroubles(rail.processes.filter(({ sign }) => sign.is !== "process.up"));
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
  if (!troubles.length) put(node, say("rail.all_well"));
}
