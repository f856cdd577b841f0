// Alt and a letter, or a figure, for what may have to be quick. With Alt no reader's own key is
// taken, and nothing is done by a letter alone (WCAG 2.1.4).

/** Let Alt and a letter or figure press the first button that carries it and can be seen. */
export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    // By the key's place: with Alt some keyboards write another letter.
    const letter = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1];
    const carrying = letter ? document.querySelectorAll(`[aria-keyshortcuts="Alt+${letter}"]`) : [];
    const button = [...carrying].find((node) => node.checkVisibility());
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });
}
