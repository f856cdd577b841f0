// Small hands for the page. Text goes in as text, never as markup.

export const byId = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Writing the same text again would make a screen reader say it again, and cost a layout.
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function mark(node, name, value) {
  if (value === null || value === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export const shape = (text) => el("span", { class: "shape", "aria-hidden": "true" }, text);

export function signed({ word, shape: form, tone }) {
  return el("span", { class: "sign", "data-tone": tone }, shape(form), word);
}

export function putSign(node, sign) {
  if (node.dataset.was === sign.is) return;
  node.dataset.was = sign.is;
  mark(node, "data-tone", sign.tone);
  node.replaceChildren(shape(sign.shape), sign.word);
}

// The children of a list, written only when `value` is another than before.
export function fill(id, value, items) {
  const node = byId(id);
  const now = JSON.stringify(value);
  if (node.dataset.was === now) return;
  node.dataset.was = now;
  node.replaceChildren(...items);
}

export function drawing(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.nodeName !== "svg") throw new Error("no drawing");
  return document.importNode(parsed, true);
}
