// Saying where the music is: by dragging it, by a bar, by the arrows, or back where it was.
// Nothing is sent before the finger lets go, or Enter; the follower then believes it.

import { byId, mark, put } from "./dom.js";
import { tell } from "./hands.js";
import { barOf, followPage, glide, here, placesAt, showGhost, starts } from "./music.js";
import { placeAt } from "./orders.js";
import { say } from "./words.js";

const MEANT_PX = 8; // a finger that only touches the marker has not dragged it
const EDGE = 0.12; // of the page: here the page glides along under a finger that holds still
const GLIDE_PX = 14;

let dragged = null; // { from, x, moved } while a pointer holds the marker
let chosen = null; // a quarter, while the keyboard chooses

export async function place(quarter) {
  const answer = await placeAt(quarter);
  const { bar, turn, passes } = answer.placed === undefined ? {} : barOf(answer.placed);
  const at = passes > 1 ? "music.placed_pass" : "music.placed";
  const done = quarter === null ? say("music.went_back") : say(at, { bar, turn });
  tell(answer.refused ?? (answer.lost ? say("hands.not_sent") : done));
}

export const goBack = () => place(null);

function words(quarter) {
  const { bar, beat, turn, passes } = barOf(quarter);
  const key = passes > 1 ? "music.choose_pass" : "music.choose";
  return say(key, { bar, beat, turn });
}

function show(quarter) {
  showGhost(quarter, quarter === null ? "" : words(quarter));
  const text = quarter === null ? null : say("music.chosen", { place: words(quarter) });
  if (text) mark(byId("marker"), "aria-valuetext", text);
}

// By a bar: "24", or "24 pass 2". A bar played more than once: the nearer time is meant.

function typed(event) {
  event.preventDefault();
  const field = byId("place-bar");
  const [, bar, turn] = /^(\S+?)(?:\s*(?:pass|\/)\s*(\d+))?$/i.exec(field.value.trim()) ?? [];
  const all = starts(bar);
  const found = turn ? all.filter((one) => one.turn === Number(turn)) : all;
  if (!all.length) return tell(say("music.no_such_bar", { bar: field.value.trim() }));
  if (!found.length) return tell(say("music.no_such_pass", { bar, turn }));
  place(found[0].start);
  field.value = "";
  field.blur();
}

// By dragging.

function grip(event) {
  if (event.button > 0) return;
  event.preventDefault();
  byId("marker").setPointerCapture(event.pointerId);
  dragged = { from: event.clientX, x: event.clientX, moved: false };
  followPage(false);
  requestAnimationFrame(alongEdge);
}

function drag(event) {
  if (!dragged) return;
  dragged.x = event.clientX;
  dragged.moved ||= Math.abs(event.clientX - dragged.from) > MEANT_PX;
  if (dragged.moved) show(placesAt(dragged.x));
}

function alongEdge() {
  if (!dragged) return;
  const { left, width } = byId("page").getBoundingClientRect();
  const at = (dragged.x - left) / width;
  const step = at < EDGE ? -GLIDE_PX : at > 1 - EDGE ? GLIDE_PX : 0;
  if (step && dragged.moved) {
    glide(step);
    show(placesAt(dragged.x));
  }
  requestAnimationFrame(alongEdge);
}

function letGo(keep) {
  if (!dragged) return;
  const quarter = keep && dragged.moved ? placesAt(dragged.x) : null;
  dragged = null;
  show(null);
  followPage(true);
  if (quarter !== null) place(quarter);
}

// By the arrows, while the place has the focus: bars, with Shift beats, up and down the passes.

function stepped(key, beats) {
  const from = chosen ?? here();
  const { start, turn, bar, index, unit, count, beat } = barOf(from);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const other = starts(bar).find((one) => one.turn === turn + (key === "ArrowUp" ? 1 : -1));
    return other ? other.start + (from - start) : from;
  }
  const step = key === "ArrowRight" ? 1 : -1;
  if (beats) return Math.max(0, start + ((Math.floor(beat + 1e-6) - barOf(start).beat + step) * 4) / unit);
  return barOf(null, Math.min(Math.max(index + step, 0), count - 1)).start;
}

function keyed(event) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || here() === null) return;
  if (key.startsWith("Arrow")) chosen = stepped(key, event.shiftKey);
  else if (key === "Enter" && chosen !== null) place(chosen);
  else if (key !== "Escape" || chosen === null) return;
  event.preventDefault();
  if (!key.startsWith("Arrow")) chosen = null;
  show(chosen);
  followPage(chosen === null);
}

function left() {
  if (chosen === null) return;
  chosen = null;
  show(null);
  followPage(true);
}

export function buildPlacing() {
  const marker = byId("marker");
  byId("placing").addEventListener("submit", typed);
  byId("go-back").addEventListener("click", goBack);
  marker.addEventListener("pointerdown", grip);
  marker.addEventListener("pointermove", drag);
  marker.addEventListener("pointerup", () => letGo(true));
  marker.addEventListener("pointercancel", () => letGo(false));
  marker.addEventListener("keydown", keyed);
  marker.addEventListener("blur", left);
  put(byId("ghost-words"), "");
}
