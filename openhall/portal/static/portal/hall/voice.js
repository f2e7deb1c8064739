// Speaks the calls of a hall from one shipped sound: no network beside this site, no system voice.
// Announcements queue: never two at once, none twice. A browser lets sound begin after one press
// ("Sound on"), or at once on a screen started for it.
"use strict";
(() => {
  const root = document.querySelector("[data-voice]");
  if (!root || !window.AudioContext) return;
  const button = document.querySelector("[data-sound]");
  const sound = new AudioContext();
  const gap = { please: 0.06, to: 0.02, no: 0.16, chime: 0.1 };
  const queue = [];
  let clips = null;
  let voice = null;
  let heard = null; // the newest call that was spoken or stood there when the screen began
  let speaking = false;
  root.dataset.spoken = "";

  const load = async () => {
    const table = await (await fetch(root.dataset.voice)).json();
    const raw = await (await fetch(table.file)).arrayBuffer();
    voice = await sound.decodeAudioData(raw);
    clips = table.clips;
    next();
  };

  const next = () => {
    if (speaking || !clips || sound.state !== "running" || !queue.length) return;
    const call = queue.shift();
    speaking = true;
    let at = sound.currentTime + 0.05;
    let last = null;
    for (const name of call.s) {
      const place = clips[name];
      if (!place) continue;
      last = sound.createBufferSource();
      last.buffer = voice;
      last.connect(sound.destination);
      last.start(at, place[0], place[1]);
      at += place[1] + (gap[name] ?? 0.03);
    }
    root.dataset.spoken = `${root.dataset.spoken} ${call.n}`.trim();
    const ended = () => {
      speaking = false;
      window.setTimeout(next, 500);
    };
    if (last) last.onended = ended;
    else ended();
  };

  root.addEventListener("hall", (event) => {
    const calls = event.detail.calls;
    const newest = calls.length ? Math.max(...calls.map((call) => call.k)) : 0;
    if (heard !== null) {
      const fresh = calls.filter((call) => call.k > heard).sort((one, other) => one.k - other.k);
      for (const call of fresh) {
        const same = queue.findIndex((one) => one.n === call.n);
        if (same >= 0) queue.splice(same, 1);
        queue.push(call);
      }
    }
    heard = Math.max(heard ?? 0, newest);
    next();
  });

  const ready = () => {
    button.hidden = sound.state === "running";
    next();
  };
  sound.onstatechange = ready;
  button.addEventListener("click", () => sound.resume());
  ready();
  load();
})();
