"""A visitor at the touch screen, through the program of the machine: offline, and forgetful."""

import threading
from contextlib import contextmanager

import pytest

from openhall.terminal.__main__ import rounds
from openhall.terminal.centre import Away, Centre, key_in, over_http, public_line
from openhall.terminal.copying import Copy
from openhall.terminal.disk import Disk
from openhall.terminal.machine import Machine
from openhall.terminal.serving import Screen, serve
from tests.browser.test_hall import OPEN_NOW

pytestmark = pytest.mark.browser

REGISTER = """
from django.utils import timezone
from openhall.deeds.doing import Doing
from openhall.hall.actions import kiosks
from openhall.hall.models import Hall
from openhall.hall.terms import KioskKind
from openhall.organs.models import Account
key = "{key}"
hall, who = Hall.objects.get(slug="{slug}"), Account.objects.get(username="{manager}")
by = Doing(who, timezone.now(), "s:test-kiosk-" + key[:20])
print(kiosks.register(hall, KioskKind.KIOSK, "大厅入口", key, by).code)
"""
LEFT = """async () => ({
  cookies: document.cookie.length,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  typed: [...document.querySelectorAll("input")].map((one) => one.value).join(""),
})"""
SMALL = """() => [...document.querySelectorAll("a, button, label")]
  .filter((one) => one.offsetParent && !one.closest("[hidden]") && !one.htmlFor)
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 48 || box.width < 48)
  .map(([text]) => text)"""


@contextmanager
def kiosk_of(city, asked_of_the_city, home, slug="jinjiang", manager="qinlan"):
    """The address of a kiosk of an open hall, and its network, which can be cut."""
    key, wire, cut = key_in(home), over_http(city), threading.Event()

    def network(*asked):
        if cut.is_set():
            raise Away("cut")
        return wire(*asked)

    opened = OPEN_NOW.replace("jinjiang", slug).replace("s:test-", f"s:test-{slug}-")
    known = REGISTER.format(key=public_line(key), slug=slug, manager=manager)
    code = asked_of_the_city(opened + known).split()[-1]
    machine = Machine(Centre(slug, code, key, network), Disk(home / "journal"))
    copy, stop = Copy(home / "copy"), threading.Event()
    worker = threading.Thread(target=rounds, args=(machine, copy, stop), daemon=True)
    door = serve(Screen(machine, copy, city), 0)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    worker.start()
    try:
        yield f"http://127.0.0.1:{door.server_address[1]}", machine, copy, cut
    finally:
        stop.set()
        machine.moved.set()
        worker.join(20)
        door.shutdown()
        door.server_close()


@pytest.fixture(scope="module")
def kiosk(city, asked_of_the_city, tmp_path_factory):
    with kiosk_of(city, asked_of_the_city, tmp_path_factory.mktemp("kiosk")) as made:
        yield made


def idle(page, seconds, warned):
    """Nobody touches the screen from now on: so long until the warning, and so long it stands.

    The page's clock is its own. Held by the test it left axe, which waits in the page, waiting for
    ever in some runs.
    """
    page.evaluate(
        "([idle, warned]) => Object.assign(document.body.dataset, { idle, warned })",
        [str(seconds), str(warned)],
    )


def test_a_visit_leaves_nothing_and_goes_on_while_the_network_is_cut(kiosk, page, faults):
    address, machine, copy, cut = kiosk
    page.set_viewport_size({"width": 1080, "height": 1600})
    page.goto(address)
    page.get_by_role("heading", name="您想做什么").wait_for()
    steps = page.evaluate("history.length")
    wrong = {"home": (faults(), page.evaluate(SMALL))}

    # 拼音: the keyboard offers the city's own words; what is found has a guide with a ticket.
    page.get_by_role("link", name="找事项").click()
    for key in "yyzz":
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("group", name="候选字词").get_by_role("button").first.wait_for()
    wrong["find"] = (faults(), page.evaluate(SMALL))
    page.get_by_role("button", name="清空").click()
    for key in "jiehun":
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="结婚", exact=True).click()
    assert page.input_value("#q") == "结婚"
    found = page.get_by_role("link", name="结婚登记")
    for _n in range(100):  # until the node has read the city for its search
        page.get_by_role("button", name="搜索").click()
        page.wait_for_timeout(500)
        if found.count():
            break
    found.first.click()
    page.get_by_role("heading", name="结婚登记").wait_for()
    wrong["item"] = (faults(), page.evaluate(SMALL))
    page.get_by_role("button", name="取号").click()
    page.locator(".paper-number").wait_for()
    first = page.locator(".paper-number").inner_text()
    wrong["paper"] = (faults(), page.evaluate(SMALL))

    # 查进度, typed and left: the warning, then nothing of it is there.
    page.get_by_role("link", name="返回首页").click()
    page.get_by_role("link", name="查办件进度").click()
    for sign in "2345ABCD":
        page.get_by_role("button", name=sign, exact=True).click()
    assert page.input_value("#code") == "2345ABCD"
    wrong["track"] = (faults(), page.evaluate(SMALL))
    idle(page, 1, 6000)
    page.locator("h1").click()
    page.get_by_role("alertdialog").wait_for()
    wrong["warning"] = (faults(), page.evaluate(SMALL))
    page.get_by_role("button", name="我还在").click()
    assert page.input_value("#code") == "2345ABCD"
    idle(page, 1, 1)
    page.locator("h1").click()
    page.get_by_role("heading", name="您想做什么").wait_for()
    nothing = dict.fromkeys(("cookies", "local", "session", "databases", "caches"), 0)
    assert page.evaluate(LEFT) == nothing | {"typed": ""}
    assert page.context.cookies() == []
    assert page.evaluate("history.length") == steps

    # 断网: pages as of a moment, and numbers that follow each other; then they are sent.
    for _n in range(100):
        if copy.as_of:
            break
        page.wait_for_timeout(300)
    cut.set()
    page.get_by_role("link", name="取号").click()
    page.get_by_text("内容截至").wait_for()
    page.get_by_role("button", name="A 综合").click()
    page.locator(".paper-number").wait_for()
    second = page.locator(".paper-number").inner_text()
    assert int(second[1:]) == int(first[1:]) + 1
    cut.clear()
    machine.moved.set()
    for _n in range(100):
        if not machine.disk.journal.waiting:
            break
        page.wait_for_timeout(300)
    assert machine.disk.journal.waiting == {}

    # 白名单: whatever address is typed, it is this hall's kiosk.
    page.goto(address + "/office/")
    assert page.url == address + "/kiosk/jinjiang/"
    assert wrong == {name: ([], []) for name in wrong}
