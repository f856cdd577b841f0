// Those who let me know that they stepped away, and those who share their way back with me.
// What they wrote is fetched when I ask for it, and leaves a row in their log.

import { read } from "./act.js";
import { dayOf } from "./sharing.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);

/** reads: whether what they wrote can be read on this page. */
export function showGone({ gone = [], ways = [] }, reads = false) {
  const since = new Map(gone.map(({ who, since }) => [who, since]));
  const ids = [...new Set([...since.keys(), ...(reads ? ways : [])])];
  const list = by("gone-list");
  if (!list) return;
  if (by("gone-none")) by("gone-none").hidden = ids.length > 0;
  if (by("gone-part")) by("gone-part").hidden = ids.length === 0;
  keyed(list, ids.map((who) => [`${who} ${since.get(who) ?? ""}`, who]), (who) => make(who, reads), (item, who) => {
    const said = since.has(who) ? say("gone_since", { who: nameOf(who), day: dayOf(since.get(who)) }) : say("gone_way", { who: nameOf(who) });
    put(item.querySelector(".says"), said);
  });
}

function make(who, reads) {
  const item = element("li", "row");
  item.append(element("p", "says"));
  if (!reads) return item;
  const said = element("div", "own-words");
  said.setAttribute("role", "status");
  item.append(button("", say("gone_read", { who: nameOf(who) }), async () => {
    const theirs = (await read({ type: "ReadAwayOf", owner: who }))?.away;
    said.replaceChildren(...written(theirs));
  }), said);
  return item;
}

/** The step where they stand is said in words; no step has a number. */
function written(theirs) {
  const { words, until, way } = theirs ?? {};
  const told = [words, until && say("gone_until", { day: dayOf(until) })].filter(Boolean).map((text) => element("p", "", text));
  if (way) {
    told.push(element("p", "", say("gone_steps")));
    const list = element("ul");
    list.append(...way.steps.map((step, n) => element("li", "", n === way.where ? say("gone_stands", { step }) : step)));
    told.push(list);
  }
  return told.length ? told : [element("p", "", say("gone_nothing"))];
}
