"""The bank's own small site: a page to pay a notice, plain HTML under a strict policy.

``/pos`` is the same page on the terminal that the bank keeps at the fee window."""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from openhall.demo.bank.till import ZONE, Till
from openhall.paging.whole import whole

STYLE = """body{font:18px/1.7 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;
color:#1c2024;background:#faf9f7}h1{font-size:1.6rem}button{font:inherit;padding:.5rem 1.5rem;
color:#fff;background:#0b4f8a;border:0;border-radius:4px}dt{color:#5a6068}dd{margin:0 0 1rem}
a{color:#0b4f8a}"""
PAGE = """<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/style.css"></head><body><main><h1>{title}</h1>{body}</main></body>
</html>"""
HEADERS = [
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]


def site(till: Till, city: str) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The bank's site; ``city`` is the address people go back to."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", "/"), environ["REQUEST_METHOD"]
        if path == "/style.css":
            start("200 OK", [("Content-Type", "text/css"), *HEADERS])
            return [STYLE.encode()]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        sent = environ["wsgi.input"].read(min(length, 4_096)).decode() if length else ""
        said = parse_qs(sent if method == "POST" else environ.get("QUERY_STRING", ""))
        notice = said.get("notice", [""])[0].strip()
        amount = said.get("amount", [""])[0].strip()
        by = {"/pay": ("online", "缴费"), "/pos": ("pos", "POS刷卡")}.get(path)
        if by is None or whole(notice) is None or not whole(amount):
            start("404 Not Found", [("Content-Type", "text/html; charset=utf-8"), *HEADERS])
            body = "<p>请从缴费通知书上的链接进入，或核对通知书编号和金额。</p>"
            return [PAGE.format(title="没有这张缴费通知书", body=body).encode()]
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), *HEADERS])
        facts = (
            f"<dl><dt>缴费通知书</dt><dd>{escape(notice)}</dd>"
            f"<dt>金额</dt><dd>¥{int(amount) / 100:.2f}</dd></dl>"
        )
        if method == "POST":
            paid = till.pay(notice, int(amount), by[0], datetime.now(ZONE))
            body = (
                f"{facts}<p>已缴费，流水号 {escape(paid.serial)}。"
                f'回执将自动送达政务系统。</p><p><a href="{escape(city)}">返回</a></p>'
            )
            return [PAGE.format(title="缴费成功", body=body).encode()]
        body = (
            f'{facts}<form method="post" action="{path}"><input type="hidden" name="notice" '
            f'value="{escape(notice)}"><input type="hidden" name="amount" '
            f'value="{escape(amount)}"><button type="submit">确认缴费</button></form>'
            "<p>这是演示用的代收银行，不会真的扣款。</p>"
        )
        return [PAGE.format(title=f"代收银行 · {by[1]}", body=body).encode()]

    return answer
