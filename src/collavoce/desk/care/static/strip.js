// My standby in the show, from the web desk: another process, and nothing the press depends on.

import { freshId } from "./act.js";
import { fetchLines, heedEntrances, startEar } from "./ear_line.js";
import { announce } from "./heard.js";
import { sound } from "./sound.js";
import { button, data, element, keyed, put, say } from "./words.js";

const SILENCE_MS = 3500;
const AGAIN_MS = 2000;

const REASONS = ["strip_why_place", "strip_why_way", "strip_why_wait"];

const by = (id) => document.getElementById(id);
const known = new Map(); // cue -> its last state, so that only what is new sounds
let heardAt = 0;
let clock = null; // {at, heard}: the show clock as last heard
let exits = [];
let entrances = null; // null until the desk has said where I come on
let inDepartment = false;

/**
 * Listen to the web desk, if there is one, for as long as the page is open. `know` is handed where I
 * come on, whenever that or its standby changes.
 */
export function startStrip(know = () => {}) {
  if (!data.web) return;
  startEar();
  by("strip").hidden = false;
  by("strip-crew").href = `${data.web}/crew`; // a page of its own: the press stays open on this one
  let source = null;
  const open = () => {
    source?.close();
    heardAt = performance.now();
    clock = null; // what was heard before is old
    source = new EventSource(`${data.web}/phone/events`, { withCredentials: true });
    source.addEventListener("beat", (event) => {
      heardAt = performance.now();
      clock = { at: JSON.parse(event.data).at, heard: heardAt };
      draw(true);
    });
    source.addEventListener("state", (event) => {
      heardAt = performance.now();
      const state = JSON.parse(event.data);
      exits = state.exits;
      // Once, as soon as it is known that I come on anywhere: with or without a line of mine.
      if (entrances === null && state.entrances) fetchLines();
      entrances = state.entrances ?? [];
      know(entrances);
      inDepartment = state.crew !== undefined;
      draw(true);
    });
  };
  open();
  setInterval(() => {
    if (performance.now() - heardAt < SILENCE_MS) return draw(clock !== null);
    draw(false);
    open();
  }, AGAIN_MS);
}

function draw(linked) {
  const plays = linked && clock !== null && entrances !== null && heedEntrances(entrances, showClock());
  const called = (entrances ?? []).filter((entrance) => entrance.at !== null);
  const shown = linked ? [...exits, ...called] : [];
  by("strip-crew").hidden = !linked || !inDepartment;
  put(by("strip-says"), say(linked ? "strip_none" : "strip_gone"));
  by("strip-says").hidden = shown.length > 0;
  for (const exit of shown) {
    if (known.get(exit.cue) !== exit.sign.is) {
      if (exit.sign.is === "exit.asked" || exit.sign.is === "standby.asked") {
        if (!plays) sound("standby");
        announce(`standby ${exit.cue}`, `${exit.sign.word}. ${where(exit)}`);
      }
      known.set(exit.cue, exit.sign.is);
    }
  }
  // A standby that is over may be called again, and sounds again then.
  for (const cue of linked ? known.keys() : []) if (!shown.some((exit) => exit.cue === cue)) known.delete(cue);
  keyed(by("exits"), shown.map((exit) => [exit.cue, exit]), make, show);
}

const showClock = () => clock.at + (performance.now() - clock.heard) / 1000;

/** Where somebody is asked to be, and when: an exit they wait at, or where they come on. */
const where = (exit) =>
  exit.exit === undefined ? say("strip_entrance", { name: exit.name }) : `${exit.seat}: ${exit.exit}, ${offIn(exit)}`;

function offIn(exit) {
  if (exit.sign.is === "exit.off") return say("strip_off_now");
  if (exit.off_at === null || clock === null) return say("strip_off_unknown");
  const left = Math.max(0, Math.round(exit.off_at - clock.at));
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return left ? say("strip_off_in", { time }) : say("strip_off_now");
}

function make(exit) {
  const item = element("li", "exit");
  const why = element("select", "why");
  why.setAttribute("aria-label", say("strip_why"));
  for (const key of REASONS) why.append(element("option", "", say(key)));
  item.append(
    element("p", "says"),
    element("p", "where"),
    button("primary ready", say("strip_ready"), () => ask({ type: "Acknowledge", cue: exit.cue })),
    button("not-clear", say("strip_not_clear"), () =>
      ask({ type: "NotClear", cue: exit.cue, reason: why.value }),
    ),
    why,
    element("p", "not-kept"),
  );
  const answer = item.querySelector(".not-kept");
  answer.setAttribute("role", "status");
  const ask = async (command) => put(answer, await order(command));
  return item;
}

function show(item, exit) {
  const off = exit.sign.is === "exit.off";
  item.dataset.tone = exit.sign.tone;
  put(item.querySelector(".says"), exit.sign.word, exit.sign.shape);
  put(item.querySelector(".where"), where(exit));
  item.querySelector(".ready").hidden = off || ["exit.in_position", "standby.ready"].includes(exit.sign.is);
  const refused = off || ["exit.not_clear", "standby.not_clear"].includes(exit.sign.is);
  item.querySelector(".not-clear").hidden = refused;
  item.querySelector(".why").hidden = refused;
}

async function order(command) {
  try {
    const response = await fetch(`${data.web}/phone/command`, {
      method: "POST",
      credentials: "include",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key: freshId(), person: data.me, ...command }),
    });
    return response.ok ? "" : ((await response.json()).refused ?? say("not_kept"));
  } catch {
    return say("not_kept");
  }
}
