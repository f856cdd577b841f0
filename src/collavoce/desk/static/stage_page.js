// The stage on a screen of its own; auditions are drawn here, and leave the house nowhere.

import { byId, el, mark, put } from "./dom.js";
import { beat, known, realSeconds, showNow } from "./clock.js";
import { listen } from "./feed.js";
import { ask } from "./orders.js";
import { called, cueOf, learnPlan, plan } from "./plan.js";
import { Stage } from "./stage.js";
import { applyLight } from "./taste.js";
import { learn, say } from "./words.js";

const SHOWN_S = 8; // an audition, after its fade; then the stage is as received again

let received = [];
let audition = null;
let timer = 0;

applyLight();
await Promise.all([learn(), learnPlan()]);
const stage = new Stage(byId("stage"), plan.channels, say("stage.none"));
byId("audition-cues").append(...plan.cues.map((cue) => el("option", { value: cue.number }, `${called(cue)} ${cue.name}`)));
byId("audition-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await ask("Audition", { cue: byId("audition-cue").value.trim() });
  if (answer.kept === undefined) put(byId("auditioned"), answer.refused ?? say("hands.not_sent"));
});

function showAudition(now) {
  const key = JSON.stringify(now);
  if (key === showAudition.was || (now && !known())) return;
  showAudition.was = key;
  clearTimeout(timer);
  const left = now ? now.at + now.fade + SHOWN_S - showNow() : 0;
  audition = left > 0 ? now : null;
  if (audition) timer = setTimeout(end, 1000 * realSeconds(left));
  draw();
}

function end() {
  audition = null;
  draw();
}

function draw() {
  mark(document.body, "data-audition", audition ? "" : null);
  const cue = audition && cueOf(audition.cue);
  put(byId("auditioned"), cue ? say("audition.now", { cue: `${called(cue)} ${cue.name}`, does: audition.does.join("; ") }) : "");
  const levels = [...received];
  for (const [channel, level] of audition?.levels ?? []) levels[channel] = level;
  stage.show(levels);
}

listen("/events", {
  heard: {
    beat: ({ at, day }) => beat(at, day),
    state: ({ lights_out_at: dark, audition: now }) => {
      put(byId("dark"), say(dark === null ? "stage.lit" : "stage.dark"));
      showAudition(now);
    },
    stage: ({ levels }) => {
      received = levels;
      draw();
    },
  },
  offline: (now) => {
    byId("offline").hidden = !now;
    put(byId("offline"), now ? `▲ ${say("offline.word")}` : "");
  },
  locked: () => put(byId("offline"), `▲ ${say("offline.locked")}`),
});
