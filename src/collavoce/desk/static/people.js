// Who is on stage, who is expected at which exit. No reasons.

import { byId, el, signed } from "./dom.js";
import { countdown } from "./cues.js";
import { order } from "./hands.js";
import { say } from "./words.js";

function fill(id, value, items, empty) {
  const node = byId(id);
  const now = JSON.stringify(value);
  if (node.dataset.was === now) return;
  node.dataset.was = now;
  node.replaceChildren(...(items.length ? items : empty === null ? [] : [el("li", { class: "what" }, empty)]));
}

export function showPeople({ people, recent }) {
  fill("on-stage", people.on_stage, people.on_stage.map(onStage), say("people.nobody"));
  const away = people.away.map(({ name, sign }) => el("li", {}, el("span", { class: "name", title: name }, name), signed(sign)));
  fill("away", people.away, away, null);
  fill("exits", people.exits, people.exits.map(exit), say("people.no_exits"));
  const lately = recent.slice(-6).reverse();
  fill("recent", lately, lately.map(happening), say("recent.none"));
}

function onStage({ name, sign }) {
  return el("li", {}, el("span", { class: "name", title: name }, name), signed(sign));
}

function exit(way) {
  const who = way.name ?? way.seat;
  const text = say("people.line", { who, exit: way.exit });
  const off = way.sign.is === "exit.off";
  return el(
    "li",
    {},
    el("span", { class: "name", title: text }, text),
    el(
      "span",
      { class: "line" },
      signed(way.sign),
      off ? null : countdown(way.off_at),
      off || !way.person ? null : answers(way, who),
    ),
  );
}

// An answer that came by voice is entered by the caller.
function answers(way, who) {
  const buttons = [heard(way, who, "Acknowledge"), heard(way, who, "NotClear")];
  return el("span", { class: "answers" }, ...buttons);
}

function heard({ cue, person, sign }, who, type) {
  const [is, key] = type === "NotClear" ? ["exit.not_clear", "heard_not"] : ["exit.in_position", "heard"];
  if (sign.is === is) return null;
  const fields = type === "NotClear" ? { reason: say("people.said_aloud") } : {};
  const press = () => order(type, { cue, person, ...fields });
  return el(
    "button",
    { type: "button", "aria-label": say(`people.${key}_who`, { who }), onclick: press },
    say(`people.${key}`),
  );
}

function happening({ wall, text }) {
  return el("li", {}, el("time", {}, wall), el("span", { title: text }, text));
}
