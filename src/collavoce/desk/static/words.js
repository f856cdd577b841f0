// Every word of the page comes from the catalogue, as on the server.

let words = {};

export async function learn() {
  words = await (await fetch("/words.json")).json();
}

export const know = (given) => (words = given);

export function say(key, values = {}) {
  const sentence = words[`desk.${key}`] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
