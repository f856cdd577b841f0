// Cards that others share with me. What was taken back goes from this page in the same moment.

import { read } from "./act.js";
import { called } from "./card_fields.js";
import { button, element, keyed, nameOf, put, say } from "./words.js";

const by = (id) => document.getElementById(id);
let mark = null; // of what is shared with me, from the stream
let opened = 0; // counts openings: an answer that comes after something was taken back is not shown

/** Make the buttons work; `again` fetches who shares. */
export function startOthers(again) {
  by("others-again").addEventListener("click", async () => {
    close();
    const sharing = await again();
    if (sharing === null) put(by("others-says"), say("not_kept"));
    else knowSharing(sharing);
  });
  by("other-close").addEventListener("click", () => {
    const owner = by("other").dataset.owner;
    close();
    [...by("sharing").children].find((item) => item.dataset.key === owner)?.querySelector("button").focus();
  });
}

/** Take who shares something with me. */
export function knowSharing(sharing) {
  put(by("others-says"), sharing.length ? "" : say("card_sharing_none"));
  keyed(by("sharing"), sharing.map((owner) => [owner, owner]), (owner) => {
    const item = element("li");
    item.append(button("", say("card_open", { who: nameOf(owner) }), () => open(owner)));
    return item;
  }, () => {});
}

/** Take the mark; when it is another one, nothing of before stays. */
export function heedMark(now) {
  if (mark !== null && now !== mark) {
    const held = by("others").contains(document.activeElement);
    close();
    keyed(by("sharing"), [], () => {}, () => {});
    put(by("others-says"), say("card_changed"));
    if (held) by("others-again").focus();
  }
  mark = now;
}

async function open(owner) {
  close();
  const mine = opened;
  const shown = await read({ type: "ReadCardOf", owner });
  if (mine !== opened) return;
  const fields = Object.entries(shown?.fields ?? {});
  if (fields.length === 0) {
    put(by("others-says"), say(shown === null ? "not_kept" : "card_gone"));
    return;
  }
  put(by("others-says"), "");
  const title = element("h3", "", say("card_of", { who: nameOf(owner) }));
  title.tabIndex = -1;
  const said = element("dl");
  said.append(...fields.flatMap(([name, words]) => [element("dt", "soft", called(name)), element("dd", "", words)]));
  by("other-says").replaceChildren(title, said);
  by("other").dataset.owner = owner;
  by("other").hidden = false;
  title.focus();
}

function close() {
  opened += 1;
  by("other").hidden = true;
  by("other-says").replaceChildren();
  by("other").dataset.owner = "";
}
