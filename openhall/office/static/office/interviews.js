/* Interviews away from the network: each is kept on the device under a key of its own and sent with
   it, so that none comes in twice; what is refused stays here with the reason. */
(function () {
  "use strict";
  const root = document.getElementById("interviews"), form = root && root.querySelector("form");
  if (!form || !window.indexedDB || !window.crypto || !crypto.randomUUID) {
    return;
  }
  const off = window.offline, said = off.words(), status = document.getElementById("interviews-state");
  const list = document.getElementById("interviews-list");
  const prefix = "interview-", code = prefix + "survey_code";
  let store = null, correcting = "", sending = null;

  function tell(text) {
    status.textContent = text;
  }
  function value(row, name) {
    const found = row.fields.find(function (one) { return one[0] === name; });
    return found ? found[1] : "";
  }
  function button(words, does) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = words;
    made.addEventListener("click", does);
    return made;
  }

  function fill(row) {
    form.reset();
    row.fields.forEach(function (one) {
      document.getElementsByName(one[0]).forEach(function (control) {
        if (control.type === "radio" || control.type === "checkbox") {
          control.checked = control.checked || control.value === one[1];
        } else if (control.type !== "hidden") {
          control.value = one[1];
        }
      });
    });
    form.dispatchEvent(new Event("change", { bubbles: true }));
    correcting = row.id;
    form.elements[code].focus();
  }

  async function draw() {
    const rows = await store.rows();
    list.textContent = "";
    rows.forEach(function (row) {
      const line = document.createElement("li"), words = document.createElement("p");
      words.textContent = value(row, code) + " · " + (row.why || said.waiting);
      line.append(words, button(said.correct, function () { fill(row); }));
      if (row.why) {
        line.append(button(said.remove, async function () {
          if (window.confirm(said.sure)) {
            await store.drop(row.id);
            draw();
          }
        }));
      }
      list.append(line);
    });
    document.getElementById("interviews-here").hidden = !rows.length;
    document.getElementById("interviews-forget").hidden = rows.length > 0;
    return rows;
  }

  async function page() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }
  function why(read) {
    const wrong = read.querySelector(".error-summary") || read.querySelector("[role='alert']");
    return wrong ? wrong.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* true: it is there; false: it is not taken, and says why; null: nothing can be sent now. */
  async function sent(row, token) {
    const body = new URLSearchParams(row.fields);
    body.set("key", row.id);
    body.set("csrfmiddlewaretoken", token);
    const answer = await fetch(location.pathname, { method: "POST", body: body });
    if (answer.redirected) {
      return new URL(answer.url).pathname === location.pathname ? true : null;
    }
    if (answer.status !== 422 && answer.status !== 409) {
      return null;
    }
    row.why = why(new DOMParser().parseFromString(await answer.text(), "text/html")) || said.refused;
    await store.put(row);
    return false;
  }

  async function sendAll() {
    const rows = await store.rows();
    if (!rows.length) {
      return;
    }
    try {
      const field = (await page()).querySelector("#interviews [name='csrfmiddlewaretoken']");
      if (!field) {
        tell(said.sign);
        return;
      }
      let refused = 0;
      for (const row of rows) {
        const there = await sent(row, field.value);
        if (there === null) {
          tell(said.sign);
          break;
        }
        refused += there ? 0 : 1;
        if (there) {
          await store.drop(row.id);
        }
      }
      const left = await draw();
      if (!left.length || refused) {
        tell(left.length ? said.refused : said.sent);
      }
    } catch (_none) {
      tell(said.away);
      draw();
    }
  }
  function sendOnce() {
    sending = (sending || Promise.resolve()).then(sendAll);
    return sending;
  }

  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    const fields = Array.from(new FormData(form)).filter(function (one) {
      return one[0].startsWith(prefix);
    });
    const row = { id: crypto.randomUUID(), fields: fields };
    if (!value(row, code).trim()) {
      form.elements[code].focus();
      return;
    }
    await store.put(row);
    if (correcting) {
      await store.drop(correcting);
      correcting = "";
    }
    form.reset();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    tell(said.kept);
    window.scrollTo(0, 0);
    await draw();
    sendOnce();
  });
  document.getElementById("interviews-send").addEventListener("click", sendOnce);
  document.getElementById("interviews-forget").addEventListener("click", async function () {
    await store.forget();
    await off.forgetPage();
    location.reload();
  });
  window.addEventListener("online", sendOnce);

  (async function () {
    store = await off.store("openhall-interviews-" + root.dataset.number);
    await draw();
    const kept = await off.keepPage(root.dataset.worker).catch(function () { return false; });
    tell(kept ? said.along : said.unkept);
    sendOnce();
  })();
})();
