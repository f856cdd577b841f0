// The caller's page: one stream in, each part told what is its own.

import { openAbout, showAbout } from "./about.js";
import { showArrival } from "./arrival.js";
import { showCues } from "./cues.js";
import { beat, dayClock } from "./clock.js";
import { buildDialogs, tickPairing } from "./dialogs.js";
import { byId, mark, put } from "./dom.js";
import { buildEdits, showEdits } from "./edits.js";
import { listen } from "./feed.js";
import * as hands from "./hands.js";
import { buildHistory, showHistory } from "./history.js";
import { buildKeys } from "./keys.js";
import { buildLine, showLine } from "./line.js";
import { buildLineDialogs, openReport, showDialogs } from "./line_dialogs.js";
import { buildList, keepInView, showList } from "./list.js";
import { showMissing } from "./missing.js";
import { buildMonitor, showFollower, showMachine } from "./monitor.js";
import { fit, showFlags, showNumber, showPlace } from "./music.js";
import { showPeople } from "./people.js";
import { buildPlacing } from "./placing.js";
import { called, cueOf, learnPlan, plan } from "./plan.js";
import { showRail } from "./rail.js";
import { buildSetList, showOver, showSet } from "./setlist.js";
import { Stage } from "./stage.js";
import { showStandbys } from "./standby.js";
import { applyLight, buildLight } from "./taste.js";
import { runClocks } from "./ticker.js";
import { buildTimers, showTimers, tickTimers } from "./timers.js";
import { learn, say } from "./words.js";

const ALOUD_EVERY_MS = 3000;

let spoken = 0;
let toSay = "";
let dayTime = () => "";

async function showState(state) {
  if (state.plan !== plan.id) return location.reload(); // another show was opened on this desk
  showRail(state);
  showCues(state, hands.start);
  showList(state);
  showPeople(state);
  showLine(state);
  showDialogs(state);
  showSet(state);
  showMissing(state);
  showStandbys(state);
  showEdits(state);
  showTimers(state);
  showMachine(state);
  showAbout(state);
  showHistory(state);
  showArrival(state.arrival, dayTime);
  hands.showHands(state);
  const follow = byId("follow");
  mark(follow, "aria-pressed", String(state.rail.follow));
  put(follow, say(state.rail.follow ? "music.follow_on" : "music.follow_off"));
  put(byId("dark"), state.lights_out_at === null ? "" : say("stage.dark"));
  aloud(state);
  if (document.body.hasAttribute("data-loading")) performance.mark("whole");
  mark(document.body, "data-loading", null);
  await showNumber(state.rail.number);
  showFlags(state.cues);
  keepInView(state.standby);
}

// A screen reader is told what was fired and what stands by; never more often than it can speak.
function aloud(state) {
  const [last, standby] = [cueOf(state.last?.cue), cueOf(state.standby)];
  toSay = [
    state.rail.held ? state.rail.show.word : null,
    last && `${say("cue.fired")} ${called(last)}`,
    standby && `${say("cue.standby")} ${called(standby)}`,
    ...state.go.unready,
    ...state.missing.map((one) => one.words),
    ...state.hazards.map(({ cue, hazard, name }) => say("hazard.said_to", { cue, hazard, who: name ?? say("hazard.operator") })),
  ]
    .filter(Boolean)
    .join(", ");
  const wait = Math.max(0, spoken + ALOUD_EVERY_MS - performance.now());
  setTimeout(() => {
    if (performance.now() < spoken + ALOUD_EVERY_MS - 50) return;
    if (byId("aloud").textContent === toSay) return;
    spoken = performance.now();
    put(byId("aloud"), toSay);
  }, wait);
}

function showOffline(now) {
  const banner = byId("offline");
  banner.hidden = !now;
  put(banner, now ? `▲ ${say("offline.word")} ${say("offline.text", { time: dayTime() })}` : "");
  mark(document.body, "data-offline", now ? "" : null);
  hands.showOffline(now);
}

function showLocked() {
  byId("offline").hidden = false;
  put(byId("offline"), `▲ ${say("offline.locked")}`);
}

function buildHands() {
  const presses = {
    go: hands.go,
    "do-standby": hands.callStandby,
    "do-hold": hands.holdOrResume,
    "do-back": hands.back,
    "do-stop": hands.stop,
    follow: hands.follow,
  };
  for (const [id, act] of Object.entries(presses)) byId(id).addEventListener("click", () => act());
  buildPlacing();
}

applyLight();
await Promise.all([learn(), learnPlan()]);
dayTime = dayClock(plan.timezone);
const stage = new Stage(byId("stage"), plan.channels, say("stage.none"));
buildList(hands.pointTo, openAbout);
buildHands();
buildDialogs();
buildSetList();
buildEdits();
buildTimers();
buildHistory();
buildMonitor();
buildLine(plan.timezone, openReport);
buildLineDialogs();
buildKeys();
buildLight(byId("light"));
new ResizeObserver(fit).observe(byId("page"));
runClocks(dayTime, () => {
  tickPairing();
  tickTimers();
});
listen("/events", {
  heard: {
    beat: ({ at, day }) => beat(at, day),
    state: showState,
    times: showOver,
    music: (place) => {
      showPlace(place);
      showFollower(place);
    },
    stage: ({ levels }) => stage.show(levels),
  },
  offline: showOffline,
  locked: showLocked,
});
