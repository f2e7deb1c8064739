/* Verifies a receipt in this browser alone: nothing is sent, nothing is fetched. The sentences stand
   in the page (data-word), so this file knows no language. RFC 6962, RFC 9162, C2SP signed-note,
   tlog-checkpoint and tlog-cosignature. Works from a saved page as well. */
(function () {
  "use strict";
  var form = document.getElementById("verify-form");
  if (!form) {
    return;
  }
  var answer = document.getElementById("verify-answer");
  var words = {};
  document.querySelectorAll("[data-word]").forEach(function (one) {
    words[one.dataset.word] = one.textContent.trim();
  });

  /* Words after which nothing is said against the log: what was given could not be read. */
  var UNREAD = ["unsupported", "unreadable", "note-bad", "key-bad", "empty", "cut", "kept-other"];
  var PROOF = "c2sp.org/tlog-proof@v1";

  function Fault(word, more) {
    this.word = word;
    this.more = more || "";
  }
  function bytesOf(text) {
    return new TextEncoder().encode(text);
  }
  function unbase(text) {
    try {
      return Uint8Array.from(atob(text), function (sign) { return sign.charCodeAt(0); });
    } catch (_error) {
      throw new Fault("unreadable");
    }
  }
  function hex(bytes) {
    return Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
  }
  function join() {
    var length = 0, at = 0, parts = Array.prototype.slice.call(arguments);
    parts.forEach(function (part) { length += part.length; });
    var whole = new Uint8Array(length);
    parts.forEach(function (part) { whole.set(part, at); at += part.length; });
    return whole;
  }
  function same(one, other) {
    return hex(one) === hex(other);
  }
  async function sha(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }
  function leafHash(entry) {
    return sha(join(Uint8Array.of(0), entry));
  }
  function nodeHash(left, right) {
    return sha(join(Uint8Array.of(1), left, right));
  }

  async function readKey(text, kind) {
    var parts = text.trim().split("+");
    if (parts.length < 3) {
      throw new Fault("key-bad");
    }
    var raw = unbase(parts.slice(2).join("+"));
    var id = (await sha(join(bytesOf(parts[0] + "\n"), raw))).slice(0, 4);
    if (raw.length !== 33 || raw[0] !== kind || hex(id) !== parts[1]) {
      throw new Fault("key-bad");
    }
    return { name: parts[0], id: id, public: raw.slice(1) };
  }
  async function signed(key, signature, message) {
    try {
      var held = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, held, signature, message);
    } catch (_error) {
      throw new Fault("unsupported");
    }
  }
  /* A file as it was saved: only tools put a byte-order mark, UTF-16 or Windows' line ends there. */
  function folded(bytes) {
    var coding = "utf-8", evens = 0, odds = 0, at;
    if (bytes[0] === 0xff && bytes[1] === 0xfe) {
      coding = "utf-16le";
    } else if (bytes[0] === 0xfe && bytes[1] === 0xff) {
      coding = "utf-16be";
    } else {
      for (at = 0; at < Math.min(64, bytes.length); at += 1) {
        if (bytes[at] === 0) {
          if (at % 2) { odds += 1; } else { evens += 1; }
        }
      }
      coding = evens > 8 ? "utf-16be" : odds > 8 ? "utf-16le" : "utf-8";
    }
    try {
      return new TextDecoder(coding, { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
    } catch (_error) {
      throw new Fault("unreadable");
    }
  }
  function tidy(text) {
    var lines = text.replace(/\r\n?/g, "\n").replace(/^[\ufeff\s]+|\s+$/g, "").split("\n");
    return lines.map(function (line) { return line.replace(/[ \t\u00a0\u3000]+$/, ""); }).join("\n") + "\n";
  }
  function splitNote(text) {
    var note = tidy(text), at = note.lastIndexOf("\n\n");
    if (at < 0) {
      throw new Fault("note-bad");
    }
    var lines = note.slice(at + 2).split("\n").filter(Boolean).map(function (line) {
      var parts = line.split(" ");
      return parts.length === 3 && parts[0] === "\u2014" ? { name: parts[1], raw: unbase(parts[2]) } : null;
    }).filter(Boolean);
    if (!lines.length) {
      throw new Fault("note-bad");
    }
    readHead(note.slice(0, at + 1));
    return { body: note.slice(0, at + 1), lines: lines };
  }
  function readHead(body) {
    var lines = body.split("\n");
    var root = lines.length > 2 ? unbase(lines[2]) : new Uint8Array(0);
    if (!/^(0|[1-9][0-9]*)$/.test(lines[1] || "") || root.length !== 32) {
      throw new Fault("note-bad");
    }
    return { origin: lines[0], size: Number(lines[1]), root: root };
  }
  async function openNote(note, key) {
    var parts = splitNote(note);
    var line = parts.lines.find(function (one) {
      return one.name === key.name && same(one.raw.slice(0, 4), key.id);
    });
    if (!line) {
      throw new Fault("signature-missing");
    }
    if (line.raw.length !== 68) {
      throw new Fault("cut");
    }
    if (!(await signed(key, line.raw.slice(4), bytesOf(parts.body)))) {
      throw new Fault("signature-bad");
    }
    return readHead(parts.body);
  }
  async function cosignedBy(note, witness) {
    var parts = splitNote(note);
    var line = parts.lines.find(function (one) {
      return one.name === witness.name && same(one.raw.slice(0, 4), witness.id) && one.raw.length === 76;
    });
    if (!line) {
      return null;
    }
    var stamp = new DataView(line.raw.buffer, line.raw.byteOffset + 4, 8).getBigUint64(0);
    var said = bytesOf("cosignature/v1\ntime " + stamp + "\n" + parts.body);
    if (!(await signed(witness, line.raw.slice(12), said))) {
      throw new Fault("cosignature-bad", witness.name);
    }
    return new Date(Number(stamp) * 1000);
  }
  async function included(leaf, index, size, proof, root) {
    if (!(index >= 0 && index < size)) {
      return false;
    }
    var at = index, last = size - 1, found = leaf;
    for (var sibling of proof) {
      if (last === 0) {
        return false;
      }
      if (at % 2 === 1 || at === last) {
        found = await nodeHash(sibling, found);
        while (at % 2 === 0 && at !== 0) {
          at = Math.floor(at / 2);
          last = Math.floor(last / 2);
        }
      } else {
        found = await nodeHash(found, sibling);
      }
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same(found, root);
  }
  async function consistent(old, fresh, proof) {
    if (old.size === fresh.size) {
      return same(old.root, fresh.root);
    }
    if (!(old.size > 0 && old.size < fresh.size) || !proof.length) {
      return false;
    }
    var power = Number.isInteger(Math.log2(old.size));
    var path = power ? [old.root].concat(proof) : proof;
    var at = old.size - 1, last = fresh.size - 1;
    while (at % 2 === 1) {
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    var before = path[0], after = path[0];
    for (var sibling of path.slice(1)) {
      if (last === 0) {
        return false;
      }
      if (at % 2 === 1 || at === last) {
        before = await nodeHash(sibling, before);
        after = await nodeHash(sibling, after);
        while (at % 2 === 0 && at !== 0) {
          at = Math.floor(at / 2);
          last = Math.floor(last / 2);
        }
      } else {
        after = await nodeHash(after, sibling);
      }
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && same(before, old.root) && same(after, fresh.root);
  }

  function readReceipt(text) {
    if (!text.trim()) {
      throw new Fault("empty");
    }
    if (text.trim().indexOf(PROOF) !== 0) {
      return parsed(text, "openhall-receipt/1");
    }
    var note = tidy(text), at = note.indexOf("\n\n"), lines = note.slice(0, at).split("\n");
    if (at < 0 || !/^extra /.test(lines[1] || "") || !/^index (0|[1-9][0-9]*)$/.test(lines[2] || "")) {
      throw new Fault("unreadable");
    }
    return {
      entry: new TextDecoder().decode(unbase(lines[1].slice(6))),
      index: Number(lines[2].slice(6)),
      proof: lines.slice(3),
      checkpoint: note.slice(at + 2)
    };
  }
  function parsed(text, format) {
    var raw;
    try {
      raw = JSON.parse(text);
    } catch (_error) {
      throw new Fault("unreadable");
    }
    if (!raw || raw.format !== format) {
      throw new Fault("unreadable");
    }
    return raw;
  }
  function filled(word, names) {
    return Object.keys(names).reduce(function (text, name) {
      return text.split("{" + name + "}").join(String(names[name]));
    }, words[word] || word);
  }
  var MARKS = {
    right: ["on_time", "\u2713 "],
    wrong: ["overdue", "\u2717 "],
    unreadable: ["warning", "? "]
  };
  function say(how, text, more) {
    var line = document.createElement("li");
    var mark = document.createElement("span");
    mark.className = "status status-" + MARKS[how][0];
    mark.textContent = MARKS[how][1] + words[how === "unreadable" ? "open" : how];
    line.append(mark, " ", text);
    if (more) {
      var quoted = document.createElement("pre");
      quoted.textContent = more;
      line.append(quoted);
    }
    answer.querySelector("ol").append(line);
  }

  async function run(given) {
    if (!given.receipt.trim()) {
      throw new Fault("empty");
    }
    var keys = given.key.split(/\s+/).filter(Boolean);
    var key = await readKey(keys[0] || "", 1);
    say("right", filled("key-good", { name: key.name }));
    var receipt = readReceipt(given.receipt);
    var entry = bytesOf(String(receipt.entry));
    var head = await openNote(String(receipt.checkpoint), key);
    say("right", filled("signature-good", { name: head.origin, size: head.size }));
    var leaf = await leafHash(entry);
    var steps = receipt.proof.map(unbase);
    if (!(await included(leaf, receipt.index, head.size, steps, head.root))) {
      throw new Fault("inclusion-bad");
    }
    var body = JSON.parse(receipt.entry);
    say("right", filled("inclusion-good", { index: receipt.index, size: head.size }), JSON.stringify(body, null, 1));
    for (var text of keys.slice(1)) {
      var witness = await readKey(text, 4);
      var when = await cosignedBy(receipt.checkpoint, witness);
      if (when) {
        say("right", filled("cosignature-good", { name: witness.name, time: when.toLocaleString() }));
      }
    }
    if (given.kept.trim()) {
      await held(given.kept, head, key);
    }
    if (given.opening.trim()) {
      await opened(parsed(given.opening, "openhall-opening/1"), body);
    }
  }
  async function held(text, head, key) {
    var proof = null, kept;
    if (text.trim().startsWith("{")) {
      var raw = parsed(text, "openhall-consistency/1");
      var old = await openNote(raw.old, key), fresh = await openNote(raw.new, key);
      if (!(await consistent(old, fresh, raw.proof.map(unbase)))) {
        throw new Fault("kept-bad");
      }
      kept = old.size === head.size ? old : fresh;
      proof = filled("continues-good", { old: old.size, size: fresh.size });
    } else {
      kept = text.indexOf("\u2014 ") < 0 ? readHead(tidy(text)) : await openNote(text, key);
    }
    if (kept.origin !== head.origin || (kept.size === head.size && !same(kept.root, head.root))) {
      throw new Fault("kept-bad");
    }
    if (proof) {
      say("right", proof);
    }
    if (kept.size === head.size) {
      say("right", filled("kept-good", { size: kept.size }));
    } else if (!proof) {
      throw new Fault("kept-other", String(kept.size));
    }
  }
  async function opened(opening, body) {
    if (opening.case !== body.case || opening.seq !== body.seq) {
      throw new Fault("opening-other");
    }
    for (var name of Object.keys(opening.fields)) {
      var field = opening.fields[name];
      var held = await crypto.subtle.importKey("raw", unbase(field.key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
      var made = new Uint8Array(await crypto.subtle.sign("HMAC", held, bytesOf(field.value)));
      if ((body.commitments || {})[name] !== "sha256:" + hex(made)) {
        throw new Fault("opening-bad", name);
      }
      say("right", filled("opening-good", { name: name }), field.value);
    }
  }

  function readFile(file) {
    return file.arrayBuffer().then(function (held) {
      try {
        return folded(new Uint8Array(held));
      } catch (_fault) {
        return "\ufffd";  // shown in the field, and said to be unreadable when it is verified
      }
    });
  }
  function textOf(name) {
    return form.querySelector("[name='" + name + "']").value;
  }
  async function verify() {
    answer.hidden = false;
    answer.querySelector("ol").replaceChildren();
    var verdict = answer.querySelector("[data-verdict]");
    verdict.textContent = words.working;
    try {
      if (!window.crypto || !crypto.subtle) {
        throw new Fault("unsupported");
      }
      await run({
        receipt: textOf("receipt"),
        key: textOf("key"),
        kept: textOf("kept"),
        opening: textOf("opening")
      });
      verdict.textContent = words.verified;
      answer.dataset.result = "good";
    } catch (fault) {
      var known = fault instanceof Fault;
      var word = known ? fault.word : "unreadable";
      var unread = UNREAD.indexOf(word) >= 0;
      say(unread ? "unreadable" : "wrong", filled(word, { more: known ? fault.more : "" }));
      verdict.textContent = words[word === "unsupported" ? "cannot" : unread ? "unread" : "not-verified"];
      answer.dataset.result = unread ? "unknown" : "bad";
    }
    answer.querySelector("h2").focus();
  }
  form.querySelectorAll("input[type=file]").forEach(function (chosen) {
    chosen.addEventListener("change", function () {
      if (chosen.files.length) {
        readFile(chosen.files[0]).then(function (text) {
          form.querySelector("[name='" + chosen.dataset.into + "']").value = text;
        });
      }
    });
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    verify();
  });
  form.addEventListener("dragover", function (event) {
    event.preventDefault();
  });
  form.addEventListener("drop", function (event) {
    var file = event.dataTransfer && event.dataTransfer.files[0];
    if (!file) {
      return;
    }
    event.preventDefault();
    readFile(file).then(function (text) {
      var name = text.indexOf("openhall-opening/1") >= 0 ? "opening" : "receipt";
      form.querySelector("[name='" + name + "']").value = text;
    });
  });
  form.querySelector("button[type=submit]").disabled = false;
})();
