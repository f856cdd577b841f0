// The music: the engraved page, the place in it, the cues as flags on their beats.

import { byId, drawing, mark, put, putSign } from "./dom.js";
import { length } from "./clock.js";
import { Flags } from "./flags.js";
import { numberOf } from "./plan.js";
import { say } from "./words.js";

const AT = 1 / 3; // the current bar stands here, measured from the left
const LATEST = 0.85; // a very long bar moves on before the marker leaves the page
const TALLEST = 1.5; // times its natural size

const flags = new Flags(byId("flags"));
let geometry = null;
let number = null;
let last = null;
let scale = 1;

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
  put(
    byId("sure"),
    place.confidence === null ? "" : say("music.sure", { percent: Math.round(100 * place.confidence) }),
  );
  put(byId("left"), place.remaining === null ? "" : say("music.left", { time: length(place.remaining) }));
  move();
}

export function placeWords() {
  if (!last || last.bar === null) return "";
  return `${say("music.bar")} ${last.bar} ${say("music.beat")} ${last.beat}`;
}

// A bar played twice has two starts: the nearer one is meant.
export function quarterOfBar(printed) {
  const starts = (numberOf(number)?.bars ?? []).filter((bar) => bar.number === printed);
  const from = last?.quarter ?? 0;
  starts.sort((a, b) => Math.abs(a.start - from) - Math.abs(b.start - from));
  return starts.length ? starts[0].start : null;
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
  let left = bar[1] * scale - AT * wide;
  if (x - left > LATEST * wide) left = x - 0.5 * wide;
  byId("system").style.transform = `translateX(${(-left).toFixed(1)}px)`;
  marker.style.transform = `translateX(${x.toFixed(1)}px)`;
  mark(marker, "data-tone", last?.sign.tone);
  mark(byId("page"), "aria-label", say("music.page", { bar: placeWords() }));
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
