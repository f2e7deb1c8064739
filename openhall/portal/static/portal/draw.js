/* Draws again in this browser what was drawn in public, and makes a party's secret numbers. Nothing
   is sent by it. The sentences stand in the page (data-word), so this file knows no language.
   RFC 3797; MD5 is written out (RFC 1321), since the browser's own library has none. */
(function (root) {
  "use strict";
  var SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  var SINES = Array.from({ length: 64 }, function (_none, i) {
    return Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296) | 0;
  });

  function md5(bytes) {
    var size = ((bytes.length + 8) >> 6) + 1, block = new Uint8Array(size * 64);
    var view = new DataView(block.buffer), h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
    block.set(bytes);
    block[bytes.length] = 128;
    view.setUint32(block.length - 8, bytes.length * 8, true);
    view.setUint32(block.length - 4, Math.floor(bytes.length / 536870912), true);
    for (var at = 0; at < block.length; at += 64) {
      var a = h[0], b = h[1], c = h[2], d = h[3];
      for (var i = 0; i < 64; i++) {
        var r = i >> 4;
        var f = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][r];
        var g = [i, 5 * i + 1, 3 * i + 5, 7 * i][r] % 16, s = SHIFTS[r * 4 + (i % 4)];
        var x = (a + f + SINES[i] + view.getInt32(at + g * 4, true)) | 0;
        a = d;
        d = c;
        c = b;
        b = (b + ((x << s) | (x >>> (32 - s)))) | 0;
      }
      h = [(h[0] + a) | 0, (h[1] + b) | 0, (h[2] + c) | 0, (h[3] + d) | 0];
    }
    var out = new DataView(new ArrayBuffer(16));
    h.forEach(function (value, i) { out.setInt32(i * 4, value, true); });
    return Promise.resolve(new Uint8Array(out.buffer));
  }
  function sha256(bytes) {
    return root.crypto.subtle.digest("SHA-256", bytes).then(function (found) {
      return new Uint8Array(found);
    });
  }
  function keyOf(sources, stratum) {
    var lines = sources.map(function (values) {
      var sorted = values.map(BigInt).sort(function (a, b) { return a < b ? -1 : a > b ? 1 : 0; });
      return sorted.join(".") + "./";
    });
    return new TextEncoder().encode(lines.join("") + (stratum ? stratum + "./" : ""));
  }
  function draw(key, pool, count, digest) {
    var left = Array.from({ length: pool }, function (_none, i) { return i + 1; }), drawn = [];
    function turn(i) {
      if (i === count) {
        return Promise.resolve(drawn);
      }
      var bytes = new Uint8Array(key.length + 4);
      bytes.set([i >> 8, i & 255]);
      bytes.set(key, 2);
      bytes.set([i >> 8, i & 255], key.length + 2);
      return digest(bytes).then(function (found) {
        var at = found.reduce(function (sum, one) { return (sum * 256 + one) % left.length; }, 0);
        drawn.push(left.splice(at, 1)[0]);
        return turn(i + 1);
      });
    }
    return turn(0);
  }
  var digests = { "rfc3797": md5, "rfc3797-sha256": sha256 };
  if (typeof module !== "undefined" && module.exports) {
    module.exports = { keyOf: keyOf, draw: draw, digests: digests };
    return;
  }

  function words() {
    var found = {};
    document.querySelectorAll("[data-word]").forEach(function (one) {
      found[one.dataset.word] = one.textContent.trim();
    });
    return found;
  }
  function hex(bytes) {
    return Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
  }

  /* The draw, once more: each table row says its pool, its count and what was drawn. */
  var again = document.getElementById("draw-again");
  if (again) {
    again.hidden = false;
    again.addEventListener("click", function () {
      var answer = document.getElementById("draw-answer"), said = words();
      var sources = JSON.parse(again.dataset.sources), digest = digests[again.dataset.algorithm];
      var rows = Array.from(document.querySelectorAll("[data-pool]"));
      answer.textContent = said.drawing;
      Promise.all(rows.map(function (row) {
        var told = row.dataset, drawn = told.drawn.split(" ").filter(Boolean).map(Number);
        return draw(keyOf(sources, told.place), Number(told.pool), drawn.length, digest)
          .then(function (mine) { return mine.join(" ") === drawn.join(" "); });
      })).then(function (same) {
        answer.textContent = same.every(Boolean) ? said.same : said.other;
      });
    });
  }

  /* A party's two numbers and salt, made here and shown to nobody else. */
  var make = document.getElementById("draw-make");
  if (make && root.crypto && root.crypto.subtle) {
    make.hidden = false;
    make.addEventListener("click", function () {
      var numbers = root.crypto.getRandomValues(new BigUint64Array(2));
      var a = numbers[0] >> BigInt(2), b = numbers[1] >> BigInt(2);
      var salt = hex(root.crypto.getRandomValues(new Uint8Array(32)));
      var place = document.getElementById("draw-party").value;
      var told = '["openhall-draw-commit-v1","' + make.dataset.draw + '","party-' + place + '","' +
        make.dataset.frame + '",' + a + "," + b + ',"' + salt + '"]';
      sha256(new TextEncoder().encode(told)).then(function (found) {
        document.getElementById("draw-secret").textContent =
          "a = " + a + "\nb = " + b + "\nsalt = " + salt + "\nSHA-256 = " + hex(found);
        var box = document.querySelector("[name$='hashed']");
        if (box) {
          box.value = hex(found);
        }
      });
    });
  }
})(typeof self !== "undefined" ? self : globalThis);
