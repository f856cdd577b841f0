// The press: felt at once, kept when the desk says so, and what comes of it.
//
// A press lives in this page's memory with its id until the desk has kept it; sent again with the
// same id it is still one press. What the desk then says about that id stands above what the page
// thinks.

import { freshId, insist, pause, tell } from "./act.js";
import { announce } from "./heard.js";
import { sound } from "./sound.js";
import { data, namesOf, put, say } from "./words.js";

const CANCEL_MS = 10_000;
const UNSENT_MS = 3000;
const REWRITE_MS = 5000;
const TAKEN_BACK_MS = 4000;

// state -> [shape, tone]; the words are the catalogue's, the colour is the style sheet's.
const SIGNS = {
  idle: ["○", null],
  idle_alone: ["○", null],
  felt: ["◔", null],
  unsent: ["▲", "lost"],
  unrecorded: ["▲", "lost"],
  refused: ["▲", "lost"],
  calling: ["●", "kept"],
  shown: ["◉", "kept"],
  quiet: ["?", "kept"],
  unreached: ["▲", "lost"],
  alone: ["▲", "lost"],
  coming: ["▶", "coming"],
  not_reached: ["▲", "lost"],
  arrived: ["✓", "coming"],
  taking_back: ["◔", null],
  taken_back: ["✓", "done"],
};
const QUIET = new Set(["idle", "idle_alone"]);
const RESTING = new Set(["idle", "idle_alone", "refused", "taking_back", "taken_back"]);
const SENDING = new Set(["felt", "unsent"]);

const by = (id) => document.getElementById(id);

let mine = null; // {press, at, place, is, why}: the press this page made and still looks after
let desk = null; // what the desk says of my press
let people = [];
let takingBack = null; // the id of a press whose cancel has not arrived yet
let takenBackAt = -TAKEN_BACK_MS;
let was = "";

/** Make the button press. */
export function startPress() {
  by("press-button").addEventListener("click", press);
  by("cancel").addEventListener("click", cancel);
  by("over").addEventListener("click", over);
  setInterval(draw, 250);
  draw();
}

/** Take what the desk says of this person's press and circle. */
export function showPress(view, circle) {
  desk = view.is === "none" ? null : view;
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

const asPress = (it) => ({
  type: "Press",
  press: it.press,
  ago: (performance.now() - it.at) / 1000,
  place: it.place,
});

const cancellable = () =>
  mine ? performance.now() - mine.at < CANCEL_MS : Boolean(desk?.cancel);

function press() {
  if (by("press-button").getAttribute("aria-disabled") === "true") return;
  takingBack = null;
  mine = { press: freshId(), at: performance.now(), place: by("place")?.value ?? "", is: "felt" };
  sound("felt");
  draw();
  send(mine);
}

async function send(it) {
  const wanted = () => it === mine;
  setTimeout(() => {
    if (wanted() && it.is === "felt") it.is = "unsent";
    draw();
  }, UNSENT_MS);
  while (wanted()) {
    const answer = await insist(() => asPress(it), wanted);
    if (!answer || !wanted()) return;
    it.why = answer.why;
    it.is = answer.kept ? "kept" : answer.done ? "unrecorded" : "refused";
    draw();
    if (it.is !== "unrecorded") return;
    await pause(REWRITE_MS);
  }
}

async function cancel() {
  const id = mine?.press ?? desk?.press;
  if (!id) return;
  mine = null;
  takingBack = id;
  by("press-button").focus();
  draw();
  const answer = await insist({ type: "Cancel", press: id });
  takingBack = null;
  if (answer.kept) takenBackAt = performance.now();
  else announce(`cancel ${id}`, answer.why);
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
  const [shape, tone] = SIGNS[is];
  const resting = RESTING.has(is);
  const busy = !resting && is !== "arrived" && cancellable();
  by("press").dataset.is = is;
  put(by("press-says"), words, shape);
  put(
    by("press-button"),
    say(resting ? "button" : SENDING.has(is) ? "button_sending" : busy ? "button_calling" : "button_again"),
  );
  by("press-button").setAttribute("aria-disabled", String(busy));
  reveal(by("cancel"), busy);
  reveal(by("over"), !resting && !busy);
  if (is !== was) {
    was = is;
    if (tone) sound(tone);
    if (!QUIET.has(is) && is !== "felt") announce(mine?.press ?? desk?.press ?? "press", words);
  }
}

/** Show or hide a button without losing the focus that stood on it. */
function reveal(node, shown) {
  if (node.hidden === !shown) return;
  const held = document.activeElement === node;
  node.hidden = !shown;
  if (held) by("press-button").focus();
}
