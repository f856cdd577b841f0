// The follower in a line: how the music came to where it is, what it cost, how to take it back.

import { known, realSeconds, showNow } from "./clock.js";
import { byId, el, mark, put } from "./dom.js";
import { place } from "./placing.js";
import { say } from "./words.js";

let seen = null;
let timer = 0;

export function showArrival(arrival, dayTime) {
  const now = JSON.stringify(arrival);
  if (seen === now || (arrival && !known())) return;
  seen = now;
  put(byId("came-words"), arrival ? words(arrival, dayTime) : "");
  put(byId("came-cues"), arrival?.cues ?? "");
  mark(byId("came-cues"), "title", arrival?.cues || null);
  put(byId("unmet"), (arrival?.unmet ?? []).join(", "));
  mark(byId("came"), "data-is", arrival?.is ?? null);
  byId("passes").replaceChildren(...(arrival?.passes ?? []).map(pass));
  offerWayBack(arrival?.back_until ?? null);
}

// The time of day once: worked out again with each state it would waver by a second.
function words({ text, at }, dayTime) {
  const ago = 1000 * realSeconds(showNow() - at);
  return say("music.since", { text, time: dayTime(new Date(Date.now() - ago)) });
}

function pass({ turn, quarter }) {
  return el(
    "button",
    { type: "button", "aria-label": say("music.pass_instead_long", { turn }), onclick: () => place(quarter) },
    say("music.pass_instead", { turn }),
  );
}

function offerWayBack(until) {
  clearTimeout(timer);
  const left = until === null ? 0 : 1000 * realSeconds(until - showNow());
  byId("go-back").hidden = left <= 0;
  byId("passes").hidden = left <= 0;
  if (left > 0) timer = setTimeout(() => offerWayBack(until), left + 50);
}
