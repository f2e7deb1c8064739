// Shows the state of a hall: on its screens, on its page, on the page of a ticket. One small body is
// asked again and again; the browser sends its tag, so an unchanged one costs nothing. A screen that
// has lost contact says so, and since when.
"use strict";
(() => {
  const root = document.querySelector("[data-hall]");
  if (!root) return;
  const shows = root.dataset.shows;
  const english = document.documentElement.lang.startsWith("en");
  const every = shows === "ticket" || shows === "hall" ? 5000 : 1500;
  const lost = document.querySelector("[data-lost-here]");
  let contact = new Date();
  let before = "";

  const put = (where, words) => {
    if (where && where.textContent !== words) where.textContent = words;
  };

  // An estimate of a line, by position: [low, high] in minutes, 0 and 5 for "soon"; or why not.
  const estimate = (line, place, short) => {
    const said = line.est;
    if (!said) return english ? "cannot say" : "不好估计";
    if (said.why) return short ? (english ? "cannot say" : "不好估计") : said.why[english ? 1 : 0];
    const found = said.at[Math.min(place, said.at.length - 1)];
    if (!found) return english ? "soon" : "很快";
    const [low, high] = found;
    if (low === 0) return english ? `under ${high} min` : `${high}分钟内`;
    return english ? `${low}–${high} min` : `${low}–${high}分钟`;
  };

  const lines = (told) => {
    for (const row of document.querySelectorAll("[data-line]")) {
      const line = told.lines.find((one) => one.l === row.dataset.line);
      if (!line) continue;
      put(row.querySelector("[data-open]"), String(line.open));
      put(row.querySelector("[data-wait]"), String(line.wait.length));
      const about = row.querySelector("[data-est]");
      if (about) put(about, estimate(line, line.wait.length, "short" in about.dataset));
    }
  };

  const display = (told) => {
    const list = document.querySelector("[data-calls]");
    const row = document.querySelector("template[data-row]");
    const names = new Map(told.lines.map((line) => [line.l, english && line.e ? line.e : line.n]));
    list.replaceChildren(
      ...told.calls.slice(0, 6).map((call, place) => {
        const made = row.content.firstElementChild.cloneNode(true);
        made.querySelector("[data-n]").textContent = call.n;
        made.querySelector("[data-w]").textContent = call.w;
        made.querySelector("[data-l]").textContent = names.get(call.l) || "";
        made.classList.toggle("now", place === 0);
        return made;
      })
    );
  };

  const overWindow = (told) => {
    const call = told.calls.find((one) => String(one.w) === root.dataset.window);
    const place = document.querySelector("[data-call]");
    put(place, call ? call.n : place.dataset.none);
  };

  const ticket = (told) => {
    const mine = root.dataset.ticket;
    const state = root.querySelector("[data-state]");
    const about = root.querySelector("[data-est]");
    for (const line of told.lines) {
      const ahead = line.wait.indexOf(mine);
      if (ahead < 0) continue;
      put(state, ahead ? `${root.dataset.before} ${ahead}` : root.dataset.next);
      put(about, estimate(line, ahead, false));
      root.dataset.standing = "waiting";
      return;
    }
    const call = told.calls.find((one) => one.n === mine);
    put(about, "");
    if (call && ["waiting", "called"].includes(root.dataset.standing)) {
      put(state, `${root.dataset.go} ${call.w}`);
      if (root.dataset.standing !== "called" && navigator.vibrate) navigator.vibrate([300, 200, 300]);
      root.dataset.standing = "called";
    } else if (root.dataset.standing === "waiting") {
      window.location.reload(); // it was held, sent on or ended: the page itself says which
    }
  };

  const shown = { display, window: overWindow, ticket, hall: () => {} };

  const look = async () => {
    try {
      const answer = await fetch(root.dataset.hall, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const body = await answer.text();
      contact = new Date();
      lost.hidden = true;
      if (body !== before) {
        before = body;
        const told = JSON.parse(body);
        lines(told);
        shown[shows](told);
        root.dispatchEvent(new CustomEvent("hall", { detail: told }));
      }
    } catch {
      if (new Date() - contact > 3 * every) {
        const since = contact.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
        put(lost, `${root.dataset.lost} ${since}`);
        lost.hidden = false;
      }
    }
    window.setTimeout(look, every);
  };

  const tick = () => {
    const now = new Date();
    const language = english ? "en-GB" : "zh-CN";
    const timeZone = root.dataset.zone; // the hall's own, wherever the screen was set up
    put(
      document.querySelector("[data-day]"),
      now.toLocaleDateString(language, { month: "long", day: "numeric", weekday: "long", timeZone })
    );
    put(
      document.querySelector("[data-clock]"),
      now.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
    );
  };
  if (document.querySelector("[data-clock]")) {
    tick();
    window.setInterval(tick, 1000);
  }
  look();
})();
