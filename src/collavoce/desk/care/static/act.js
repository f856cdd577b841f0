// One way to the desk: POST, and what came of it.

const ANSWER_WITHIN_MS = 2500;
const SOUND_WITHIN_MS = 30_000;
let linked = true;
const LOST = { reached: false, known: true, kept: false, done: false, why: "" };

/** Whether the desk is heard: while it is not, nothing long is waited for. */
export const heedLink = (now) => (linked = now);

async function post(path, body, within = ANSWER_WITHIN_MS, bytes = 0) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), linked ? within : ANSWER_WITHIN_MS);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: filledTo(JSON.stringify(body), bytes),
      cache: "no-store",
      signal: given.signal,
    });
    if (response.status >= 500) return LOST;
    return { reached: true, known: response.status !== 401, ...(await response.json()) };
  } catch {
    return LOST;
  } finally {
    clearTimeout(timer);
  }
}

/** What became of `act`: {reached, known, kept, done, why}; known: this phone is somebody's. Never throws. */
export const tell = (act) => post("/care/act", act);

/** `text` with spaces behind it, up to `bytes`: its length tells nothing. */
const filledTo = (text, bytes) => text + " ".repeat(Math.max(0, bytes - new TextEncoder().encode(text).length));

/** As `tell`, for words: as many bytes whatever they are. Never throws. */
export const tellFilled = (act, bytes) => post("/care/act", act, SOUND_WITHIN_MS, bytes);

/** What came of something long, as a sound. Never throws. */
export const bring = (path, body) => post(path, body, SOUND_WITHIN_MS);

/** What the desk shows of `what`, null if it shows nothing. Never throws. */
export async function read(what) {
  const answer = await post("/care/read", what);
  return answer.shown ?? null;
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Tell `act` until it arrives, while `wanted` says so. Retries after 0.5 to 5 s. */
export async function insist(act, wanted = () => true) {
  for (let wait = 500; wanted(); wait = Math.min(5000, wait * 1.6)) {
    const answer = await tell(typeof act === "function" ? act() : act);
    if (answer.reached) return answer;
    await pause(wait);
  }
  return null;
}

/** 128 random bits, url-safe. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
