// One cue, wholly: what fires it, what it does, what can be done with it, what became of it.

import { showNow } from "./clock.js";
import { byId, el, put, signed } from "./dom.js";
import { armOrDisarm, order, pointTo, tell } from "./hands.js";
import { historyOf } from "./history.js";
import { inHand } from "./list.js";
import { called, cueOf, plan } from "./plan.js";
import { say } from "./words.js";

const FADE_S = 3; // of "fade it out"; its own cue may say another

let state = null;
let shown = null;

export function showAbout(now) {
  state = now;
  if (byId("cue-dialog").open) draw();
}

export function openAbout(number = inHand()) {
  const cue = cueOf(number);
  if (!cue) return tell(say("cues.nothing"));
  shown = cue;
  draw();
  byId("cue-dialog").showModal();
  historyOf(cue.number, byId("cue-history"));
}

function draw() {
  const { number, name } = shown;
  const now = state.cues[number] ?? { is: "cue.to_come" };
  const key = JSON.stringify([number, now, state.edits.locked]);
  if (byId("cue-dialog").dataset.was === key) return;
  byId("cue-dialog").dataset.was = key;
  put(byId("cue-title"), `${called(shown)} ${name}`);
  byId("cue-state").replaceChildren(signed(plan.signs[now.is]), now.off ? signed(plan.signs["cue.disarmed"]) : "", now.restricted ? signed(plan.signs["cue.restricted"]) : "");
  byId("cue-facts").replaceChildren(...facts(shown));
  const focused = document.activeElement?.dataset.act;
  byId("cue-acts").replaceChildren(...acts(number, now));
  if (focused) byId("cue-acts").querySelector(`[data-act="${focused}"]`)?.focus();
}

function facts(cue) {
  const rows = [
    ["when", cue.when],
    ["inputs", cue.inputs?.join(", ")],
    ["needs", cue.needs?.join(", ")],
    ["pre", cue.pre && say("about.seconds", { seconds: cue.pre })],
    ["lead", cue.lead && say("about.seconds", { seconds: cue.lead })],
    ["hazard", cue.hazard && say("hazard.by_operator", cue)],
    ["crews", cue.crews?.join(", ")],
    ["does", cue.does?.join("; ")],
  ];
  return rows.filter(([, words]) => words).flatMap(([key, words]) => [el("dt", {}, say(`about.${key}`)), el("dd", {}, words)]);
}

function acts(number, now) {
  const act = (key, press) => el("button", { type: "button", "data-act": key, onclick: press }, say(`about.do_${key}`));
  const here = state.rail.number === shown.of;
  const parts = [
    here && act("point", () => pointTo(number)),
    here && (state.called[number] ? act("release", () => order("ReleaseStandby", { cue: number })) : act("call", () => order("CallStandby", { cue: number }))),
    act(now.off ? "arm" : "disarm", () => armOrDisarm(number)),
    act("audition", () => order("Audition", { cue: number })),
  ];
  const on = ["cue.running", "cue.due"].includes(now.is) || now.until > showNow();
  if (on && !now.paused) parts.push(act("pause", () => order("PauseCue", { cue: number })));
  if (now.is === "cue.paused") parts.push(act("resume", () => order("ResumeCue", { cue: number })));
  if (on || now.is === "cue.paused") parts.push(act("halt", () => order("HaltCue", { cue: number, fade: 0 })), act("fade", () => order("HaltCue", { cue: number, fade: FADE_S })));
  return parts.filter(Boolean);
}
