// My check-in: when I am asked, whom a rule of mine tells, and what I said lately.

import { freshId, read, tell } from "./act.js";
import { atHour, showAsk, showTold, startAsk } from "./checkin_ask.js";
import { answered, heedTouch, isUntouched, keeps, settled, tick, ticked } from "./forms.js";
import { startQuiet } from "./quiet.js";
import { button, element, keyed, nameOf, namesOf, put, say } from "./words.js";

const OFF = -1;

const by = (id) => document.getElementById(id);
let circle = "";

startAsk(fetchMine);
keeps("checkin-when", () => [{ type: "ChooseDelay", minutes: by("checkin-off").checked ? OFF : Number(by("checkin-minutes").value) }], fetchMine);
by("checkin-off").addEventListener("change", showMinutes);
startNewRule();
fetchMine();

startQuiet((view) => {
  showAsk(view.checkin);
  showTold(view.checkin_told);
  // Whom a rule may name is of my own circle: when that has changed, what stands here has too.
  const now = JSON.stringify(view.circle);
  if (circle && circle !== now) fetchMine();
  circle = now;
});

function startNewRule() {
  const form = by("new-rule");
  heedTouch("new-rule");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await tell({
      type: "AddRule",
      rule: freshId(),
      answers: ticked(by("rule-answers")),
      persons: ticked(by("rule-persons")),
    });
    put(form.querySelector(".says"), answer.kept ? say("checkin_done") : answered(answer));
    if (!answer.kept) return;
    settled("new-rule");
    tick(form, []);
    fetchMine();
  });
}

async function fetchMine() {
  const mine = await read({ type: "ReadCheckIn" });
  if (!mine) return;
  if (isUntouched("checkin-when")) {
    by("checkin-off").checked = mine.minutes === OFF;
    if (mine.minutes !== OFF) by("checkin-minutes").value = mine.minutes;
    showMinutes();
  }
  by("checkin-locked").hidden = mine.open;
  by("new-rule").hidden = !mine.open || mine.may.length === 0;
  by("rule-nobody").hidden = !mine.open || mine.may.length > 0;
  keyed(by("rule-persons"), mine.may.map((id) => [id, id]), choice, () => {});
  keyed(by("own-rules"), mine.rules.map((rule) => [rule.id, rule]), makeRule, (item, rule) => put(item.firstChild, inWords(rule)));
  none("own-rules-none", mine.rules, "checkin_no_rules");
  const answers = mine.answers.map((one, n) => [`${n} ${one.at}`, one]).reverse();
  keyed(by("own-answers"), answers, () => element("li"), (item, { at, said }) =>
    put(item, say("checkin_answer", { at: atHour(at), said: say(`checkin_${said}`) })),
  );
  none("own-answers-none", mine.answers, "checkin_no_answers");
}

function none(id, list, key) {
  by(id).hidden = list.length > 0;
  put(by(id), list.length ? "" : say(key));
}

/** Whoever is never asked needs no minutes; they stay for whoever comes back to it. */
function showMinutes() {
  by("checkin-minutes").disabled = by("checkin-off").checked;
}

function makeRule(rule) {
  const item = element("li", "row");
  const drop = button("", say("checkin_drop"), async () => {
    const answer = await tell({ type: "DropRule", rule: rule.id });
    put(by("own-rules-says"), answer.kept ? say("checkin_gone") : answered(answer));
    fetchMine();
  });
  drop.setAttribute("aria-label", `${say("checkin_drop")}: ${inWords(rule)}`);
  item.append(element("span", "who"), drop);
  return item;
}

function inWords({ answers, persons }) {
  const said = answers.map((one) => say(`checkin_${one}`));
  const last = said.pop();
  const some = said.length ? say("checkin_or", { some: said.join(", "), last }) : last;
  return say("checkin_rule", { answers: some, persons: namesOf(persons) });
}

function choice(id) {
  const label = element("label", "choice");
  const box = element("input");
  Object.assign(box, { type: "checkbox", value: id });
  label.append(box, ` ${nameOf(id)}`);
  return label;
}
