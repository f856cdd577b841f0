// A crew member's phone as a cue light: STANDBY and GO big, by colour, word, shape, tone and pulse.

import { byId, el, fill, mark, put } from "./dom.js";
import { beat, known, length, showNow } from "./clock.js";
import { Light } from "./cue_light.js";
import { listen } from "./feed.js";
import { askAsCrew } from "./orders.js";
import { applyLight } from "./taste.js";
import { know, say } from "./words.js";

const GO_S = 5; // how long a GO stands on the page
const HOLD_MS = 800; // a finger that rests this long says "not clear"
const TICK_MS = 250;

let crew = null;
let due = { cue: null, due_at: null };
let offline = true;
let told = new Set();
let pressed = 0;
let held = false;

const light = new Light();

const calledOf = ({ department, cue }) => `${department} ${cue}`;

// What matters most: GO just said, then what is asked and unanswered, then what was answered.
function now() {
  if (offline) return ["offline", null];
  const open = crew.standbys.find(({ said }) => said === "asked");
  const ago = crew.go && known() ? showNow() - crew.go.at : Infinity;
  if (ago < GO_S && !(open?.at > crew.go.at)) return ["go", crew.go];
  if (open) return ["asked", open];
  const answered = crew.standbys.at(-1);
  if (answered) return [answered.said, answered];
  return [crew.held ? "held" : "nothing", null];
}

function show() {
  if (!crew) return;
  const [is, cue] = now();
  mark(document.body, "data-is", is);
  put(byId("word"), say(`crew.word.${is}`));
  put(byId("shape"), say(`crew.shape.${is}`));
  put(byId("cue"), cue ? calledOf(cue) : "");
  put(byId("name"), [cue?.name, cue?.hazard && say("crew.hazard", cue), cue?.reason].filter(Boolean).join(" · "));
  put(byId("how"), ["asked", "ready", "not_clear"].includes(is) ? say(`crew.how.${is}`) : "");
  byId("answers").hidden = !["asked", "ready", "not_clear"].includes(is);
  byId("ready").hidden = is === "ready";
  const { next } = crew;
  put(byId("next"), next ? `${calledOf(next)} ${next.name}` : say("crew.no_next"));
  const at = next && due.cue === next.cue ? due.due_at : null;
  put(byId("left"), at === null || !known() ? "" : say("crew.in", { time: length(at - showNow()) }));
  fill("hazards", crew.hazards, crew.hazards.map(hazard));
  announce(is, cue);
}

// Once for each: a page that is drawn again every second must not sound every second.
function announce(is, cue) {
  const key = cue ? `${is} ${cue.cue} ${cue.at}` : is;
  if (told.has(key)) return;
  told = new Set([...told].filter((one) => !["nothing", "offline", "held"].includes(one)).slice(-50));
  told.add(key);
  light.sound(is);
  const words = cue ? `${say(`crew.word.${is}`)} ${calledOf(cue)}. ${cue.name}` : say(`crew.word.${is}`);
  put(byId("aloud"), words);
}

function hazard(cue) {
  const said = (done) => () => answer("ConfirmHazard", { cue: cue.cue, done });
  return el(
    "li",
    {},
    el("p", {}, `▲ ${say("crew.hazard_fire", { ...cue, cue: calledOf(cue) })}`),
    el("button", { type: "button", onclick: said(true) }, say("crew.hazard_done")),
    el("button", { type: "button", onclick: said(false) }, say("crew.hazard_not")),
  );
}

async function answer(type, fields) {
  if (offline) return put(byId("said"), say("crew.not_sent"));
  const { person } = document.body.dataset;
  const { kept, refused } = await askAsCrew(type, { person, ...fields });
  put(byId("said"), kept === undefined ? (refused ?? say("crew.not_sent")) : "");
  return undefined;
}

function target() {
  const [is, cue] = now();
  return ["asked", "ready", "not_clear"].includes(is) ? { is, cue: cue.cue } : null;
}

function ready() {
  const at = target();
  if (at && at.is !== "ready") answer("Acknowledge", { cue: at.cue });
}

function notClear(reason) {
  const at = target();
  if (at) answer("NotClear", { cue: at.cue, reason });
}

// A touch anywhere answers "ready"; a finger that rests says "not clear". Buttons say the same.
function buildPanel() {
  const panel = byId("panel");
  panel.addEventListener("pointerdown", () => {
    held = false;
    clearTimeout(pressed);
    pressed = setTimeout(() => {
      held = true;
      notClear(byId("why").value);
    }, HOLD_MS);
  });
  for (const kind of ["pointerup", "pointercancel", "pointerleave"]) panel.addEventListener(kind, () => clearTimeout(pressed));
  panel.addEventListener("contextmenu", (event) => event.preventDefault());
  panel.addEventListener("click", () => {
    if (!held) ready();
    held = false;
  });
  byId("ready").addEventListener("click", ready);
  byId("not-clear").addEventListener("click", () => notClear(byId("why").value));
}

know(JSON.parse(byId("words").dataset.words));
applyLight();
buildPanel();
light.build(byId("sound"));
setInterval(show, TICK_MS);
listen("/phone/events", {
  probe: "/crew/who",
  heard: {
    beat: ({ at, day }) => beat(at, day),
    state: (state) => {
      crew = state.crew ?? { standbys: [], hazards: [], go: null, next: null, held: false, departments: [] };
      show();
    },
    due: (view) => {
      due = view;
      show();
    },
  },
  offline: (is) => {
    offline = is;
    mark(byId("link"), "data-tone", is ? "danger" : "quiet");
    put(byId("link"), is ? `▲ ${say("crew.offline")}` : `● ${say("crew.connected")}`);
    if (crew) show();
    else mark(document.body, "data-is", is ? "offline" : "loading");
  },
  locked: () => put(byId("said"), say("phones.not_paired")),
});
