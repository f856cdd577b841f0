// Same here: what I may be found for, and whom I was told of; nothing is shown in between.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { onMarks, readMarks, topicOf } from "./wishes.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);

/** Make the list of ticks and the agreement work. */
export function startFound() {
  onMarks(({ ticks, few, findable }) => {
    by("found-apart").hidden = findable;
    by("found-own").hidden = !findable && ticks.length === 0;
    by("ticks-none").hidden = ticks.length > 0;
    by("found-few").checked = few;
    keyed(by("ticks"), ticks.map((tick) => [tick.topic, tick]), makeTick, showTick);
  });
  by("found-few").addEventListener("change", async () => {
    const answer = await tell({ type: "AgreeFew", on: by("found-few").checked });
    put(by("found-says"), answered(answer));
    await readMarks();
  });
}

/** Take whom I was told of. */
export function showFound(found) {
  keyed(by("found-both"), found.map((one) => [`${one.topic} ${one.who}`, one]), makeBoth, showBoth);
}

function makeTick(tick) {
  const node = element("li", "row");
  node.append(
    element("span"),
    button("", say("found_untick"), async () => {
      const answer = await tell({ type: "Untick", topic: tick.topic });
      put(by("found-says"), answered(answer, "found_back"));
      await readMarks();
    }),
  );
  return node;
}

const showTick = (node, tick) => put(node.querySelector("span"), topicOf(tick));

function makeBoth(one) {
  const node = element("li", "request");
  node.append(
    element("p"),
    button("", say("found_away"), async () => {
      const answer = await tell({ type: "PutFoundAside", other: one.who, topic: one.topic });
      put(by("found-says"), answer.kept ? "" : answered(answer));
    }),
  );
  return node;
}

const showBoth = (node, one) =>
  put(node.querySelector("p"), say("found_both", { who: nameOf(one.who), topic: topicOf(one) }));
