// The stream from the desk. Every frame is the whole view; a page that hears nothing says so.

const SILENCE_MS = 2500;
const AGAIN_MS = 1000;

/** Hand every view that differs from the one before to `show`; tell `linked` how the line is. */
export function listen(show, linked) {
  let source = null;
  let heardAt = performance.now();
  let shown = "";
  let isLinked = null;

  const say = (now) => {
    if (now !== isLinked) linked((isLinked = now));
  };

  const open = () => {
    source?.close();
    heardAt = performance.now();
    source = new EventSource("/care/stream");
    source.onmessage = (event) => {
      heardAt = performance.now();
      say(true);
      if (event.data !== shown) {
        shown = event.data;
        show(JSON.parse(event.data));
      }
    };
  };

  open();
  setInterval(() => {
    if (performance.now() - heardAt < SILENCE_MS) return;
    say(false);
    // The browser's own retry gives up on some errors; a press must find the line again by itself.
    open();
  }, AGAIN_MS);
}
