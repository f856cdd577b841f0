// The show clock as last heard, carried on between two beats; and times as people read them.

const anchor = { at: 0, heard: 0, rate: 1, known: false, day: 0 };

export function beat(at, day = 0) {
  const heard = performance.now();
  const passed = (heard - anchor.heard) / 1000;
  // A rehearsal may run faster than life; a beat that came late says nothing about the rate.
  if (anchor.known && passed > 0.5 && passed < 2) anchor.rate = (at - anchor.at) / passed;
  Object.assign(anchor, { at, heard, known: true, day });
}

export const known = () => anchor.known;

export const showNow = () => anchor.at + (anchor.rate * (performance.now() - anchor.heard)) / 1000;

export const realSeconds = (seconds) => seconds / (anchor.rate || 1);

// The venue's time of day, from the midnight of the performance's own day.
export const daySeconds = () => anchor.day + (performance.now() - anchor.heard) / 1000;

export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function dayClock(timeZone) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  let form;
  try {
    form = new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  } catch {
    form = new Intl.DateTimeFormat("en-GB", options); // a zone this browser does not know
  }
  return (when = new Date()) => form.format(when);
}
