// My people, and who asks for me.

import { tell } from "./act.js";
import { announce } from "./heard.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const MARKS = { asked: "…", agreed: "✓", declined: "–" };

const by = (id) => document.getElementById(id);
let circle = { order: [], second_after: 20 };
let drawn = "";

/** Make the two forms work. */
export function startCircle() {
  by("ask").addEventListener("click", () => {
    const id = by("add").value;
    const order = circle.order.map((entry) => entry.id);
    if (id && !order.includes(id)) write([...order, id], circle.second_after);
  });
  by("keep-second").addEventListener("click", () =>
    write(circle.order.map((entry) => entry.id), Number(by("second").value)),
  );
}

/** Take this person's circle and those who ask for them. */
export function showCircle(mine, asked, phones) {
  const now = JSON.stringify([mine, asked, phones]);
  if (now === drawn) return;
  drawn = now;
  circle = mine;
  by("circle-empty").hidden = mine.order.length > 0;
  keyed(by("circle"), mine.order.map((entry) => [entry.id, entry]), makeEntry, showEntry);
  if (document.activeElement !== by("second")) by("second").value = mine.second_after;
  by("wanted").hidden = asked.length === 0;
  keyed(by("asked"), asked.map((entry) => [entry.id, entry]), makeRequest, showRequest);
  put(by("phones"), say("phones", { count: phones }));
  by("forget-rest").hidden = phones < 2;
}

async function write(order, secondAfter) {
  const answer = await tell({ type: "WriteCircle", order, second_after: secondAfter });
  put(by("circle-says"), answer.kept ? say("circle_kept") : answer.why || say("not_kept"));
}

function makeEntry({ id }) {
  const item = element("li", "row");
  item.append(
    element("span", "says"),
    button("earlier", "↑", () => {
      const order = circle.order.map((entry) => entry.id);
      const at = order.indexOf(id);
      [order[at - 1], order[at]] = [order[at], order[at - 1]];
      write(order, circle.second_after);
    }),
    button("drop", "✕", () => {
      by("add").focus();
      write(circle.order.map((entry) => entry.id).filter((other) => other !== id), circle.second_after);
    }),
  );
  item.querySelector(".earlier").setAttribute("aria-label", say("circle_earlier", { who: nameOf(id) }));
  item.querySelector(".drop").setAttribute("aria-label", say("circle_drop", { who: nameOf(id) }));
  return item;
}

function showEntry(item, entry) {
  put(item.querySelector(".says"), `${nameOf(entry.id)}: ${MARKS[entry.is]} ${say(`circle_${entry.is}`)}`);
  item.querySelector(".earlier").hidden = circle.order[0].id === entry.id;
}

function makeRequest({ id }) {
  const item = element("li", "request");
  const reply = (agrees) => async () => {
    const answer = await tell({ type: "Reply", owner: id, agrees });
    if (!answer.kept) announce(`reply ${id}`, answer.why || say("not_kept"));
  };
  item.append(
    element("p", "says"),
    button("yes", "", reply(true)),
    button("no", "", reply(false)),
  );
  announce(`wants ${id}`, say("wants", { who: nameOf(id) }));
  return item;
}

function showRequest(item, entry) {
  const is = entry.is === "asked" ? "wants" : `wants_${entry.is}`;
  const [yes, no] = [item.querySelector(".yes"), item.querySelector(".no")];
  const held = item.contains(document.activeElement);
  item.dataset.is = entry.is;
  put(item.querySelector(".says"), say(is, { who: nameOf(entry.id) }));
  put(yes, say(entry.is === "declined" ? "wants_yet" : "wants_yes"));
  put(no, say(entry.is === "agreed" ? "wants_leave" : "wants_no"));
  yes.hidden = entry.is === "agreed";
  no.hidden = entry.is === "declined";
  if (held && document.activeElement.hidden) (yes.hidden ? no : yes).focus();
}

/** This person is not the phone's owner any more, or the other phones are not theirs. */
export function startForgetting() {
  by("forget-this").addEventListener("click", async () => {
    if ((await tell({ type: "ForgetThis" })).kept) location.reload();
  });
  by("forget-rest").addEventListener("click", () => tell({ type: "ForgetRest" }));
}
