// The page for when there is no desk: one button. The worker behind it keeps the press and sends it.

const AGAIN_MS = 3000;

const button = document.getElementById("press-button");
const says = document.getElementById("press-says");
let at = 0;
let press = "";

const say = (what) => {
  if (says.textContent !== says.dataset[what]) says.textContent = says.dataset[what];
};

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

async function send() {
  try {
    const answer = await fetch("/care/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type: "Press", press, ago: (Date.now() - at) / 1000 }),
    });
    if (answer.status < 500) return location.replace("/care/");
  } catch {
    // No desk yet: the worker has it.
  }
  say("kept");
  return setTimeout(send, AGAIN_MS);
}

button.addEventListener("click", () => {
  if (button.hasAttribute("aria-disabled")) return;
  press = freshId();
  at = Date.now();
  button.setAttribute("aria-disabled", "true");
  say("felt");
  send();
});

// Another page of mine may have left one: then it is on its way already.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (!data.kept || press) return;
  button.setAttribute("aria-disabled", "true");
  say("kept");
});
navigator.serviceWorker?.controller?.postMessage("kept?");

// The desk may be back: then its own page is better than this one.
setInterval(() => {
  if (!press) fetch("/care/static/mark.svg", { method: "HEAD", cache: "no-store" }).then(() => location.replace("/care/")).catch(() => {});
}, AGAIN_MS);
