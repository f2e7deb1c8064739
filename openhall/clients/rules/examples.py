"""Examples of the open API as one types them; a test runs every one against the product."""

import shlex
from dataclasses import dataclass
from typing import Final

from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Example:
    """A command of curl: ``{base}`` is this site, ``{key}`` the reader's key, and so on."""

    code: str
    says: Said
    command: str

    def typed(self, base: str, **more: str) -> str:
        """The command for this site; what the reader must fill in stays in capitals."""
        said = {"base": base, **FILL_IN, **more}
        return self.command.format_map(said)


FILL_IN: Final = {
    "key": "KEY",
    "name": "CLIENT_ID",
    "secret": "CLIENT_SECRET",
    "item": "ITEM",
    "hall": "HALL",
    "case": "CASE",
    "hook": "HOOK",
}
OPEN: Final[tuple[Example, ...]] = (
    Example(
        "items",
        Said("现行事项，每页两条", "Items in force, two at a time"),
        "curl '{base}/api/v1/items?limit=2'",
    ),
    Example(
        "guide",
        Said("某一天的办事指南", "A guide as it read on a day"),
        "curl '{base}/api/v1/items/{item}?on=2026-11-02'",
    ),
    Example(
        "figures",
        Said("全市一年的统计", "A year of figures of the whole city"),
        "curl '{base}/api/v1/figures/months?first=2026-01&last=2026-11'",
    ),
    Example(
        "checkpoint",
        Said("公开账的最新检查点", "The log's latest checkpoint"),
        "curl {base}/api/v1/log/checkpoint",
    ),
    Example(
        "unchanged",
        Said("没有变化时只答304", "304 where nothing changed"),
        """curl -i -H 'If-None-Match: "…"' {base}/api/v1/districts""",
    ),
    Example(
        "help",
        Said("谁帮您办什么（HSDS 3.0）", "Who helps with what (HSDS 3.0)"),
        "curl '{base}/api/v1/hsds/services?per_page=5'",
    ),
    Example(
        "catalogue",
        Said("供采集的数据目录（DCAT-AP）", "The data sets for harvesters (DCAT-AP)"),
        "curl {base}/api/v1/dcat.ttl",
    ),
)
WITH_KEY: Final[tuple[Example, ...]] = (
    Example(
        "cases",
        Said("本人或者本单位的办件", "One's own cases"),
        "curl -H 'Authorization: Bearer {key}' {base}/api/v1/cases",
    ),
    Example(
        "token",
        Said("用密钥换一小时的令牌", "A token of one hour for a key"),
        "curl -u {name}:{secret} -d grant_type=client_credentials -d scope=cases "
        "{base}/api/v1/oauth/token",
    ),
    Example(
        "ticket",
        Said("取一张号", "Take a ticket"),
        "curl -X POST -H 'Authorization: Bearer {key}' -H 'Idempotency-Key: 7d1f' "
        "-H 'Content-Type: application/json' -d '{{\"line\": \"A\"}}' "
        "{base}/api/v1/halls/{hall}/tickets",
    ),
    Example(
        "hook",
        Said("设置推送", "Set up a webhook"),
        "curl -X POST -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' "
        '-d \'{{"url": "https://example.org/in", "topics": ["cases"]}}\' {base}/api/v1/hooks',
    ),
    Example(
        "replay",
        Said("从某条起重新推送", "Be told again from an entry on"),
        "curl -X POST -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' "
        "-d '{{\"start\": 0}}' {base}/api/v1/hooks/{hook}/replay",
    ),
)
VERIFY: Final = """import base64, hashlib, hmac, time

def is_from_the_city(secret, headers, body):      # body: the bytes as they came
    moment = int(headers["webhook-timestamp"])
    signed = f"{headers['webhook-id']}.{moment}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - moment) < 300
    return fresh and hmac.compare_digest(right, headers["webhook-signature"])
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What a command of curl asks."""

    method: str
    url: str
    headers: dict[str, str]
    body: str
    user: str


def read(command: str) -> Request:
    """The request that curl would make of ``command``."""
    words = iter(shlex.split(command)[1:])
    method, url, headers, body, user = "", "", {}, [], ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, said = next(words).partition(": ")
            headers[name] = said
        elif word == "-d":
            body.append(next(words))
        elif word == "-u":
            user = next(words)
        elif not word.startswith("-"):
            url = word
    return Request(method or ("POST" if body else "GET"), url, headers, "&".join(body), user)
