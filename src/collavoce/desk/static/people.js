// Who is on stage, who is expected at which exit. No reasons.

import { byId, el, fill, signed } from "./dom.js";
import { countdown } from "./cues.js";
import { order } from "./hands.js";
import { say } from "./words.js";

const WORDS = ["in position", "on stage", "clear", "not clear"];

const or = (items, empty) => (items.length ? items : [el("li", { class: "what" }, empty)]);

export function showPeople({ people, recent }) {
  fill("on-stage", people.on_stage, or(people.on_stage.map(onStage), say("people.nobody")));
  fill("away", people.away, people.away.map(onStage));
  byId("waited-part").hidden = !people.waited_for.length;
  fill("waited", people.waited_for, people.waited_for.map(waited));
  fill("exits", people.exits, or(people.exits.map(exit), say("people.no_exits")));
  const lately = recent.slice(-6).reverse();
  fill("recent", lately, or(lately.map(happening), say("recent.none")));
}

// Somebody on whose word cues wait: what the cues want first, then what else may be said of them.
function waited({ person, name, wants, sign }) {
  const is = (word) => sign.is === `person.${word.replace(" ", "_")}`;
  const button = (word) =>
    el(
      "button",
      { type: "button", "aria-label": say("people.say", { name, word }), onclick: () => order("SayPerson", { person, state: word }) },
      word,
    );
  const others = el("select", { "aria-label": say("people.say_other", { name }) }, el("option", {}, "…"));
  others.append(...WORDS.filter((word) => !wants.includes(word) && !is(word)).map((word) => el("option", {}, word)));
  others.addEventListener("change", () => others.selectedIndex && order("SayPerson", { person, state: others.value }));
  return el(
    "li",
    {},
    el("span", { class: "name", title: name }, name),
    el("span", { class: "line" }, signed(sign), el("span", { class: "answers" }, ...wants.filter((word) => !is(word)).map(button), others)),
  );
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
