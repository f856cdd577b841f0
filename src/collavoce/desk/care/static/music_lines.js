// Quiet lines on the page of the press: that something waits on the page Music, and no more of it.

import { element, keyed, nameOf, put, say } from "./words.js";

/** Take whom I was told of, and what was knocked: nothing, on a phone that opens nothing. */
export function showMusicLines({ found = [], knock = { heard: [], mine: [] } }) {
  const lines = found.map((one) => [`${one.topic} ${one.who}`, say("found_line", { who: nameOf(one.who) })]);
  if (knock.heard.some((one) => !one.said)) lines.push(["heard", say("knock_line")]);
  if (knock.mine.some((one) => one.answers.length > 0)) lines.push(["mine", say("knock_line_mine")]);
  keyed(document.getElementById("music-said"), lines, () => element("li"), put);
  document.getElementById("music-lines").hidden = lines.length === 0;
}
