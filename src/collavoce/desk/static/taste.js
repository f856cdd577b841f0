// What one person likes on this machine: the light of the page, single keys. Nothing else is kept.

export function recall(name) {
  try {
    return localStorage.getItem(`collavoce.${name}`);
  } catch {
    return null; // storage forbidden: the page works the same, and forgets
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`collavoce.${name}`, value);
  } catch {
    // forbidden, as above
  }
}

export function applyLight() {
  document.documentElement.dataset.light = recall("light") ?? "dark";
}

export function buildLight(fieldset) {
  const now = recall("light") ?? "dark";
  for (const choice of fieldset.querySelectorAll("input")) {
    choice.checked = choice.value === now;
    choice.addEventListener("change", () => {
      remember("light", choice.value);
      applyLight();
    });
  }
}
