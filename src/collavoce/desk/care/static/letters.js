// Letters, invitations, messages. The page looks at one pace, whoever writes what; words come only
// when they are opened here. What is typed stays in the page until the desk has kept it.

import { freshId, read, tell, tellFilled } from "./act.js";
import { heedTouch, isUntouched, settled, tick, ticked, twice } from "./forms.js";
import { showPost } from "./post_lists.js";
import { startQuiet } from "./quiet.js";
import { dayOf } from "./sharing.js";
import { data, nameOf, put, say } from "./words.js";

const LOOK_MS = 10_000;
const LETTER_BYTES = 96 * 1024;
const NOTE_BYTES = 12 * 1024;
const MINUTES_ASKED = 60;

const by = (id) => document.getElementById(id);
let sealed = []; // letters of mine on their way: other words in one leave it so
const idOf = { letter: freshId(), note: freshId(), invitation: freshId() };

/** What came of what form `id` told, in its own line; what was typed stays unless it was kept. */
function answered(id, answer, kept) {
  const said = answer.kept ? say(kept) : answer.why || say("post_lost");
  put(by(id).querySelector(".says"), said);
  if (answer.kept) look();
  return answer.kept;
}

/** When a letter of `way` comes, in words. */
const when = ({ way, day, at }) => say(`post_when_${way}`, { day: day && dayOf(day), at });

function written() {
  const way = by("letter-way").value;
  const dated = way === "date";
  return {
    type: "WriteLetter",
    letter: idOf.letter,
    to: by("letter-to").value,
    way,
    day: dated ? by("letter-day").value : "",
    at: dated ? by("letter-at").value : "",
    told: by("letter-told").checked,
    words: by("letter-words").value,
  };
}

/** Keep the draft; `kept` is said then, "" for nothing. */
async function keepLetter(kept) {
  const answer = by("letter-to").value ? await tellFilled(written(), LETTER_BYTES) : { why: say("post_whom") };
  return answer.kept && !kept ? true : answered("letter", answer, kept);
}

async function sealLetter() {
  if (!(await keepLetter(""))) return;
  const answer = await tell({ type: "SealLetter", letter: idOf.letter, sure: true });
  if (answered("letter", answer, "post_sealed_says")) clearLetter(false);
}

function clearLetter(says = true) {
  idOf.letter = freshId();
  by("letter-words").value = "";
  if (says) put(by("letter").querySelector(".says"), "");
}

/** Go to field `id`, whose form may be folded. */
function unfold(id) {
  by(id).closest("details").open = true;
  by(id).focus();
}

/** Put a letter of mine into the form, to be changed. */
async function changeLetter(one) {
  const words = (await read({ type: "ReadLetter", letter: one.id }))?.words;
  if (!words) return;
  idOf.letter = one.id;
  by("letter-to").value = words.to;
  by("letter-way").value = words.way;
  by("letter-day").value = words.day;
  by("letter-at").value = words.at || "09:00";
  by("letter-told").checked = words.told === "yes";
  by("letter-words").value = words.words;
  by("letter-date").hidden = words.way !== "date";
  unfold("letter-words");
}

function startLetter() {
  by("letter-way").addEventListener("change", () => (by("letter-date").hidden = by("letter-way").value !== "date"));
  by("letter").addEventListener("submit", (event) => {
    event.preventDefault();
    keepLetter(sealed.includes(idOf.letter) ? "post_sealed_says" : "post_draft_kept");
  });
  twice(by("letter-seal"), by("letter-not"), say("post_seal_yes"), sealLetter);
  by("letter-seal").addEventListener("click", () => {
    const asks = by("letter-seal").classList.contains("armed");
    const to = by("letter-to").value;
    if (asks && to) put(by("letter").querySelector(".says"), say("post_seal_asks", { who: nameOf(to), when: when(written()) }));
  });
  by("letter-clear").addEventListener("click", () => {
    clearLetter();
    by("letter-to").focus();
  });
  by("letters-ask").addEventListener("click", async () => {
    const answer = await tell({ type: "AskForLetters" });
    await look();
    put(by("letters-says"), answer.kept ? say("post_asked") : answer.why || say("post_lost"));
  });
}

function startNote() {
  by("note").addEventListener("submit", async (event) => {
    event.preventDefault();
    const act = { type: "SendNote", note: idOf.note, to: by("note-to").value, words: by("note-words").value, after: Number(by("note-after").value) };
    if (!answered("note", await tellFilled(act, NOTE_BYTES), "post_sent_says")) return;
    idOf.note = freshId();
    by("note-words").value = "";
  });
}

/** Put a message of mine that has not gone out into the form, to be changed. */
async function changeNote(one) {
  const words = (await read({ type: "ReadNote", note: one.id }))?.words;
  if (!words) return;
  idOf.note = one.id;
  by("note-to").value = words.to;
  by("note-words").value = words.words;
  by("note-after").value = String(Math.ceil(one.left / MINUTES_ASKED));
  unfold("note-words");
}

function startInvitation() {
  by("invitation").addEventListener("submit", async (event) => {
    event.preventDefault();
    const act = {
      type: "WriteInvitation",
      invitation: idOf.invitation,
      to: by("invitation-to").value,
      place: by("invitation-place").value,
      words: by("invitation-words").value,
      signs: by("invitation-signs").checked,
    };
    if (!answered("invitation", await tellFilled(act, NOTE_BYTES), "post_kept")) return;
    idOf.invitation = freshId();
    by("invitation-place").value = by("invitation-words").value = "";
  });
}

function startTaking() {
  heedTouch("taking");
  by("taking-read").addEventListener("change", showLater);
  by("taking").addEventListener("submit", async (event) => {
    event.preventDefault();
    const after = { never: -1, now: 0, later: Number(by("taking-after").value) }[by("taking-read").value];
    const answer = await tellFilled({ type: "SetPost", told: by("taking-told").checked, read_after: after, stopped: ticked(by("taking-stopped")) }, NOTE_BYTES);
    if (answered("taking", answer, "post_kept")) settled("taking");
  });
}

const showLater = () => (by("taking-later").hidden = by("taking-read").value !== "later");

function showTaking({ told, read_after: after, stopped }) {
  if (!isUntouched("taking")) return;
  by("taking-read").value = after < 0 ? "never" : after > 0 ? "later" : "now";
  if (after > 0) by("taking-after").value = String(Math.round(after / MINUTES_ASKED));
  by("taking-told").checked = told;
  tick(by("taking-stopped"), stopped);
  showLater();
}

async function look() {
  const post = (await read({ type: "ReadPost" }))?.post;
  if (!post?.taking) return;
  sealed = post.mine.filter((one) => one.is === "sealed").map((one) => one.id);
  showPost(post, { when, look, changeLetter, changeNote });
  showTaking(post.taking);
}

if (data.me) {
  startLetter();
  startNote();
  startInvitation();
  startTaking();
  startQuiet();
  look();
  setInterval(look, LOOK_MS);
}
