// One way to the desk: POST, and whether it was kept.

const ANSWER_WITHIN_MS = 2500;

/** What became of `act`: {reached, kept, done, why}. Never throws. */
export async function tell(act) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), ANSWER_WITHIN_MS);
  try {
    const response = await fetch("/care/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(act),
      cache: "no-store",
      signal: given.signal,
    });
    if (response.status >= 500) return { reached: false, kept: false, done: false, why: "" };
    return { reached: true, ...(await response.json()) };
  } catch {
    return { reached: false, kept: false, done: false, why: "" };
  } finally {
    clearTimeout(timer);
  }
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
