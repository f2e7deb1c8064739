/* Moving through a desk by keys: J and K down and up the rows, X ticks, Esc folds an act up,
   Ctrl+Enter confirms it. Every page works without this; it only saves the hand the way. */
(function () {
  "use strict";

  function typing(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox";
  }

  function rows() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
  }

  function now(all) {
    var focused = all.findIndex(function (row) {
      return row === document.activeElement || row.closest("tr") && row.closest("tr").contains(document.activeElement);
    });
    return focused >= 0 ? focused : all.findIndex(function (row) {
      return row.getAttribute("aria-current");
    });
  }

  // Beyond the rows that stand here the page before or after opens, at its last or first row.
  function turn(by) {
    var way = document.querySelector(by > 0 ? ".work a[rel=next]" : ".work a[rel=prev]");
    if (way) {
      window.location.assign(way.href + (by > 0 ? "#first-row" : "#last-row"));
    }
  }

  function move(by) {
    var all = rows(), at = now(all);
    if (at >= 0 && !all[at + by]) {
      turn(by);
      return;
    }
    var next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (!next) {
      return;
    }
    if (at >= 0 && all[at].getAttribute("aria-current") && next !== all[at]) {
      next.click(); // beside an open case the next one opens
    } else {
      next.focus();
    }
  }

  function tick() {
    var all = rows(), row = all[now(all)];
    var box = row && row.closest("tr") && row.closest("tr").querySelector("input[type=checkbox]");
    if (box) {
      box.click();
    }
  }

  function first(body) {
    var fields = body.querySelectorAll("[aria-invalid=true], input:not([type=hidden]):not([type=submit]), select, textarea");
    var field = Array.prototype.find.call(fields, function (one) {
      return !one.closest("details:not([open])");
    });
    (field || body.querySelector("button.button")).focus();
  }

  document.addEventListener("keydown", function (event) {
    var body = document.querySelector(".act-body");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && body && body.contains(event.target)) {
      event.preventDefault();
      body.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
        document.documentElement.getAttribute("data-keys") === "off") {
      return;
    }
    if (event.key === "Escape") {
      var close = document.querySelector("[data-close]");
      if (close && !typing(event.target)) {
        close.click();
      }
      return;
    }
    if (typing(event.target)) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "x") {
      tick();
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-sends")) {
      event.target.form.submit();
    }
  });

  document.addEventListener("htmx:afterSettle", function () {
    var body = document.querySelector(".act-body");
    if (body) {
      first(body);
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var body = document.querySelector(".act-body"), all = rows();
    var turned = { "#first-row": all[0], "#last-row": all[all.length - 1] }[window.location.hash];
    if (turned) {
      turned.focus();
      window.history.replaceState(null, "", window.location.pathname + window.location.search);
    }
    if (body) {
      first(body);
    }
  });
})();

/* The counter: a matter by three letters, one tick for all that was brought, the receipt printed. */
(function () {
  "use strict";

  function rank(row, wanted) {
    var said = row.dataset;
    var tries = [
      said.name.indexOf(wanted) === 0,
      said.initials.indexOf(wanted) === 0,
      said.sound.indexOf(wanted) === 0,
      said.name.indexOf(wanted) >= 0 || said.code.indexOf(wanted) === 0,
      said.initials.indexOf(wanted) >= 0 || said.sound.indexOf(wanted) >= 0,
      said.english.replace(/\s/g, "").indexOf(wanted) >= 0
    ];
    return tries.indexOf(true);
  }

  document.addEventListener("input", function (event) {
    var list = document.getElementById(event.target.getAttribute("data-finds") || "-");
    if (!list) {
      return;
    }
    var wanted = event.target.value.toLowerCase().replace(/\s/g, "");
    var rows = Array.prototype.slice.call(list.children).map(function (row, place) {
      if (!row.dataset.place) {
        row.dataset.place = place;
      }
      row.found = wanted ? rank(row, wanted) : 0;
      row.hidden = row.found < 0;
      return row;
    });
    rows.sort(function (one, other) {
      return one.found - other.found || one.dataset.place - other.dataset.place;
    }).forEach(function (row) {
      list.appendChild(row);
    });
  });

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "choose") {
      return;
    }
    var first = document.querySelector("#items li:not([hidden]) a");
    if (first) {
      event.preventDefault();
      first.click();
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.name !== "h-all") {
      return;
    }
    document.querySelectorAll("[data-usual] input").forEach(function (input) {
      var usual = event.target.checked ? input.closest("[data-usual]").getAttribute("data-usual") : "";
      if (input.type === "checkbox") {
        input.checked = usual === "1";
      } else {
        input.value = usual;
      }
    });
  });

  document.addEventListener("keydown", function (event) {
    var all = document.querySelector("[name=h-all]");
    var free = !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "checkbox";
    if (all && free && event.key === "q" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      all.click();
    }
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-prints]");
    if (!link || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    var old = document.getElementById("printing");
    if (old) {
      old.remove();
    }
    var frame = document.createElement("iframe");
    frame.id = "printing";
    frame.className = "receipt-frame";
    frame.title = link.textContent.trim();
    frame.src = link.href;
    frame.addEventListener("load", function () {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    });
    link.closest(".cluster").after(frame);
  });
})();

/* A phrase goes into the field that was last written in, or the first one for words. */
(function () {
  "use strict";
  var last = null;

  function takes(element) {
    return element.matches(".act-body textarea, .act-body input[type=text], .act-body input:not([type])");
  }

  document.addEventListener("focusin", function (event) {
    if (takes(event.target)) {
      last = event.target;
    }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-phrase]");
    if (!button) {
      return;
    }
    var body = button.closest(".act-body");
    var field = last && body.contains(last) ? last : body.querySelector("textarea, input[type=text]");
    if (!field) {
      return;
    }
    field.value = (field.value ? field.value + " " : "") + button.textContent.trim();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
