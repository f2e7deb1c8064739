/* Keeps the pages that asked for it on this device, with what they are drawn by: the network first,
   what was kept where it does not answer. Nothing is ever sent from here. */
"use strict";
const KEPT = "openhall-kept-1";
const PATIENCE = 6000; // a network that hangs is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache" });
    if (answer.ok && !answer.redirected) {
      await cache.put(address, answer);
    }
  }));
}

self.addEventListener("message", (event) => {
  const told = (said) => event.ports[0] && event.ports[0].postMessage(said);
  const { keep: addresses, forget } = event.data || {};
  const work = forget ? caches.delete(KEPT) : keep(addresses || []);
  event.waitUntil(work.then(() => told("kept"), () => told("failed")));
});

async function answered(request) {
  const kept = await (await caches.open(KEPT)).match(request, { ignoreVary: true });
  if (!kept) {
    return fetch(request);
  }
  const late = new Promise((done) => setTimeout(() => done(kept.clone()), PATIENCE));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") {
    event.respondWith(answered(event.request));
  }
});
