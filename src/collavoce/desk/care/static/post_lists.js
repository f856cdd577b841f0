// The lists of what is written: each entry says what it is, and shows its words when it is opened.

import { read, tell } from "./act.js";
import { dayOf } from "./sharing.js";
import { button, element, keyed, lasting, nameOf, put, say } from "./words.js";

const HOUR_S = 3600;
const DAY_S = 86_400;

const by = (id) => document.getElementById(id);

/** A length of time in words: tenths of a second, seconds, minutes, hours or days. */
function length(seconds) {
  if (seconds < 10) return say("post_tenths", { n: Math.max(0, Math.round(seconds * 10) / 10) });
  if (seconds < 2 * HOUR_S) return lasting(seconds);
  if (seconds < 2 * DAY_S) return say("post_hours", { n: Math.floor(seconds / HOUR_S) });
  return say("post_days", { n: Math.floor(seconds / DAY_S) });
}

/** Another key for an entry that has other buttons now. */
const keyOf = (one) => [one.id, one.is, one.left > 0, one.may].join(" ");

/** Show all of `post`; `on` has what else the page does: when, look, changeLetter, changeNote. */
export function showPost(post, on) {
  const fill = (id, items, make, says) => {
    if (items.length === 0) return keyed(by(id), [["none", null]], () => element("li", "soft", say(`post_none_${id.replace("-", "_")}`)), () => {});
    return keyed(by(id), items.map((one) => [keyOf(one), one]), (one) => entry(one, make(one), on), (node, one) => put(node.firstChild, says(one)));
  };
  fill("letters-given", post.given, given, (one) => `${one.from ? say("post_from", { who: nameOf(one.from), day: dayOf(one.day) }) : say("post_from_gone", { day: dayOf(one.day) })}${one.opened ? "" : `, ${say("post_new")}`}`);
  fill("letters-mine", [...post.mine, ...post.gone.map((one) => ({ ...one, is: "gone" }))], mine(on), (one) => letterSays(one, on));
  fill("notes-given", post.notes, noteGiven, (one) => `${say("post_note_from", { who: nameOf(one.from), ago: length(one.age) })}${one.opened ? "" : `, ${say("post_new")}`}`);
  fill("notes-sent", post.sent, noteSent(on), noteSays);
  fill("invitations-given", post.invitations, invited, (one) => [say("post_invitation", { who: nameOf(one.from) }), one.sign ? say("post_sign", { who: nameOf(one.from) }) : one.fresh ? say("post_new") : ""].filter(Boolean).join(", "));
  fill("invitations-made", post.invited, inviting, (one) => say(one.signs ? "post_invited_signs" : "post_invited", { who: nameOf(one.to) }));
}

function letterSays(one, on) {
  if (one.is === "gone") return say("post_gone", { who: nameOf(one.to), day: dayOf(one.day) });
  const said = say(one.is === "sealed" ? "post_sealed" : "post_draft", { who: nameOf(one.to), when: on.when(one) });
  return one.never ? `${said}. ${one.never}` : said;
}

function noteSays(one) {
  const values = { who: nameOf(one.to), ago: length(one.age), left: length(one.left), delivered: length(one.delivered ?? 0), read: length(one.read ?? 0) };
  if (one.left > 0) return say("post_note_left", values);
  return say(one.read !== null ? "post_note_read" : one.delivered !== null ? "post_note_delivered" : "post_note_sent", values);
}

const given = (one) => [opens({ type: "ReadLetter", letter: one.id }), ...asksTwice("post_tear", "post_tear_sure", { type: "TearLetter", letter: one.id })];

const mine = (on) => (one) =>
  one.is === "gone"
    ? []
    : [
        ["post_edit", () => on.changeLetter(one)],
        ...(one.is === "sealed" ? [acts("post_take_back", { type: "TakeBackLetter", letter: one.id })] : []),
        ...asksTwice("post_tear", "post_tear_sure", { type: "TearLetter", letter: one.id }),
      ];

const noteGiven = (one) => [opens({ type: "ReadNote", note: one.id })];

const noteSent = (on) => (one) => [
  opens({ type: "ReadNote", note: one.id }),
  ...(one.left > 0 ? [["post_edit", () => on.changeNote(one)], acts("post_take_back", { type: "TakeBackNote", note: one.id })] : []),
];

const invited = (one) => [
  opens({ type: "ReadInvitation", invitation: one.id }),
  ...(one.may ? [["heed", one]] : []),
  acts("post_put_away", { type: "TakeBackInvitation", invitation: one.id }),
];

const inviting = (one) => [opens({ type: "ReadInvitation", invitation: one.id }), acts("post_take_back", { type: "TakeBackInvitation", invitation: one.id })];

const opens = (what) => ["post_open", what, "open"];
const acts = (words, act) => [words, act, "act"];
const asksTwice = (words, sure, act) => [[words, act, "sure", sure]];

/** One entry: its line, its buttons, its words once they are opened, and what came of a press. */
function entry(one, buttons, on) {
  const item = element("li", "post");
  const line = element("p", "says");
  const row = element("div", "row");
  const words = element("p", "own-words");
  const says = element("p", "soft");
  says.setAttribute("role", "status");
  words.hidden = true;
  words.tabIndex = -1;
  for (const [name, what, kind, sure] of buttons) row.append(pressable(name, what, kind, sure, { words, says, on }));
  item.append(line, row, words, says);
  return item;
}

function pressable(name, what, kind, sure, { words, says, on }) {
  if (name === "heed") return heeds(what, says);
  if (kind === "open") {
    const opener = button("", say("post_open"), () => toggle(opener, what, words, on));
    opener.setAttribute("aria-expanded", "false");
    return opener;
  }
  if (!kind) return button("", say(name), what);
  let armed = kind !== "sure";
  const presser = button("", say(name), async () => {
    if (!armed) {
      armed = true;
      return put(presser, say(sure));
    }
    const answer = await tell(what);
    if (!answer.kept) return put(says, answer.why || say("post_lost"));
    return on.look();
  });
  return presser;
}

async function toggle(opener, what, words, on) {
  const opening = words.hidden;
  if (opening) {
    const shown = (await read(what))?.words;
    put(words, shown ? [shown.place, shown.words].filter(Boolean).join("\n") : say("post_shut"));
  }
  words.hidden = !opening;
  put(opener, say(opening ? "post_close" : "post_open"));
  opener.setAttribute("aria-expanded", String(opening));
  if (!opening) return put(words, "");
  words.focus();
  return on.look();
}

function heeds(one, says) {
  const label = element("label", "", ` ${say("post_heed")}`);
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = one.heeds;
  box.addEventListener("change", async () => {
    const answer = await tell({ type: "HeedSign", invitation: one.id, on: box.checked });
    put(says, answer.kept ? say("post_kept") : answer.why || say("post_lost"));
    if (!answer.kept) box.checked = !box.checked;
  });
  label.prepend(box);
  return label;
}
