// What opens from the line strip: where is it, is support ready, hand over, the report.

import { byId, el, put, signed } from "./dom.js";
import { order, tell } from "./hands.js";
import { atLine, support, ticked } from "./line.js";
import { plan } from "./plan.js";
import { say } from "./words.js";

const SPOKEN = { RaiseLine: "line.say_raise", KeepClear: "line.say_clear", AskMedic: "line.say_medic", RaiseHazard: "hazards.say" };
let onStage = [];
let health = [];

export function buildLineDialogs() {
  health = say("report.health_words").split(",").map((word) => word.trim()).filter(Boolean);
  byId("open-line").addEventListener("click", openLine);
  byId("open-support").addEventListener("click", openSupport);
  byId("open-hand").addEventListener("click", openHand);
  byId("open-report").addEventListener("click", () => openReport(""));
  byId("support-ask").addEventListener("click", askAll);
  byId("report-form").addEventListener("submit", keepReport);
  byId("report-text").addEventListener("input", warn);
  byId("line-kind").append(...plan.hazards.map(({ kind, word }) => el("option", { value: kind }, word)));
  byId("line-what").addEventListener("change", showWhat);
  byId("line-dialog").addEventListener("keydown", (event) => {
    // A digit typed into the minutes is no place.
    if (event.target.id === "line-minutes") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    byId("line-zones").querySelector(`[data-digit="${event.key}"]`)?.click();
  });
}

export function showDialogs(state) {
  onStage = state.people.on_stage.map(({ person }) => person);
  if (byId("support-dialog").open) fillSupport();
}

export function openLine() {
  byId("line-what").querySelector("input").checked = true;
  showWhat();
  const zones = plan.zones.map(({ id, name }, i) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", "data-digit": i < 9 ? i + 1 : null, onclick: () => sayAt(id, name) },
        i < 9 ? el("kbd", {}, String(i + 1)) : null,
        ` ${name}`,
      ),
    ),
  );
  byId("line-zones").replaceChildren(...(zones.length ? zones : [el("li", { class: "what" }, say("line.none"))]));
  byId("line-dialog").showModal();
  byId("line-zones").querySelector("button")?.focus();
}

const chosen = () => byId("line-what").querySelector("input:checked").value;

// A hazard is of a kind, and lasts.
function showWhat() {
  byId("line-hazard").hidden = chosen() !== "RaiseHazard";
}

async function sayAt(zone, name) {
  const type = chosen();
  if (type === "RaiseHazard" && !byId("line-minutes").reportValidity()) return;
  const hazard = type === "RaiseHazard" ? { kind: byId("line-kind").value, minutes: byId("line-minutes").valueAsNumber } : {};
  byId("line-dialog").close();
  await atLine(type, { zone, ...hazard }, say("line.sent", { what: say(SPOKEN[type]), zone: name }));
}

function openSupport() {
  put(byId("support-said"), "");
  delete byId("support-seats").dataset.was;
  fillSupport();
  byId("support-dialog").showModal();
}

function fillSupport() {
  const now = support();
  const list = byId("support-seats");
  const was = JSON.stringify(now);
  if (!now || list.dataset.was === was) return;
  list.dataset.was = was;
  const seats = now.seats.map(({ seat, name, age, took, trip_ms: trip, sign }) =>
    el(
      "li",
      {},
      el("span", { class: "name", title: seat }, name ? `${seat}: ${name}` : seat),
      signed(sign),
      age === null ? null : el("span", { class: "what" }, say("support.took", { took, trip, minutes: age })),
    ),
  );
  list.replaceChildren(...(seats.length ? seats : [el("li", { class: "what" }, say("support.none"))]));
  const focused = document.activeElement?.dataset.way;
  byId("support-drill").replaceChildren(...["voice", "hand"].map((way) => drillRow(way, now.drill[way])));
  if (focused) byId("support-drill").querySelector(`[data-way="${focused}"]`)?.focus();
}

function drillRow(way, tick) {
  const label = say("support.tick", { way: say(`support.${way}`) });
  const done = () => atLine("TickDrill", { by_hand: way === "hand" });
  return el(
    "li",
    {},
    el("span", { class: "name" }, ticked(way, tick)),
    el("button", { type: "button", "data-way": way, onclick: done }, label),
  );
}

async function askAll() {
  if (await atLine("AskSupport", {})) put(byId("support-said"), say("support.was_asked"));
}

// Whoever is on stage first: it is about them.
function openHand() {
  const people = [...plan.performers].sort((a, b) => onStage.includes(b.id) - onStage.includes(a.id));
  byId("hand-people").replaceChildren(
    ...people.map(({ id, name }) =>
      el(
        "li",
        {},
        el("button", { type: "button", onclick: () => handOver(id) }, say("hand.who", { name })),
      ),
    ),
  );
  byId("hand-dialog").showModal();
}

async function handOver(person) {
  byId("hand-dialog").close();
  await atLine("HandToFriend", { person }, say("hand.done"));
}

export function openReport(text) {
  byId("report-text").value = text;
  warn();
  byId("report-dialog").showModal();
  byId("report-text").focus();
}

// Looked at here and nowhere else: nothing of what is typed leaves the page before "Keep".
function warn() {
  const typed = byId("report-text").value.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const word = health.find((known) => typed.includes(known));
  put(byId("report-warning"), word ? say("report.warning", { word }) : "");
}

async function keepReport(event) {
  event.preventDefault();
  const text = byId("report-text").value.trim();
  byId("report-dialog").close();
  if (text) await order("WriteReport", { text });
  else tell("");
}
