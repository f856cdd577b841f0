// My own press: felt, kept when the desk says so, and what comes of it.
//
// What the desk says about a press stands above what this page thinks of it.

import { insist, tell } from "./act.js";
import { announce } from "./heard.js";
import { asPress, freshPress, sendPress } from "./pressing.js";
import { PRESS } from "./signs.js";
import { sound } from "./sound.js";
import { data, nameOf, namesOf, put, say } from "./words.js";

const CANCEL_MS = 10_000;
const TAKEN_BACK_MS = 4000;
const LOOK_MS = 250;

const QUIET = new Set(["idle", "idle_alone", "felt", "taking_back"]);
const RESTING = new Set(["idle", "idle_alone", "refused", "taking_back", "taken_back"]);
const SENDING = new Set(["felt", "unsent"]);
const WAITING = new Set(["calling", "shown", "quiet", "unreached", "not_reached"]);

const by = (id) => document.getElementById(id);

let mine = null; // the press this page made and still looks after
let desk = null; // what the desk says of my press
let people = [];
let hasWord = false; // a press of mine is taken back by a word
let takingBack = null; // the id of a press whose cancel has not arrived yet
let takenBackAt = -TAKEN_BACK_MS;
let matter = "press"; // the press that is spoken of: its first word interrupts, no later one
let was = "";

/** Make the button press. */
export function startPress() {
  by("press-button").addEventListener("click", press);
  by("cancel").addEventListener("click", () => (hasWord ? askWord() : cancel("")));
  by("word-keep").addEventListener("click", giveWord);
  by("word").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    // The focus goes back to the press, and this very key must not press it.
    event.preventDefault();
    giveWord();
  });
  by("over").addEventListener("click", over);
  setInterval(draw, LOOK_MS);
  draw();
}

/** Take what the desk says of this person's press and circle. */
export function showPress(view, circle) {
  desk = view.is === "none" ? null : view;
  hasWord = view.word;
  by("press").dataset.takenBackBy = hasWord ? "word" : "";
  people = circle.order.filter((entry) => entry.is === "agreed").map((entry) => entry.id);
  if (mine && mine.is === "kept" && desk?.press === mine.press) mine.seen = true;
  // The desk was started again and knows the press but not the place: say it again.
  if (mine?.place && desk?.press === mine.press && desk.place !== mine.place && !desk.told) {
    desk.told = true;
    tell(asPress(mine));
  }
  if (mine?.seen && desk?.press !== mine.press) mine = null;
  draw();
}

const cancellable = () =>
  mine ? performance.now() - mine.at < CANCEL_MS : Boolean(desk?.cancel);

function press() {
  if (by("press-button").hasAttribute("aria-disabled")) return;
  takingBack = null;
  const it = freshPress(by("place")?.value ?? "");
  mine = it;
  draw();
  sendPress(it, draw, () => it === mine);
}

function askWord() {
  by("take-back").hidden = false;
  by("word").focus();
  draw();
}

function giveWord() {
  const word = by("word").value;
  if (!word.trim()) return put(by("word-says"), say("word_first"));
  by("word").value = "";
  return cancel(word);
}

async function cancel(word) {
  const it = mine;
  const id = mine?.press ?? desk?.press;
  if (!id) return;
  mine = null;
  takingBack = id;
  by("press-button").focus();
  draw();
  const answer = await insist({ type: "Cancel", press: id, word });
  takingBack = null;
  if (answer.kept) takenBackAt = performance.now();
  else {
    // Refused: the press stands, and this page looks after it again. In time it wants a word,
    // which another phone of mine may have set a moment ago.
    mine ??= it;
    if (cancellable()) askWord();
    put(by("word-says"), answer.why);
    announce(id, answer.why);
  }
  draw();
}

async function over() {
  const it = mine;
  const id = desk?.press ?? it?.press;
  mine = null;
  by("press-button").focus();
  draw();
  // One that was never answered may still be on its way: taken back, it finds itself so.
  if (it && it.is !== "kept" && it.press === id) await insist({ type: "Cancel", press: id });
  if (id) await insist({ type: "Over", press: id });
}

function standing() {
  if (takingBack) return "taking_back";
  const knows = desk && (!mine || desk.press === mine.press);
  if (mine?.is === "unrecorded" && desk?.is !== "coming" && desk?.is !== "arrived") return "unrecorded";
  if (performance.now() - takenBackAt < TAKEN_BACK_MS && !mine) return "taken_back";
  if (knows) return desk.is;
  if (mine) return mine.is === "kept" ? "calling" : mine.is;
  return people.length ? "idle" : "idle_alone";
}

function draw() {
  const is = standing();
  const who = desk?.who.length ? desk.who : people.slice(0, 1);
  const words = say(is, { who: namesOf(who), number: data.emergency, why: mine?.why ?? "" });
  const { shape, tone, mood } = PRESS[is];
  const resting = RESTING.has(is);
  matter = mine?.press ?? desk?.press ?? matter;
  const busy = !resting && is !== "arrived" && cancellable();
  Object.assign(by("press").dataset, { is, mood });
  put(by("press-says"), words, shape);
  put(by("press-ways"), ways(is));
  put(
    by("press-button"),
    say(resting ? "button" : SENDING.has(is) ? "button_sending" : busy ? "button_calling" : "button_again"),
  );
  // Present or absent: a button that can be pressed is not read out as "not disabled".
  by("press-button").toggleAttribute("aria-disabled", busy);
  if (busy) by("press-button").setAttribute("aria-disabled", "true");
  if (!busy) reveal(by("take-back"), false);
  reveal(by("cancel"), busy && by("take-back").hidden);
  reveal(by("over"), !resting && !busy);
  if (is !== was) {
    was = is;
    if (tone) sound(tone);
    if (!QUIET.has(is)) announce(matter, words);
  }
}

/** What went out by other ways, while nobody has answered. Accepted is never "shown". */
function ways(is) {
  if (!WAITING.has(is)) return "";
  return (desk?.ways ?? [])
    .map(({ to, channel, fate }) => say(`way_${fate}`, { who: nameOf(to), way: say(`channel_${channel}`) }))
    .join(" ");
}

/** Show or hide a part without losing the focus that stood in it. */
function reveal(node, shown) {
  if (node.hidden === !shown) return;
  const held = node.contains(document.activeElement);
  node.hidden = !shown;
  if (held) by("press-button").focus();
}
