"""Hostile requests made from the resolver: every route, converter, role and way of asking.

    OPENHALL_DEMO=1 OPENHALL_HOME=/tmp/a-copy-of-a-city python -m tests.crawl --most 20000 --seed 1

writes into the city it is given, so give it a copy. ``--from`` and ``--most`` cut the same crawl
into pieces; a request is told with its number, and ``--from N --most 1`` sends it again. The bounded
crawl of every test run is ``tests/doors/test_crawl.py``.

What is asked is that nothing is answered by a fault of ours (5xx), whoever sends it.
"""

# ruff: noqa: E501 - lists of odd words are read as they stand
import argparse
import json
import os
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

HOUSE = Path(__file__).resolve().parents[1] / "openhall"
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# Words a view reads by name: a crawl that sends only names nobody reads tries nothing.
READ = re.compile(r"""(?:GET|POST|posted|FILES)(?:\.get|\.getlist)?[\[(]\s*["']([\w-]+)["']""")
IN_SENT = re.compile(r"""["']([\w-]+)["'] in (?:request\.)?(?:POST|GET|posted)""")

NUMBERS = ["0", "1", "-1", "²", "٣", "๓", "½", "１", "9" * 18, "9" * 30, "1e9", "0x1f", "1.5",
           "NaN", " 1", "1 ", "+1", "00000001", "9223372036854775808", "2147483648", "",
           "\x00"]  # fmt: skip
DAYS = ["2026-11-23", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "²",
        "2026-13-01", "２０２６-01-01", "2026-1-1", "", "\x00"]  # fmt: skip
MONTHS = ["2026-11", "9999-12", "0001-01", "0000-00", "2026-13", "2026-00", "20261-1", "٢٠٢٦-٠١",
          "", "\x00"]  # fmt: skip
WORDS = ["", " ", "x", "\x00", "a\x00b", "\ud800", "'", '"', "'; DROP TABLE x; --", "%00", "%s%n",
         "<script>alert(1)</script>", "{{7*7}}", "{% load i18n %}", "../../etc/passwd", "..", "/",
         "\\", "𠮷", "\ue863", "\u202e", "\u200b", "\ufeff", "👩‍👩‍👧", "ཀ", "é", "İ", "ß",
         "长" * 3000, "a" * 9000, "null", "true", "[]", "{}", '{"a":{"a":{"a":1}}}', "[" * 900, "0", "-1", "²",
         "١٢٣", "1/0", "=1+1", "a,b\r\nc", "\r\nSet-Cookie: a=b", "2026-02-30", "9999-12-31",
         "9" * 400, "inf", "1e400", "-0", "None", "undefined", "any", "csv", "xlsx",
         "json", "11010519491231002X", "13812345678", "+86", "a@b.c"]  # fmt: skip
FILES = [b"", b"x", b"%PDF-1.4\ngarbage\n%%EOF", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04",
         b"\xff\xd8\xff", "名称,编码\n²,１\n".encode("gb18030"), b"\xff\xfe" + "a,b\n".encode("utf-16-le"),
         b"[]", b"{}", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"a,b\n1," + b"\x00" * 50,
         b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"code,name\n=1+1,x\n"]  # fmt: skip
ENDINGS = ["pdf", "png", "csv", "xlsx", "json", "jsonl", "svg", "", "pdf.exe", "\x00", "a/../../b"]
WAYS = [*["GET"] * 6, *["POST"] * 5, "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
        "JSON", "FILE", "RAW", "RAW"]  # fmt: skip
SENDING = ("POST", "JSON", "FILE", "RAW")
# What a browser never sends: as it stands on the wire, one byte a sign.
HEADERS: dict[str, list[str]] = {
    "Accept-Language": ["zz", "zh-Hans;q=9", "en;q=NaN", "*" * 500, "zh," * 900, "\x00", "\xff\xfe", "-", ";q=", "en-" + "x" * 900, "zh_CN.UTF-8", "../en"],
    "Host": ["", "evil.example", "testserver:99999", "testserver:abc", "[::1", "xn--", "a" * 400, "\xe4\xb8\xad", "testserver\x00", "testserver, other"],
    "Cookie": ["sessionid=\xff\xfe", "sessionid=" + "a" * 5000, "csrftoken=\x00", "=;=;;", "django_language=../../x", "django_language=\xff", "messages=[[1", "sessionid=', elder=\xff", 'a="\\'],
    "Referer": ["http://[", "javascript:alert(1)", "\xff", "http://testserver/\x00", "http://testserver:port/", "//"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 900, "lines=1", "bytes=\xb2-", "bytes=99999999999999999999-"],
    "If-Modified-Since": ["never", "Thu, 32 Foo 9999 99:99:99 GMT", "\xb2", "Sun, 06 Nov 0001 08:49:37 GMT"],
    "If-None-Match": ['"', "*", "W/", '"' + "a" * 5000, "\xff"],
    "Accept": ["", "text/html;q=x", "*/*;q=-1", "a" * 3000, "application/json", ";;;", "\xff/\xff"],
    "Accept-Encoding": ["", "br;q=x", "identity;q=0", "\xff", "gzip," * 900],
    "X-Forwarded-For": ["", "1.2.3.4, \xff", "999.999.999.999", "::ffff:1.2.3.4%eth0", "," * 500],
    "HX-Request": ["true", "false", "\xff"],
    "HX-Current-URL": ["http://[", "\xff", "%ff%fe", "javascript:1"],
    "HX-Target": ["\xff", "a" * 3000],
    "X-Requested-With": ["XMLHttpRequest"],
    "X-CSRFToken": ["\xff", "a" * 9000],
    "Authorization": ["Basic ====", "Bearer \xff", "Basic /////w==", "\x00"],
    "User-Agent": ["", "\xff\xfe", "a" * 9000],
    "X-HTTP-Method-Override": ["DELETE"],
}  # fmt: skip
TYPES = ["", "application/json", "application/json; charset=\xff", "application/x-www-form-urlencoded",
         "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=none",
         "application/x-www-form-urlencoded; charset=gb18030", "text/plain", "text/xml", "multipart/form-data",
         "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + "x" * 300,
         "multipart/form-data; boundary=\xff", "multipart/mixed; boundary=x", "application/octet-stream", "/", ";;", "a" * 900]  # fmt: skip
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'


def raw_bodies(name: bytes) -> list[bytes]:
    """Bodies that no form sends, about one field that some view reads."""
    return [
        b"", b"\x00", b"\xff\xfe\x00", b"{", b"[]", b"null", b'"\xff"', b"[" * 5000, b'{"a":' * 900,
        b'{"' + name + b'":1e999}', b'{"' + name + b'":' + b"9" * 5000 + b"}", b'{"' + name + b'":"\\ud800"}',
        b'{"' + name + b'":NaN}', b'{"' + name + b'":{"a":[1,null,true]}}', b'{"' + name + b'":"\\u0000"}',
        b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b"1", b"true", b'"x"',
        name + b"=%00", name + b"=%ED%A0%80", name + b"=%FF%FE", name + b"=%F0%A0%AE%B7", name + b"=%", name + b"=%zz",
        name + b"=" + b"9" * 5000, name + b"=1&" + name + b"=2", name + b"[]=1", name, b"&&&=&=", b"a=1&" * 2500,
        name + b"=\xc3\x28", name + b"=-1", name + b"=%C2%B2", name + b"=1e400", name + b"=" + b"%E9%95%BF" * 9000,
        PART % (name, b"", b"1") + b"--x--\r\n", PART % (name, b"", b"\xff\x00"), PART % (name, b"", b"1") + b"--x",
        PART % (name, b'; filename="a.pdf"', b"%PDF-1.4") + b"--x--\r\n", PART % (name, b'; filename=""', b"") + b"--x--\r\n",
        PART % (name, b"; filename*=UTF-8''%FF%00.pdf", b"x") + b"--x--\r\n", PART % (name, b'; filename="\xff\x00"', b"x") + b"--x--\r\n",
        PART % (b"", b"", b"") + b"--x--\r\n", b"--x\r\n\r\n\r\n--x--\r\n", b"--x\r\nContent-Disposition: \xff\r\n\r\n1\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n=====\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\nContent-Length: -1\r\n\r\nx\r\n--x--\r\n',
        b"--x" * 3000,
    ]  # fmt: skip


@dataclass
class Pools:
    """What stands in the database, so that a hostile word is met behind an open door too."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    seats: list[tuple[Any, str, str]] = field(default_factory=list)  # account, organ, desk
    residents: list[Any] = field(default_factory=list)
    operators: list[Any] = field(default_factory=list)
    held: dict[str, list[int]] = field(default_factory=dict)  # of a visitor's session
    keys: list[str] = field(default_factory=list)  # of programmes, each whole

    @classmethod
    def of_the_database(cls) -> "Pools":
        from django.apps import apps

        from openhall.organs.models import Account, Post

        found = cls()
        names = found.by_name
        for model in apps.get_models():
            if not model.__module__.startswith("openhall"):
                continue
            columns = {one.name for one in model._meta.concrete_fields}
            for name in ("number", "code", "slug", "key", "month", "day", "name"):
                if name in columns:
                    rows = [getattr(row, name) for row in model.objects.order_by("-pk")[:30]]
                    names.setdefault(name, []).extend(str(one) for one in rows if one)
            pks = [str(pk) for pk in model.objects.order_by("-pk").values_list("pk", flat=True)[:6]]
            names.setdefault("pk", []).extend(pks)
        posts = Post.objects.select_related("account", "organ").order_by("pk")[:400]
        found.seats = [(one.account, one.organ.code, one.desk) for one in posts]
        people = Account.objects.filter(is_official=False, is_superuser=False)
        found.residents = list(people.order_by("pk")[:5])
        found.operators = list(Account.objects.filter(is_superuser=True)[:2])
        names["organ"] = sorted({organ for _who, organ, _desk in found.seats})
        names["desk"] = sorted({desk for _who, _organ, desk in found.seats})
        for label, key in (
            ("applying.Draft", "held_drafts"),
            ("cases.Case", "held_cases"),
            ("joint.JointCase", "held_joints"),
            ("supervision.Complaint", "held_complaints"),
            ("enquiries.Enquiry", "held_enquiries"),
            ("applying.Signatory", "held_signings"),
        ):
            rows = apps.get_model(label).objects.order_by("-pk").values_list("pk", flat=True)
            found.held[key] = list(rows[:15])
        names["draft"] = [str(pk) for pk in found.held["held_drafts"]]
        found.keys = [key_for(account) for account in found.residents[:2]]
        return found


def key_for(account: Any) -> str:
    """The whole key of a programme that may do everything for ``account``."""
    from django.utils import timezone

    from openhall.clients.actions.keys import issue
    from openhall.clients.terms import Scope
    from openhall.deeds.doing import Doing

    doing = Doing(account, timezone.now(), f"s:crawl-{account.pk}-{time.time_ns()}")
    until = timezone.localdate() + timedelta(days=300)
    return issue(None, "试用程序", [one.value for one in Scope], until, doing)[1]


def routes() -> list[str]:
    """Every address of the site that is written with converters, ours and others'."""
    from django.urls import URLPattern, URLResolver, get_resolver
    from django.urls.resolvers import RoutePattern

    def walked(resolver: URLResolver, before: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            here = before + str(one.pattern).lstrip("^").rstrip("$")
            if isinstance(one, URLResolver):
                yield from walked(one, here)
            elif isinstance(one, URLPattern) and isinstance(one.pattern, RoutePattern):
                yield here

    return sorted({one for one in walked(get_resolver(), "") if "(" not in one})


def read_names() -> list[str]:
    """Every name by which some view reads what is sent."""
    found: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(READ.findall(text)) | set(IN_SENT.findall(text))
    return sorted(found)


@dataclass
class Crawl:
    """One crawl: the same seed and database give the same requests."""

    seed: int
    pools: Pools
    around: Callable[[], AbstractContextManager[Any]] = nullcontext
    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    links: list[tuple[Any, str]] = field(default_factory=list)  # who saw it, and where it leads
    forms: list[tuple[Any, str]] = field(default_factory=list)  # pages with a form that sends

    def __post_init__(self) -> None:
        self.routes, self.names = routes(), read_names()
        theirs = ("cms/", "accounts/", "documents/")
        self.ours = [one for one in self.routes if not one.startswith(theirs)]

    # ------------------------------------------------------------ words
    def word(self, dice: random.Random, name: str, kind: str, route: str) -> str:
        """Something for one place of an address: mostly what is there, often what is hostile."""
        if dice.random() < 0.3:
            worst = {"whole": NUMBERS, "int": NUMBERS, "day": DAYS, "month": MONTHS}
            return dice.choice(worst.get(kind, WORDS + NUMBERS))
        names = self.pools.by_name
        if name == "pk" and route.startswith("drafts/") and names.get("draft"):
            return dice.choice(names["draft"])
        if kind in ("whole", "int"):
            return dice.choice(names["pk"]) if dice.random() < 0.7 else str(dice.randrange(1, 60))
        known = {"day": DAYS, "earlier": DAYS, "month": MONTHS}.get(name) or names.get(name)
        return dice.choice(known or names["code"] + names["number"])

    def address(self, dice: random.Random, route: str, seat: tuple[str, str] | None) -> str:
        def put(found: re.Match[str]) -> str:
            name, kind = found["name"], found["kind"] or "str"
            if seat is not None and name in ("organ", "desk") and dice.random() < 0.85:
                return quote(seat[0] if name == "organ" else seat[1])
            said = self.word(dice, name, kind, route)
            return quote(said.encode("utf-8", "surrogatepass"), safe="")

        language = "en/" if dice.random() < 0.2 and not route.startswith(("api/", "cms/")) else ""
        asked = ""
        if dice.random() < 0.35:
            asked = "?" + "&".join(
                dice.choice(self.names)
                + "="
                + quote(self.sent(dice).encode("utf-8", "surrogatepass"))
                for _ in range(dice.randrange(1, 4))
            )
        return "/" + language + PLACE.sub(put, route) + asked

    def sent(self, dice: random.Random) -> str:
        """Something for one field."""
        pool = dice.choice([WORDS, NUMBERS, DAYS, self.pools.by_name.get("number") or WORDS,
                            self.pools.by_name["pk"], self.pools.by_name["code"]])  # fmt: skip
        return dice.choice(pool)

    def bent(self, dice: random.Random, address: str) -> str:
        """A real address with one of its words made hostile, or with something asked of it."""
        path, mark, query = address.partition("?")
        parts = path.split("/")
        chance = dice.random()
        if chance < 0.2 and len(parts) > 3:
            place = dice.randrange(1, len(parts) - 1)
            word = dice.choice([*WORDS, *NUMBERS, *self.pools.by_name["pk"]])
            parts[place] = quote(word.encode("utf-8", "surrogatepass"), safe="")
        elif chance < 0.4:
            said = quote(self.sent(dice).encode("utf-8", "surrogatepass"))
            mark, query = "?", f"{query}&{dice.choice(self.names)}={said}".lstrip("&")
        return "/".join(parts) + mark + query

    def learn(self, who: Any, answer: Any) -> None:
        """Remember where the links and forms of a page lead."""
        plain = "Content-Encoding" not in answer.headers
        if plain and answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            found = re.findall(r'(?:href|action)="(/[^"#]*)"', answer.content.decode())
            for address in dict.fromkeys(found):
                if not address.startswith("/static/") and "logout" not in address:
                    self.links.append((who, unescape(address)))
            del self.links[:-4000]
            if 'method="post"' in answer.content.decode():
                self.forms.append((who, answer.wsgi_request.get_full_path()))
                del self.forms[:-2000]

    # ------------------------------------------------------------ who
    def visitor(self, dice: random.Random, route: str) -> tuple[Any, Any, tuple[str, str] | None]:
        """A client, whose it is, and the seat its holder has."""
        from django.test import Client

        client = Client(raise_request_exception=False)
        pools, chance = self.pools, dice.random()
        if route.startswith("api/v1/") and chance < 0.6 and pools.keys:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {dice.choice(pools.keys)}"
            return client, None, None
        if route.startswith(("cms/", "documents/")) and chance < 0.9 and pools.operators:
            client.force_login(pools.operators[0])
            return client, pools.operators[0], None
        if ("<str:organ>" in route and chance < 0.85) or chance < 0.3:
            account, organ, desk = dice.choice(pools.seats)
            client.force_login(account)
            return client, account, (organ, desk)
        if chance < 0.6 and pools.residents:
            account = dice.choice(pools.residents)
            client.force_login(account)
            return client, account, None
        session = client.session
        if chance < 0.9:  # holds codes of others' things, as somebody who was given them
            session.update(pools.held)
            session.save()
        return client, None, None

    def followed(self, dice: random.Random, shown: list[tuple[Any, str]]) -> tuple[Any, Any, str]:
        """A link that somebody was shown, opened by them, and now and then by somebody else."""
        from django.test import Client

        account, address = dice.choice(shown)
        if dice.random() < 0.15:
            account = dice.choice([None, *self.pools.residents, dice.choice(self.pools.seats)[0]])
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        else:
            session = client.session
            session.update(self.pools.held)
            session.save()
        return client, account, self.bent(dice, address)

    # ------------------------------------------------------------ one request
    def form(self, dice: random.Random, client: Any, address: str) -> dict[str, Any]:
        """The fields of a form of that page, some bent: so an act is tried behind its own form."""
        from bs4 import BeautifulSoup

        page = client.get(address)
        fields: dict[str, Any] = {}
        if page.status_code < 400 and "html" in page.headers.get("Content-Type", ""):
            made = BeautifulSoup(page.content, "html.parser").find_all("form")
            if made:
                for one in dice.choice(made).find_all(["input", "select", "textarea", "button"]):
                    if name := one.get("name"):
                        options = [o.get("value", "") for o in one.find_all("option")]
                        likely = (
                            dice.choice(options)
                            if options
                            else one.get("value") or "一二三四五六七八九十"
                        )
                        fields[name] = likely if dice.random() < 0.75 else self.sent(dice)
        for _more in range(dice.randrange(3)):
            fields[dice.choice(self.names)] = self.sent(dice)
        return {name: said.encode("utf-8", "replace").decode() for name, said in fields.items()}

    def request(self, number: int) -> None:
        """Send request ``number`` and note how it was answered."""
        dice = random.Random(f"{self.seed}:{number}")
        pick = dice.random()  # others' pages too, but most of the time our own
        route = dice.choice(self.ours if pick < 0.8 else self.routes)
        with self.around():
            way, odd = dice.choice(WAYS), self.headers(dice)
            if self.forms and way in SENDING and dice.random() < 0.7:
                client, account, address = self.followed(dice, self.forms)
            elif self.links and dice.random() < 0.5:
                client, account, address = self.followed(dice, self.links)
            else:
                client, account, seat = self.visitor(dice, route)
                address = self.address(dice, route, seat)
            told = f"{number}: {way} {address[:300]!r} by {account or 'a visitor'} {str(odd)[:200] if odd else ''}"
            try:
                answer = self.answer(dice, client, way, address, odd)
                if way == "GET" and not getattr(answer, "streaming", False):
                    self.learn(account, answer)
                if getattr(answer, "streaming", False):
                    for _part in answer.streaming_content:
                        pass
                    answer.close()
                status = answer.status_code
                fault = getattr(answer, "exc_info", None)
                why = "".join(traceback.format_exception(*fault)[-3:]) if fault else ""
            except Exception:  # the test client's own way of telling a fault
                status, why = 599, traceback.format_exc()[-1500:]
        self.answers[status] += 1
        if status >= 500:
            self.broken.append(f"{status} {told}\n{why}")

    def headers(self, dice: random.Random) -> dict[str, str]:
        """Now and then something odd in the head of a request."""
        if dice.random() > 0.2:
            return {}
        names = dice.sample(sorted(HEADERS), dice.randrange(1, 3))
        return {name: dice.choice(HEADERS[name]) for name in names}

    def answer(
        self, dice: random.Random, client: Any, way: str, address: str, odd: dict[str, str]
    ) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        if cookie := odd.pop("Cookie", ""):  # beside the session's, as a browser would send it
            kept = "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())
            client.defaults["HTTP_COOKIE"] = cookie if dice.random() < 0.5 else f"{kept}; {cookie}"
            client.cookies.clear()
        client.defaults |= {f"HTTP_{name.upper().replace('-', '_')}": odd[name] for name in odd}
        if way in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return getattr(client, way.lower())(address)
        if way == "JSON":
            name = dice.choice(self.names)
            likely = {
                name: dice.choice([1, None, [], {}, "²", "\x00", 10**30, "x", True, 1.5, [[]]])
            }
            body = json.dumps(likely | {"answers": {dice.choice(self.names): self.sent(dice)}})
            return client.post(address, body, content_type="application/json")
        if way in ("PUT", "PATCH", "DELETE"):
            return getattr(client, way.lower())(address, "x=1")
        if way == "RAW":
            body = dice.choice(raw_bodies(dice.choice(self.names).encode()))
            return client.generic("POST", address, body, content_type=dice.choice(TYPES))
        fields = self.form(dice, client, address)
        if way == "FILE":
            for name in [*list(fields)[:2], dice.choice(self.names)]:
                ending, content = dice.choice(ENDINGS), dice.choice(FILES)
                fields[name] = SimpleUploadedFile(f"a.{ending}", content)
        return client.post(address, fields)


def crawl(
    seed: int,
    first: int,
    most: int,
    seconds: float,
    pools: Pools,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Crawl:
    """Send ``most`` requests from number ``first``, or as many as ``seconds`` allow."""
    made, end = Crawl(seed, pools, around), time.monotonic() + seconds
    for number in range(first, first + most):
        made.request(number)
        if time.monotonic() > end:
            sys.stderr.write(f"stopped after request {number}: its time was over\n")
            break
    return made


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"
    os.environ |= {"OPENHALL_THROTTLES": "0", "OPENHALL_PROOF_OF_WORK": "0",
                   "OPENHALL_STAFF_MFA_REQUIRED": "0", "OPENHALL_LOG_LEVEL": "CRITICAL",
                   "OPENHALL_ALLOWED_HOSTS": "testserver"}  # fmt: skip
    import django

    django.setup()
    from openhall.config.staticfiles import gather_if_changed

    gather_if_changed()
    said = argparse.ArgumentParser(description="hostile requests from the resolver")
    said.add_argument("--most", type=int, default=20_000)
    said.add_argument("--from", type=int, default=0, dest="first")
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--seconds", type=float, default=1e9)
    asked = said.parse_args()
    made = crawl(asked.seed, asked.first, asked.most, asked.seconds, Pools.of_the_database())
    sys.stdout.write(f"{sum(made.answers.values())} requests: {sorted(made.answers.items())}\n")
    sys.stdout.write("\n".join(made.broken) + "\n")
    return 1 if made.broken else 0


if __name__ == "__main__":
    sys.exit(main())
