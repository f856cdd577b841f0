// Who reads my card: each with their fields, taken back with one press; several fields given at once.

import { read, tell } from "./act.js";
import { called, keptFields, shareKept } from "./card_fields.js";
import { answered, ticked } from "./forms.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);

/** Make the buttons work. */
export function startReaders() {
  by("all-back").addEventListener("click", async () => {
    if (!(await told({ type: "TakeCardBack" }))) return;
    for (const name of keptFields().keys()) shareKept(name, new Map());
    showReaders();
    put(by("readers-says"), say("card_all_back"));
  });
  by("several").addEventListener("submit", (event) => {
    event.preventDefault();
    several();
  });
  by("log-show").addEventListener("click", showLog);
}

/** Draw who reads what, from what is kept. */
export function showReaders() {
  const readers = new Map();
  for (const [name, { shared }] of keptFields()) {
    for (const [person, until] of shared) {
      const day = until ? say("card_reader_until", { who: called(name), day: inWords(until) }) : called(name);
      readers.set(person, [...(readers.get(person) ?? []), day]);
    }
  }
  keyed(by("readers"), [...readers].map(([person, names]) => [person, { person, names }]), makeReader, showReader);
  by("all-back").hidden = readers.size === 0;
  if (readers.size === 0) put(by("readers-says"), say("card_nobody"));
  else if (by("readers-says").textContent === say("card_nobody")) put(by("readers-says"), "");
}

function makeReader({ person }) {
  const item = element("li", "request");
  item.append(element("p"), button("", say("card_stop", { who: nameOf(person) }), () => stopWith(person)));
  return item;
}

function showReader(item, { person, names }) {
  put(item.querySelector("p"), say("card_reader", { who: nameOf(person), fields: names.join(", ") }));
}

async function stopWith(person) {
  if (!(await told({ type: "StopWith", person }))) return;
  for (const [name, { shared }] of keptFields()) {
    shareKept(name, new Map([...shared].filter(([one]) => one !== person)));
  }
  by("readers-title").tabIndex = -1;
  by("readers-title").focus();
  showReaders();
  put(by("readers-says"), say("card_stopped", { who: nameOf(person) }));
}

async function several() {
  const says = by("several").querySelector(".says");
  const [person, until, fields] = [by("several-who").value, by("several-until").value, ticked(by("several-fields"))];
  put(says, "");
  if (fields.length === 0) return put(says, say("card_several_none"));
  const answer = await tell({ type: "ShareFields", person, fields, until });
  if (!answer.kept) return put(says, answered(answer));
  for (const name of fields) shareKept(name, new Map([...keptFields().get(name).shared, [person, until]]));
  showReaders();
  return put(says, say("card_reader", { who: nameOf(person), fields: fields.map(called).join(", ") }));
}

async function told(act) {
  put(by("readers-says"), "");
  const answer = await tell(act);
  if (!answer.kept) put(by("readers-says"), answered(answer));
  return answer.kept;
}

async function showLog() {
  const shown = await read({ type: "ReadLog" });
  const rows = (shown?.log ?? []).filter((row) => keptFields().has(row.what.replace(/^card /, "")) && row.what.startsWith("card "));
  put(by("log-says"), shown === null ? say("not_kept") : rows.length ? "" : say("card_log_none"));
  keyed(by("log"), rows.map((row, n) => [`${n} ${row.at}`, row]), () => element("li"), (item, row) =>
    put(item, say("card_log_row", {
      at: new Date(row.at).toLocaleString(),
      who: nameOf(row.who),
      field: called(row.what.replace(/^card /, "")),
      why: say(row.why === "call" ? "card_log_call" : "card_log_asked"),
    })),
  );
}

const inWords = (day) => new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
