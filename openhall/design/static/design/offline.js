/* What a page needs that works away from the network: it keeps itself on the device, keeps what is
   written in a small store, and sends it on when there is a network again. */
window.offline = (function () {
  "use strict";

  function wanted(request) {
    return new Promise(function (done, failed) {
      request.onsuccess = function () { done(request.result); };
      request.onerror = function () { failed(request.error); };
    });
  }

  /* A store of this name: rows by their id, and a few single values. */
  async function store(name) {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = function () {
      opening.result.createObjectStore("rows", { keyPath: "id" });
      opening.result.createObjectStore("values");
    };
    const base = await wanted(opening);
    function at(table, mode) {
      return base.transaction(table, mode).objectStore(table);
    }
    return {
      rows: function () { return wanted(at("rows", "readonly").getAll()); },
      put: function (row) { return wanted(at("rows", "readwrite").put(row)); },
      drop: function (id) { return wanted(at("rows", "readwrite").delete(id)); },
      value: function (key) { return wanted(at("values", "readonly").get(key)); },
      keep: function (key, value) { return wanted(at("values", "readwrite").put(value, key)); },
      /* The next number of this device, taken in one transaction: no two edits have the same. */
      next: function () {
        return new Promise(function (done, failed) {
          const values = at("values", "readwrite"), asked = values.get("count");
          let count = 0;
          asked.onsuccess = function () {
            count = (asked.result || 0) + 1;
            values.put(count, "count");
          };
          values.transaction.oncomplete = function () { done(count); };
          values.transaction.onerror = function () { failed(values.transaction.error); };
        });
      },
      forget: function () {
        base.close();
        return wanted(indexedDB.deleteDatabase(name));
      }
    };
  }

  /* This page, its sheets and its programs stay on the device. Answers whether they do. */
  async function keepPage(worker) {
    if (!("serviceWorker" in navigator)) {
      return false;
    }
    await navigator.serviceWorker.register(worker);
    const ready = await navigator.serviceWorker.ready;
    const drawn = document.querySelectorAll("script[src], link[rel='stylesheet'], link[rel='icon']");
    const addresses = Array.from(drawn, function (one) { return one.src || one.href; });
    return tell(ready, { keep: [location.pathname].concat(addresses) });
  }
  function tell(ready, said) {
    return new Promise(function (done) {
      const way = new MessageChannel();
      way.port1.onmessage = function (event) { done(event.data === "kept"); };
      ready.active.postMessage(said, [way.port2]);
    });
  }

  async function forgetPage() {
    const ready = await navigator.serviceWorker.getRegistration();
    if (ready && ready.active) {
      await tell(ready, { forget: true });
      await ready.unregister();
    }
  }

  function tokenIn(page) {
    const field = page.querySelector("[name='csrfmiddlewaretoken']");
    return field ? field.value : "";
  }

  /* Sends ``told`` as JSON; where the page is older than the session, with the token of a new one.
     Answers { status, said }; throws where there is no network. */
  async function send(address, told) {
    let token = tokenIn(document);
    for (let turn = 0; ; turn += 1) {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(told)
      });
      if (answer.status !== 403 || turn) {
        const json = (answer.headers.get("Content-Type") || "").includes("json");
        return { status: answer.status, said: json && !answer.redirected ? await answer.json() : null };
      }
      const fresh = await fetch(location.pathname, { cache: "no-store" });
      token = tokenIn(new DOMParser().parseFromString(await fresh.text(), "text/html"));
    }
  }

  function words() {
    const found = {};
    document.querySelectorAll("[data-word]").forEach(function (one) {
      found[one.dataset.word] = one.textContent.trim();
    });
    return found;
  }

  function device() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), function (one) {
      return one.toString(16).padStart(2, "0");
    }).join("");
  }

  return {
    store: store, keepPage: keepPage, forgetPage: forgetPage, send: send, words: words,
    device: device
  };
})();
