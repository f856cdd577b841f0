// Which other desks there are: one that looks on, and none at all any more.

import { byId, put } from "./dom.js";
import { assistantLink, signOutAll } from "./orders.js";
import { say } from "./words.js";

export function buildDesks() {
  byId("desk-assistant").addEventListener("click", async () => {
    const links = await assistantLink();
    show(links, links.assistant, say("desks.assistant"));
  });
  byId("desk-sign-out").addEventListener("click", async () => {
    const links = await signOutAll();
    show(links, links.caller, say("desks.signed_out"));
  });
  byId("phones").addEventListener("close", () => show({ refused: "" }, undefined, ""));
}

function show(answer, link, words) {
  put(byId("desk-said"), link ? words : (answer.refused ?? say("hands.not_sent")));
  put(byId("desk-link"), link ?? "");
}
