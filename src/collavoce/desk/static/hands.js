// GO and its smaller neighbours. What cannot be done is said where the hand is.

import { byId, mark, put } from "./dom.js";
import { known, realSeconds, showNow } from "./clock.js";
import { ask } from "./orders.js";
import { called, cueOf, plan } from "./plan.js";
import { say } from "./words.js";

const STOP_ARMED_MS = 3000;
const OVERRIDE_MS = 15000; // a refusal this long ago is asked about anew
const LONG = 9;
const SAID_MS = 10000;

let state = null;
let offline = true;
let deafUntil = 0;
let stopArmed = 0;
let refused = { cue: null, until: 0 };
let saidTimer = 0;

export function tell(text) {
  put(byId("said"), text);
  clearTimeout(saidTimer);
  if (text) saidTimer = setTimeout(() => put(byId("said"), ""), SAID_MS);
}

// Sends, and says what came of it; true if it was kept. instead: said in place of a refusal.
export async function order(type, fields, instead = "") {
  if (offline) {
    tell(say("hands.not_sent"));
    return false;
  }
  const answer = await ask(type, fields);
  if (answer.lost) tell(say("order.unanswered"));
  else tell(answer.refused ? instead || answer.refused : "");
  return answer.kept !== undefined;
}

const overrides = (cue) => refused.cue === cue && performance.now() < refused.until;

export async function go() {
  const cue = state?.go.cue ?? null;
  if (offline) return tell(say("hands.not_sent"));
  if (performance.now() < deafUntil) return tell(say("hands.deaf_now", { guard: plan.guard }));
  if (cue === null) return tell(say("cues.nothing"));
  beDeaf(1000 * realSeconds(plan.guard));
  const fields = overrides(cue) ? { cue, override: true } : { cue };
  const { unready } = state.go;
  refused.cue = null;
  // What was said against it is overridden by the next GO, and nothing that was not said.
  const said = unready.length ? `${unready.join(". ")}. ${say("hands.go_overrides")}` : "";
  if (await order("Go", fields, said)) return;
  deafUntil = 0;
  if (byId("said").textContent === said && said) refused = { cue, until: performance.now() + OVERRIDE_MS };
  showGo();
}

function beDeaf(ms) {
  deafUntil = performance.now() + ms;
  byId("go").style.setProperty("--guard", `${ms}ms`);
  showGo();
  setTimeout(showGo, ms + 20);
}

export const pointTo = (cue) => order("PointTo", { cue });

export const start = (number) => order("StartNumber", { number });

export const holdOrResume = () => order(state?.rail.held ? "Resume" : "Hold", {});

export const back = () => order("Back", {});

export const follow = () => order("Follow", { on: !state?.rail.follow });

export function move(step) {
  const order = plan.cues.filter(({ of }) => of === state?.rail.number);
  const at = order.findIndex(({ number }) => number === state?.standby);
  const next = order[at < 0 ? (step < 0 ? order.length - 1 : -1) : at + step];
  if (next) pointTo(next.number);
}

// The next cue that would fire by itself: where the show is, after the arrows wandered.
export function standbyNext() {
  const armed = plan.cues.find(({ number }) => ["cue.armed", "cue.offered"].includes(state?.cues[number]?.is));
  if (armed) pointTo(armed.number);
  else tell(say("cues.nothing_next"));
}

// Called to its departments; pressed again it is taken back.
export function callStandby() {
  const cue = state?.standby;
  if (!cue) return tell(say("cues.nothing"));
  return state.called[cue] ? order("ReleaseStandby", { cue }) : order("CallStandby", { cue });
}

export function armOrDisarm(cue = state?.standby) {
  if (!cue) return tell(say("cues.nothing"));
  return order("Arm", { cues: [cue], on: Boolean(state.cues[cue]?.off) });
}

export const undoEdit = () => order("Undo", {});

export const redoEdit = () => order("Redo", {});

export const lockOrNot = () => order("Lock", { on: !state?.edits.locked });

// The operator of a hazardous cue has said by voice that they fired it.
export function confirmHazard() {
  const [first] = state?.hazards ?? [];
  if (!first) return tell(say("hazard.none"));
  return order("ConfirmHazard", { cue: first.cue, person: first.person });
}

// Once: says so. Twice: everything fades. Once more while it fades: everything is cut.
export function stop() {
  if (cutting()) return order("Stop", { fade: 0 });
  if (performance.now() < stopArmed) {
    stopArmed = 0;
    showStop();
    order("Stop", {});
    return;
  }
  stopArmed = performance.now() + STOP_ARMED_MS;
  tell(say("hands.stop_armed"));
  showStop();
  setTimeout(() => {
    showStop();
    if (byId("said").textContent === say("hands.stop_armed")) tell("");
  }, STOP_ARMED_MS + 20);
}

const cutting = () => Boolean(state?.stopping) && known() && state.stopping > showNow();

function showStop() {
  const armed = performance.now() < stopArmed;
  mark(byId("do-stop"), "data-armed", armed || cutting() ? "" : null);
  const word = cutting() ? "hands.stop_cut" : armed ? "hands.stop_again" : "hands.stop";
  put(byId("do-stop").firstElementChild, say(word));
}

export function showHands(now) {
  state = now;
  const { held } = now.rail;
  mark(document.body, "data-held", held ? "" : null);
  put(byId("do-hold").firstElementChild, say(held ? "hands.resume" : "hands.hold"));
  mark(byId("do-hold"), "aria-pressed", String(held));
  const called = Boolean(now.called[now.standby]);
  put(byId("do-standby").firstElementChild, say(called ? "hands.release" : "hands.standby"));
  mark(byId("do-standby"), "aria-pressed", String(called));
  showStop();
  if (cutting()) setTimeout(showStop, 1000 * realSeconds(now.stopping - showNow()) + 50);
  const { deaf_until: until } = now.go;
  if (until !== null && known()) {
    const left = 1000 * realSeconds(until - showNow());
    if (left > 0 && performance.now() >= deafUntil) return beDeaf(left);
  }
  showGo();
}

export function showOffline(now) {
  offline = now;
  showGo();
}

function showGo() {
  const button = byId("go");
  const cue = cueOf(state?.go.cue);
  const deaf = performance.now() < deafUntil;
  const unready = cue !== undefined && state.go.unready.length > 0;
  const is = offline ? "offline" : deaf ? "deaf" : !cue ? "nothing" : unready ? "unready" : "ready";
  mark(button, "data-is", is);
  mark(button, "aria-disabled", is === "ready" || is === "unready" ? null : "true");
  const below = {
    unready: cue && say(overrides(cue.number) ? "hands.go_again" : "hands.go_unready", { cue: called(cue) }),
    offline: say("hands.go_offline"),
    deaf: say("hands.go_deaf"),
    ready: cue && called(cue),
    nothing: say("hands.go_nothing"),
  };
  put(byId("go-cue"), below[is]);
  mark(button, "data-long", below[is].length > LONG ? "" : null);
  button.title = cue ? [say("hands.go_cue", { cue: `${called(cue)} ${cue.name}` }), ...state.go.unready].join(". ") : "";
}
