// The stage as received from the lights' network: level as brightness and as a number.

import { el, put } from "./dom.js";

const GAMMA = 0.6; // a lamp at a third looks more than half as bright

export class Stage {
  constructor(node, channels, empty) {
    this.lamps = channels.map(lamp);
    node.replaceChildren(
      ...(channels.length ? this.lamps.map(({ node: drawn }) => drawn) : [el("p", { class: "what" }, empty)]),
    );
  }

  show(levels) {
    this.lamps.forEach((drawn, i) => {
      const level = levels[i];
      if (level === drawn.level) return;
      drawn.level = level;
      drawn.light.style.setProperty("--level", ((level / 100) ** GAMMA).toFixed(3));
      put(drawn.figure, level === null ? "–" : String(level)); // nothing received is not zero
    });
  }
}

function lamp(name) {
  const light = el(
    "div",
    { class: "light", "aria-hidden": "true" },
    el("div", { class: "beam" }),
    el("div", { class: "pool" }),
    el("div", { class: "head" }),
  );
  const figure = el("b", {}, "–");
  const node = el("div", { class: "lamp" }, light, figure, el("span", { class: "name", title: name }, name));
  return { node, light, figure, level: undefined };
}
