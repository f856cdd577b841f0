// Sound from the microphone or a file, made into what the desk keeps: 16 kHz, one channel, 16 bits.

const RATE = 16_000;
const HEAD_BYTES = 44;
const AT_ONCE = 0x8000;

/** Whether this browser lets this page record: not without a secure connection. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

/** Record until `stop` is called or for `most` seconds; {stop, sound}, sound resolves to bytes. */
export async function record(most) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const sound = new Promise((done) => {
    recorder.addEventListener("stop", async () => {
      for (const track of stream.getTracks()) track.stop();
      done(await new Blob(parts).arrayBuffer());
    });
  });
  const stop = () => recorder.state === "inactive" || recorder.stop();
  recorder.start();
  setTimeout(stop, most * 1000);
  return { stop, sound };
}

/** The samples of any sound this browser can read; throws for what is none. */
export async function samplesOf(bytes) {
  // An offline context at our rate: what is read is brought to it.
  const read = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
  const channels = Array.from({ length: read.numberOfChannels }, (_, n) => read.getChannelData(n));
  return Int16Array.from({ length: read.length }, (_, at) => {
    const mean = channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length;
    return Math.max(-32_768, Math.min(32_767, Math.round(mean * 32_767)));
  });
}

export const secondsOf = (samples) => samples.length / RATE;

/** `samples` as a WAV file, in base64. */
export function wavOf(samples) {
  const file = new DataView(new ArrayBuffer(HEAD_BYTES + samples.length * 2));
  const letters = (at, text) => [...text].forEach((letter, n) => file.setUint8(at + n, letter.charCodeAt(0)));
  letters(0, "RIFF");
  file.setUint32(4, 36 + samples.length * 2, true);
  letters(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, RATE, true);
  file.setUint32(28, RATE * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  letters(36, "data");
  file.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => file.setInt16(HEAD_BYTES + n * 2, sample, true));
  const bytes = new Uint8Array(file.buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}
