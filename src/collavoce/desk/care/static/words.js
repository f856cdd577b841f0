// What the page was sent with, and how it says it.

export const data = JSON.parse(document.getElementById("data").textContent);

/** The words of `key` with `{name}` filled in. */
export function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A person's name; whoever is not of the show any more has none here. */
export const nameOf = (id) => data.people[id] ?? (id.startsWith("~") ? say("gone") : id);

/** Several names as people say them: "Ana, Ben and Caro". */
export function namesOf(ids) {
  const names = ids.map(nameOf);
  if (names.length < 2) return names.join("");
  const last = names.pop();
  return say("and", { some: names.join(", "), last });
}

/** A length of time in words, to the second below two minutes. */
export function lasting(seconds) {
  return seconds < 120
    ? say("seconds", { n: Math.max(0, Math.floor(seconds)) })
    : say("minutes", { n: Math.floor(seconds / 60) });
}

/**
 * Put `text` into `node` only if it is not there: nothing is announced twice. A shape is drawn
 * before it by the style sheet, and is not read aloud: the words say the same.
 */
export function put(node, text, shape = "") {
  if (node.textContent !== text) node.textContent = text;
  if (shape && node.dataset.shape !== shape) node.dataset.shape = shape;
}

/** Keep the children of `list` as `items`, one node for each key; focus stays, or goes to what is near. */
export function keyed(list, items, make, show) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  items.forEach(([key, item], index) => {
    let node = old.get(key);
    old.delete(key);
    if (!node) {
      node = make(item);
      node.dataset.key = key;
    }
    const held = node.contains(document.activeElement) ? document.activeElement : null;
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
    show(node, item);
    if (held) keepFocus(held, node);
  });
  for (const node of old.values()) {
    const held = node.contains(document.activeElement);
    const near = [node.nextElementSibling, node.previousElementSibling];
    node.remove();
    if (held) focusNear(list, near);
  }
}

/** Where somebody stood whose entry went: at the next one, at the heading of the list, at the press. */
function focusNear(list, near) {
  const next = near.flatMap((node) => [...(node?.querySelectorAll("button, a, input") ?? [])]).find((one) => one.checkVisibility());
  const heading = document.body.matches(".quiet") && list.closest("section")?.querySelector("h2");
  const to = next ?? (heading && heading.checkVisibility() ? heading : document.getElementById("press-button"));
  if (to === heading) heading.tabIndex = -1;
  to?.focus();
}

/** Put the focus back on `held`, or where it went to next if that is gone. */
function keepFocus(held, node) {
  const next = [held, ...node.querySelectorAll("button, a, summary")].find((one) => one.checkVisibility());
  if (document.activeElement !== held || next !== held) (next ?? document.getElementById("press-button"))?.focus();
}

/** A new element with its class and words. */
export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** A new button that does `act`. */
export function button(className, text, act) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}
