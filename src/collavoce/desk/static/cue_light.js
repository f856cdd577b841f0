// The sound and the pulse of a cue light, and the screen that stays awake while it is needed.

import { mark, put } from "./dom.js";
import { say } from "./words.js";

// Pairs of hertz and seconds; 0 Hz is silence.
const TONES = {
  asked: [[440, 0.18], [0, 0.1], [440, 0.18]],
  go: [[880, 0.35]],
  ready: [[660, 0.1]],
  not_clear: [[220, 0.25]],
  offline: [[220, 0.3], [0, 0.1], [220, 0.3]],
};
const PULSES = { asked: [200, 100, 200], go: [500], ready: [60], not_clear: [300, 100, 300], offline: [500, 200, 500] };
const LOUD = 0.35;

export class Light {
  context = null;

  // A browser lets a page sound only after it was touched.
  build(button) {
    this.button = button;
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => this.wake());
    button.addEventListener("click", () => this.sound("ready"));
    document.addEventListener("visibilitychange", () => this.stayAwake());
    this.stayAwake();
  }

  async wake() {
    try {
      this.context ??= new AudioContext();
      if (this.context.state !== "running") await this.context.resume();
    } catch {
      // No sound device: colour, word, shape and pulse remain, and the button says so.
    }
    const on = this.sounds();
    mark(this.button, "aria-pressed", String(on));
    put(this.button, say(on ? "crew.sound_on" : "crew.sound_off"));
  }

  sounds() {
    return this.context?.state === "running";
  }

  async stayAwake() {
    if (document.hidden) return;
    await navigator.wakeLock?.request("screen").catch(() => null); // only over HTTPS, and not on a low battery
  }

  sound(what) {
    if (PULSES[what]) navigator.vibrate?.(PULSES[what]);
    if (!TONES[what] || !this.sounds()) return;
    let at = this.context.currentTime + 0.02;
    for (const [hertz, seconds] of TONES[what]) {
      if (hertz) this.tone(hertz, at, seconds);
      at += seconds;
    }
  }

  tone(hertz, at, seconds) {
    const oscillator = this.context.createOscillator();
    const gain = this.context.createGain();
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUD, at + 0.01);
    gain.gain.setValueAtTime(LOUD, at + seconds - 0.02);
    gain.gain.linearRampToValueAtTime(0, at + seconds);
    oscillator.connect(gain).connect(this.context.destination);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }
}
