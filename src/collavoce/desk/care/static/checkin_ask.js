// The question after the show, and what others let me know: they stand until somebody is done with them.

import { freshId, insist, tell } from "./act.js";
import { answered } from "./forms.js";
import { murmur } from "./heard.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const SAID = ["fine", "tired", "later", "alone", "come"];
const COME = 5;

const by = (id) => document.getElementById(id);
let stands = false;
let sending = false;
let key = ""; // of an answer that is not kept yet: however often it is sent, it is told once

/** Make the five buttons answer; `then` once an answer was kept. */
export function startAsk(then = () => {}) {
  for (const one of by("checkin").querySelectorAll("button")) {
    one.addEventListener("click", () => give(Number(one.value), then));
  }
}

/** Take whether the question stands. It is said once, politely, and nothing runs out. */
export function showAsk(now) {
  if (now === stands) return;
  stands = now;
  if (now) {
    put(by("checkin-says"), "");
    by("checkin-says").hidden = true;
    murmur(say("checkin_asked"));
  }
  hide(!now);
}

async function give(said, then) {
  if (sending) return;
  // The press is felt at once and goes its own way; that it was the answer is said besides.
  if (said === COME) by("press-button").click();
  sending = true;
  key ||= freshId();
  const answer = await insist({ type: "SayCheckIn", said, key });
  const words = answer.kept ? say(`checkin_kept_${SAID[said - 1]}`) : answer.why || say("checkin_not_kept");
  put(by("checkin-says"), words);
  by("checkin-says").hidden = false;
  // Where the focus was on a button that goes, it goes to these words, and they are read by that;
  // never to the press, which the next touch of the same key would press.
  const held = answer.kept && by("checkin").contains(document.activeElement);
  if (held) by("checkin-says").focus();
  else murmur(words);
  sending = false;
  if (!answer.kept) return;
  key = "";
  stands = false;
  hide(true);
  then();
}

function hide(now) {
  if (now && by("checkin").contains(document.activeElement)) {
    if (!by("checkin-says").textContent) put(by("checkin-says"), say("checkin_no_more"));
    by("checkin-says").hidden = false;
    by("checkin-says").focus();
  }
  by("checkin").hidden = now;
}

/** Take what others let me know: [{key, who, said, at}]. */
export function showTold(told = []) {
  const known = new Set([...by("told-list").children].map((node) => node.dataset.key));
  const fresh = told.filter((one) => !known.has(one.key));
  by("told").hidden = told.length === 0;
  keyed(by("told-list"), told.map((one) => [one.key, one]), makeTold, (item, one) => put(item.firstChild, inWords(one)));
  if (fresh.length) murmur(fresh.map(inWords).join(" "));
}

function makeTold(one) {
  const item = element("li", "row");
  const away = button("", say("checkin_put_away"), async () => {
    const answer = await tell({ type: "PutTold", key: one.key });
    put(by("told-says"), answer.kept ? "" : answered(answer));
  });
  away.setAttribute("aria-label", say("checkin_put_away_of", { who: nameOf(one.who) }));
  item.append(element("span", "who"), away);
  return item;
}

const inWords = ({ who, said, at }) => say("checkin_told", { who: nameOf(who), said: say(`checkin_${said}`), at: atHour(at) });

/** A moment as people say it: its hour, and its day unless it is today. */
export function atHour(seconds) {
  const at = new Date(seconds * 1000);
  const hour = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return at.toDateString() === new Date().toDateString() ? hour : `${at.toLocaleDateString()} ${hour}`;
}
