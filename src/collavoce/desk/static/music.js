// The music: the engraved page, the place in it, the cues as flags on their beats.

import { byId, drawing, mark, put, putSign } from "./dom.js";
import { length } from "./clock.js";
import { Flags } from "./flags.js";
import { called, cueOf, numberOf } from "./plan.js";
import { say } from "./words.js";

const AT = 1 / 3; // the current bar stands here, measured from the left
const LATEST = 0.85; // a very long bar moves on before the marker leaves the page
const TALLEST = 1.5; // times its natural size

const flags = new Flags(byId("flags"));
let geometry = null;
let number = null;
let last = null;
let scale = 1;
let left = 0; // how far the page has walked, px
let walks = true; // false while somebody chooses a place on it

export async function showNumber(id) {
  if (id === number) return;
  number = id;
  geometry = null;
  const body = document.body.dataset;
  if (!numberOf(id)?.score) {
    body.music = "none";
    return;
  }
  body.music = "loading";
  try {
    const path = `/engraving/${encodeURIComponent(id)}`;
    const answers = await Promise.all([fetch(`${path}.json`), fetch(`${path}.svg`)]);
    if (!answers.every(({ ok }) => ok)) throw new Error("not there");
    const [places, svg] = [await answers[0].json(), drawing(await answers[1].text())];
    if (number !== id) return; // another number was started meanwhile
    geometry = places;
    byId("written").replaceChildren(svg);
    body.music = "page";
    flags.build(id, geometry, xOf);
    fit();
  } catch {
    body.music = "none";
    byId("said").textContent = say("music.broken");
  }
}

export const showFlags = (cues) => flags.show(cues);

export function showPlace(place) {
  last = place;
  putSign(byId("follower"), place.sign);
  put(byId("bar"), place.bar ?? say("music.no_bar"));
  put(byId("beat"), place.beat === null ? say("music.no_bar") : String(place.beat));
  put(byId("turn"), place.turn > 1 ? say("music.turn", { turn: place.turn }) : "");
  put(byId("tempo"), place.tempo === null ? "" : say("music.tempo", { tempo: place.tempo }));
  const percent = Math.round(100 * place.confidence);
  put(byId("notice"), place.notice);
  put(byId("sure"), place.sure === null ? "" : say("music.sure", { word: place.sure, percent }));
  put(byId("due"), due(place.next));
  put(byId("left"), place.remaining === null ? "" : say("music.left", { time: length(place.remaining) }));
  move();
}

export function placeWords() {
  if (!last || last.bar === null) return "";
  return `${say("music.bar")} ${last.bar} ${say("music.beat")} ${last.beat}`;
}

function due(next) {
  const cue = next && cueOf(next.cue);
  if (!cue) return "";
  const [time, give] = [length(next.in), next.give.toFixed(1)];
  const key = next.in < 0.5 ? "music.next_soon" : "music.next";
  return say(key, { cue: called(cue), time, give });
}

const bars = () => numberOf(number)?.bars ?? [];

const distance = (quarter) => Math.abs(quarter - here());

export const here = () => last?.quarter ?? 0;

// Every time a bar is played, the nearest first.
export function starts(printed) {
  return bars()
    .filter((bar) => bar.number === printed)
    .sort((a, b) => distance(a.start) - distance(b.start));
}

// The bar of a quarter, or at an index, and what a caller says of it.
export function barOf(quarter, at = null) {
  const all = bars();
  let index = at ?? all.findLastIndex((bar) => bar.start <= quarter + 1e-6);
  index = Math.max(0, index);
  const { number: bar, turn, start, unit, beat: first } = all[index] ?? { unit: 4, beat: 1, start: 0 };
  const beat = Number((first + ((Math.max(start, quarter ?? start) - start) * unit) / 4).toFixed(2));
  return { bar, turn, start, unit, index, beat, count: all.length, passes: starts(bar).length };
}

// The written onset nearest to where a finger is; of the times it is played, the nearest.
export function placesAt(clientX) {
  const x = (clientX - byId("page").getBoundingClientRect().left + left) / scale;
  let best = geometry.points[0];
  for (const point of geometry.points) {
    const nearer = Math.abs(point[1] - x) - Math.abs(best[1] - x);
    if (nearer < -0.5 || (nearer < 0.5 && distance(point[0]) < distance(best[0]))) best = point;
  }
  return best[0];
}

export function showGhost(quarter, text) {
  const ghost = byId("ghost");
  ghost.hidden = quarter === null || !geometry;
  if (ghost.hidden) return;
  put(byId("ghost-words"), text);
  const x = xOf(quarter) * scale;
  ghost.style.transform = `translateX(${x.toFixed(1)}px)`;
  const wide = byId("page").clientWidth;
  if (walks || x - left < 0 || x - left > wide) walkTo(x - AT * wide);
  mark(ghost, "data-side", x - left > 0.6 * wide ? "left" : null);
}

export function followPage(on) {
  walks = on;
  mark(byId("page"), "data-held", on ? null : "");
  if (on) move();
}

export function glide(px) {
  walkTo(Math.min(Math.max(left + px, -0.5 * byId("page").clientWidth), geometry.width * scale));
}

function walkTo(px) {
  left = px;
  byId("system").style.transform = `translateX(${(-left).toFixed(1)}px)`;
}

function xOf(quarter) {
  const { points } = geometry;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= quarter) low = middle;
    else high = middle;
  }
  const [[q0, x0], [q1, x1]] = [points[low], points[high]];
  if (quarter <= q0 || q1 === q0) return x0;
  // Back at a repeat the page goes back too; between the two there is nothing to walk through.
  if (x1 < x0) return quarter < q1 ? x0 : x1;
  return x0 + (x1 - x0) * Math.min(1, (quarter - q0) / (q1 - q0));
}

function barAt(quarter) {
  const { bars } = geometry;
  let found = bars[0];
  for (const bar of bars) if (bar[0] <= quarter + 1e-6) found = bar;
  return found;
}

function move() {
  if (!geometry) return;
  const marker = byId("marker");
  marker.hidden = last === null || last.quarter === null;
  const quarter = last?.quarter ?? 0;
  const wide = byId("page").clientWidth;
  const x = xOf(quarter) * scale;
  const bar = barAt(quarter);
  const from = bar[1] * scale - AT * wide;
  if (walks) walkTo(x - from > LATEST * wide ? x - 0.5 * wide : from);
  marker.style.transform = `translateX(${x.toFixed(1)}px)`;
  mark(marker, "data-tone", last?.sign.tone);
  mark(byId("page"), "aria-label", say("music.page", { bar: placeWords() }));
  if (!walks) return;
  const { index, count, bar: printed, turn, passes } = barOf(quarter);
  mark(marker, "aria-valuemax", Math.max(count - 1, 0));
  mark(marker, "aria-valuenow", index);
  const words = passes > 1 ? `${printed}, ${say("music.turn", { turn })}` : printed;
  mark(marker, "aria-valuetext", `${say("music.bar")} ${words}`);
}

export function fit() {
  if (!geometry) return;
  const page = byId("page");
  const lanes = flags.arrange(1);
  scale = Math.max(0.3, Math.min(TALLEST, (page.clientHeight - lanes - 24) / geometry.height));
  const svg = byId("written").firstElementChild;
  svg.setAttribute("width", (geometry.width * scale).toFixed(1));
  svg.setAttribute("height", (geometry.height * scale).toFixed(1));
  flags.arrange(scale);
  move();
}
