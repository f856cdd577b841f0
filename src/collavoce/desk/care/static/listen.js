// A recording that somebody lets me hear, once. The link's secret stands behind its #, and leaves the address bar.

import { fetchSound, sound } from "./sounding.js";
import { put, say } from "./words.js";

const by = (id) => document.getElementById(id);
const secret = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

by("listen").addEventListener("click", async () => {
  by("listen").disabled = true;
  put(by("says"), say("fetching"));
  const { blob, why } = await fetchSound({ type: "PlayOnce", secret });
  // What the network lost before it reached the desk may be asked for again; a link that is used may not.
  by("listen").disabled = Boolean(blob);
  put(by("says"), blob ? say("here") : why || say("lost"));
  if (!blob) return;
  by("sound").hidden = false;
  by("sound").focus();
  sound(by("sound"), blob);
});
