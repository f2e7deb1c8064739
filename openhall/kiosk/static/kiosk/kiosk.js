// Keeps a kiosk to itself: pages are put in without a step of history or a new address, and after
// some time without a touch everything that a visitor left is cleared, after a warning.
(() => {
  "use strict";
  const WARNED = 15; // seconds of the warning
  let here = location.href;
  let left = Infinity; // seconds until the warning
  let warned = 0; // seconds of the warning that are left; 0: no warning stands
  let again = 0; // seconds until this page is read anew by itself
  let turn = 0; // an answer to an earlier touch is thrown away

  const home = () => document.body.dataset.home || document.body.dataset.kiosk;
  const atHome = () => new URL(here).pathname === home() && !document.body.dataset.home;
  const still = () => document.querySelector("[data-still]");
  const touched = () => {
    left = Number(document.body.dataset.idle) || 45;
    warned = 0;
    const asked = still();
    if (asked) asked.hidden = true;
  };

  const begun = (moved) => {
    again = Number(document.body.dataset.again) || 0;
    window.kioskKeyboard?.();
    if (document.body.hasAttribute("data-prints")) {
      window.print();
      again = again || 12;
      document.body.dataset.then = home();
    }
    if (moved) {
      window.scrollTo(0, 0);
      if (!document.activeElement || document.activeElement === document.body) {
        document.getElementById("main")?.focus({ preventScroll: true });
      }
    }
    queues();
  };

  const show = (text, address) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceWith(page.body);
    here = address;
    begun(true);
  };

  const go = async (address, options = {}) => {
    turn += 1;
    const mine = turn;
    try {
      const answer = await fetch(address, {
        credentials: "omit",
        cache: "no-store",
        ...options,
      });
      const text = await answer.text();
      if (mine !== turn) return;
      if (!(answer.headers.get("Content-Type") || "").includes("html")) throw new Error("no page");
      show(text, answer.url);
    } catch {
      if (mine !== turn) return;
      const said = document.createElement("p");
      said.className = "kiosk-as-of";
      said.setAttribute("role", "alert");
      said.textContent = document.body.dataset.failed;
      document.querySelector("main")?.before(said);
    }
  };

  // Everything a browser could keep. The pages never write any of it; this is the second lock.
  const cleared = async () => {
    for (const form of document.forms) form.reset();
    try {
      localStorage.clear();
      sessionStorage.clear();
      for (const pair of document.cookie.split(";")) {
        const name = pair.split("=")[0].trim();
        if (name) document.cookie = `${name}=; Max-Age=0; path=/`;
      }
      for (const name of (await window.caches?.keys?.()) || []) await caches.delete(name);
      for (const one of (await indexedDB.databases?.()) || []) indexedDB.deleteDatabase(one.name);
    } catch {
      // A browser that has none of these has nothing to clear.
    }
    getSelection()?.removeAllRanges();
    here = new URL(home(), location.href).href;
    touched();
    location.replace(here);
  };

  document.addEventListener("click", (event) => {
    const on = event.target.closest("a, [data-stay], [data-clear], [data-print]");
    if (!on) return;
    if (on.matches("[data-stay]")) return touched();
    if (on.matches("[data-clear]")) return void cleared();
    if (on.matches("[data-print]")) return window.print();
    event.preventDefault();
    const to = new URL(on.getAttribute("href"), here);
    if (to.origin === location.origin) void go(to.href);
  });

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    const to = new URL(form.getAttribute("action"), here);
    if (form.method === "post") {
      void go(to.href, { method: "POST", body: sent });
      return;
    }
    to.search = sent.toString();
    void go(to.href).then(() => offline(sent.get("q")));
  });

  // While the server is away the search looks through the names that were copied.
  const offline = async (typed) => {
    const form = document.querySelector("[data-index]");
    if (!form || !typed || !document.querySelector(".kiosk-as-of")) return;
    const asked = typed.trim().toLowerCase();
    let said = { items: [] };
    try {
      said = await (await fetch(form.dataset.index, { cache: "no-store" })).json();
    } catch {
      // Nothing was copied yet: nothing is found.
    }
    const found = said.items.filter(
      ([name, letters, short]) =>
        name.toLowerCase().includes(asked) ||
        letters.includes(asked.replace(/[^a-z]/g, "") || "\n") ||
        short === asked,
    );
    const list = document.querySelector("[data-found] ul");
    list.replaceChildren(
      ...found.slice(0, 30).map(([name, , , address]) => {
        const row = document.createElement("li");
        const link = document.createElement("a");
        link.href = address;
        link.textContent = name;
        row.append(link);
        return row;
      }),
    );
    document.querySelector("[data-found] p")?.remove();
    if (!found.length) {
      const none = document.createElement("p");
      none.textContent = form.dataset.nothing;
      document.querySelector("[data-found]").append(none);
    }
    document.querySelector("[data-keyboard]").value = typed;
  };

  // How many wait in each line, from the one small body that the displays read.
  const queues = async () => {
    const list = document.querySelector("[data-hall]");
    if (!list) return;
    try {
      const said = await (await fetch(list.dataset.hall, { cache: "no-store" })).json();
      for (const one of said.lines || []) {
        const place = document.querySelector(`[data-waits="${one.l}"]`);
        if (place) place.textContent = `${one.wait.length} ${place.dataset.one}`;
      }
    } catch {
      // Nothing is said where it is not known.
    }
  };

  for (const name of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(name, (event) => {
      if (!event.target.closest?.("[data-still]")) touched();
    });
  }
  for (const name of ["contextmenu", "dragstart"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }

  const tick = () => {
    if (again > 0) {
      again -= 1;
      if (again === 0 && !warned) void go(document.body.dataset.then || here);
    }
    if (atHome() || document.body.dataset.home) return;
    if (warned > 0) {
      warned -= 1;
      const number = document.querySelector("[data-left]");
      if (number) number.textContent = String(warned);
      if (warned === 0) void cleared();
      return;
    }
    left -= 1;
    if (left <= 0) {
      warned = Number(document.body.dataset.warned) || WARNED;
      const asked = still();
      if (asked) {
        asked.querySelector("[data-left]").textContent = String(warned);
        asked.hidden = false;
        asked.querySelector("[data-stay]").focus();
      }
    }
  };
  setInterval(tick, 1000);
  touched();
  begun(false);
})();
