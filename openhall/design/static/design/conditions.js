/* A question with data-asked is shown only after the answers it depends on, an option with
   data-offered is offered only then, and a value with data-reckoned is reckoned as one types.
   Without this file every question is shown, with a note saying when it is to be answered; the
   server judges again in any case. What this file cannot work out is shown. */
(function () {
  "use strict";
  var dependent = document.querySelectorAll("[data-asked], [data-offered], [data-reckoned]");
  if (!dependent.length) {
    return;
  }
  var DAY = 86400000;

  function group(control) {
    return control.closest(".field") || control;
  }

  function pad(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function today() {
    var now = new Date();
    return now.getFullYear() + "-" + pad(now.getMonth() + 1) + "-" + pad(now.getDate());
  }

  /* The answer to the question of this name: undefined where there is none on the page. */
  function answer(name) {
    var rows = document.getElementsByName(name + "-rows")[0];
    if (rows) {
      return table(name, Number(rows.value));
    }
    var reckoned = document.querySelector('output[data-name="' + name + '"]');
    if (reckoned) {
      return reckoned.dataset.value || "";
    }
    var controls = document.getElementsByName(name);
    if (!controls.length) {
      return undefined;
    }
    var found = [];
    var many = false;
    Array.prototype.forEach.call(controls, function (control) {
      if (group(control).hidden || (control.closest("[hidden]") && control.type !== "hidden")) {
        return;
      }
      many = many || (control.type === "checkbox" && control.value !== "on");
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) {
          found.push(control.value === "on" ? "true" : control.value);
        }
      } else if (control.value) {
        found.push(control.value);
      }
    });
    return many ? found : found.length ? found[0] : "";
  }

  function table(name, count) {
    var rows = [];
    for (var place = 0; place < count; place += 1) {
      var begins = name + "-" + place + "-";
      var row = { "": begins };
      var filled = false;
      document.querySelectorAll('[name^="' + begins + '"]').forEach(function (control) {
        var key = control.name.slice(begins.length);
        row[key] = answer(control.name);
        filled = filled || (row[key] !== undefined && String(row[key]) !== "");
      });
      document.querySelectorAll('output[data-name^="' + begins + '"]').forEach(function (control) {
        row[control.dataset.name.slice(begins.length)] = control.dataset.value || "";
      });
      if (filled) {
        rows.push(row);
      }
    }
    return rows;
  }

  /* A name is looked for in the row it is spoken in, then in the form around it. */
  function named(name, around) {
    var parts = around.split("-");
    for (var most = parts.length; most > 0; most -= 1) {
      var begins = parts.slice(0, most - 1).join("-");
      var found = answer((begins ? begins + "-" : "") + name);
      if (found !== undefined) {
        return found;
      }
    }
    throw new Error("no such question: " + name);
  }

  function text(value) {
    if (value === undefined || value === null) {
      return "";
    }
    return Array.isArray(value) ? value.join(" ") : String(value);
  }

  function number(value) {
    var plain = text(value).replace(/[,，\s]/g, "");
    if (plain === "" || isNaN(plain)) {
      throw new Error("no number");
    }
    return Number(plain);
  }

  function date(value) {
    var said = text(value).slice(0, 10).replace(/[/.年月]/g, "-");
    var made = new Date((said.length < 8 ? said + "-01" : said) + "T00:00:00Z");
    if (isNaN(made)) {
      throw new Error("no date");
    }
    return made;
  }

  function written(day) {
    return day.toISOString().slice(0, 10);
  }

  function months(from, to) {
    var first = date(from);
    var last = date(to);
    var told = (last.getUTCFullYear() - first.getUTCFullYear()) * 12;
    told += last.getUTCMonth() - first.getUTCMonth();
    return told - (last.getUTCDate() < first.getUTCDate() ? 1 : 0);
  }

  function later(from, count) {
    var day = date(from);
    var on = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() + count);
    var last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(on, last));
    return written(day);
  }

  function compared(sign, left, right) {
    var a = text(left);
    var b = text(right);
    if (a !== "" && b !== "" && !isNaN(a) && !isNaN(b)) {
      a = Number(a);
      b = Number(b);
    }
    if (sign === "==" || sign === "!=") {
      return (a === b) === (sign === "==");
    }
    if (a === "" || b === "") {
      return false;
    }
    return sign === "<" ? a < b : sign === "<=" ? a <= b : sign === ">" ? a > b : a >= b;
  }

  function inside(where, what) {
    if (Array.isArray(where)) {
      return where.map(text).indexOf(text(what)) >= 0;
    }
    return text(what) !== "" && text(where).indexOf(text(what)) >= 0;
  }

  function has(row, column, values) {
    var cell = row[column];
    return (Array.isArray(cell) ? cell : [cell]).some(function (one) {
      return text(one) !== "" && values.map(text).indexOf(text(one)) >= 0;
    });
  }

  function filled(cells) {
    return (Array.isArray(cells) ? cells : [cells]).filter(function (one) {
      return text(one) !== "";
    });
  }

  /* The numbers or the days of a column, the least first. */
  function ordered(cells) {
    var found = filled(cells);
    var day = /^\d{4}-\d{2}-\d{2}/;
    if (!found.length) {
      throw new Error("nothing to compare");
    }
    return found.every(function (one) { return day.test(text(one)); })
      ? found.map(text).sort()
      : found.map(number).sort(function (a, b) { return a - b; });
  }

  /* The number of the row the question stands in, from 1. */
  function rowNumber(around) {
    var place = /(?:^|-)(\d+)-$/.exec(around);
    if (!place) {
      throw new Error("in no row");
    }
    return Number(place[1]) + 1;
  }

  /* The cells of a column; of a table within a table, those of all its rows. */
  function column(path, around) {
    var rows = named(path[0], around);
    return path.slice(1).reduce(function (found, name) {
      return found.reduce(function (cells, row) {
        var inner = row[name + "-rows"] === undefined ? undefined : answer(row[""] + name);
        return cells.concat(inner === undefined ? [row[name]] : inner);
      }, []);
    }, rows);
  }

  var FUNCTIONS = {
    sum: function (column) {
      return column.filter(function (one) { return text(one) !== ""; })
        .reduce(function (total, one) { return total + number(one); }, 0);
    },
    count: function (rows) { return Array.isArray(rows) ? rows.length : 0; },
    min: function () { return Math.min.apply(null, Array.from(arguments).map(number)); },
    max: function () { return Math.max.apply(null, Array.from(arguments).map(number)); },
    round: function (value, places) {
      var scale = Math.pow(10, places || 0);
      return Math.round((number(value) + Number.EPSILON) * scale) / scale;
    },
    years: function (from, to) { return Math.floor(months(from, to) / 12); },
    months: months,
    days: function (from, to) { return Math.round((date(to) - date(from)) / DAY); },
    year: function (day) { return date(day).getUTCFullYear(); },
    month: function (day) { return date(day).getUTCMonth() + 1; },
    day: function (day) { return date(day).getUTCDate(); },
    add_days: function (day, count) { return written(new Date(+date(day) + count * DAY)); },
    add_months: function (day, count) { return later(day, number(count)); },
    add_years: function (day, count) { return later(day, number(count) * 12); },
    date: function (value) { return written(date(value)); },
    number: number,
    floor: function (value) { return Math.floor(number(value)); },
    abs: function (value) { return Math.abs(number(value)); },
    length: function (value) { return Array.isArray(value) ? value.length : text(value).length; },
    join: function () { return Array.from(arguments).map(text).join(""); },
    part: function (value, start, stop) { return text(value).slice(start, stop); },
    upper: function (value) { return text(value).toUpperCase(); },
    lower: function (value) { return text(value).toLowerCase(); },
    contains: inside,
    starts: function (value, head) { return text(value).indexOf(text(head)) === 0; },
    ends: function (value, tail) { return text(value).slice(-text(tail).length) === text(tail); },
    chosen: function (value, code) {
      return Array.isArray(value) ? inside(value, code) : text(value) === text(code);
    },
    how_many: function (value) {
      return Array.isArray(value) ? value.length : text(value) === "" ? 0 : 1;
    },
    answered: function (value) { return text(value) !== ""; },
    first: function () {
      return Array.from(arguments).filter(function (one) { return text(one) !== ""; })[0];
    },
    some: function (rows, column) {
      var values = Array.from(arguments).slice(2);
      return rows.some(function (row) { return has(row, column, values); });
    },
    every: function (rows, column) {
      var values = Array.from(arguments).slice(2);
      return rows.length > 0 && rows.every(function (row) { return has(row, column, values); });
    },
    lowest: function (cells) { return ordered(cells)[0]; },
    highest: function (cells) { return ordered(cells).pop(); },
    cell: function (cells, place) {
      var found = cells[number(place) - 1];
      if (text(found) === "") {
        throw new Error("no such row");
      }
      return found;
    },
    joined: function (cells, between) {
      return filled(cells).map(text).join(between === undefined ? " " : text(between));
    },
    at: function (values, place) { return (Array.isArray(values) ? values : [values])[place]; },
    replace: function (told, old, by) { return text(told).split(text(old)).join(text(by)); },
    trimmed: function (told) { return text(told).trim().replace(/\s+/g, " "); }
  };

  function value(tree, around) {
    if (!Array.isArray(tree)) {
      return tree;
    }
    var sign = tree[0];
    var rest = tree.slice(1);
    if (sign === "name") {
      return rest[0] === "today" ? today()
        : rest[0] === "row_number" ? rowNumber(around) : named(rest[0], around);
    }
    if (sign === "column") {
      return column(rest, around);
    }
    if (sign === "and") {
      return rest.every(function (one) { return isTrue(value(one, around)); });
    }
    if (sign === "or") {
      return rest.some(function (one) { return isTrue(value(one, around)); });
    }
    if (sign === "not") {
      return !isTrue(value(rest[0], around));
    }
    if (sign === "where") {
      return named(rest[0], around).filter(function (row, place) {
        return isTrue(value(rest[1], around + rest[0] + "-" + place + "-"));
      }).length;
    }
    if (sign === "if") {
      return value(isTrue(value(rest[0], around)) ? rest[1] : rest[2], around);
    }
    var given = rest.map(function (one) { return value(one, around); });
    if (["==", "!=", "<", "<=", ">", ">="].indexOf(sign) >= 0) {
      return compared(sign, given[0], given[1]);
    }
    if ("+-*/%".indexOf(sign) >= 0) {
      return reckoned(sign, given[0], given[1]);
    }
    if (!FUNCTIONS[sign]) {
      throw new Error("not worked out on the page: " + sign);
    }
    return FUNCTIONS[sign].apply(null, given);
  }

  function isTrue(told) {
    return told === true || told === "true";
  }

  function reckoned(sign, left, right) {
    var day = /^\d{4}-\d{2}-\d{2}$/;
    if (sign === "-" && day.test(text(left)) && day.test(text(right))) {
      return FUNCTIONS.days(right, left);
    }
    var by = number(right);
    if ((sign === "+" || sign === "-") && day.test(text(left))) {
      return FUNCTIONS.add_days(left, sign === "+" ? by : -by);
    }
    var told = number(left);
    return sign === "+" ? told + by : sign === "-" ? told - by
      : sign === "*" ? told * by : sign === "/" ? told / by : told % by;
  }

  function holds(tree, around) {
    var test = tree[0];
    if (test === "all") {
      return tree.slice(1).every(function (one) { return holds(one, around); });
    }
    if (test === "any") {
      return tree.slice(1).some(function (one) { return holds(one, around); });
    }
    if (test === "not") {
      return !holds(tree[1], around);
    }
    if (test === "holds") {
      return isTrue(value(tree[1], around));
    }
    return passes(test, named(tree[1], around), tree[2]);
  }

  function passes(test, given, wanted) {
    var blank = text(given) === "";
    if (test === "answered") {
      return blank === (wanted.indexOf("false") >= 0);
    }
    if (blank) {
      return false;
    }
    var signs = { at_least: ">=", at_most: "<=", more_than: ">", less_than: "<" };
    if (signs[test]) {
      return compared(signs[test], given, wanted[0]);
    }
    var all = Array.isArray(given) ? given.map(text) : [text(given)];
    if (test === "contains") {
      return wanted.some(function (one) {
        return Array.isArray(given) ? all.indexOf(one) >= 0 : all[0].indexOf(one) >= 0;
      });
    }
    var found = all.some(function (one) { return wanted.indexOf(one) >= 0; });
    return test === "is" ? found : !found;
  }

  function asked(control, data) {
    try {
      return holds(JSON.parse(data), around(control));
    } catch (fault) {
      return true;
    }
  }

  function around(control) {
    var told = control.closest("[data-around]");
    return told ? told.dataset.around : "";
  }

  function offer(control) {
    var there = asked(control, control.dataset.offered);
    var shown = control.closest("div");
    if (control.tagName !== "OPTION" && shown) {
      shown.hidden = !there;
    }
    control.hidden = !there;
    control.disabled = !there;
    if (!there && (control.selected || control.checked)) {
      control.selected = false;
      control.checked = false;
    }
  }

  function reckon(output) {
    try {
      var made = value(JSON.parse(output.dataset.reckoned), around(output));
      var places = output.dataset.places;
      if (typeof made === "number") {
        made = FUNCTIONS.round(made, places === "" ? 2 : Number(places));
      }
      output.dataset.value = text(made);
      output.textContent = text(made);
    } catch (fault) {
      output.dataset.value = "";
    }
  }

  function show() {
    dependent.forEach(function (control) {
      if (control.dataset.reckoned) {
        reckon(control);
      }
      if (control.dataset.offered) {
        offer(control);
      } else if (control.dataset.asked && !control.matches("[type=hidden], output[hidden]")) {
        group(control).hidden = !asked(control, control.dataset.asked);
      }
    });
  }

  document.addEventListener("change", show);
  document.addEventListener("input", show);
  show();
})();
