// The page of somebody's buttons. Its words stand in the page: there is nothing here to translate.

const by = (id) => document.getElementById(id);
const says = by("says");

/** What became of `act`; never throws. Choosing a pad takes as long as it takes. */
async function ask(act) {
  try {
    const response = await fetch("/care/buttons/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(act),
      cache: "no-store",
    });
    return await response.json();
  } catch {
    return { kept: false, why: says.dataset.lost };
  }
}

by("add").addEventListener("click", async () => {
  const answer = await ask({ type: "Add" });
  says.textContent = answer.why;
  if (!answer.kept) return;
  const drawn = new DOMParser().parseFromString(answer.picture, "image/svg+xml");
  by("picture").replaceChildren(document.adoptNode(drawn.documentElement));
  by("text").value = answer.text;
  by("set-up").hidden = false;
  by("add").hidden = true;
  by("added").focus();
});

by("done").addEventListener("click", () => location.reload());

by("learn").addEventListener("click", async () => {
  by("learn").disabled = true;
  says.textContent = by("learn").dataset.now;
  const answer = await ask({ type: "Learn" });
  by("learn").disabled = false;
  says.textContent = answer.kept ? answer.text : answer.why;
  by("learn").focus();
});

for (const button of document.querySelectorAll("[data-forget]")) {
  button.addEventListener("click", async () => {
    const answer = await ask({ type: "Forget", button: button.dataset.forget });
    says.textContent = answer.kept ? says.dataset.forgotten : answer.why;
    if (answer.kept) button.closest("li").remove();
  });
}
