// The code came in the fragment, which no server log and no Referer carries; it is shown once.

import { say } from "./words.js";

const says = document.getElementById("pairing") ?? document.getElementById("murmur");

function look() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  says.textContent = say("door_pairing");
  pair(code);
}

async function pair(code) {
  try {
    const response = await fetch("/care/pair", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
      cache: "no-store",
    });
    const answer = await response.json();
    if (answer.kept) location.replace(location.pathname);
    else says.textContent = answer.why || say("door_offline");
  } catch {
    says.textContent = say("door_offline");
  }
}

// A second code may be scanned into the tab that shows this page: that loads nothing anew.
addEventListener("hashchange", look);
look();
