// The on-screen keyboard: pinyin with candidates from the hall's own table, letters, codes, digits.
(() => {
  "use strict";
  const ROWS = {
    pinyin: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
    letters: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
    code: ["23456789", "ABCDEFGHJK", "MNPQRSTUVWXYZ"],
    digits: ["123", "456", "789", "0"],
  };
  const tables = new Map();
  let field = null;
  let board = null;
  let spelt = "";
  let table = null;
  const make = (name, text, does, wide) => {
    const key = document.createElement("button");
    key.type = "button";
    key.textContent = text;
    if (name) key.setAttribute("aria-label", name);
    if (wide) key.className = "kiosk-wide";
    // The field keeps the focus, so that a reader of the screen hears what is typed into it.
    key.addEventListener("pointerdown", (event) => event.preventDefault());
    key.addEventListener("click", does);
    return key;
  };
  const put = (text) => {
    const most = field.maxLength > 0 ? field.maxLength : 1000;
    const from = field.selectionStart ?? field.value.length;
    const to = field.selectionEnd ?? from;
    field.value = (field.value.slice(0, from) + text + field.value.slice(to)).slice(0, most);
    field.setSelectionRange?.(from + text.length, from + text.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const take = () => {
    const at = field.selectionStart ?? field.value.length;
    if (at === 0) return;
    field.value = field.value.slice(0, at - 1) + field.value.slice(at);
    field.setSelectionRange?.(at - 1, at - 1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // The longest syllable that the letters begin with, and what is left of them.
  const first = (letters) => {
    for (let n = Math.min(6, letters.length); n > 0; n -= 1) {
      if (table.signs[letters.slice(0, n)]) return letters.slice(0, n);
    }
    return "";
  };
  const candidates = () => {
    if (!table || !spelt) return [];
    const found = [];
    for (const [names, words] of Object.entries(table.words)) {
      const parts = names.split(" ");
      const whole = parts.join("");
      const short = parts.map((one) => one[0]).join("");
      if (whole.startsWith(spelt) || short === spelt) {
        for (const word of words) found.push([word, spelt.length, whole === spelt ? 0 : 1]);
      } else if (spelt.startsWith(whole)) {
        for (const word of words) found.push([word, whole.length, 2]);
      }
      if (found.length > 400) break;
    }
    found.sort((a, b) => a[2] - b[2] || b[1] - a[1]);
    const syllable = first(spelt);
    const signs = [...(table.signs[syllable] || "")].map((one) => [one, syllable.length, 3]);
    return [...found.slice(0, 12), ...signs];
  };
  const show = () => {
    const said = board.querySelector("[data-spelt]");
    const row = board.querySelector("[data-candidates]");
    if (!row) return;
    said.textContent = spelt;
    row.replaceChildren(
      ...candidates().map(([word, many]) =>
        make("", word, () => {
          put(word);
          spelt = spelt.slice(many);
          show();
        }),
      ),
    );
  };
  const press = (sign, kind) => {
    if (kind === "pinyin") {
      spelt = (spelt + sign).slice(0, 30);
      show();
    } else {
      put(sign);
    }
  };
  const back = () => {
    if (spelt) {
      spelt = spelt.slice(0, -1);
      show();
    } else {
      take();
    }
  };
  const lay = (kind) => {
    const rows = ROWS[kind].map((signs) => {
      const row = document.createElement("div");
      row.className = "kiosk-row";
      row.append(...[...signs].map((sign) => make("", sign, () => press(sign, kind))));
      return row;
    });
    const words = board.dataset;
    const last = document.createElement("div");
    last.className = "kiosk-row";
    const clear = () => {
      spelt = "";
      field.value = "";
      show();
    };
    if (kind === "pinyin" || kind === "letters") {
      last.append(make("", words.space, () => press(" ", "letters"), true));
    }
    if (words.delete) {
      last.append(make("", words.delete, back, true));
      last.append(make("", words.clearAll, clear, true));
    } else {
      last.append(make("⌫", "⌫", back, true));
    }
    const parts = [...rows, last];
    if (kind === "pinyin") {
      const said = document.createElement("p");
      said.className = "kiosk-spelt";
      said.dataset.spelt = "";
      said.setAttribute("aria-live", "polite");
      const row = document.createElement("div");
      row.className = "kiosk-candidates";
      row.dataset.candidates = "";
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", words.choose);
      parts.unshift(said, row);
    }
    board.replaceChildren(...parts);
  };
  // Called on each page that was put in: the page's own field gets the page's own keyboard.
  window.kioskKeyboard = () => {
    spelt = "";
    field = document.querySelector("[data-keyboard]");
    board = document.querySelector("[data-keys]");
    if (!field || !board) {
      field = document.querySelector("main input[type=number], main input[inputmode=numeric]");
      board = document.querySelector("[data-digits]");
      if (field && board) {
        field.type = "text";
        field.inputMode = "none";
        lay("digits");
      }
      return;
    }
    board.setAttribute("role", "group");
    board.setAttribute("aria-label", board.dataset.name);
    const kind = field.dataset.keyboard;
    lay(kind);
    field.focus({ preventScroll: true });
    if (kind !== "pinyin") return;
    const at = field.dataset.table;
    if (tables.has(at)) {
      table = tables.get(at);
      return;
    }
    fetch(at, { cache: "no-store" })
      .then((answer) => answer.json())
      .then((said) => {
        tables.set(at, said);
        table = said;
        show();
      })
      .catch(() => {
        table = null;
      });
  };
})();
