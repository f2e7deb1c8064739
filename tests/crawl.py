"""Hostile requests made from the resolver: every route, converter, role and way of asking.

    OPENHALL_DEMO=1 OPENHALL_HOME=/tmp/a-copy-of-a-city python -m tests.crawl --most 20000 --seed 1

writes into the city it is given, so give it a copy. ``--from`` and ``--most`` cut the same crawl
into pieces; a request is told with its number, and ``--from N --most 1`` sends it again. The bounded
crawl of every test run is ``tests/doors/test_crawl.py``.

What is asked is that nothing is answered by a fault of ours (5xx), whoever sends it.
"""

# ruff: noqa: E501 - lists of odd words are read as they stand
import argparse
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


@dataclass
class Pools:
    """What stands in the database, so that a hostile word is met behind an open door too."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    seats: list[tuple[Any, str, str]] = field(default_factory=list)  # account, organ, desk
    residents: list[Any] = field(default_factory=list)
    operators: list[Any] = field(default_factory=list)
    held: dict[str, list[int]] = field(default_factory=dict)  # of a visitor's session

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
                    rows = model.objects.order_by("-pk").values_list(name, flat=True)[:30]
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
            ("applying.Signatory", "held_signings"),
        ):
            rows = apps.get_model(label).objects.order_by("-pk").values_list("pk", flat=True)
            found.held[key] = list(rows[:15])
        names["draft"] = [str(pk) for pk in found.held["held_drafts"]]
        return found


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
        if chance < 0.25 and len(parts) > 3:
            place = dice.randrange(1, len(parts) - 1)
            word = dice.choice([*WORDS, *NUMBERS, *self.pools.by_name["pk"]])
            parts[place] = quote(word.encode("utf-8", "surrogatepass"), safe="")
        elif chance < 0.5:
            said = quote(self.sent(dice).encode("utf-8", "surrogatepass"))
            mark, query = "?", f"{query}&{dice.choice(self.names)}={said}".lstrip("&")
        return "/".join(parts) + mark + query

    def learn(self, who: Any, answer: Any) -> None:
        """Remember where the links and forms of a page lead."""
        if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            found = re.findall(r'(?:href|action)="(/[^"#]*)"', answer.content.decode())
            for address in dict.fromkeys(found):
                if not address.startswith("/static/") and "logout" not in address:
                    self.links.append((who, unescape(address)))
            del self.links[:-4000]

    # ------------------------------------------------------------ who
    def visitor(self, dice: random.Random, route: str) -> tuple[Any, str, tuple[str, str] | None]:
        """A client, what it is called, and the seat its holder has."""
        from django.test import Client

        client = Client(raise_request_exception=False)
        pools, chance = self.pools, dice.random()
        if ("<str:organ>" in route and chance < 0.85) or chance < 0.3:
            account, organ, desk = dice.choice(pools.seats)
            client.force_login(account)
            return client, f"{account.username}@{organ}/{desk}", (organ, desk)
        if chance < 0.6 and pools.residents:
            account = dice.choice(pools.residents)
            client.force_login(account)
            return client, account.username, None
        if route.startswith("cms/") and pools.operators:
            client.force_login(pools.operators[0])
            return client, "operator", None
        session = client.session
        if chance < 0.9:  # holds codes of others' things, as somebody who was given them
            session.update(pools.held)
            session.save()
        return client, "visitor", None

    def followed(self, dice: random.Random) -> tuple[Any, str, Any, str]:
        """A link that somebody was shown, opened by them, and now and then by somebody else."""
        from django.test import Client

        account, address = dice.choice(self.links)
        if dice.random() < 0.15:
            account = dice.choice([None, *self.pools.residents, dice.choice(self.pools.seats)[0]])
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        else:
            session = client.session
            session.update(self.pools.held)
            session.save()
        return client, str(account), account, self.bent(dice, address)

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
        route = dice.choice(self.ours if pick < 0.88 else self.routes)
        with self.around():
            if self.links and dice.random() < 0.5:
                client, who, account, address = self.followed(dice)
            else:
                client, who, seat = self.visitor(dice, route)
                account = (
                    None
                    if seat is None
                    else next(one for one, organ, desk in self.pools.seats if (organ, desk) == seat)
                )
                address = self.address(dice, route, seat)
            way = dice.choice(
                ["GET"] * 5 + ["POST"] * 4 + ["HEAD", "PUT", "DELETE", "JSON", "FILE"]
            )
            told = f"{number}: {way} {address[:300]!r} by {who}"
            try:
                answer = self.answer(dice, client, way, address)
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

    def answer(self, dice: random.Random, client: Any, way: str, address: str) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        if way in ("GET", "HEAD"):
            return getattr(client, way.lower())(address)
        if way == "JSON":
            body = dice.choice(
                ['{"a":1}', "[]", "null", "{", '{"answers":{"x":"²"}}', "[" * 2000, ""]
            )
            return client.post(address, body, content_type="application/json")
        if way in ("PUT", "DELETE"):
            return getattr(client, way.lower())(address, "x=1")
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
