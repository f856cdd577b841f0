// Being left alone, as long and as often as I like; and who is with me.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { data, lasting, nameOf, put, say } from "./words.js";

const MINUTES = 30;

const by = (id) => document.getElementById(id);

/** Make the buttons work. */
export function startAlone() {
  const ask = async (act) => {
    const answer = await tell(act);
    put(by("alone-answer"), answer.kept ? "" : answered(answer));
    return answer.kept;
  };
  by("alone-start").addEventListener("click", () =>
    ask({ type: "Alone", minutes: MINUTES, look_after: Number(by("alone-look").value) }),
  );
  by("alone-back").addEventListener("click", async () => {
    const over = { type: "NotWith", owner: data.me };
    if (await ask(by("alone").dataset.is === "with" ? over : { type: "Back" })) by("alone-start").focus();
  });
}

/** Take whether this person is alone (seconds left, or null), who is with them, and whether they
 * are away since somebody came. */
export function showAlone({ left, with: company, away }) {
  const is = company ? "with" : left !== null ? "alone" : away ? "away" : "here";
  by("alone").dataset.is = is;
  const words = say(`alone_${is}`, { left: lasting(left ?? 0), who: nameOf(company) });
  put(by("alone-says"), words, { with: "✓", here: "○", away: "◑", alone: "◑" }[is]);
  put(by("alone-start"), say(is === "alone" ? "alone_longer" : "alone_start", { n: MINUTES }));
  put(by("alone-back"), say(is === "with" ? "alone_over" : "alone_back"));
  by("alone-back").hidden = is === "here";
}
