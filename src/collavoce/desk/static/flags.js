// Cues as flags on their beat; those that would cover each other fly one above the other.

import { el, mark, shape } from "./dom.js";
import { callSign, called, plan } from "./plan.js";
import { say } from "./words.js";

const ROW_PX = 30;
const MOST_ROWS = 4;
const GAP_PX = 6;

export class Flags {
  constructor(node) {
    this.node = node;
    this.flags = [];
  }

  build(number, geometry, xOf) {
    const end = geometry.points.at(-1)[0];
    const cues = plan.cues.filter((cue) => cue.of === number && (cue.quarter !== null || cue.at_end));
    this.flags = cues.map((cue) => {
      const form = shape("");
      const node = el(
        "div",
        { class: "flag", "data-dept": cue.department, title: `${called(cue)} ${cue.name}` },
        el("span", {}, form, el("b", {}, ...callSign(cue))),
      );
      return { cue, node, form, x: xOf(cue.quarter ?? end), was: null };
    });
    this.flags.sort((a, b) => a.x - b.x);
    this.node.replaceChildren(...this.flags.map(({ node }) => node));
  }

  show(cues) {
    for (const flag of this.flags) {
      const now = cues[flag.cue.number]?.is ?? "cue.to_come";
      if (now === flag.was) continue;
      flag.was = now;
      const sign = plan.signs[now];
      mark(flag.node, "data-is", now);
      flag.form.textContent = sign.shape;
      flag.node.title = say("music.flag", {
        cue: `${called(flag.cue)} ${flag.cue.name}`,
        when: flag.cue.when,
        word: sign.word,
      });
    }
  }

  // Returns the height of the rows above the music.
  arrange(scale) {
    const ends = [];
    // All widths first: to write a place and then ask for a width is a layout for every flag.
    const widths = this.flags.map(({ node }) => node.firstElementChild.offsetWidth);
    this.flags.forEach((flag, i) => {
      const x = flag.x * scale;
      let row = ends.findIndex((end) => end + GAP_PX <= x);
      if (row < 0) row = ends.length < MOST_ROWS ? ends.length : ends.indexOf(Math.min(...ends));
      ends[row] = x + widths[i];
      flag.node.style.left = `${x.toFixed(1)}px`;
      flag.node.style.top = `${row * ROW_PX}px`;
    });
    return Math.max(1, ends.length) * ROW_PX;
  }
}
