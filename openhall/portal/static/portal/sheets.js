/* The sheets of an inspector, away from the network. What is written is an edit that names those it
   was written over; the set of edits only grows, and where two devices wrote different things a
   person chooses. No clock is asked. */
(function () {
  "use strict";
  const root = document.getElementById("sheets");
  if (!root || !window.indexedDB || !window.crypto || !crypto.subtle) {
    return;
  }
  const off = window.offline, said = off.words(), status = document.getElementById("sheets-state");
  const form = document.getElementById("sheets-code"), code = form.elements.inspector_code;
  let store = null, edits = new Map(), sheets = [], sending = null;

  function tell(text) {
    status.textContent = text;
  }

  async function made(sheet, field, value, seen) {
    const count = await store.next(), clock = new Date().toISOString();
    const device = await store.value("device");
    const names = seen.slice().sort();
    const body = JSON.stringify([sheet, field, value, names, device, count, clock]);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
    const id = Array.from(new Uint8Array(digest), function (one) {
      return one.toString(16).padStart(2, "0");
    }).join("");
    const edit = {
      id: id, sheet: sheet, field: field, value: value, seen: names, device: device, count: count,
      clock: clock, here: true
    };
    await store.put(edit);
    edits.set(id, edit);
  }

  function heads(sheet, field) {
    const mine = Array.from(edits.values()).filter(function (one) {
      return one.sheet === sheet && one.field === field;
    });
    const replaced = new Set(mine.flatMap(function (one) { return one.seen; }));
    return mine.filter(function (one) { return !replaced.has(one.id); })
      .sort(function (a, b) { return a.id < b.id ? -1 : 1; });
  }

  function shown(value) {
    return value === null ? said.none : value === "" ? "—" : String(value);
  }

  function drawField(sheet, box) {
    const field = box.dataset.field, standing = heads(sheet, field);
    const values = new Map(standing.map(function (one) {
      return [JSON.stringify(one.value), one.value];
    }));
    const control = box.querySelector("[data-value]"), none = box.querySelector("[data-none]");
    const choice = box.querySelector("[data-choice]");
    if (box.contains(document.activeElement) && values.size < 2) {
      return;
    }
    // What is on the screen is what an edit made here replaces: kept now, not read when it is sent.
    box.dataset.seen = standing.map(function (one) { return one.id; }).join(" ");
    choice.hidden = values.size < 2;
    control.disabled = values.size > 1;
    choice.querySelectorAll("button").forEach(function (one) { one.remove(); });
    if (values.size > 1) {
      control.value = "";
      values.forEach(function (value) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.textContent = said.take + " " + shown(value);
        button.addEventListener("click", function () { wrote(sheet, box, value); });
        choice.append(button);
      });
      return;
    }
    const value = values.size ? Array.from(values.values())[0] : "";
    control.value = value === null ? "" : value;
    if (none) {
      none.checked = value === null;
    }
  }

  function draw() {
    root.querySelectorAll("[data-unit]").forEach(function (part) {
      const sheet = sheets.find(function (one) { return one.organ === part.dataset.unit; });
      part.hidden = !sheet;
      if (!sheet) {
        return;
      }
      const boxes = Array.from(part.querySelectorAll("[data-field]"));
      boxes.forEach(function (box) { drawField(sheet.number, box); });
      const marks = boxes.filter(function (box) { return box.dataset.field !== "remark"; });
      const full = marks.filter(function (box) {
        const standing = heads(sheet.number, box.dataset.field);
        return new Set(standing.map(function (one) { return JSON.stringify(one.value); })).size === 1
          && standing[0].value !== "";
      }).length;
      part.querySelector("[data-full]").textContent = full + "/" + marks.length;
      part.querySelector("[data-signed]").hidden = sheet.state !== "signed";
      part.querySelector("[data-why]").hidden = sheet.state !== "signed";
    });
    const waiting = Array.from(edits.values()).filter(function (one) { return one.here; }).length;
    document.getElementById("sheets-waiting").textContent = waiting;
    document.getElementById("sheets-tools").hidden = !sheets.length;
    document.getElementById("sheets-forget").disabled = waiting > 0;
    form.hidden = sheets.length > 0;
  }

  async function wrote(sheet, box, value) {
    const seen = (box.dataset.seen || "").split(" ").filter(Boolean);
    await made(sheet, box.dataset.field, value, seen);
    box.dataset.seen = heads(sheet, box.dataset.field).map(function (one) { return one.id; }).join(" ");
    tell(said.kept);
    draw();
  }

  function read(box) {
    const control = box.querySelector("[data-value]"), none = box.querySelector("[data-none]");
    if (none && none.checked) {
      return null;
    }
    const text = control.value.trim();
    return box.dataset.field === "remark" || text === "" ? text : Number(text);
  }

  root.addEventListener("change", function (event) {
    const box = event.target.closest("[data-field]");
    if (!box) {
      return;
    }
    const control = box.querySelector("[data-value]"), none = box.querySelector("[data-none]");
    if (event.target === control && none && control.value) {
      none.checked = false;
    }
    const value = read(box), part = box.closest("[data-unit]");
    const sound = typeof value !== "number" || (Number.isInteger(value) && value >= 0 && value <= 100);
    control.setAttribute("aria-invalid", String(!sound));
    if (!sound) {
      tell(said.mark);
      return;
    }
    const sheet = sheets.find(function (one) { return one.organ === part.dataset.unit; });
    wrote(sheet.number, box, value);
  });

  /* Everything is sent again until it is told, by its id, that it is there. */
  async function sync(more) {
    const held = await store.value("code");
    if (!held) {
      return false;
    }
    const own = Array.from(edits.values()).map(function (one) {
      const copy = Object.assign({}, one);
      delete copy.here;
      return copy;
    }).filter(function (one) { return edits.get(one.id).here; });
    let answer = null;
    try {
      answer = await off.send(root.dataset.sync, Object.assign({ code: held, edits: own }, more));
    } catch (_none) {
      tell(said.away);
      return false;
    }
    if (!answer.said) {
      tell(said.failed);
      return false;
    }
    if (answer.said.edits) {
      for (const one of answer.said.edits) {
        const there = Object.assign({ here: false }, one);
        edits.set(one.id, there);
        await store.put(there);
      }
      sheets = answer.said.sheets;
      await store.keep("sheets", sheets);
    }
    draw();
    tell(answer.said.words || said.sent);
    return answer.status === 200;
  }
  function syncOnce(more) {
    sending = (sending || Promise.resolve()).then(function () { return sync(more || {}); });
    return sending;
  }

  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    await store.keep("code", code.value);
    if (await syncOnce()) {
      const kept = await off.keepPage(root.dataset.worker).catch(function () { return false; });
      tell(kept ? said.along : said.unkept);
    } else {
      await store.keep("code", "");
    }
  });
  document.getElementById("sheets-send").addEventListener("click", function () { syncOnce(); });
  document.getElementById("sheets-forget").addEventListener("click", async function () {
    await store.forget();
    await off.forgetPage();
    location.reload();
  });
  root.addEventListener("click", function (event) {
    const button = event.target.closest("[data-sign]");
    if (button) {
      const part = button.closest("[data-unit]");
      syncOnce({ sign: part.dataset.unit, why: part.querySelector("[data-why] input").value });
    }
  });
  window.addEventListener("online", function () { syncOnce(); });

  (async function () {
    store = await off.store("openhall-sheets-" + root.dataset.number);
    if (!await store.value("device")) {
      await store.keep("device", off.device());
    }
    (await store.rows()).forEach(function (one) { edits.set(one.id, one); });
    sheets = await store.value("sheets") || [];
    root.hidden = false;
    draw();
    if (sheets.length) {
      off.keepPage(root.dataset.worker).catch(function () { return false; });
      syncOnce();
    }
  })();
})();
