// The fields of my card. What is written here and not kept yet stays here, whatever the line does.

import { tell } from "./act.js";
import { tick, ticked } from "./forms.js";
import { data, element, nameOf, namesOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const kept = new Map(); // field -> {words, shared: person -> the last day, "" for no end}
let avoids = null;
let changed = () => {};

const fields = () => [...document.querySelectorAll("#card .field")];
const field = (node) => node.dataset.field;
const nodeOf = (name) => document.querySelector(`#card .field[data-field="${name}"]`);
const area = (node) => node.querySelector("textarea");
const written = (node) => area(node).value.trim();
const effects = (names) => names.map((name) => by("avoids").querySelector(`[value="${name}"]`).parentNode.innerText.trim());

/** How a field is called. */
export const called = (name) => nodeOf(name).querySelector("label").textContent;

/** field -> {words, shared} as it is kept. */
export const keptFields = () => kept;

/** Make the form work; `then` whenever something was kept. */
export function startFields(then) {
  changed = then;
  for (const node of fields()) {
    node.querySelector("details").addEventListener("toggle", () => drawReaders(node));
    // Once it is there it stays: nothing may move away under a finger, nor from under the focus.
    node.addEventListener("input", () => (node.querySelector(".keep").hidden = false));
    node.querySelector(".keep").addEventListener("click", () => keepOne(node));
  }
  by("avoids").addEventListener("input", () => (by("keep-avoids").hidden = false));
  by("keep-avoids").addEventListener("click", keepAvoids);
  by("card").addEventListener("submit", (event) => {
    event.preventDefault();
    keepAll();
  });
  addEventListener("beforeunload", (event) => {
    if (fields().some(isDirty)) event.preventDefault();
  });
}

/** Take the fields as they are kept; what is being written is left alone. */
export function knowFields(shown) {
  for (const node of fields()) {
    const before = kept.get(field(node))?.words ?? "";
    const now = shown[field(node)];
    if (written(node) === before) area(node).value = now.words;
    learn(node, now.words, new Map(now.shared.map((one) => [one.id, one.until])));
  }
}

/** Take the effects as they are kept. */
export function knowAvoids(shown) {
  if (avoids === null || String(avoids) === String(ticked(by("avoids")))) tick(by("avoids"), shown);
  avoids = shown;
}

/** Let it be so that these fields are shared with these, as the desk has kept it. */
export function shareKept(name, shared) {
  learn(nodeOf(name), kept.get(name).words, shared);
}

function learn(node, words, shared) {
  kept.set(field(node), { words, shared });
  const who = namesOf([...shared.keys()]);
  put(node.querySelector("summary"), who ? say("card_share_with", { who }) : say("card_share_nobody"));
  for (const row of node.querySelectorAll(".reader")) {
    const box = row.querySelector("[type=checkbox]");
    box.checked = shared.has(box.value);
    row.querySelector("[type=date]").value = shared.get(box.value) ?? "";
    row.querySelector(".until").hidden = !box.checked;
  }
}

/** Everybody is listed when the list is opened, and not before: a card has many. */
function drawReaders(node) {
  const list = node.querySelector(".readers");
  if (list.children.length > 0) return;
  for (const person of Object.keys(data.people)) if (person !== data.me) list.append(readerRow(node, person));
  const { words, shared } = kept.get(field(node)) ?? { words: "", shared: new Map() };
  learn(node, words, shared);
}

function readerRow(node, person) {
  const row = element("div", "reader");
  const choice = element("label", "choice");
  const box = Object.assign(element("input"), { type: "checkbox", value: person });
  choice.append(box, ` ${nameOf(person)}`);
  const until = element("label", "until");
  const day = Object.assign(element("input"), { type: "date" });
  day.setAttribute("aria-label", say("card_until", { who: nameOf(person) }));
  until.append(`${say("card_until_short")} `, day);
  until.hidden = true;
  box.addEventListener("change", () => (until.hidden = !box.checked));
  row.append(choice, until);
  return row;
}

/** person -> the last day, as it is ticked; null while the list was never opened. */
function tickedReaders(node) {
  const rows = [...node.querySelectorAll(".reader")];
  if (rows.length === 0) return null;
  const on = rows.filter((row) => row.querySelector("[type=checkbox]").checked);
  return new Map(on.map((row) => [row.querySelector("[type=checkbox]").value, row.querySelector("[type=date]").value]));
}

/** What has to be told so that this field is as it stands here; null if it is. */
function actOf(node) {
  const before = kept.get(field(node)) ?? { words: "", shared: new Map() };
  const now = tickedReaders(node) ?? before.shared;
  const share = [...now].filter(([person, until]) => before.shared.get(person) !== until);
  const stop = [...before.shared.keys()].filter((person) => !now.has(person));
  const isNew = written(node) !== before.words;
  if (!isNew && share.length + stop.length === 0) return null;
  return {
    type: "KeepField",
    field: field(node),
    words: isNew ? written(node) : null,
    share: share.map(([person, until]) => ({ person, until })),
    stop,
  };
}

const isDirty = (node) => written(node) !== (kept.get(field(node))?.words ?? "");

/** Keep one field; what came of it: "kept", "gone", "same", "late", or the desk's own words. */
async function keepNode(node) {
  const act = actOf(node);
  if (act === null) return "same";
  const [words, shared] = [written(node), tickedReaders(node) ?? kept.get(field(node))?.shared ?? new Map()];
  const answer = await tell(act);
  if (!answer.reached) return "late";
  if (!answer.kept) return answer.why || "late";
  learn(node, words, words ? shared : new Map());
  return words ? "kept" : "gone";
}

async function keepOne(node) {
  const says = node.querySelector(".says");
  put(says, "");
  const came = await keepNode(node);
  put(says, said(node, came));
  changed();
}

function said(node, came) {
  const name = called(field(node));
  const words = { kept: "card_kept", gone: "card_taken_away", same: "card_nothing_new", late: "card_not_yet" }[came];
  if (!words) return say("card_refused", { field: name, why: came });
  const told = say(words, { fields: name });
  const readers = came === "kept" ? [...kept.get(field(node)).shared.keys()] : [];
  return readers.length ? `${told} ${say("card_readers", { field: name, who: namesOf(readers) })}` : told;
}

/** Every field that is not kept as it stands; what was and what was not, in words. */
async function keepAll() {
  put(by("card-says"), "");
  const came = { kept: [], gone: [], late: [] };
  const refused = [];
  for (const node of fields()) {
    const what = await keepNode(node);
    if (what in came) came[what].push(called(field(node)));
    else if (what !== "same") refused.push(said(node, what));
    put(node.querySelector(".says"), ""); // said once, below
  }
  const told = [
    came.kept.length && say("card_kept", { fields: came.kept.join(", ") }),
    came.gone.length && say("card_taken_away", { fields: came.gone.join(", ") }),
    ...refused,
    came.late.length && say("card_not_yet", { fields: came.late.join(", ") }),
    String(avoids) !== String(ticked(by("avoids"))) && (await avoidsSaid()),
  ].filter(Boolean);
  put(by("card-says"), told.join(" ") || say("card_nothing_new"));
  changed();
}

async function keepAvoids() {
  put(by("avoids-says"), "");
  put(by("avoids-says"), await avoidsSaid());
}

async function avoidsSaid() {
  const now = ticked(by("avoids"));
  const answer = await tell({ type: "KeepAvoids", effects: now });
  if (!answer.kept) return answer.why || say("card_not_yet", { fields: by("avoids").querySelector("legend").textContent });
  avoids = now;
  return now.length ? say("card_avoids_kept", { effects: effects(now).join(", ") }) : say("card_avoids_none");
}
