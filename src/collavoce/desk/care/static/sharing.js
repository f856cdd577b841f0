// Choosing by name who sees something, and saying a day.

import { data, element, keyed, nameOf } from "./words.js";

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

/** "2026-12-12" as people say it here. */
export const dayOf = (iso) =>
  new Date(`${iso}T12:00:00Z`).toLocaleDateString(document.documentElement.lang || undefined, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
