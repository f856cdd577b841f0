// A press, sent once. Nothing is kept for later: a GO that comes late is worse than none.

import { here } from "./here.js";

const PATIENCE_MS = 4000;

function key() {
  // Not randomUUID: a browser has that only under TLS, which a venue's network may lack.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(path, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(here(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: patience.signal,
    });
    return await answer.json();
  } catch {
    return { lost: true };
  } finally {
    clearTimeout(timer);
  }
}

export const ask = (type, fields = {}) => post("/command", { key: key(), type, ...fields });

export const askLine = (type, fields = {}) => post("/line", { key: key(), type, ...fields });

export const learnControl = (does) => post("/learn", { does });

export const askAsCrew = (type, fields = {}) => post("/phone/command", { key: key(), type, ...fields });

export const placeAt = (quarter) => post("/place", { quarter });

export const assistantLink = () => post("/assistant", {});

export const signOutAll = () => post("/sign-out-all", {});

export const pair = (person) => post(`/pairing/${encodeURIComponent(person)}`, {});
