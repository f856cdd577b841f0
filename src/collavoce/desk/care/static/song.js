// My demos, links to hear one once, and the songs that come of a demo and a wish.

import { bring, freshId, read, tell } from "./act.js";
import { answered, ticked, twice } from "./forms.js";
import { bringFile, fetchSound, hand, sound } from "./sounding.js";
import { button, data, element, keyed, lasting, nameOf, namesOf, put, say } from "./words.js";

const FILE_BYTES_MOST = 30 * 1024 * 1024;
const by = (id) => document.getElementById(id);
let demos = [];
let releasing = "";
let stood = null; // how the songs stood when the page was last told

/** Make lists and forms work. */
export function startSong() {
  by("demo-new").addEventListener("submit", bringNew);
  by("song-offer").addEventListener("submit", offer);
  by("song-release").addEventListener("submit", release);
  by("release-not").addEventListener("click", () => closeRelease());
  by("songs-show").addEventListener("click", look);
  look();
}

/** Take what the stream says of songs. What others do is fetched when a person asks, never by itself. */
export function showSongs(songs) {
  const now = JSON.stringify(songs);
  if (stood !== null && now !== stood) put(by("songs-waits"), say("song_changed"));
  stood = now;
}

async function look() {
  const mine = await read({ type: "ReadSongs" });
  if (!mine) return;
  demos = mine.demos;
  put(by("songs-waits"), "");
  by("demos-none").hidden = demos.length > 0;
  by("songs-none").hidden = mine.songs.length > 0;
  keyed(by("demos"), demos.map((demo) => [demo.demo, demo]), makeDemo, showDemo);
  keyed(by("songs"), mine.songs.map((song) => [`${song.song} ${song.is}`, song]), makeSong, showSong);
  by("song-offer").hidden = demos.length === 0;
  const chosen = by("offer-demo").value;
  by("offer-demo").replaceChildren(...demos.map((demo) => new Option(titleOf(demo), demo.demo)));
  if (demos.some(({ demo }) => demo === chosen)) by("offer-demo").value = chosen;
}

async function after(asked, says, kept = "song_kept") {
  const answer = await asked;
  put(by(says), answered(answer, kept));
  if (answer.kept) await look();
  return answer;
}

// Demos.

const titleOf = ({ title }) => title || say("song_untitled");

async function bringNew(event) {
  event.preventDefault();
  const says = by("demo-new").querySelector(".says");
  const [file] = by("demo-file").files;
  if (!file) return put(says, say("song_no_file"));
  if (file.size > FILE_BYTES_MOST) return put(says, say("song_big"));
  put(says, say("song_bringing"));
  const answer = await bringFile(file);
  if (!answer.kept) return put(says, answered(answer));
  const title = by("demo-name").value.trim();
  if (title) await tell({ type: "NameDemo", demo: answer.code, title });
  by("demo-new").reset();
  put(says, say("song_brought"));
  await look();
}

function makeDemo({ demo }) {
  const item = element("li", "request");
  const to = element("select");
  to.setAttribute("aria-label", say("song_link_to"));
  to.append(new Option(say("song_link_anybody"), ""));
  for (const [id, name] of Object.entries(data.people)) to.append(new Option(name, id));
  const drop = button("", say("song_drop"), () => {});
  const not = button("", say("song_drop_not"), () => {});
  not.hidden = true;
  twice(drop, not, say("song_drop_sure"), () => after(tell({ type: "DropDemo", demo }), "demos-says"));
  item.append(
    element("p", "says"),
    button("hear", say("song_hear"), () => hear(demo)),
    button("", say("song_take_along"), () => takeAlong(demo)),
    to,
    button("", say("song_link"), () => makeLink(demo, to.value)),
    drop,
    not,
    element("ul", "links"),
  );
  return item;
}

function showDemo(item, demo) {
  put(item.querySelector(".says"), say("song_demo_is", { title: titleOf(demo), length: lasting(demo.seconds) }));
  keyed(item.querySelector(".links"), demo.links.map((link) => [link.link, link]), makeOpen, showOpen);
}

function makeOpen({ link }) {
  const item = element("li");
  item.append(
    element("span", "says"),
    button("", say("song_link_drop"), () => after(tell({ type: "DropListening", link }), "demos-says")),
  );
  return item;
}

function showOpen(item, { to, until }) {
  const who = to ? nameOf(to) : say("song_link_anybody");
  put(item.querySelector(".says"), say("song_link_is", { who, until: new Date(until).toLocaleString() }));
}

async function hear(demo) {
  put(by("demos-says"), say("song_fetching"));
  const { blob, why } = await fetchSound({ type: "PlayMine", demo });
  put(by("demos-says"), blob ? "" : why || say("not_kept"));
  if (!blob) return;
  put(by("demo-heard-name"), titleOf(demos.find((one) => one.demo === demo)));
  by("demo-heard").hidden = false;
  sound(by("demo-sound"), blob);
}

async function takeAlong(demo) {
  put(by("demos-says"), say("song_fetching"));
  const { blob, why } = await fetchSound({ type: "PlayMine", demo });
  put(by("demos-says"), blob ? say("song_taken_along") : why || say("not_kept"));
  if (blob) hand(blob, `${demo}.wav`);
}

async function makeLink(demo, to) {
  const answer = await bring("/care/demo/link", { type: "MakeListening", demo, to });
  put(by("demos-says"), answered(answer, "song_link_kept"));
  if (!answer.kept) return;
  by("demo-link-made").hidden = false;
  by("demo-link").value = `${location.origin}/care/listen#${answer.code}`;
  by("demo-link").focus();
  by("demo-link").select();
  await look();
}

// Songs.

async function offer(event) {
  event.preventDefault();
  const says = by("song-offer").querySelector(".says");
  if (!by("offer-demo").value) return put(says, say("song_no_demo"));
  const act = {
    type: "OfferDemo",
    song: freshId(),
    demo: by("offer-demo").value,
    to: by("offer-to").value,
    wish: by("offer-wish").value.trim(),
  };
  const answer = await tell(act);
  put(says, answered(answer, "song_offered_kept"));
  if (!answer.kept) return;
  by("offer-wish").value = "";
  await look();
}

function makeSong(song) {
  const item = element("li", "request");
  item.append(element("p", "says"), element("p", "soft"));
  const act = (label, told) => item.append(button("", say(label), () => after(tell(told), "songs-says")));
  const asks = { type: "AgreeToSong", song: song.song };
  const [lends, wishes] = [song.lends === data.me, song.wishes === data.me];
  if (wishes && ["offered", "lent"].includes(song.is)) act("song_agree_wish", { ...asks, wish: true });
  if (lends && ["offered", "wished"].includes(song.is)) act("song_agree_demo", { ...asks, wish: false });
  if (lends && song.is === "agreed") {
    item.append(button("", say("song_put"), () => openRelease(song)));
  }
  if (song.is !== "recalled") act("song_back", { type: "TakeSongBack", song: song.song });
  return item;
}

function showSong(item, song) {
  const [says, soft] = item.querySelectorAll("p");
  const who = { lends: nameOf(song.lends), wishes: nameOf(song.wishes) };
  put(says, say("song_is", { title: titleOf(song), ...who, is: say(`song_is_${song.is}`) }));
  const told = [
    song.wish && say("song_wish_is", { words: song.wish }),
    song.seconds && say("song_length_is", { length: lasting(song.seconds) }),
    song.players.length && say("song_players_are", { names: namesOf(song.players) }),
  ];
  put(soft, told.filter(Boolean).join(" "));
}

function openRelease(song) {
  releasing = song.song;
  by("song-release").hidden = false;
  by("release-name").value = song.title;
  by("release-title").focus();
}

function closeRelease() {
  releasing = "";
  by("song-release").hidden = true;
  by("songs-show").focus();
}

async function release(event) {
  event.preventDefault();
  const act = {
    type: "PutInSet",
    song: releasing,
    title: by("release-name").value.trim(),
    players: ticked(by("release-players")),
  };
  // A recording of many minutes is copied first: that takes longer than other answers.
  const answer = await bring("/care/act", act);
  put(by("song-release").querySelector(".says"), answered(answer, "song_put_kept"));
  if (!answer.kept) return;
  put(by("songs-says"), say("song_put_kept"));
  closeRelease();
  await look();
}
