// The standby that was called: who is ready, who is not clear and why; hazards and their word.

import { byId, el, fill, signed } from "./dom.js";
import { order } from "./hands.js";
import { called, cueOf, plan } from "./plan.js";
import { say } from "./words.js";

export function showStandbys(state) {
  const call = state.called[state.standby];
  const rows = call ? call.people.map((one) => answerRow(state.standby, one)) : [];
  if (call && !rows.length) rows.push(el("li", { class: "what" }, say("standby.nobody")));
  fill("called", [state.standby, call ?? null, call ? null : Object.keys(state.called).map((number) => state.cues[number]?.restricted)], call ? rows : others(state));
  fill("hazards", state.hazards, state.hazards.map(hazardRow));
}

// Called cues that are not the standby: said, so that nobody is forgotten who waits.
function others(state) {
  return Object.entries(state.called).map(([number, { people }]) => {
    const cue = cueOf(number);
    const out = people.filter(({ sign }) => sign.is !== "standby.ready").length;
    const text = say(out ? "standby.other_open" : "standby.other", { cue: cue ? called(cue) : number, count: out });
    const noted = state.cues[number]?.restricted && signed({ ...plan.signs["cue.restricted"], word: say("cues.restricted", { cue: number }) });
    return el("li", { class: "what" }, text, noted || null);
  });
}

function answerRow(cue, { person, name, letters, reason, sign }) {
  const press = (type, fields) => () => order(type, { cue, person, ...fields });
  const button = (key, act) =>
    el("button", { type: "button", "aria-label": say(`standby.${key}_who`, { name }), onclick: act }, say(`standby.${key}`));
  return el(
    "li",
    { "data-dept": letters || null },
    letters ? el("b", { class: "dept" }, letters) : null,
    el("span", { class: "name", title: name }, name),
    signed(sign),
    reason ? el("span", { class: "why", title: reason }, reason) : null,
    sign.is === "standby.ready" ? null : button("heard", press("Acknowledge")),
    sign.is === "standby.not_clear" ? null : button("heard_not", press("NotClear", { reason: say("people.said_aloud") })),
  );
}

function hazardRow({ cue, hazard, person, name }) {
  const which = cueOf(cue);
  const who = name ?? say("hazard.operator");
  const text = say("hazard.said_to", { cue: which ? called(which) : cue, hazard, who });
  const said = (done) => () => order("ConfirmHazard", { cue, person, done });
  return el(
    "li",
    {},
    signed({ ...plan.signs["hazard.said"], word: text }),
    el("button", { type: "button", "aria-label": say("hazard.done_who", { who, cue }), onclick: said(true) }, say("hazard.done")),
    el("button", { type: "button", "aria-label": say("hazard.not_done_who", { who, cue }), onclick: said(false) }, say("hazard.not_done")),
  );
}
