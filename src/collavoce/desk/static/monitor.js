// What carries the show: processes, this machine, the follower, the devices and what they last took.

import { byId, el, fill, putSign, signed } from "./dom.js";
import { sending } from "./cues.js";
import { say } from "./words.js";

let last = { rail: null, place: null };
const devices = new Map();

export function buildMonitor() {
  for (const id of ["open-monitor", "open-carries"]) byId(id).addEventListener("click", openMonitor);
}

export function openMonitor() {
  byId("monitor").showModal();
  show();
}

export function showMachine({ rail, last: fired }) {
  last.rail = rail;
  for (const one of fired?.sent ?? []) devices.set(one.to, one);
  const { machine } = rail;
  if (machine) {
    putSign(byId("power"), { ...machine.power, is: machine.power.word });
    byId("power").hidden = machine.power.is === "machine.power" && machine.power.tone === "quiet";
    putSign(byId("network"), machine.network);
    byId("network").hidden = machine.network.is === "machine.network";
  }
  if (byId("monitor").open) show();
}

export function showFollower(place) {
  last.place = place;
  const words = [place.sign.word, place.bar === null ? null : `${place.bar}.${place.beat}`, place.sure].filter(Boolean);
  putSign(byId("rail-music"), { ...place.sign, is: words.join(" "), word: words.join(" · ") });
  if (byId("monitor").open) follower(place);
}

const row = (name, ...rest) => el("li", {}, el("span", { class: "name", title: name }, name), ...rest);

function show() {
  const { rail, place } = last;
  if (!rail) return;
  fill("monitor-processes", rail.processes, rail.processes.map(({ name, sign }) => row(name, signed(sign))));
  const { machine } = rail;
  const rows = machine ? [row(say("monitor.power"), signed(machine.power)), row([say("monitor.network"), ...machine.ports].join(" "), signed(machine.network))] : [];
  const browser = navigator.onLine === false ? [row(say("monitor.browser"), say("offline.word"))] : [];
  fill("monitor-machine", [machine, browser.length], [...rows, ...browser]);
  const all = [...devices.values()];
  fill("monitor-devices", all, all.length ? all.map((one) => row(one.to || "-", el("span", { "data-tone": one.ok && !one.problem ? null : "doubt" }, sending(one)))) : [el("li", { class: "what" }, say("monitor.nothing_sent"))]);
  if (place) follower(place);
}

function follower(place) {
  const tempo = place.tempo === null ? "" : say("music.tempo", { tempo: place.tempo });
  const sure = place.sure === null ? "" : say("music.sure", { word: place.sure, percent: Math.round(100 * place.confidence) });
  const items = [row(say("monitor.state"), signed(place.sign)), row(say("monitor.sure"), sure), row(say("monitor.tempo"), tempo)];
  if (place.notice) items.push(row(say("monitor.notice"), place.notice));
  fill("monitor-follower", [place.sign.is, sure, tempo, place.notice], items);
}
