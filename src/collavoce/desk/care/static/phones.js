// Which phones are mine: one more asks, a code for when all are lost, and those to forget; and
// the phones of others who lost theirs and let me hold a share.

import { tell } from "./act.js";
import { stopWaking } from "./contacts.js";
import { announce } from "./heard.js";
import { leaveNothing } from "./leaving.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
let unwritten = false; // a code stands on this page and may not be written down yet

/** Make the buttons work. */
export function startPhones() {
  by("forget-this").addEventListener("click", async () => {
    const wakeAgain = await stopWaking();
    const answer = await tell({ type: "ForgetThis" });
    if (answer.kept) {
      await leaveNothing();
      location.reload();
    } else {
      await wakeAgain();
      put(by("phones-says"), answer.why || say("not_kept"));
    }
  });
  by("forget-rest").addEventListener("click", () => tell({ type: "ForgetRest" }));
  by("recovery-show").addEventListener("click", showCode);
  by("recovery-anew").addEventListener("click", showCode);
  by("recovery-done").addEventListener("click", () => {
    unwritten = false;
    put(by("recovery-code"), "");
    by("recovery").hidden = true;
    by("press-button").focus();
  });
}

/** Take what the desk says of this person's phones. */
export function showPhones({ phones, waiting, recovery, lost }) {
  put(by("phones"), say("phones", { count: phones }));
  by("forget-rest").hidden = phones < 2;
  by("recovery-anew").hidden = !recovery;
  if (!unwritten) {
    by("recovery").hidden = recovery;
    for (const [id, hidden] of [["recovery-show", false], ["recovery-code", true], ["recovery-done", true]]) {
      by(id).hidden = hidden;
    }
  }
  by("newcomers").hidden = waiting.length === 0;
  keyed(by("asking"), waiting.map((entry) => [entry.id, entry]), makeNewcomer, () => {});
  by("lost").hidden = lost.length === 0;
  keyed(by("lost-phones"), lost.map((entry) => [entry.device, entry]), makeLost, showLost);
}

async function showCode() {
  const answer = await tell({ type: "NewRecovery" });
  unwritten = answer.kept;
  by("recovery").hidden = false;
  by("recovery-show").hidden = answer.kept;
  by("recovery-done").hidden = !answer.kept;
  put(by("recovery-code"), answer.kept ? answer.code : answer.why || say("not_kept"));
  by("recovery-code").hidden = false;
  by("recovery-code").focus();
  // The press keeps the lower part of the screen; what is to be copied must not lie under it.
  by("recovery-code").scrollIntoView({ block: "start" });
}

function makeNewcomer({ id, number }) {
  announce(`newcomer ${id}`, say("newcomer", { number }));
  const item = element("li", "request");
  const reply = (type) => async () => {
    const answer = await tell({ type, device: id });
    announce(`reply ${id}`, answer.kept ? say("circle_kept") : answer.why || say("not_kept"));
    by("press-button").focus();
  };
  const [yes, no] = [button("yes", say("wants_yes"), reply("Mine")), button("no", say("wants_no"), reply("NotMine"))];
  yes.setAttribute("aria-describedby", "newcomers-about");
  yes.setAttribute("aria-label", say("newcomer_yes", { number }));
  no.setAttribute("aria-label", say("newcomer_no", { number }));
  item.append(element("p", "says", say("newcomer", { number })), yes, no);
  return item;
}

function makeLost(entry) {
  const asks = lostWords(entry);
  announce(`lost ${entry.device}`, asks);
  const item = element("li", "request");
  const yes = button("yes", say("wants_yes"), async () => {
    const answer = await tell({ type: "Theirs", device: entry.device, number: entry.number });
    announce(`reply ${entry.device}`, answer.kept ? say("circle_kept") : answer.why || say("not_kept"));
    by("press-button").focus();
  });
  yes.setAttribute("aria-label", say("lost_yes", { who: nameOf(entry.owner), number: entry.number }));
  yes.setAttribute("aria-describedby", "lost-about");
  item.append(element("p", "says"), yes);
  return item;
}

function showLost(item, entry) {
  put(item.querySelector(".says"), lostWords(entry));
  item.querySelector(".yes").hidden = entry.said;
}

const lostWords = ({ owner, number, said }) =>
  say(said ? "lost_said" : "lost_asks", { who: nameOf(owner), number });
