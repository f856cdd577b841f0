// GO and its smaller neighbours. What cannot be done is said where the hand is.

import { byId, mark, put } from "./dom.js";
import { known, realSeconds, showNow } from "./clock.js";
import { ask } from "./orders.js";
import { called, cueOf, plan } from "./plan.js";
import { say } from "./words.js";

const STOP_ARMED_MS = 3000;
const LONG = 9;
const SAID_MS = 10000;

let state = null;
let offline = true;
let deafUntil = 0;
let stopArmed = 0;
let saidTimer = 0;

export function tell(text) {
  put(byId("said"), text);
  clearTimeout(saidTimer);
  if (text) saidTimer = setTimeout(() => put(byId("said"), ""), SAID_MS);
}

// Sends, and says what came of it; true if it was kept.
export async function order(type, fields) {
  if (offline) {
    tell(say("hands.not_sent"));
    return false;
  }
  const answer = await ask(type, fields);
  if (answer.lost) tell(say("order.unanswered"));
  else tell(answer.refused ?? "");
  return answer.kept !== undefined;
}

export async function go() {
  const cue = state?.go.cue ?? null;
  if (offline) return tell(say("hands.not_sent"));
  if (performance.now() < deafUntil) return tell(say("hands.deaf_now", { guard: plan.guard }));
  if (cue === null) return tell(say("cues.nothing"));
  beDeaf(1000 * realSeconds(plan.guard));
  if (!(await order("Go", { cue }))) {
    deafUntil = 0;
    showGo();
  }
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

export function stop() {
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

function showStop() {
  const armed = performance.now() < stopArmed;
  mark(byId("do-stop"), "data-armed", armed ? "" : null);
  put(byId("do-stop").firstElementChild, say(armed ? "hands.stop_again" : "hands.stop"));
}

export function showHands(now) {
  state = now;
  const { held } = now.rail;
  mark(document.body, "data-held", held ? "" : null);
  put(byId("do-hold").firstElementChild, say(held ? "hands.resume" : "hands.hold"));
  mark(byId("do-hold"), "aria-pressed", String(held));
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
  const is = offline ? "offline" : deaf ? "deaf" : cue ? "ready" : "nothing";
  mark(button, "data-is", is);
  mark(button, "aria-disabled", is === "ready" ? null : "true");
  const below = {
    offline: say("hands.go_offline"),
    deaf: say("hands.go_deaf"),
    ready: cue && called(cue),
    nothing: say("hands.go_nothing"),
  };
  put(byId("go-cue"), below[is]);
  mark(button, "data-long", below[is].length > LONG ? "" : null);
  button.title = cue ? say("hands.go_cue", { cue: `${called(cue)} ${cue.name}` }) : "";
}
