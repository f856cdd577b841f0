// What security writes of a breach: apart from everything of care, kept as the law says.

import { tell } from "./act.js";
import { answered } from "./forms.js";
import { element, put, say } from "./words.js";

const FIELDS = [["camera", 60], ["police", 60], ["text", 2000]];

/** Let the record of `breach` be written in `node`; what is being typed is left alone. */
export function showRecord(node, breach) {
  if (node.children.length === 0) node.append(form(breach));
  for (const [name] of FIELDS) {
    const field = node.querySelector(`.${name}`);
    if (document.activeElement !== field && field.dataset.kept !== breach.record[name]) {
      field.value = field.dataset.kept = breach.record[name];
    }
  }
}

function form(breach) {
  const form = element("form", "row");
  const details = element("details");
  details.append(element("summary", "", say("record")), form);
  for (const [name, most] of FIELDS) {
    const field = element(name === "text" ? "textarea" : "input", `${name} long`);
    Object.assign(field, { id: `${name}-${breach.id}`, maxLength: most, autocomplete: "off" });
    const label = element("label", "", say(`record_${name}`));
    label.htmlFor = field.id;
    form.append(label, field);
  }
  const keep = element("button", "", say("keep"));
  const says = element("p", "answer");
  keep.type = "submit";
  says.setAttribute("role", "status");
  form.append(keep, says);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const written = FIELDS.map(([name]) => [name, form.querySelector(`.${name}`).value]);
    const answer = await tell({ type: "WriteRecord", breach: breach.id, ...Object.fromEntries(written) });
    put(says, answered(answer));
  });
  return details;
}
