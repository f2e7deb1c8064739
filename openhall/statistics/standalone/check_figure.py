#!/usr/bin/env python3
"""Check a public figure of an OpenHall city, without OpenHall and without a network.

    python3 check_figure.py on_time-2003-05-1.zip --key "KEY"

One file; Python 3.9 or later and nothing else. The bundle is the ZIP as downloaded, or its folder.
KEY is the log's key (name+hash+base64): printed in the newspaper, shown at the city's /ledger/.
Without --key the bundle's own key is used: then only what the bundle says of itself is checked.

    python3 check_figure.py on_time-2003-05-1.zip --key "KEY" --log https://CITY/ledger

With --log (an address, or a folder of its files) every row is looked up in the public log itself,
and every act of the month that stands in the log must be among the rows: nothing was left out.

Looked at: the definition, every row counted anew, none twice, the tree over them, the statement,
that the city's log holds exactly this statement, and the city's signature (Ed25519) under the log.
Exit status 0: it holds. 1: it does not. 2: cannot be read.
"""

import argparse
import base64
import calendar
import hashlib
import io
import json
import sys
import urllib.request
import zipfile
import zlib
from pathlib import Path

STATEMENT, DEFINITION, RECEIPT, KEY = "figure.json", "definition.json", "receipt.json", "key"
BESIDE = {"README.txt", "check_figure.py"}
ROWS, EARLIER = "rows/", "earlier/"
LONGEST = 16 << 20  # bytes of a file that is read whole, and of a row
DAMAGED = (OSError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


class Fault(Exception):
    """It does not hold; says what and where."""


class Unread(Exception):
    """There is nothing to check: cut short, or something else."""


def sha(data):
    return hashlib.sha256(data).digest()


# ------------------------------------------------------------------ Ed25519 (RFC 8032)
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def add(one, two):
    """Two points in extended coordinates."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, two
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def point_of(raw):
    """The point that 32 bytes name; None where they name none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    """Whether ``public`` signed ``message``."""
    key, first = point_of(public), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or first is None or number >= L or len(signature) != 64:
        return False
    told = hashlib.sha512(signature[:32] + public + message).digest()
    left = times(number, BASE)
    right = add(first, times(int.from_bytes(told, "little") % L, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P) and not (
        (left[1] * right[2] - right[1] * left[2]) % P
    )


# ------------------------------------------------------------------ the log
def unbase(text, what):
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        raise Unread(f"{what} was not kept whole") from None


def parse_key(text):
    if text.strip("\ufeff \t\r\n").count("+") < 2:
        raise Unread("the key is not of the form name+hash+base64")
    name, stated, encoded = text.strip("\ufeff \t\r\n").split("+", 2)
    raw = unbase(encoded, "the key")
    identity = sha(name.encode() + b"\n" + raw)[:4]
    if len(raw) != 33 or raw[0] != 1 or identity.hex() != stated:
        raise Unread("the key's own hash does not fit: it was copied wrongly")
    return name, identity, raw[1:]


def signed_head(note, key):
    """Origin, size and root of a checkpoint that the key signed."""
    name, identity, public = key
    body, blank, after = note.rpartition("\n\n")
    body += "\n"
    lines = body.split("\n")
    if not blank or len(lines) < 4 or not (lines[1].isascii() and lines[1].isdecimal()):
        raise Unread("the checkpoint was not kept whole")
    for line in after.split("\n"):
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014" and parts[1] == name:
            raw = unbase(parts[2], "the signature")
            if raw[:4] == identity:
                if not signed(public, body.encode(), raw[4:]):
                    raise Fault("the signature under the log is forged")
                return lines[0], int(lines[1]), unbase(lines[2], "the root")
    raise Fault("the log's checkpoint is not signed with this key")


def root_from(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        raise Fault(f"leaf {index} is not among {size}")
    if size == 1:
        if path:
            raise Fault("the proof is too long")
        return leaf
    if not path:
        raise Fault("the proof is too short")
    half = 1
    while half * 2 < size:
        half *= 2
    if index < half:
        return sha(b"\x01" + root_from(leaf, index, half, path[:-1]) + path[-1])
    return sha(b"\x01" + path[-1] + root_from(leaf, index - half, size - half, path[:-1]))


def entries(where, size):
    """The log's first entries, from the files it publishes (C2SP tlog-tiles)."""
    remote = where.startswith(("http://", "https://"))

    def get(name):
        try:
            if not remote:
                return (Path(where) / name).read_bytes()
            with urllib.request.urlopen(f"{where.rstrip('/')}/{name}", timeout=60) as answer:  # noqa: S310
                return answer.read()
        except OSError:
            return None

    for number in range(-(-size // 256)):
        width, left = min(256, size - number * 256), number
        name = f"{left % 1000:03d}"
        while left >= 1000:
            left //= 1000
            name = f"x{left % 1000:03d}/{name}"
        name = f"tile/entries/{name}"
        raw = get(name) or get(f"{name}.p/{width}")
        if raw is None:
            raise Unread(f"{where} lacks {name}; load it when the log has grown, or another time")
        at = 0
        for _place in range(width):
            length = int.from_bytes(raw[at : at + 2], "big")
            yield raw[at + 2 : at + 2 + length]
            at += 2 + length


class Tree:
    """The root over leaves that come one by one."""

    def __init__(self):
        self.stack = []

    def add(self, line):
        height, value = 0, sha(b"\x00" + line)
        while self.stack and self.stack[-1][0] == height:
            value = sha(b"\x01" + self.stack.pop()[1] + value)
            height += 1
        self.stack.append((height, value))

    def root(self):
        if not self.stack:
            return sha(b"")
        *rest, (_height, root) = self.stack
        for _height, left in reversed(rest):
            root = sha(b"\x01" + left + root)
        return root


# ------------------------------------------------------------------ the bundle
class Bundle:
    """The files of a ZIP or of a folder."""

    def __init__(self, where):
        self.archive = None
        self.folder = Path(where)
        if self.folder.is_dir():
            found = [one for one in self.folder.rglob("*") if one.is_file()]
            names = [one.relative_to(self.folder).as_posix() for one in found]
        else:
            try:
                self.archive = zipfile.ZipFile(self.folder)
            except zipfile.BadZipFile:
                raise Unread("it is no ZIP, or was cut short") from None
            names = self.archive.namelist()
            if any(one.compress_type not in (0, 8) for one in self.archive.infolist()):
                raise Unread("it was packed anew in another way: give it as it was downloaded")
        self.names = set(names)
        if len(self.names) != len(names):
            raise Fault("a file stands in it twice")

    def opened(self, name):
        if name not in self.names:
            raise Unread(f"{name} is missing")
        if self.archive is None:
            return (self.folder / name).open("rb")
        return io.BufferedReader(self.archive.open(name), 1 << 20)

    def read(self, name):
        with self.opened(name) as file:
            raw = file.read(LONGEST + 1)
        if len(raw) > LONGEST:
            raise Unread(f"{name} is too long for a bundle")
        return raw

    def rows(self, name):
        """Its lines; one that never ends is not waited for."""
        with self.opened(f"{ROWS}{name}.jsonl") as file:
            while line := file.readline(LONGEST):
                if len(line) == LONGEST or line[-2:] == b"\r\n":
                    raise Unread(f"a row of {name} is too long, or its line ends were changed")
                yield line


def plain(raw, what):
    def once(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Fault(f"{what} says something twice")
        return found

    try:
        return json.loads(raw, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Unread(f"{what} is no readable JSON: give the bundle as it was downloaded") from None


# ------------------------------------------------------------------ counting anew
def tests_of(table, last):
    """The counts of a table: name, conditions on places, and the column that is summed."""
    place = {name: at for at, name in enumerate(table["columns"])}
    found = []
    for one in table["counts"]:
        where = [
            (place[name], how, last if value == "$last" else value)
            for name, how, value in one["where"]
        ]
        if any(how not in ("=", "<") for _at, how, _to in where):
            raise Fault("the definition has a condition this programme does not know")
        found.append((one["name"], where, place[one["sum"]] if "sum" in one else None))
    return found


def holds(row, where):
    for at, how, to in where:
        value = row[at]
        if value != to if how == "=" else value in (None, "") or not value < to:
            return False
    return True


def count(lines, table, month, last):
    """Rows, root and counts of a file of rows; what is wrong with a row is a fault."""
    columns, name = table["columns"], table["name"]
    place = {column: at for at, column in enumerate(columns)}
    key, width = place[table["key"]], len(columns)
    group = place[table["group"]] if table["group"] else None
    within = place[table["within"]] if table["within"] else None
    tests = tests_of(table, last)
    values = {"": dict.fromkeys((one["name"] for one in table["counts"]), 0)}
    before, number, tree, loads = "", 0, Tree(), json.loads
    for number, line in enumerate(lines, start=1):
        if line[-1:] != b"\n":
            raise Fault(f"row {number} of {name} is cut short")
        line = line[:-1]
        row = loads(line)
        if len(row) != width or type(row[key]) is not str or row[key] <= before:
            raise Fault(f"row {number} of {name} stands twice, out of its order, or in parts")
        before = row[key]
        if within is not None and str(row[within])[:7] != month:
            raise Fault(f"row {number} of {name} is not of {month}")
        into = [values[""]]
        if group is not None:
            own = values.get(row[group])
            if own is None:
                own = values[row[group]] = dict.fromkeys(values[""], 0)
            into.append(own)
        for count_name, where, summed in tests:
            if not where or holds(row, where):
                more = 1 if summed is None else row[summed]
                for one in into:
                    one[count_name] += more
        tree.add(line)
    return number, tree.root().hex(), values


def compare(table, said, counted):
    """What is published of a table, against what its rows give. Returns how many are hidden."""
    name, hidden = table["name"], 0
    if set(said) - {""} != set(counted) - {""}:
        raise Fault(f"{name} names other units than its rows")
    if not table["hides"] and "" not in said:
        raise Fault(f"{name} does not say the city's figure")
    for unit, told in said.items():
        own = counted[unit]
        if set(told) != set(own):
            raise Fault(f"{name} says other counts than its definition")
        for one, value in told.items():
            where = f"{one} of {unit or 'the city'} ({name})"
            if value is None and not table["hides"]:
                raise Fault(f"{where} is hidden, and nothing lets it be")
            if value is None:
                hidden += 1
                if own[one]:
                    raise Fault(f"{where} is hidden, and its rows tell it")
            elif type(value) is not int or value != own[one]:
                raise Fault(f"{where} is published as {value}; its rows give {own[one]}")
    return hidden


def in_the_log(where, bundle, table, said, index, head):
    """Every row against its entry, and every act of the month against the rows."""
    rules, columns = table["log"], table["columns"]
    place = {column: at for at, column in enumerate(columns)}
    within = place[table["within"]] if table["within"] else None
    rows, cases = {}, set()
    for row in map(json.loads, bundle.rows(table["name"])):
        cases.add(row[0])
        if row[place["entry"]] is None or row[place["entry"]] in rows:
            raise Fault(f"{row[0]} names no entry of the log, or that of another")
        rows[row[place["entry"]]] = row
    tree, mark = Tree(), f'"kind":"{rules["kind"]}"'.encode()
    for at, raw in enumerate(entries(where, head[1])):
        tree.add(raw)
        if at >= index or mark not in raw:
            continue
        row, body = rows.pop(at, None), json.loads(raw)
        act, day = body["act"], body["event_time"][:10]
        if row is None:
            if act in rules["whole"] and day[:7] == said["month"] and body["case"] not in cases:
                raise Fault(f"{body['case']} was left out: entry {at} of the log is of this month")
            continue
        if body["kind"] != rules["kind"] or body["case"] != row[0] or act not in rules["acts"]:
            raise Fault(f"entry {at} does not tell what the row of {row[0]} says")
        if within is not None and act in rules["whole"] and row[within] != day:
            raise Fault(f"{row[0]} counts on {row[within]}; the log says {day}")
        if rules["kept"]:
            due = body["open"]["promise_due"] or ""
            if row[place[rules["kept"]]] != (1 if day <= due else 0):
                raise Fault(f"{row[0]} is not in time as its row says: {day}, promised {due}")
    if rows:
        raise Fault(f"{min(rows.values())[0]} names an entry that is none of its kind")
    if tree.root() != head[2]:
        raise Fault("the log's entries do not give the root that was signed")
    return "Each row stands in the log; no act of the month is left out 与公开账逐条相符."


def earlier(bundle, said):
    """The chain of corrections, back to what was published first."""
    wanted, edition, count = said["corrects"], said["edition"], 0
    while edition > 1:
        edition -= 1
        raw = bundle.read(f"{EARLIER}{edition}.json")
        if sha(raw).hex() != wanted:
            raise Fault(f"edition {edition} is not the one that was corrected")
        before = plain(raw, f"edition {edition}")
        if any(before[one] != said[one] for one in ("figure", "month")):
            raise Fault(f"edition {edition} is of another figure")
        wanted, count = before["corrects"], count + 1
    if wanted:
        raise Fault("the first edition corrects something")
    return count


def check(where, key_text, log=None):
    """Everything; returns the lines to tell."""
    bundle = Bundle(where)
    key = parse_key(key_text or bundle.read(KEY).decode())
    raw, rules = bundle.read(STATEMENT), bundle.read(DEFINITION)
    said, definition = plain(raw, STATEMENT), plain(rules, DEFINITION)
    if said["format"] != "openhall-figure/1":
        raise Unread("not a figure of format 1; a newer check_figure.py reads it")
    if sha(rules).hex() != said["definition"]:
        raise Fault("the definition is not the one the figure names")
    if definition["figure"] != said["figure"] or said["month"] < definition["from"]:
        raise Fault("the definition is of another figure or month")
    tables = {one["name"]: one for one in said["tables"]}
    wanted = {one["name"] for one in definition["tables"]}
    if set(tables) != wanted or len(said["tables"]) != len(wanted):
        raise Fault("the figure has other tables than its definition")
    files = {f"{ROWS}{name}.jsonl" for name in wanted}
    known = files | BESIDE | {STATEMENT, DEFINITION, RECEIPT, KEY}
    known |= {f"{EARLIER}{n}.json" for n in range(1, said["edition"])}
    if strange := sorted(bundle.names - known):
        raise Fault(f"{strange[0]} does not belong to it")
    rows, hidden, month = 0, 0, said["month"]
    last = f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]:02d}"
    for table in definition["tables"]:
        one = tables[table["name"]]
        number, root, values = count(bundle.rows(table["name"]), table, month, last)
        if number != one["rows"] or root != one["root"]:
            raise Fault(f"the rows {table['name']} are not those that were signed")
        hidden += compare(table, one["values"], values)
        rows += number
    receipt = plain(bundle.read(RECEIPT), RECEIPT)
    entry = receipt["entry"].encode()
    body = plain(entry, "the entry of the log")
    if body.get("kind") != "figure" or body["facts"]["sha256"] != sha(raw).hex():
        raise Fault("the log holds another figure than this one")
    number = f"{said['figure']}-{said['month']}-{said['edition']}"
    if body["figure"] != number or body["log"] != said["log"]:
        raise Fault("the log holds it under another name")
    origin, size, root = signed_head(receipt["checkpoint"], key)
    if origin != said["log"]:
        raise Fault("the checkpoint is of another log")
    path = [unbase(step, "a step of the proof") for step in receipt["proof"]]
    if root_from(sha(b"\x00" + entry), receipt["index"], size, path) != root:
        raise Fault("the entry is not where the proof says: it was changed")
    corrections = earlier(bundle, said)
    table, name = definition["part"]
    part = tables[table]["values"][""][name]
    whole = definition["whole"] and tables[table]["values"][""][definition["whole"][1]]
    told = "hidden" if part is None else f"{part} / {whole}" if definition["whole"] else f"{part}"
    lines = [
        f"{definition['title']['zh']} {definition['title']['en']} {said['month']}: {told}",
        f"{rows} rows counted anew 逐行重算, {hidden} small counts hidden 隐去的小数.",
        f"Leaf {receipt['index']} of {size} signed by {origin} 公开账第{receipt['index']}条.",
        f"Published {body['event_time']} 公布时间; corrections before it 此前更正: {corrections}.",
    ]
    for table in definition["tables"] if log else ():
        if table["log"] is None:
            lines.append(f"{table['name']}: its rows name no entries 明细不对应公开账条目.")
        else:
            lines.append(in_the_log(log, bundle, table, said, receipt["index"], (0, size, root)))
    if not key_text:
        lines.append("No --key was given: compare the bundle's key with the printed. 请核对公钥。")
    return lines


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("bundle")
    parser.add_argument("--key")
    parser.add_argument("--log")
    asked = parser.parse_args(words)
    try:
        lines = check(asked.bundle, asked.key, asked.log)
    except Fault as fault:
        print(f"NOT VERIFIED 不符: {fault}.")  # noqa: T201
        return 1
    except (*DAMAGED, Unread) as error:
        print(f"Cannot be read 无法读取: {error}.")  # noqa: T201
        return 2
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        print(f"NOT VERIFIED 不符: something is missing or is of another kind: {error!r}.")  # noqa: T201
        return 1
    print("VERIFIED 相符. " + "\n".join(lines))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
