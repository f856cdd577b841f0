// The code came in the fragment, which no server log and no Referer carries; it is shown once.

const code = location.hash.slice(1);
const says = document.getElementById("pairing");
const { words } = JSON.parse(document.getElementById("data").textContent);

if (code) {
  history.replaceState(null, "", location.pathname);
  says.textContent = words.door_pairing;
  pair();
}

async function pair() {
  try {
    const response = await fetch("/care/pair", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
      cache: "no-store",
    });
    const answer = await response.json();
    if (answer.kept) location.replace(location.pathname);
    else says.textContent = answer.why || words.door_offline;
  } catch {
    says.textContent = words.door_offline;
  }
}
