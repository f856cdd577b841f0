// Done for now, away, back: said with one press. Whoever sees it, and who is let know, is chosen here.

import { read, tell } from "./act.js";
import { answered, isUntouched, keeps, tick, ticked } from "./forms.js";
import { showGone } from "./gone.js";
import { startQuiet } from "./quiet.js";
import { boxes, dayOf, folds, others, sayFolded } from "./sharing.js";
import { showWay, startWay } from "./way_back.js";
import { data, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
let leave = null;
let was = "";

function start() {
  for (const id of ["away-readers", "way-readers"]) {
    boxes(by(id), others());
    folds(by(id));
  }
  const presses = { "away-done": "Done", "away-back": "Back", "away-asks-back": "Back", "away-asks-still": "Still" };
  for (const [id, type] of Object.entries(presses)) by(id).addEventListener("click", () => press(type));
  keeps("away-step", () => [
    { type: "StepAway", until: by("away-until").value, shown: by("away-shown").checked, called: by("away-called").checked },
  ]);
  keeps("away-words-form", () => [words(by("away-words").value, ticked(by("away-readers")))], fetchMine);
  by("away-words-none").addEventListener("click", async () => {
    const answer = await tell(words("", []));
    put(by("away-words-form").querySelector(".says"), answered(answer));
    if (answer.kept) fetchMine(true);
  });
  startWay(fetchMine);
  for (const button of by("offices").querySelectorAll("button")) button.addEventListener("click", () => letKnow(button.dataset.office));
  fetchMine();
}

const words = (text, readers) => ({ type: "WriteAway", words: text, readers, dated: by("away-dated").checked });

async function press(type) {
  const answer = await tell({ type });
  // What was kept says itself, above.
  put(by("away-says"), answer.kept ? "" : answered(answer));
}

async function letKnow(office) {
  const answer = await tell({ type: "TellOffice", office, on: !(office in (leave?.offices ?? {})) });
  put(by("offices-says"), answered(answer));
}

async function fetchMine(anyway = false) {
  const mine = (await read({ type: "ReadAway" }))?.away;
  if (!mine) return;
  if (anyway === true || isUntouched("away-words-form")) {
    by("away-words").value = mine.words;
    by("away-dated").checked = mine.dated;
    tick(by("away-readers"), mine.readers);
    sayFolded(by("away-readers"));
  }
  showWay(mine);
}

function show(view) {
  showGone(view, true);
  if (!("leave" in view)) return;
  const now = JSON.stringify(view.leave);
  if (now === was) return;
  const first = was === "";
  was = now;
  leave = view.leave;
  // Beside what is said by itself, not in it: a shape that changes there would say it once more.
  by("away-is").parentElement.dataset.shape = leave ? "○" : "●";
  put(by("away-is"), stands());
  by("away-asks").hidden = !leave?.asks;
  const back = by("away-back");
  if (!leave && document.activeElement === back) by("away-done").focus();
  back.hidden = !leave;
  by("away-words-part").hidden = leave?.is !== "away";
  if (isUntouched("away-step")) {
    by("away-until").value = leave?.until ?? "";
    by("away-shown").checked = leave?.shown ?? false;
    by("away-called").checked = leave?.is === "away" && leave.called;
  }
  if (isUntouched("way-part")) {
    by("part-rehearses").checked = leave?.rehearses ?? !leave;
    by("part-performs").checked = leave?.performs ?? !leave;
  }
  showOffices();
  if (!first) fetchMine();
}

/** What I have said, and what others are shown of it. */
function stands() {
  if (!leave) return say("is_there");
  if ("rehearses" in leave) return say(leave.rehearses ? "is_rehearses" : "is_performs");
  if (leave.is === "done") return say("is_done");
  const until = leave.until ? say(leave.shown ? "is_until_shown" : "is_until", { day: dayOf(leave.until) }) : say("is_no_date");
  return `${until} ${say(leave.called ? "is_called" : "is_not_called")}`;
}

function showOffices() {
  const left = leave && leave.is !== "part";
  by("offices").hidden = !left;
  const [day, time] = (leave?.from ?? "").split(" ");
  put(by("offices-from"), left ? (day ? say("office_from", { day: dayOf(day), time }) : say("office_may")) : say("office_not_away"));
  for (const button of by("offices").querySelectorAll("button")) {
    const is = leave?.offices?.[button.dataset.office] ?? "not";
    const name = say(`office_${button.dataset.office.replace(" ", "_")}`);
    put(button.parentElement.querySelector(".says"), say(`office_${is}`, { office: name }));
    put(button, say(is === "not" ? "office_tell" : "office_keep", { office: name }));
    button.hidden = is === "read";
  }
}

if (data.me) {
  start();
  startQuiet(show);
}
