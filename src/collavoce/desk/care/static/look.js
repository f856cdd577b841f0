// How the page looks: dark, blue light for the wings, paper white for the day. The one thing this
// page leaves in the browser; it says nothing about anybody, and goes when the phone is forgotten.

const KEY = "collavoce.look";

const remembered = () => {
  try {
    return localStorage.getItem(KEY) ?? "dark";
  } catch {
    return "dark"; // a browser that keeps nothing
  }
};

/** Put on what was chosen here before. */
export function wearLook(look = remembered()) {
  document.documentElement.dataset.look = look;
}

/** Let the choice on this page work. */
export function startLook() {
  wearLook();
  for (const choice of document.querySelectorAll("#look input")) {
    choice.checked = choice.value === remembered();
    choice.addEventListener("change", () => {
      try {
        localStorage.setItem(KEY, choice.value);
      } catch {
        // It lasts as long as this page.
      }
      wearLook(choice.value);
    });
  }
}
