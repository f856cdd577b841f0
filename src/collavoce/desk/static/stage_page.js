// The stage on a screen of its own.

import { byId, put } from "./dom.js";
import { listen } from "./feed.js";
import { learnPlan, plan } from "./plan.js";
import { Stage } from "./stage.js";
import { applyLight } from "./taste.js";
import { learn, say } from "./words.js";

applyLight();
await Promise.all([learn(), learnPlan()]);
const stage = new Stage(byId("stage"), plan.channels, say("stage.none"));
listen("/events", {
  heard: {
    beat: () => {},
    state: ({ lights_out_at: dark }) => put(byId("dark"), say(dark === null ? "stage.lit" : "stage.dark")),
    stage: ({ levels }) => stage.show(levels),
  },
  offline: (now) => {
    byId("offline").hidden = !now;
    put(byId("offline"), now ? `▲ ${say("offline.word")}` : "");
  },
  locked: () => put(byId("offline"), `▲ ${say("offline.locked")}`),
});
