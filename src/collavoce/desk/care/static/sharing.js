// Choosing by name who sees something, and saying a day. The list is as long as the company: it is folded,
// and the line that folds it says who is chosen.

import { ticked } from "./forms.js";
import { data, element, keyed, nameOf, namesOf, put, say } from "./words.js";

/** Everybody of the show but me. */
export const others = () => Object.keys(data.people).filter((id) => id !== data.me);

/** Boxes for `ids` in `node`, one each. */
export function boxes(node, ids) {
  keyed(node, ids.map((id) => [id, id]), (id) => {
    const label = element("label", "choice");
    const box = element("input");
    Object.assign(box, { type: "checkbox", value: id });
    label.append(box, ` ${nameOf(id)}`);
    return label;
  }, () => {});
}

/** Let the summary of the fold around `list` say who is ticked there, whenever that changes. */
export function folds(list) {
  list.closest("details").addEventListener("change", () => sayFolded(list));
  sayFolded(list);
}

/** Say it now: the boxes were ticked by this page. */
export function sayFolded(list) {
  const ids = ticked(list);
  put(list.closest("details").querySelector("summary"), ids.length ? say("seen_by", { who: namesOf(ids) }) : say("seen_by_nobody"));
}

/** "2026-12-12" as people say it here. */
export const dayOf = (iso) =>
  new Date(`${iso}T12:00:00Z`).toLocaleDateString(document.documentElement.lang || undefined, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
