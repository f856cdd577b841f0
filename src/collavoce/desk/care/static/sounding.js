// Recordings on their way: a file to the desk, a recording from it. Nothing of them stays in this browser.

const LOST = { reached: false, known: true, kept: false, done: false, why: "" };

/** What came of bringing `file`: {reached, known, kept, why, code}; code: the demo's id. Never throws. */
export async function bringFile(file) {
  try {
    const response = await fetch("/care/demo", {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
      cache: "no-store",
    });
    if (response.status >= 500) return LOST;
    return { reached: true, known: response.status !== 401, ...(await response.json()) };
  } catch {
    return LOST;
  }
}

/** The recording that `asked` names, as {blob}; or {why}. Never throws. */
export async function fetchSound(asked) {
  try {
    const response = await fetch("/care/demo/play", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
      cache: "no-store",
    });
    const isSound = response.headers.get("Content-Type") === "audio/wav";
    if (!isSound) return { blob: null, why: (await response.json()).why };
    return { blob: await response.blob(), why: "" };
  } catch {
    return { blob: null, why: "" };
  }
}

/** Let `audio` play `blob` and nothing that it played before. */
export function sound(audio, blob) {
  if (audio.src) URL.revokeObjectURL(audio.src);
  audio.src = URL.createObjectURL(blob);
  audio.play().catch(() => {}); // a browser that wants a press for it has the controls
}

/** Give `blob` to the person as a file called `name`. */
export function hand(blob, name) {
  const way = document.createElement("a");
  way.href = URL.createObjectURL(blob);
  way.download = name;
  document.body.append(way);
  way.click();
  way.remove();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
}
