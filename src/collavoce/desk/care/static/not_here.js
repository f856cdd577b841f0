// For the company manager: who is not available, and what people let offices know. Nothing is sent by it.

import { read } from "./act.js";
import { element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);

export function startNotHere() {
  by("offices-read")?.addEventListener("click", async () => {
    const told = (await read({ type: "ReadOffices" }))?.offices ?? [];
    const lines = told.map(({ who, office, words }) =>
      say("lets_know", { who: nameOf(who), office: say(`lets_know_${office.replace(" ", "_")}`), words }),
    );
    by("offices-list").replaceChildren(...(lines.length ? lines : [say("lets_know_none")]).map((line) => element("li", "", line)));
  });
}

export function showNotHere({ line, known = false }) {
  if (!by("not-here")) return;
  keyed(by("not-here-list"), Object.entries(line.away ?? {}).map((one) => [one[0], one]), () => element("li"), (item, [who, words]) =>
    put(item, say("away_is", { who: nameOf(who), words })),
  );
  if (by("offices-known")) by("offices-known").hidden = !known && !by("offices-list").children.length;
}
