// What I may do at the line and see of it. The desk says which, by my roles; nobody's press is in it.

import { freshId, tell } from "./act.js";
import { answered, twice } from "./forms.js";
import { announce } from "./heard.js";
import { LINE } from "./signs.js";
import { sound } from "./sound.js";
import { showRecord } from "./record.js";
import { button, data, element, keyed, lasting, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const heard = new Map(); // what is open -> its state as last announced
let line = {};
let calls = [];

/** Make the buttons work. */
export function startLine() {
  const zone = () => by("zone").value;
  asks("raise-line", "line-says", () => ({ type: "RaiseLine", key: freshId(), zone: zone() }), "line_kept");
  asks("hand-over", "line-says", () => ({ type: "HandToFriend", key: freshId(), person: by("hand-who").value }), "line_handed");
  asks("ears-out", "line-says", () => ({ type: "SayEars", person: by("ears-who").value, out: true }), "line_ears");
  asks("drill-voice", "line-says", () => ({ type: "TickDrill", by_hand: false }));
  asks("drill-hand", "line-says", () => ({ type: "TickDrill", by_hand: true }));
  asks("medic", "urgent-says", () => ({ type: "SendMedic", key: freshId(), zone: whereCalled() }), "line_medic");
  twice(by("stop"), by("stop-not"), say("line_stop_sure"), async () =>
    put(by("urgent-says"), answered(await tell({ type: "StopShow", key: freshId() }), "line_stopped")),
  );
  startSeat();
}

function asks(id, says, act, kept) {
  by(id).addEventListener("click", async () => {
    put(by(says), "");
    put(by(says), answered(await tell(act()), kept));
  });
}

/** A medic is sent to where I am called to; else to where I say that I am. */
const whereCalled = () =>
  calls.find((call) => ["open", "coming"].includes(call.is) && call.place)?.place ?? by("place")?.value ?? "";

/** Take what this person may do and see at the line. */
export function showLine(now, calling) {
  line = now;
  calls = calling;
  const may = new Set(line.may);
  by("medic").hidden = !may.has("medic");
  if (!by("stop").classList.contains("armed")) by("stop").hidden = !may.has("stop");
  by("urgent").hidden = !may.has("medic") && !may.has("stop");
  by("raise").hidden = !may.has("raise");
  by("hand").hidden = !may.has("hand") || by("hand-who").options.length === 0;
  by("ears").hidden = !may.has("ears") || by("ears-who").options.length === 0;
  by("drill").hidden = !may.has("drill");
  listed("breaches", line.breaches, (breach) => breach.is, wordsOfBreach, makeBreach, showBreach);
  listed("clears", line.clears, () => "clear", wordsOfClear, makeClear, showPlain);
  listed("medics", line.medics, (medic) => `medic_${medic.is}`, wordsOfMedic, makeMedic, showMedic);
  showEars(line.ears ?? [], may);
  showDrill(line.drill);
  showSeat(line.waits ?? "");
  by("line").hidden = [...by("line").querySelectorAll("ul, div")].every(
    (part) => part.hidden || (part.tagName === "UL" && part.children.length === 0),
  );
}

function listed(id, items = [], stateOf, words, make, show) {
  for (const item of items) {
    const is = stateOf(item);
    if (heard.get(item.id) === is) continue;
    const before = heard.has(item.id);
    heard.set(item.id, is);
    // What was over or under way before this page was opened is read, not rung; nor what I said.
    const fresh = ["raised", "clear", "medic_asked"].includes(is) && item.by !== data.me;
    if (before || fresh) {
      sound(LINE[is].tone);
      announce(`line ${item.id}`, words(item));
    }
  }
  keyed(by(id), items.map((item) => [item.id, item]), make, (node, item) => {
    const is = stateOf(item);
    Object.assign(node.dataset, { is, mood: LINE[is].mood });
    put(node.querySelector(".says"), words(item), LINE[is].shape);
    put(node.querySelector(".age"), say("call_age", { age: lasting(item.age) }));
    show(node, item);
  });
}

const zoneName = (id) => data.zones[id] ?? say("line_nowhere");
const namesIn = (ids) => ids.map(nameOf).join(", ");

function wordsOfBreach(breach) {
  const said = { zone: zoneName(breach.zone), who: namesIn(breach.coming) };
  return say(`line_${breach.is}`, said);
}

const wordsOfClear = (clear) => say("line_clear", { zone: zoneName(clear.zone) });

const wordsOfMedic = (medic) =>
  say(`line_medic_${medic.is}`, { zone: zoneName(medic.zone), who: nameOf(medic.who) });

/** An entry with its words, its age, and buttons: [class, words, act]. */
function entry(buttons) {
  const item = element("li", "entry");
  const says = element("p", "not-kept");
  says.setAttribute("role", "status");
  item.append(element("p", "says"), element("p", "age soft"));
  for (const [name, words, act] of buttons) {
    item.append(
      button(name, words, async () => {
        const answer = await tell(act);
        put(says, answer.kept ? "" : answered(answer));
      }),
    );
  }
  item.append(says);
  return item;
}

function makeBreach({ id }) {
  const item = entry([
    ["primary come", say("line_come"), { type: "ComeToLine", breach: id }],
    ["radio", say("line_radio"), { type: "LogRadio", breach: id }],
    ["resolve", say("line_resolve"), { type: "ResolveLine", breach: id }],
  ]);
  item.append(element("div", "record"));
  return item;
}

function showBreach(item, breach) {
  const may = new Set(line.may);
  const over = breach.is === "resolved";
  item.querySelector(".come").hidden = over || !may.has("come") || breach.coming.includes(data.me);
  item.querySelector(".radio").hidden = !may.has("radio") || breach.radio;
  item.querySelector(".resolve").hidden = over || !may.has("resolve");
  if (may.has("record")) showRecord(item.querySelector(".record"), breach);
}

const makeClear = ({ id }) => entry([["lift", say("line_lift"), { type: "LiftClear", clear: id }]]);

function showPlain(item) {
  item.querySelector(".lift").hidden = !line.may.includes("clear");
}

const makeMedic = ({ id }) =>
  entry([
    ["primary take", say("line_take"), { type: "TakeMedic", medic: id }],
    ["done", say("line_done"), { type: "EndMedic", medic: id }],
  ]);

function showMedic(item, medic) {
  const treats = line.may.includes("treat");
  item.querySelector(".take").hidden = !treats || medic.who === data.me;
  item.querySelector(".done").hidden = !treats || medic.who !== data.me;
}

function showEars(out, may) {
  keyed(by("ears-list"), out.map((id) => [id, id]), makeEars, (item) => {
    item.querySelector("button").hidden = !may.has("ears");
  });
}

function makeEars(id) {
  const item = element("li", "row");
  const back = button("in", say("line_ears_in"), () => tell({ type: "SayEars", person: id, out: false }));
  back.setAttribute("aria-label", say("line_ears_in_who", { who: nameOf(id) }));
  item.append(element("p", "says", say("line_ears_out", { who: nameOf(id) })), back);
  return item;
}

function showDrill(drill) {
  if (!drill) return;
  const done = ["voice", "hand"].filter((way) => drill[way]).map((way) => say(`line_drill_${way}`));
  put(by("drill-says"), done.length ? done.join(" ") : say("line_drill_none"), done.length === 2 ? "✓" : "!");
  by("drill-voice").hidden = Boolean(drill.voice);
  by("drill-hand").hidden = Boolean(drill.hand);
}

// The seat's device answers in place: a tap, and how long the way to the desk and back took.

let round = "";

function startSeat() {
  by("seat-here").addEventListener("click", async () => {
    const began = performance.now();
    const way = await tell({ type: "Ping" });
    const trip = performance.now() - began;
    const answer = way.reached
      ? await tell({ type: "ConfirmSupport", round, trip_ms: Math.min(60_000, trip) })
      : way;
    put(by("seat-says"), answer.kept ? "" : answered(answer));
    if (answer.kept) by("press-button").focus();
  });
}

function showSeat(now) {
  if (now && now !== round) {
    sound("standby");
    announce(`seat ${now}`, say("line_seat"));
  }
  round = now || round;
  by("seat").hidden = !now;
}
