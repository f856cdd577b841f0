// My people, and who asks for me.

import { tell } from "./act.js";
import { announce } from "./heard.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const MARKS = { asked: "…", agreed: "✓", declined: "–", gone: "○" };

const by = (id) => document.getElementById(id);
const isOpen = (entry) => entry.is === "asked";
let circle = { order: [], second_after: 20 };
let drawn = "";

/** Make the form work. */
export function startCircle() {
  by("ask").addEventListener("click", () => {
    const id = by("add").value;
    const order = circle.order.map((entry) => entry.id);
    if (id && !order.includes(id)) write([...order, id], circle.second_after);
  });
}

/** Take this person's circle and those who ask for them. */
export function showCircle(mine, asked) {
  const now = JSON.stringify([mine, asked]);
  if (now === drawn) return;
  drawn = now;
  circle = mine;
  by("circle-empty").hidden = mine.order.length > 0;
  keyed(by("circle"), mine.order.map((entry) => [entry.id, entry]), makeEntry, showEntry);
  const [open, answered] = [asked.filter(isOpen), asked.filter((entry) => !isOpen(entry))];
  by("wanted").hidden = open.length === 0;
  by("there-for-title").hidden = answered.length === 0;
  keyed(by("asked"), open.map((entry) => [entry.id, entry]), makeRequest, showRequest);
  keyed(by("there-for"), answered.map((entry) => [entry.id, entry]), makeRequest, showRequest);
}

async function write(order, secondAfter) {
  const answer = await tell({ type: "WriteCircle", order, second_after: secondAfter });
  put(by("circle-says"), answer.kept ? say("circle_kept") : answer.why || say("not_kept"));
}

function makeEntry({ id }) {
  const item = element("li", "row");
  item.append(
    element("span", "who"),
    element("span", "says soft"),
    button("earlier", "", () => {
      const order = circle.order.map((entry) => entry.id);
      const at = order.indexOf(id);
      [order[at - 1], order[at]] = [order[at], order[at - 1]];
      write(order, circle.second_after);
    }),
    button("drop", "", () => {
      by("add").focus();
      write(circle.order.map((entry) => entry.id).filter((other) => other !== id), circle.second_after);
    }),
  );
  label(item.querySelector(".earlier"), "↑", say("circle_earlier", { who: nameOf(id) }));
  label(item.querySelector(".drop"), "✕", say("circle_drop", { who: nameOf(id) }));
  return item;
}

function label(node, shape, words) {
  node.dataset.shape = shape;
  node.setAttribute("aria-label", words);
}

function showEntry(item, entry) {
  put(item.querySelector(".who"), nameOf(entry.id));
  put(item.querySelector(".says"), say(`circle_${entry.is}`), MARKS[entry.is]);
  item.querySelector(".earlier").hidden = circle.order[0].id === entry.id;
}

function makeRequest({ id, is }) {
  if (is === "asked") announce(`wants ${id}`, say("wants", { who: nameOf(id) }));
  const item = element("li", "request");
  const reply = (agrees) => async () => {
    const answer = await tell({ type: "Reply", owner: id, agrees });
    announce(`reply ${id}`, answer.kept ? say("circle_kept") : answer.why || say("not_kept"));
    by("press-button").focus();
  };
  item.append(
    element("p", "says"),
    button("yes", "", reply(true)),
    button("no", "", reply(false)),
  );
  return item;
}

function showRequest(item, entry) {
  const is = entry.is === "asked" ? "wants" : `wants_${entry.is}`;
  const [yes, no] = [item.querySelector(".yes"), item.querySelector(".no")];
  item.dataset.is = entry.is;
  put(item.querySelector(".says"), say(is, { who: nameOf(entry.id) }));
  put(yes, say(entry.is === "declined" ? "wants_yet" : "wants_yes"));
  put(no, say(entry.is === "agreed" ? "wants_leave" : "wants_no"));
  yes.hidden = entry.is === "agreed";
  no.hidden = entry.is === "declined";
}
