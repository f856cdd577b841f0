// The line strip: what is open at the line, what may come to a hold, whether support is ready.

import { byId, el, put, putSign, signed } from "./dom.js";
import { realSeconds, showNow } from "./clock.js";
import { order, tell } from "./hands.js";
import { askLine } from "./orders.js";
import { plan } from "./plan.js";
import { say } from "./words.js";

let line = null;
let clock = () => "";
let openReport = () => {};
const heard = new Set();

// report: opens the report's box with a proposal.
export function buildLine(zone, report) {
  openReport = report;
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  let form;
  try {
    form = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    form = new Intl.DateTimeFormat("en-GB", options); // a zone this browser does not know
  }
  clock = (ms) => form.format(new Date(ms));
}

export const wall = (utcSeconds) => clock(1000 * utcSeconds);

const wallOfShow = (at) => clock(Date.now() - 1000 * realSeconds(showNow() - at));

// Says it at the line, and what came of it where the hand is; true if somebody was told.
export async function atLine(type, fields, said) {
  const answer = await askLine(type, fields);
  if (answer.lost) tell(say("line.unanswered"));
  else if (answer.refused !== undefined) tell(answer.refused);
  else tell(answer.recorded ? (said ?? "") : say("line.told_not_recorded"));
  return answer.kept === true;
}

export function showLine(state) {
  line = state.line;
  showSupport(line.support);
  byId("script").hidden = line.standby === null;
  const rows = byId("line-rows");
  const now = JSON.stringify(line);
  if (rows.dataset.was !== now) {
    const focused = rows.contains(document.activeElement) ? document.activeElement.dataset.of : null;
    rows.dataset.was = now;
    rows.replaceChildren(...allRows());
    // A row that was written anew keeps the focus of the one before.
    if (focused) rows.querySelector(`[data-of="${CSS.escape(focused)}"]`)?.focus();
  }
  document.body.toggleAttribute("data-line", line.breaches.some(open) || line.risks.length > 0 || line.stop !== null);
  aloud();
}

const open = (breach) => breach.resolved_at === null;

function allRows() {
  return [
    line.silent && el("li", {}, signed(line.silent)),
    line.stop && el("li", {}, signed(line.stop.sign), held(line.stop)),
    ...line.risks.map(riskRow),
    line.standby && el("li", {}, signed(line.standby)),
    ...line.breaches.map(breachRow),
    ...line.medics.map((m) => el("li", {}, signed(m.sign), text(m.who ? `${m.zone} · ${m.who}` : m.zone))),
    ...line.clears.map(clearRow),
    ...line.hazards.map(hazardRow),
    ...line.ears.map(({ name, sign }) => el("li", {}, signed(sign), text(name))),
  ].filter(Boolean);
}

const text = (words) => el("span", { class: "name", title: words }, words);

const held = ({ holder_name: name }) => el("span", { class: "what" }, say("risk.held_by", { name }));

function press(of, words, label, act) {
  return el("button", { type: "button", "data-of": of, "aria-label": label, onclick: act }, words);
}

function breachRow(breach) {
  const { id, zone, at, coming, by, radio } = breach;
  const facts = [
    say("line.by", { name: by }),
    coming.length && say("line.come", { names: coming.join(", ") }),
    radio && say("line.radio_said"),
  ];
  return el(
    "li",
    { "data-is": breach.sign.is },
    signed(breach.sign),
    text(say("line.at", { zone, time: wall(at) })),
    el("span", { class: "what" }, facts.filter(Boolean).join(" · ")),
    open(breach) && !radio
      ? press(`radio ${id}`, say("line.radio"), say("line.radio_key", { zone }), () => atLine("LogRadio", { breach: id }))
      : null,
    open(breach)
      ? press(`resolve ${id}`, say("line.resolve"), say("line.resolve_which", { zone }), () =>
          atLine("ResolveLine", { breach: id }),
        )
      : null,
  );
}

function riskRow(risk) {
  const { id, place, line: breach, holder } = risk;
  const time = wallOfShow(risk.at);
  const words = breach && place ? `${say("risk.text")} · ${say("risk.cause", { place })}` : say("risk.text");
  return el(
    "li",
    { "data-is": "risk.open" },
    signed(risk.sign),
    text(words),
    held(risk),
    deciders(id, holder),
    press(`clear ${id}`, say("risk.clear"), say("risk.clear_which", { time }), () => clear(risk, time)),
  );
}

function deciders(risk, holder) {
  if (plan.deciders.length < 2) return null;
  const choose = el(
    "select",
    {
      "aria-label": say("risk.hand_to"),
      "data-of": `holder ${risk}`,
      onchange: (event) => order("TakeRisk", { risk, person: event.target.value }),
    },
    ...plan.deciders.map(({ id, name }) => el("option", { value: id, selected: id === holder }, name)),
  );
  return choose;
}

async function clear({ id, place, line: breach }, start) {
  if (!(await order("ClearRisk", { risk: id }))) return;
  const end = clock(Date.now());
  openReport(breach ? say("report.risk_line", { start, end, place }) : say("report.risk", { start, end }));
}

function clearRow({ id, zone, sign }) {
  return el(
    "li",
    {},
    signed(sign),
    text(zone),
    press(`lift ${id}`, say("line.lift"), say("line.lift_which", { zone }), () => atLine("LiftClear", { clear: id })),
  );
}

function hazardRow({ zone, kind, minutes, words, place, sign }) {
  const which = { ...place, minutes };
  return el(
    "li",
    {},
    signed(sign),
    text(words),
    press(`longer ${kind} ${zone}`, say("hazards.longer", which), say("hazards.longer_which", which), () => atLine("RaiseHazard", { zone, kind, minutes })),
    press(`over ${kind} ${zone}`, say("hazards.over"), say("hazards.over_which", which), () => atLine("LiftHazard", { zone, kind })),
  );
}

function showSupport({ sign, oldest, drill }) {
  putSign(byId("support"), sign);
  put(byId("support-age"), oldest === null ? "" : say("support.age", { minutes: oldest }));
  const ways = ["voice", "hand"].map((way) => ticked(way, drill[way]));
  put(byId("drill"), ways.join(" · "));
}

export function ticked(way, tick) {
  const words = { way: say(`support.${way}`) };
  if (!tick) return say("support.not_ticked", words);
  return say("support.ticked", { ...words, name: tick.name, time: wall(tick.at) });
}

export const support = () => line?.support;

// One key: the radio word of the latest open breach was given.
export function radio() {
  const latest = line?.breaches.find((breach) => open(breach) && !breach.radio);
  if (latest) atLine("LogRadio", { breach: latest.id });
}

// Said once for each breach, stop and risk, at once: this is what an alert is for.
function aloud() {
  const news = [
    ...line.breaches.filter(open).map((b) => [b.id, say("line.aloud", { word: b.sign.word, zone: b.zone })]),
    ...line.risks.map(({ id, sign }) => [`risk ${id}`, sign.word]),
    ...(line.stop ? [[`stop ${line.stop.holder_name}`, line.stop.sign.word]] : []),
  ].filter(([id]) => !heard.has(id));
  if (!line.stop) for (const id of heard) if (id.startsWith("stop ")) heard.delete(id);
  if (!news.length) return;
  for (const [id] of news) heard.add(id);
  put(byId("line-aloud"), news.map(([, words]) => words).join(", "));
}
