// My card: fetched once, kept field by field or all at once, and what of it others may read.

import { read } from "./act.js";
import { knowAvoids, knowFields, startFields } from "./card_fields.js";
import { heedMark, knowSharing, startOthers } from "./card_others.js";
import { showReaders, startReaders } from "./card_readers.js";
import { knowReview, startReview } from "./card_review.js";
import { startQuiet } from "./quiet.js";
import { put, say } from "./words.js";

const lost = document.getElementById("card-lost");

startFields(showReaders);
startReaders();
startReview();
startOthers(fetchCard);
startQuiet((view) => heedMark(view.card));
fetchCard();

async function fetchCard() {
  const shown = await read({ type: "ReadCard" });
  const known = shown?.card.fields !== undefined;
  put(lost, known ? "" : say(shown === null ? "card_lost" : "card_closed"), known ? "" : "▲");
  if (!known) return shown?.sharing ?? null;
  knowFields(shown.card.fields);
  knowAvoids(shown.card.avoids);
  knowReview(shown.card);
  showReaders();
  knowSharing(shown.sharing);
  return shown.sharing;
}
