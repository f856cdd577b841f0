// What opens over the page: set list, phones, go to, mark, keys. Esc closes each.

import { byId, drawing, el, put } from "./dom.js";
import { length } from "./clock.js";
import { buildDesks } from "./desks.js";
import { order } from "./hands.js";
import { placeWords } from "./music.js";
import { pair } from "./orders.js";
import { cueOf, plan } from "./plan.js";
import { say } from "./words.js";

let markedAt = "";
let pairedUntil = 0;

export const anyOpen = () => document.querySelector("dialog[open]") !== null;

export function buildDialogs() {
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  byId("open-phones").addEventListener("click", openPhones);
  byId("open-keys").addEventListener("click", openKeys);
  byId("cue-numbers").append(...plan.cues.map((cue) => el("option", { value: cue.number }, cue.name)));
  byId("go-to-form").addEventListener("submit", goTo);
  byId("mark-form").addEventListener("submit", keepMark);
  buildDesks();
  byId("phones").addEventListener("close", () => {
    byId("pairing").hidden = true;
    byId("pairing-code").replaceChildren();
  });
}

export const openKeys = () => byId("keys").showModal();

export function openGoTo() {
  put(byId("go-to-said"), "");
  byId("go-to-cue").value = "";
  byId("go-to").showModal();
  byId("go-to-cue").focus();
}

async function goTo(event) {
  event.preventDefault();
  const cue = byId("go-to-cue").value.trim();
  if (!cueOf(cue)) return put(byId("go-to-said"), say("goto.unknown", { cue }));
  byId("go-to").close();
  await order("GoTo", { cue });
}

export function openMark() {
  markedAt = [placeWords(), byId("clock").textContent].filter(Boolean).join(", ");
  put(byId("mark-place"), markedAt);
  byId("mark-text").value = "";
  byId("mark").showModal();
  byId("mark-text").focus();
}

async function keepMark(event) {
  event.preventDefault();
  const note = byId("mark-text").value.trim();
  byId("mark").close();
  await order("MarkNote", { text: note ? say("mark.at", { place: markedAt, text: note }) : markedAt });
}

function openPhones() {
  put(byId("pairing-said"), "");
  byId("phone-people").replaceChildren(
    ...plan.people.map(({ id, name, roles }) =>
      el(
        "li",
        {},
        el("span", { class: "name", title: name }, name),
        el("span", { class: "what" }, roles.join(", ")),
        el(
          "button",
          { type: "button", "aria-label": say("phones.pair_who", { name }), onclick: () => showCode(id, name) },
          say("phones.pair"),
        ),
      ),
    ),
  );
  put(byId("crew-link"), `${location.origin}/crew`);
  byId("phones").showModal();
}

async function showCode(id, name) {
  const link = await pair(id);
  byId("pairing").hidden = link.svg === undefined;
  put(byId("pairing-said"), link.refused ?? (link.lost ? say("hands.not_sent") : ""));
  if (link.svg === undefined) return;
  put(byId("pairing-who"), name);
  const code = drawing(link.svg);
  code.setAttribute("viewBox", `0 0 ${code.getAttribute("width")} ${code.getAttribute("height")}`);
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", say("phones.pair_who", { name }));
  byId("pairing-code").replaceChildren(code);
  pairedUntil = performance.now() + 1000 * link.expires_s;
  tickPairing();
}

export function tickPairing() {
  if (byId("pairing").hidden) return;
  const left = (pairedUntil - performance.now()) / 1000;
  put(byId("pairing-left"), left > 0 ? say("phones.expires", { time: length(left) }) : say("phones.expired"));
  if (left <= 0) byId("pairing-code").replaceChildren();
}
