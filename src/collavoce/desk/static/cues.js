// The cue now: last fired, the standby, the next ones.

import { byId, el, mark, put, shape, signed } from "./dom.js";
import { called, callSign, cueOf, plan, titleIn } from "./plan.js";
import { say } from "./words.js";

const LONG = 9; // letters of a call sign that fit in the largest type

export function firedBy({ by, ms, times }) {
  return [
    by && say("cues.by", { by }),
    typeof ms === "number" && say("cues.ms", { ms: ms < 10 ? ms.toFixed(1) : Math.round(ms) }),
    times > 1 && say("cues.times", { times }),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function showCues(state, start) {
  showLast(state);
  showStandby(state, start);
  const nexts = state.next.map(cueOf).filter(Boolean);
  byId("next").replaceChildren(
    ...nexts.map((cue) =>
      el(
        "li",
        { "data-dept": cue.department },
        el("span", { class: "number" }, ...callSign(cue)),
        el("span", { class: "name", title: cue.name }, cue.name),
        el("span", { class: "when" }, cue.when),
      ),
    ),
  );
}

function showLast(state) {
  const cue = state.last && cueOf(state.last.cue);
  const text = cue
    ? [`${called(cue)} ${cue.name}`, firedBy({ ...state.last, times: 1 })].filter(Boolean).join(" · ")
    : say("cues.none_fired");
  put(byId("last"), text);
  byId("last").title = text;
  // The line is cut at its end: what did not arrive stands first.
  const sent = state.last?.sent ?? [];
  const lost = sent.filter(astray);
  const words = [...lost, ...sent.filter((one) => !astray(one))].map(sending).join(", ");
  const went = lost.length ? `${plan.signs["time.over"].shape} ${words}` : words;
  put(byId("went"), went);
  mark(byId("went"), "data-tone", lost.length ? "doubt" : null);
  byId("went").title = went;
}

const astray = ({ problem, ok }) => Boolean(problem) || !ok;

// What left, and whether the other end answered.
export function sending({ to, what, problem, answer, ok }) {
  if (problem) return say("history.not_sent", { to, what, problem });
  if (answer === null) return say("history.sent", { to, what });
  return say(ok ? "history.answered" : "history.answered_badly", { to, what, answer });
}

function showStandby(state, start) {
  const node = byId("standby");
  const cue = cueOf(state.standby);
  const now = JSON.stringify([state.standby, state.cues[state.standby], state.people.exits, state.go]);
  if (node.dataset.was === now) return;
  node.dataset.was = now;
  if (!cue) {
    node.removeAttribute("data-dept");
    node.replaceChildren(...nothing(state, start));
    return;
  }
  node.dataset.dept = cue.department;
  const exit = state.people.exits.find((way) => way.cue === cue.number);
  node.replaceChildren(
    el("span", { class: "what" }, say("cues.standby")),
    el("strong", { class: "number", title: called(cue), "data-long": called(cue).length > LONG }, ...callSign(cue)),
    el("p", { class: "name", title: cue.name }, cue.name),
    el("p", { class: "facts" }, ...facts(cue, state.cues[cue.number], exit)),
    ...unready(state).map((why) => el("p", { class: "unready" }, signed({ ...plan.signs["standby.not_clear"], word: why }))),
  );
}

// Whoever was called to the standby says it in their own line below.
function unready(state) {
  const people = state.called[state.standby]?.people ?? [];
  return people.some(({ sign }) => sign.is === "standby.not_clear") ? [] : state.go.unready;
}

function facts(cue, now, exit) {
  const parts = [el("span", {}, cue.when)];
  if (cue.crews) parts.push(el("span", {}, say("cues.crews", { letters: cue.crews.join(", ") })));
  if (cue.hazard) parts.push(signed({ ...plan.signs["hazard.said"], word: say("hazard.by_operator", cue) }));
  if (now?.restricted) parts.push(signed({ ...plan.signs["cue.restricted"], word: say("cues.restricted", { cue: cue.number }) }));
  if (now?.off) parts.push(signed(plan.signs["cue.disarmed"]));
  if (cue.exit) parts.push(el("span", {}, say("cues.exit", cue.exit)));
  if (exit) parts.push(signed(exit.sign));
  if (exit && exit.sign.is !== "exit.off") parts.push(countdown(exit.off_at));
  if (now?.is === "cue.offered") {
    parts.push(signed({ ...plan.signs["cue.offered"], word: say("cues.offered") }));
  } else if (now?.is === "cue.due") {
    parts.push(el("span", { class: "sign" }, shape(plan.signs["cue.due"].shape), due(now)));
  }
  return parts;
}

export function countdown(at) {
  if (at === null) return el("span", { class: "left" }, say("people.unknown"));
  return el("span", { class: "left", "data-until": at, "data-say": "people.off_in", "data-then": "people.off_now" });
}

export function due(now) {
  const word = el("span");
  if (now.due_at !== undefined) Object.assign(word.dataset, { until: now.due_at, say: "cues.due_in" });
  else word.append(plan.signs["cue.due"].word);
  return word;
}

function nothing(state, start) {
  const next = state.go.start;
  const title = next && titleIn(state.set, next);
  const ended = state.rail.number !== null;
  const text = !ended ? say("cues.nothing") : say(next ? "cues.end_of_number" : "cues.end_of_show");
  return [
    el("p", { class: "name" }, text),
    next &&
      el(
        "button",
        { type: "button", onclick: () => start(next) },
        say("cues.start", { title }),
      ),
  ].filter(Boolean);
}
