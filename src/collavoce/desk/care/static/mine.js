// What I have settled for myself: fetched when a group is opened, and again after each change.

import { read, tell } from "./act.js";
import { showHour } from "./after.js";
import { answered, heedTouch, isUntouched, keeps, settled, tellAll, tick, ticked, twice } from "./forms.js";
import { showContacts, startContacts } from "./contacts.js";
import { leaveNothing } from "./leaving.js";
import { startLookOver } from "./look_over.js";
import { showTakes, startTakes } from "./takes.js";
import { element, keyed, nameOf, namesOf, put, say } from "./words.js";

const GROUPS = ["people", "rules", "reached", "kept"];

const by = (id) => document.getElementById(id);
const seconds = (id) => Number(by(id).value);
let order = [];

/** Make the forms work. */
export function startMine() {
  for (const id of GROUPS) {
    by(id).addEventListener("toggle", () => by(id).open && fetchMine());
  }
  startTimes();
  keeps("near", () => [{
    type: "WriteNear",
    kind: kind(),
    ...(kind() === "anyone" ? {} : {
      ids: ticked(by("near-names")),
      genders: ticked(by("near-genders")),
      but: ticked(by("near-but")),
    }),
  }], fetchMine);
  by("near").addEventListener("change", showNames);
  keeps("opening", () => [{ type: "WriteOpening", hand: by("opening-hand").checked, breach: by("opening-breach").checked }]);
  startWords();
  startContacts(fetchMine);
  startTakes(fetchMine);
  keeps("lines", () => [{
    type: "WriteLines",
    lines: [by("line-1").value, by("line-2").value],
    shared: ticked(by("shared-names")),
  }], fetchMine);
  keeps("aftercare", () => [{ type: "WriteAftercare", words: by("after").value }]);
  keeps("holders", () => [{ type: "Holders", ids: ticked(by("holder-names")) }], fetchMine);
  keeps("routing", () => [{ type: "Routing", on: by("routing-on").checked }]);
  by("anew").addEventListener("click", async () => {
    put(by("mine-says"), answered(await tell({ type: "BeginAnew" })));
    fetchMine();
  });
  startRecords();
  startLookOver();
}

/** Take the order of my circle from the stream: the times are kept with it. */
export function knowOrder(circle) {
  order = circle.order.map((entry) => entry.id);
}

/** The second person's time is kept with the order, the later ones apart; either may have to go first. */
function startTimes() {
  const form = by("times");
  heedTouch("times");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const circle = { type: "WriteCircle", order, second_after: seconds("second") };
    const ladder = {
      type: "WriteLadder",
      receipt_after: seconds("receipt"),
      all_after: seconds("all"),
      voice_after: seconds("voice"),
      last_resort: by("last").value,
    };
    let answer = await tellAll([circle, ladder]);
    if (!answer.kept) answer = await tellAll([ladder, circle]);
    put(form.querySelector(".says"), answered(answer));
    if (answer.kept) settled("times");
    fetchMine();
  });
}

function startWords() {
  const [cancel, duress] = [by("word-cancel"), by("word-duress")];
  const empty = () => {
    cancel.value = "";
    duress.value = "";
    fetchMine();
  };
  keeps("words", () => [{ type: "WriteWords", cancel: cancel.value, duress: duress.value }], empty);
  by("words-none").addEventListener("click", async () => {
    const answer = await tell({ type: "WriteWords", cancel: "", duress: "" });
    put(by("words").querySelector(".says"), answered(answer));
    if (answer.kept) {
      cancel.focus();
      empty();
    }
  });
}

function startRecords() {
  by("log-show").addEventListener("click", async () => {
    const shown = await read({ type: "ReadLog" });
    put(by("log-says"), shown === null ? say("not_kept") : shown.log.length ? "" : say("log_empty"));
    const rows = (shown?.log ?? []).map((row, n) => [`${n} ${row.at}`, row]);
    keyed(by("log"), rows, () => element("li"), (item, row) =>
      put(item, say("log_row", { ...row, who: nameOf(row.who), at: new Date(row.at).toLocaleString() })),
    );
  });
  by("export").addEventListener("click", async () => {
    const shown = await read({ type: "ReadExport" });
    if (shown === null) return put(by("mine-says"), say("not_kept"));
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([shown.export], { type: "application/json" }));
    link.download = "collavoce.json";
    link.click();
    URL.revokeObjectURL(link.href);
    return put(by("mine-says"), say("exported"));
  });
  twice(by("erase"), by("erase-not"), say("erase_sure"), async () => {
    const answer = await tell({ type: "EraseMe", sure: true });
    if (!answer.kept) return put(by("mine-says"), answered(answer));
    await leaveNothing();
    return location.reload();
  });
}

async function fetchMine() {
  const mine = await read({ type: "ReadMine" });
  if (mine) show(mine);
}

/** What is being filled in is left alone. */
function show(mine) {
  const fill = {
    times: () => {
      for (const [id, value] of Object.entries(mine.times)) by(id).value = value;
      by("last").value = mine.last;
    },
    near: () => {
      for (const choice of by("near").querySelectorAll("[name=near]")) choice.checked = choice.value === mine.near.kind;
      tick(by("near-names"), mine.near.ids);
      for (const word of mine.near.genders) if (!boxOf("near-genders", word)) by("near-genders").append(choice(word, word));
      tick(by("near-genders"), mine.near.genders);
      tick(by("near-but"), mine.near.but);
      by("near-yet").open = mine.near.but.length > 0;
    },
    opening: () => {
      by("opening-hand").checked = mine.opening.hand;
      by("opening-breach").checked = mine.opening.breach;
    },
    lines: () => {
      by("line-1").value = mine.lines[0] ?? "";
      by("line-2").value = mine.lines[1] ?? "";
      boxes(by("shared-names"), mine.agreed);
      tick(by("shared-names"), mine.shared);
    },
    aftercare: () => {
      by("after").value = mine.aftercare;
    },
    holders: () => {
      boxes(by("holder-names"), mine.agreed);
      tick(by("holder-names"), mine.holders);
    },
    routing: () => {
      by("routing-on").checked = mine.routing;
    },
  };
  for (const [id, write] of Object.entries(fill)) if (isUntouched(id)) write();
  showHour(mine.after);
  showTakes(mine.takes);
  showNames();
  put(by("near-kept-away"), mine.kept_away.length ? say("near_kept_away", { who: namesOf(mine.kept_away) }) : "");
  put(by("words-set"), say(mine.words ? "words_set" : "words_unset"), mine.words ? "✓" : "○");
  by("words-none").hidden = !mine.words;
  showContacts(mine.contacts);
  by("sight").hidden = mine.sight === "open";
  put(by("sight"), mine.sight === "open" ? "" : say(`sight_${mine.sight}`), "▲");
  by("anew").hidden = mine.sight !== "gone";
  by("shared").hidden = mine.agreed.length === 0;
  by("holders").hidden = mine.agreed.length < 2;
  showWatched(mine.watched);
}

function showWatched(watched) {
  by("watched").hidden = watched.length === 0;
  keyed(by("watched-circles"), watched.map((one) => [one.owner, one]), () => element("li"), (item, one) =>
    put(item, say(one.order.length ? "watched_circle" : "watched_nobody", { owner: nameOf(one.owner), who: namesOf(one.order) })),
  );
}

const kind = () => by("near").querySelector("[name=near]:checked")?.value ?? "anyone";

function showNames() {
  by("near-who").hidden = kind() === "anyone";
}

/** Boxes for `ids` in `node`, one each. */
function boxes(node, ids) {
  keyed(node, ids.map((id) => [id, id]), (id) => choice(id, nameOf(id)), () => {});
}

function choice(value, words) {
  const label = element("label", "choice");
  const box = element("input");
  Object.assign(box, { type: "checkbox", value });
  label.append(box, ` ${words}`);
  return label;
}

const boxOf = (id, value) => [...by(id).querySelectorAll("input")].find((box) => box.value === value);
