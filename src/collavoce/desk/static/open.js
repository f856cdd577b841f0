// Hands the key in the link's fragment over, once, and takes it out of the address.

const said = document.getElementById("door");
const key = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", "/open");

if (!key) {
  said.textContent = said.dataset.noKey;
} else {
  try {
    const answer = await fetch("/open", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key }),
    });
    if (answer.ok) location.replace("/");
    else said.textContent = (await answer.json()).refused;
  } catch {
    said.textContent = said.dataset.unreachable;
  }
}
