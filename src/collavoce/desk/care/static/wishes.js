// Marks for oneself: what was written, who else may read it, and what others have given me to read.

import { freshId, read, tell } from "./act.js";
import { answered, twice } from "./forms.js";
import { button, data, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const DIRECTOR = "musical director";
const heard = []; // who is told whenever the marks were read
let editing = "";

/** What a mark, a tick or a found pair is of, in words. */
export function topicOf({ kind, piece, title = "" }) {
  const what = say(kind ? `kind_${kind}` : "kind_gone");
  const music = title || (data.pieces[piece] ?? piece);
  return music ? say("wish_piece", { kind: what, piece: music }) : say("wish_general", { kind: what });
}

/** Hand every reading of my marks, ticks and agreements to `hear`. */
export const onMarks = (hear) => heard.push(hear);

/** Read my marks anew and show them. */
export async function readMarks() {
  const mine = await read({ type: "ReadMarks" });
  if (!mine) return;
  by("marks-none").hidden = mine.marks.length > 0;
  keyed(by("marks"), mine.marks.map((mark) => [mark.id, mark]), makeMark, showMark);
  heard.forEach((hear) => hear(mine));
}

/** Make the form and the list work. */
export function startWishes() {
  const show = () => {
    by("mark-other").hidden = by("mark-piece").value !== "other";
    by("mark-named").hidden = by("mark-to").value !== "person";
  };
  by("mark-piece").addEventListener("change", show);
  by("mark-to").addEventListener("change", show);
  by("mark-anew").addEventListener("click", () => fill());
  by("mark").addEventListener("submit", async (event) => {
    event.preventDefault();
    const says = by("mark").querySelector(".says");
    put(says, "");
    const answer = await tell(written());
    put(says, answered(answer));
    if (!answer.kept) return;
    fill();
    await readMarks();
  });
  by("given-show").addEventListener("click", showGiven);
  readMarks();
}

function written() {
  const piece = by("mark-piece").value;
  const to = by("mark-to").value;
  return {
    type: "WriteMark",
    id: editing || freshId(),
    kind: by("mark-kind").value,
    piece: piece.startsWith("of ") ? piece.slice(3) : "",
    title: piece === "other" ? by("mark-title").value : "",
    words: by("mark-words").value,
    to: { "": "", person: by("mark-person").value, director: DIRECTOR }[to],
  };
}

/** Put `mark` into the form, or nothing. */
function fill(mark = { id: "", kind: "not_mine", piece: "", title: "", words: "", to: "" }) {
  editing = mark.id;
  by("mark-kind").value = mark.kind;
  by("mark-piece").value = mark.title ? "other" : mark.piece && `of ${mark.piece}`;
  by("mark-title").value = mark.title;
  by("mark-words").value = mark.words;
  by("mark-to").value = mark.to === DIRECTOR ? "director" : mark.to && "person";
  by("mark-person").value = mark.to === DIRECTOR ? "" : mark.to;
  by("mark-anew").hidden = !editing;
  by("mark-other").hidden = !mark.title;
  by("mark-named").hidden = by("mark-to").value !== "person";
}

async function does(act, kept) {
  const answer = await tell(act);
  put(by("marks-says"), answered(answer, kept));
  await readMarks();
}

function makeMark() {
  const node = element("li");
  const row = element("div", "row");
  const drop = button("", say("wish_drop"), () => {});
  const leave = button("", say("wish_drop_not"), () => {});
  leave.hidden = true;
  twice(drop, leave, say("wish_drop_sure"), () => does({ type: "DropMark", id: node.dataset.key }, "wish_dropped"));
  row.append(
    button("tick", "", () => {
      const on = node.dataset.found !== "on";
      return does({ type: "BeFound", id: node.dataset.key, on }, on ? "found_kept" : "found_back");
    }),
    button("withdraw", say("wish_withdraw"), () =>
      does({ type: "WithdrawMark", id: node.dataset.key }, "wish_withdrawn"),
    ),
    button("edit", say("wish_edit"), () => {
      fill(node.mark);
      by("mark-kind").focus();
    }),
    drop,
    leave,
  );
  node.append(element("strong"), element("p", "own-words"), element("p", "to soft"), row);
  return node;
}

function showMark(node, mark) {
  node.mark = mark;
  node.dataset.found = mark.found ? "on" : "";
  put(node.querySelector("strong"), topicOf(mark));
  put(node.querySelector(".own-words"), mark.words);
  node.querySelector(".own-words").hidden = !mark.words;
  put(node.querySelector(".to"), readers(mark.to));
  put(node.querySelector(".tick"), say(mark.found ? "found_untick" : "found_tick"));
  node.querySelector(".tick").hidden = !mark.can;
  node.querySelector(".withdraw").hidden = !mark.to;
}

function readers(to) {
  if (!to) return say("wish_to_nobody");
  return to === DIRECTOR ? say("wish_to_director") : say("wish_to_person", { who: nameOf(to) });
}

/** Only when it is asked for: each look leaves a row in its author's log. */
async function showGiven() {
  const given = (await read({ type: "ReadGiven" }))?.given ?? [];
  put(by("given-says"), given.length ? "" : say("wish_given_none"));
  by("given").replaceChildren(
    ...given.map((one) => {
      const node = element("li");
      node.append(
        element("strong", "", topicOf(one)),
        element("p", "soft", say("wish_given", { who: nameOf(one.who) })),
        element("p", "own-words", one.words),
      );
      return node;
    }),
  );
}
