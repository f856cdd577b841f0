// The knock: where I may be knocked at, what I heard, what came of mine.

import { freshId, tell } from "./act.js";
import { answered } from "./forms.js";
import { button, data, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const placeOf = (id) => data.zones[id] ?? id;
let id = ""; // of the knock that is being told: said twice it is one knock

/** Make the two forms work. */
export function startKnock() {
  by("here").addEventListener("submit", (event) => {
    event.preventDefault();
    beHere(by("here-place").value);
  });
  by("here-gone").addEventListener("click", () => beHere(""));
  by("knocking").addEventListener("submit", async (event) => {
    event.preventDefault();
    id = id || freshId();
    const answer = await tell({
      type: "Knock",
      id,
      place: by("knock-place").value,
      named: by("knock-named").checked,
    });
    if (answer.reached) id = "";
    put(by("knocking").querySelector(".says"), answered(answer, "knock_sent"));
  });
}

/** Take what the stream says of it. */
export function showKnock({ here, heard, mine }) {
  put(by("here-is"), here ? say("here_is", { place: placeOf(here) }) : say("here_none"));
  by("here-gone").hidden = !here;
  const items = [...heard.map((one) => [one.id, one]), ...mine.map((one) => [one.id, one])];
  keyed(by("knocks"), items, (one) => (one.answers ? makeMine(one) : makeHeard(one)), showOne);
}

async function beHere(place) {
  const answer = await tell({ type: "BeHere", place });
  if (!answer.kept) put(by("here-is"), answered(answer));
}

function makeHeard(one) {
  const node = element("li", "request");
  const label = element("label", "choice");
  const named = element("input");
  named.type = "checkbox";
  label.append(named, ` ${say("knock_named")}`);
  const row = element("div", "row");
  for (const says of ["come", "down"]) {
    row.append(
      button("", say(`knock_${says}`), () =>
        tell({ type: "AnswerKnock", id: one.id, says, named: named.checked }),
      ),
    );
  }
  row.append(aside(one.id));
  node.append(element("p", "what"), element("p", "came soft"), label, row);
  return node;
}

function makeMine(one) {
  const node = element("li", "request");
  node.append(element("p", "what"), element("p", "came"), aside(one.id));
  return node;
}

const aside = (knock) => button("", say("knock_aside"), () => tell({ type: "PutKnockAside", id: knock }));

function showOne(node, one) {
  const place = placeOf(one.place);
  if (one.answers) {
    put(node.querySelector(".what"), say("knock_mine", { place }));
    put(node.querySelector(".came"), one.answers.map(answerOf).join(" "));
    return;
  }
  const who = one.who ? nameOf(one.who) : "";
  put(node.querySelector(".what"), who ? say("knock_heard_named", { who, place }) : say("knock_heard", { place }));
  put(node.querySelector(".came"), one.said ? say(`knock_said_${one.said}`) : "");
}

const answerOf = ({ says, who }) =>
  who ? say(`knock_got_${says}_named`, { who: nameOf(who) }) : say(`knock_got_${says}`);
