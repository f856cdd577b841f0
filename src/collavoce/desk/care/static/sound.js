// Every state has its tone and its pulse. A browser lets a page sound only after it was touched.

import { put, say } from "./words.js";

// Pairs of hertz and seconds; 0 Hz is silence.
const TONES = {
  felt: [[520, 0.09]],
  kept: [[520, 0.1], [0, 0.05], [660, 0.16]],
  coming: [[520, 0.12], [660, 0.12], [780, 0.3]],
  lost: [[220, 0.35], [0, 0.12], [220, 0.35], [0, 0.12], [220, 0.5]],
  ring: [[880, 0.22], [660, 0.22], [880, 0.22], [660, 0.22], [880, 0.3]],
  standby: [[440, 0.18], [0, 0.1], [440, 0.18]],
  done: [[660, 0.12], [520, 0.2]],
};
const PULSES = {
  felt: [60],
  kept: [60, 60, 120],
  coming: [120, 80, 120, 80, 300],
  lost: [500, 200, 500, 200, 500],
  ring: [300, 150, 300, 150, 300],
  standby: [200, 100, 200],
  done: [150],
};
const LOUD = 0.35;

let context = null;
const awake = () => context !== null && context.state === "running";

function show() {
  const node = document.getElementById("sound");
  node.dataset.is = awake() ? "good" : "doubt";
  put(node, say(awake() ? "sound_on" : "sound_off"), awake() ? "♪" : "✕");
}

/** What plays sound on this page, null while it may not. */
export const speaker = () => (awake() ? context : null);

/** Switch the sound on, where this browser lets us: after a touch. */
export async function wake() {
  try {
    context ??= new AudioContext();
    if (context.state !== "running") await context.resume();
  } catch {
    // No audio device: the word and the pulse remain, and the page says so.
  }
  show();
}

/** Let the first touch anywhere switch the sound on, and say whether it is. */
export function startSound() {
  document.addEventListener("pointerdown", wake);
  document.addEventListener("keydown", wake);
  document.getElementById("sound").addEventListener("click", async () => {
    await wake();
    sound("kept");
  });
  show();
}

/** Say `name` by tone and by pulse, as far as this phone can. */
export function sound(name) {
  navigator.vibrate?.(PULSES[name]);
  if (!awake()) return;
  let at = context.currentTime + 0.02;
  for (const [hertz, seconds] of TONES[name]) {
    if (hertz) tone(hertz, at, seconds);
    at += seconds;
  }
}

function tone(hertz, at, seconds) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUD, at + 0.01);
  gain.gain.setValueAtTime(LOUD, at + seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
}
