// My own line, once, when the standby of my entrance is called. It lies in this page before that: what
// is called is asked of nobody, and whoever counts bytes sees nothing when it plays.

import { bring } from "./act.js";
import { speaker, wake } from "./sound.js";
import { put, say } from "./words.js";

const LATE_S = 30; // a page that was cut off for longer comes too late for it
const HEAD_BYTES = 44; // of a WAV file as the desk keeps it
const RATE = 16_000;

const by = (id) => document.getElementById(id);
const met = new Map(); // cue -> the show clock of the standby that was last met here
const tabs = new BroadcastChannel("collavoce ear");
let kept = { on: false, volume: 0, lines: [] };
let isFirst = true;
let isHere = true; // of several pages on one phone the one that was looked at last
let playing = null; // {what, end}
let tapped = null; // what a touch would play

/** Make the two buttons and the one key work. */
export function startEar() {
  by("ear-stop").addEventListener("click", stop);
  by("ear-tap").addEventListener("click", async () => {
    await wake();
    if (tapped) play(tapped, kept.volume);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !by("ear-now").hidden) stop();
  });
  tabs.addEventListener("message", () => {
    isHere = false;
  });
  const here = () => {
    if (document.visibilityState !== "visible") return;
    isHere = true;
    tabs.postMessage("here");
  };
  document.addEventListener("visibilitychange", here);
  here();
  globalThis.speechSynthesis?.getVoices(); // some browsers look for them only when they are asked
}

/** Fetch my lines into this page. */
export async function fetchLines() {
  const answer = await bring("/care/ear/hear", { type: "HearMine" });
  if (answer.shown) kept = { ...answer.shown, lines: answer.shown.lines.map(ready) };
}

/** A line of mine by its id, as it can be played. */
export const lineOf = (id) => kept.lines.find((line) => line.id === id);

/** A line as the desk sends it, with its sound as it is played. */
export const ready = (line) => ({ ...line, buffer: line.sound ? bufferOf(line.sound) : null });

/**
 * Take where I come on and the show clock; whether a line of mine plays now. What stood already when
 * the page was opened plays nothing: it may have been played.
 */
export function heedEntrances(entrances, at) {
  let plays = false;
  for (const { cue, at: calledAt } of entrances) {
    if (calledAt === null) continue;
    const before = met.get(cue);
    if (before !== undefined && Math.abs(calledAt - before) < LATE_S) continue;
    met.set(cue, calledAt);
    if (isFirst || at - calledAt > LATE_S || !kept.on || !isHere) continue;
    const line = kept.lines.find((one) => one.cue === cue) ?? kept.lines.find((one) => one.cue === "");
    if (line) {
      play(line, kept.volume);
      plays = true;
    }
  }
  isFirst = false;
  return plays;
}

/** Play `line` now, `volume` from 0 to 100; what played before stops. Says how it went, by a key. */
export function play(line, volume) {
  stop();
  by("ear-now").hidden = false;
  const gain = volume / 100;
  if (line.words) return speak(line.words, gain);
  const context = speaker();
  if (context === null) {
    tapped = line;
    by("ear-tap").hidden = false;
    put(by("ear-says"), "");
    return "untouched";
  }
  const source = new AudioBufferSourceNode(context, { buffer: line.buffer });
  source.connect(new GainNode(context, { gain })).connect(context.destination);
  plays(source, () => source.stop());
  source.addEventListener("ended", () => over(source));
  source.start();
  return "playing";
}

/** Stop at once. */
export function stop() {
  const before = playing;
  playing = null;
  tapped = null;
  before?.end();
  by("ear-now").hidden = true;
  by("ear-tap").hidden = true;
}

function plays(what, end) {
  playing = { what, end };
  put(by("ear-says"), say("ear_plays"));
}

function over(what) {
  if (playing?.what === what) stop();
}

/** By a voice of this phone's own only: others send the words away to be spoken. */
function speak(words, gain) {
  const own = globalThis.speechSynthesis?.getVoices().filter((voice) => voice.localService) ?? [];
  if (own.length === 0) {
    put(by("ear-says"), say("ear_words", { words }));
    return "no_voice";
  }
  const said = new SpeechSynthesisUtterance(words);
  said.voice = own.find((voice) => voice.default) ?? own[0];
  said.volume = gain;
  plays(said, () => speechSynthesis.cancel());
  said.addEventListener("end", () => over(said));
  speechSynthesis.speak(said);
  return "playing";
}

function bufferOf(sound) {
  const bytes = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0));
  const samples = new Int16Array(bytes.buffer, HEAD_BYTES);
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE, numberOfChannels: 1 });
  buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32_768), 0);
  return buffer;
}
