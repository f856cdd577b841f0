import { showFound, startFound } from "./found.js";
import { showKnock, startKnock } from "./knock.js";
import { startQuiet } from "./quiet.js";
import { showSongs, startSong } from "./song.js";
import { startWishes } from "./wishes.js";

startWishes();
startFound();
startKnock();
startSong();
startQuiet((view) => {
  // A phone that does not open what is its person's is told nothing of it.
  if (!view.found) return;
  showFound(view.found);
  showKnock(view.knock);
  showSongs(view.songs);
});
