// My lines: made, tried, kept, given, taken away. They play on this page as on the press page.

import { bring, read, tell } from "./act.js";
import { fetchLines, lineOf, play, ready } from "./ear_line.js";
import { canRecord, record, samplesOf, secondsOf, wavOf } from "./ear_record.js";
import { answered, isUntouched, keeps } from "./forms.js";
import { startQuiet } from "./quiet.js";
import { startStrip } from "./strip.js";
import { button, data, element, keyed, nameOf, put, say } from "./words.js";

const LONGEST_S = 12;

const by = (id) => document.getElementById(id);
let cues = []; // where I come on: {cue, name}
let pending = null; // a sound that is not kept yet, in base64
let recording = null;

startQuiet((view) => showWhose(view.asked));
startStrip(knowEntrances);
startNew();
keeps("ear-how", () => [{ type: "SettleEar", on: by("ear-on").checked, volume: Number(by("ear-volume").value) }], fetchLines);
look();

async function look() {
  const [mine] = await Promise.all([read({ type: "ReadEar" }), fetchLines()]);
  if (!mine) return;
  if (isUntouched("ear-how")) {
    by("ear-on").checked = mine.on;
    by("ear-volume").value = mine.volume;
  }
  by("ear-none").hidden = mine.lines.length > 0;
  by("ear-given-none").hidden = mine.given.length > 0;
  keyed(by("ear-lines"), mine.lines.map((line) => [line.id, line]), makeMine, showMine);
  keyed(by("ear-given"), mine.given.map((line) => [line.id, line]), makeGiven, showGiven);
}

// What is kept.

function makeMine({ id }) {
  const item = element("li", "request");
  item.append(
    element("p", "says"),
    button("", say("play"), () => put(by("ear-lines-says"), say(play(lineOf(id), volume())))),
    button("", say("drop"), () => after(tell({ type: "DropEar", line: id }), "ear-lines-says", "dropped")),
  );
  return item;
}

function showMine(item, line) {
  put(item.querySelector(".says"), `${which(line.cue)}: ${what(line)}`);
}

function makeGiven({ id }) {
  const item = element("li", "request");
  const cue = element("select");
  cue.setAttribute("aria-label", by("ear-which").labels[0].textContent);
  item.append(
    element("p", "says"),
    button("", say("play"), () => hear(id)),
    cue,
    button("", say("take"), () => after(tell({ type: "TakeEar", line: id, cue: cue.value }), "ear-given-says", "kept")),
    button("", say("leave"), () => after(tell({ type: "LeaveEar", line: id }), "ear-given-says", "dropped")),
  );
  return item;
}

function showGiven(item, line) {
  put(item.querySelector(".says"), what(line));
  options(item.querySelector("select"));
}

async function hear(id) {
  const answer = await bring("/care/ear/hear", { type: "HearGiven", line: id });
  const line = answer.shown?.lines[0];
  put(by("ear-given-says"), line ? say(play(ready(line), volume())) : answered(answer));
}

async function after(asked, says, done) {
  const answer = await asked;
  put(by(says), answered(answer, done));
  if (answer.kept) await look();
}

const which = (cue) => {
  if (!cue) return say("for_every");
  const known = cues.find((one) => one.cue === cue);
  return known ? say("for_cue", { cue: `${known.cue} ${known.name}` }) : say("for_gone", { cue });
};

function what(line) {
  const kind = line.seconds ? say("mine_sound", { seconds: line.seconds }) : say("mine_words");
  const giver = line.from in data.people ? nameOf(line.from) : say("gone");
  return line.from ? `${kind}, ${say("from", { who: giver })}` : kind;
}

// Where I come on, and to whom I may give.

function knowEntrances(entrances) {
  cues = entrances;
  for (const one of [by("ear-which"), ...by("ear-given").querySelectorAll("select")]) options(one);
  for (const item of by("ear-lines").children) {
    const line = lineOf(item.dataset.key);
    if (line) put(item.querySelector(".says"), `${which(line.cue)}: ${what({ ...line, seconds: lasting(line) })}`);
  }
}

const lasting = (line) => (line.buffer ? Math.round(line.buffer.duration * 10) / 10 : 0);

function options(select) {
  const every = by("ear-which").options[0].textContent;
  const wanted = [["", every], ...cues.map((one) => [one.cue, `${one.cue} ${one.name}`])];
  if (wanted.length === select.options.length && wanted.every(([cue], n) => select.options[n].value === cue)) return;
  const chosen = select.value;
  select.replaceChildren(...wanted.map(([cue, words]) => new Option(words, cue)));
  select.value = wanted.some(([cue]) => cue === chosen) ? chosen : "";
}

function showWhose(asked) {
  const mayGive = asked.filter((one) => one.is === "agreed").map((one) => one.id);
  const select = by("ear-whose");
  if (mayGive.join(" ") === [...select.options].slice(1).map((one) => one.value).join(" ")) return;
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...mayGive.map((id) => new Option(nameOf(id), id)));
  select.value = mayGive.includes(chosen) ? chosen : "";
  showFor();
}

function showFor() {
  const forMe = by("ear-whose").value === "";
  by("ear-which-part").hidden = !forMe;
  by("ear-give-about").hidden = forMe;
}

// A new one.

function startNew() {
  by("ear-record").hidden = !canRecord();
  by("ear-record-not").hidden = canRecord();
  by("ear-record").addEventListener("click", () => (recording ? recording.stop() : begin()));
  by("ear-file").addEventListener("change", async () => {
    const [file] = by("ear-file").files;
    if (file) await take(await file.arrayBuffer());
  });
  by("ear-typed").addEventListener("input", () => {
    pending = null;
    by("ear-file").value = "";
  });
  by("ear-whose").addEventListener("change", showFor);
  by("ear-try").addEventListener("click", () => {
    const words = by("ear-typed").value.trim();
    if (!pending && !words) return put(by("ear-new-says"), say("nothing"));
    return put(by("ear-new-says"), say(play(ready({ words: pending ? "" : words, sound: pending ?? "" }), volume())));
  });
  by("ear-new").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
}

async function begin() {
  const words = by("ear-record").textContent;
  try {
    recording = await record(LONGEST_S);
  } catch {
    return put(by("ear-new-says"), say("no_microphone"));
  }
  put(by("ear-record"), by("ear-record").dataset.stop);
  put(by("ear-new-says"), say("recording", { left: LONGEST_S }));
  const bytes = await recording.sound;
  recording = null;
  put(by("ear-record"), words);
  return take(bytes);
}

async function take(bytes) {
  pending = null;
  try {
    const samples = await samplesOf(bytes);
    const seconds = Math.round(secondsOf(samples) * 10) / 10;
    // A recorder that is stopped at the limit may come some blocks later.
    const most = LONGEST_S * 16_000;
    if (samples.length > most * 1.05) return put(by("ear-new-says"), say("too_long"));
    pending = wavOf(samples.subarray(0, most));
    by("ear-typed").value = "";
    return put(by("ear-new-says"), say("recorded", { seconds: Math.min(seconds, LONGEST_S) }));
  } catch {
    return put(by("ear-new-says"), say("no_sound"));
  }
}

async function keep() {
  const [to, words] = [by("ear-whose").value, by("ear-typed").value.trim()];
  if (!pending && !words) return put(by("ear-new-says"), say("nothing"));
  const where = to ? { to } : { cue: by("ear-which").value };
  const answer = await (pending
    ? bring("/care/ear/keep", { type: to ? "GiveEar" : "KeepEar", ...where, sound: pending })
    : tell({ type: to ? "GiveEarWords" : "KeepEarWords", ...where, words }));
  put(by("ear-new-says"), answered(answer, to ? "gave" : "kept"));
  if (!answer.kept) return undefined;
  pending = null;
  by("ear-typed").value = "";
  by("ear-file").value = "";
  return look();
}

const volume = () => Number(by("ear-volume").value);
