// What comes in from outside: controllers, allowed sources, learned controls; learning a new one.

import { byId, el, fill, put } from "./dom.js";
import { learnControl } from "./orders.js";
import { applyLight } from "./taste.js";
import { learn, say } from "./words.js";

const LOOK_MS = 1000;

function show({ gateway, learned }) {
  byId("away").hidden = gateway !== null;
  const view = gateway ?? { entries: [], refused: [], midi: [], osc: "", trouble: "", learning: "" };
  fill("entries", view.entries, listed(view.entries.map(({ words, ago }) => row(words, since(ago)))));
  const ears = [view.osc && ["OSC", view.osc], ...view.midi.map((port) => ["MIDI", port])].filter(Boolean);
  const items = ears.map(([kind, where]) => row(`${kind} ${where}`, ""));
  if (view.trouble) items.push(row(view.trouble, "", "doubt"));
  fill("ears", [ears, view.trouble], listed(items));
  fill("refused", view.refused, listed(view.refused.map(knock)));
  byId("learn-stop").hidden = !view.learning;
  if (view.learning) put(byId("learn-said"), say("connections.press", { does: view.learning }));
  else if (learned) put(byId("learn-said"), learned);
}

const listed = (items) => (items.length ? items : [el("li", { class: "what" }, say("connections.none"))]);

const since = (ago) => (typeof ago === "number" ? say("connections.ago", { seconds: Math.round(ago) }) : "");

const row = (name, what, tone = null) =>
  el("li", { "data-tone": tone }, el("span", { class: "name", title: name }, name), el("span", { class: "what" }, what));

const knock = ({ source, what, words, count, ago }) =>
  row([source, what, words].join(" · "), `${say("connections.times", { count })} ${since(ago)}`, "doubt");

async function look() {
  const answer = await fetch("/connections.json").catch(() => null);
  show(answer?.ok ? await answer.json() : { gateway: null, learned: "" });
}

async function ask(does) {
  const answer = await learnControl(does);
  put(byId("learn-said"), answer.refused ?? (answer.lost ? say("hands.not_sent") : ""));
  await look();
}

applyLight();
await learn();
byId("learn-form").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(byId("learn-does").value.trim());
});
byId("learn-stop").addEventListener("click", () => ask(""));
await look();
setInterval(() => document.hidden || look(), LOOK_MS);
