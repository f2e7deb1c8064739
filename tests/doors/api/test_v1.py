"""The open API: who may read what, page by page, and in which words they are refused."""

import json
import re

import pytest
from django.test import Client
from django.utils.html import escape

from openhall.api.v1.routes import v1
from openhall.clients.models import Key
from openhall.clients.rules.examples import OPEN, WITH_KEY, read
from openhall.clients.rules.grounds import GROUNDS
from openhall.deeds.models import Deed
from openhall.hall.models import Ticket
from openhall.organs.models import Organ
from openhall.throttle import actions
from openhall.throttle.actions import spend
from openhall.throttle.limits import KEY_READS, OPEN_READS
from tests.factories.clients import bearer

JSON = "application/json"
PLACE = re.compile(r"{(\w+)}")
BODIES = {
    "take_ticket": {"line": "A"},
    "set_up_hook": {"url": "https://127.0.0.1/in", "topics": ["halls"]},
    "replay_hook": {"start": 0},
}
HOSTILE = ["²٣", "9" * 40, "-1", "%00", "9999-12", "' OR 1=1 --"]


def document():
    return v1.get_openapi_schema(path_prefix="/api/v1/")


def operations():
    """Each operation of the document: method, address, what it says of itself."""
    for path, methods in document()["paths"].items():
        for method, said in methods.items():
            yield method, path, said


def scope_of(said):
    return next((one["oauth"][0] for one in said.get("security", ()) if one.get("oauth")), None)


def address(path, likely):
    return PLACE.sub(lambda found: likely[found[1]], path)


def ask(client, method, path, said, whole="", **more):
    headers = bearer(whole) if whole else {}
    body = json.dumps(BODIES.get(said["operationId"], {}))
    sent = {} if method == "get" else {"data": body, "content_type": JSON}
    return getattr(client, method)(path, headers=headers, **sent, **more)


def refused(answer, status, code):
    """The answer is a problem of this kind, in both languages, with what to do next."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    said = answer.json()
    assert said["status"] == status
    assert said["type"].endswith(f"#problem-{code}")
    assert said["said"]["zh"]
    assert said["said"]["en"]
    assert said["next"]["zh"]
    assert said["next"]["en"]
    return said


def test_every_route_of_the_version_is_described():
    names = {said["operationId"] for _method, _path, said in operations()}
    assert len(names) == len(list(operations())) >= 36
    assert document()["openapi"] == "3.1.0"
    assert {scope_of(said) for _m, _p, said in operations()} == {None, "cases", "tickets", "hooks"}


def test_a_key_without_the_scope_is_refused_with_words_and_one_with_it_is_not(city):
    """Every operation against nobody, and a key of each scope."""
    client, likely = Client(), city.likely()
    found = {}
    for method, path, said in operations():
        scope = scope_of(said)
        where = address(path, likely)
        if said["operationId"] == "token":
            continue
        nobody = ask(client, method, where, said)
        if scope is None:
            assert nobody.status_code not in (401, 403), where
            assert ask(client, method, where, said, city.keys["none"]).status_code != 403
            continue
        assert "oh_" not in refused(nobody, 401, "key")["detail"]
        for name in ("none", "cases", "tickets", "hooks"):
            answer = ask(client, method, where, said, city.keys[name])
            if name == scope:
                assert answer.status_code not in (401, 403), (where, answer.content)
                found[said["operationId"]] = answer.status_code
            else:
                assert scope in refused(answer, 403, "scope")["said"]["en"]
    assert found == {
        "cases": 200, "case": 404, "take_ticket": 201, "ticket": 404, "leave_line": 404,
        "hooks": 200, "set_up_hook": 422, "hook": 404, "replay_hook": 404, "end_hook": 404,
    }  # fmt: skip


def test_own_cases_are_read_and_anothers_are_as_if_there_were_none(client, city):
    number = city.case.number
    for name in ("cases", "unit"):
        rows = client.get("/api/v1/cases", headers=bearer(city.keys[name])).json()["data"]
        assert [one["number"] for one in rows] == [number]
    told = client.get(f"/api/v1/cases/{number}", headers=bearer(city.keys["cases"]))
    assert [one["act"]["code"] for one in told.json()["steps"]] == ["submit", "accept"]
    assert all(one["entry"] is not None for one in told.json()["steps"])
    words = told.content.decode()
    for secret in ("王芳", "11010519491231002X", city.case.query_code):
        assert secret not in words
    theirs = client.get(f"/api/v1/cases/{number}", headers=bearer(city.keys["stranger"]))
    nothing = client.get("/api/v1/cases/20200101-00000000", headers=bearer(city.keys["stranger"]))
    assert refused(theirs, 404, "absent")["said"] == refused(nothing, 404, "absent")["said"]
    assert client.get("/api/v1/cases", headers=bearer(city.keys["stranger"])).json()["data"] == []


def test_a_wrong_key_is_never_taken_for_nobody(client, city):
    whole = city.keys["all"]
    for wrong in ("x", whole[:-1] + ("A" if whole[-1] != "A" else "B"), "oh_", whole + " x"):
        answer = client.get("/api/v1/items", headers=bearer(wrong))
        refused(answer, 401, "key")
        assert answer["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/api/v1/items", headers=bearer(whole)).status_code == 200
    assert client.get("/api/v1/items", headers={"Authorization": "Digest x"}).status_code == 401


def test_wrong_keys_are_counted_as_guesses(client, city):
    answers = [client.get("/api/v1/items", headers=bearer(f"x{n}")).status_code for n in range(32)]
    assert answers == [401] * 30 + [429] * 2
    limited = client.get("/api/v1/items", headers=bearer("x"))
    refused(limited, 429, "too_many")
    assert int(limited["Retry-After"]) > 0
    assert client.get("/api/v1/items").status_code == 200


def test_reading_is_counted_by_key_and_by_network(client, city):
    head = bearer(city.keys["cases"])
    key = Key.objects.get(name=city.keys["cases"].partition("-")[0])
    assert spend(KEY_READS, f"k{key.pk}", KEY_READS.burst) == 0
    limited = client.get("/api/v1/cases", headers=head)
    refused(limited, 429, "too_many")
    assert int(limited["Retry-After"]) > 0
    assert client.get("/api/v1/cases", headers=bearer(city.keys["unit"])).status_code == 200
    assert client.get("/api/v1/items").status_code == 200  # nobody's reading is another's
    actions._ahead.clear()  # what this process had counted ahead for that reader
    assert spend(OPEN_READS, "n127.0.0.1", OPEN_READS.burst - actions.LOT) == 0
    refused(client.get("/api/v1/items"), 429, "too_many")


def test_a_page_of_anybody_may_read_it_and_no_cookie_counts(client, city):
    client.force_login(city.cast.wang_fang)
    assert client.get("/api/v1/items")["Access-Control-Allow-Origin"] == "*"
    refused(client.get("/api/v1/cases"), 401, "key")


def test_a_token_narrows_what_its_key_may_do(client, city):
    name, _dash, secret = city.keys["all"].partition("-")
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    answer = client.post("/api/v1/oauth/token", form | {"scope": "cases"})
    said = answer.json()
    assert (said["scope"], said["token_type"], answer["Cache-Control"]) == (
        "cases", "Bearer", "no-store",
    )  # fmt: skip
    token = bearer(said["access_token"])
    assert client.get("/api/v1/cases", headers=token).status_code == 200
    refused(client.get("/api/v1/hooks", headers=token), 403, "scope")
    for more, status, error in (
        ({"scope": "cases all"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_secret": "x"}, 401, "invalid_client"),
    ):
        wrong = client.post("/api/v1/oauth/token", form | more)
        assert (wrong.status_code, wrong.json()["error"]) == (status, error)


def test_hostile_values_are_refused_and_break_nothing(client, city, settings):
    settings.THROTTLES = False
    client.raise_request_exception = False
    wrong, head = {}, bearer(city.keys["all"])
    for method, path, said in operations():
        if method != "get":
            continue
        names = PLACE.findall(path)
        asked = [one["name"] for one in said["parameters"] if one["in"] == "query"]
        for value in HOSTILE:
            tried = [address(path, city.likely(**{name: value})) for name in names]
            tried += [f"{address(path, city.likely())}?{name}={value}" for name in asked]
            tried.append(f"{address(path, city.likely())}?no_such={value}")
            for where in tried:
                answer = client.get(where, headers=head)
                if answer.status_code not in (200, 400, 404):
                    wrong[where] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '{"line": "a"}', '{"line": 1}', '{"need": "x"}', '"A"', "\x00"],
)
def test_a_body_that_is_not_as_described_is_refused(client, city, body):
    where = f"/api/v1/halls/{city.hall.hall.slug}/tickets"
    answer = client.post(where, body, content_type=JSON, headers=bearer(city.keys["all"]))
    refused(answer, 400, "unreadable")
    assert not Ticket.objects.exists()


def test_a_misspelt_parameter_is_refused_with_those_there_are(client, city):
    said = refused(client.get("/api/v1/items?organ=cd-civil"), 400, "unreadable")
    assert "unit" in said["detail"]
    assert said["faults"][0]["field"] == "organ"


def test_a_list_is_read_page_by_page_to_its_end(client, city):
    seen, where = [], "/api/v1/units?limit=1"
    while where:
        page = client.get(where.removeprefix("http://127.0.0.1:8000")).json()
        seen += [one["code"] for one in page["data"]]
        where = page["next"]
    assert sorted(seen) == sorted(Organ.objects.values_list("code", flat=True))


def test_a_cursor_is_of_its_list_and_not_to_be_counted_up(client, city):
    there = client.get("/api/v1/units?limit=1").json()["next"].partition("cursor=")[2]
    assert client.get(f"/api/v1/units?cursor={there}").status_code == 200
    for wrong in (f"/api/v1/items?cursor={there}", f"/api/v1/units?cursor={there[:-2]}AA"):
        refused(client.get(wrong), 400, "unreadable")


def test_what_has_not_changed_is_not_sent_again(client, city):
    first = client.get("/api/v1/items")
    again = client.get("/api/v1/items", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=60"
    mine = client.get("/api/v1/cases", headers=bearer(city.keys["cases"]))
    assert mine["Cache-Control"] == "private, no-cache"
    assert "Authorization" in mine["Vary"]


def test_head_is_get_without_its_body_and_other_methods_are_refused(client, city):
    whole, head = client.get("/api/v1/units"), client.head("/api/v1/units")
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))
    wrong = client.delete("/api/v1/units")
    refused(wrong, 405, "method")
    assert wrong["Allow"] == "GET"


def test_a_guide_is_read_by_day_and_by_version(client, city):
    today = client.get("/api/v1/items/MZ-XK-0001").json()
    version = client.get("/api/v1/items/MZ-XK-0001/versions/1").json()
    assert (today["version"], today["promised_days"], version["code"]) == (1, 8, "MZ-XK-0001")
    refused(client.get("/api/v1/items/MZ-XK-0001?on=2003-05-25"), 404, "absent")
    refused(client.get("/api/v1/items/MZ-XK-0001/versions/2"), 404, "absent")
    rows = client.get("/api/v1/items/MZ-XK-0001/versions").json()["data"]
    assert [one["version"] for one in rows] == [1]


def test_a_figure_opens_to_as_many_cases_as_it_says(client, city):
    where = f"/api/v1/figures/months/2024-03/{city.cast.organ.code}/received"
    said = client.get(where).json()
    assert (said["count"], [one["number"] for one in said["data"]]) == (1, [city.case.number])
    months = client.get("/api/v1/figures/months?first=2024-03&last=2024-03").json()
    assert months["data"][0]["counts"]["received"] == 1
    refused(client.get("/api/v1/figures/months?first=2024-04&last=2024-03"), 400, "unreadable")


def test_the_log_is_read_in_order_with_its_proofs(client, city):
    page = client.get("/api/v1/log/entries?start=0&limit=200").json()
    assert [one["index"] for one in page["data"]] == list(range(page["end"]))
    only = client.get("/api/v1/log/entries?kind=case").json()
    assert {one["entry"]["case"] for one in only["data"]} == {city.case.number}
    proof = client.get("/api/v1/log/entries/0/proof").json()
    assert proof["format"] == "openhall-receipt/1"
    size = client.get("/api/v1/log/checkpoint").json()["size"]
    assert client.get(f"/api/v1/log/consistency?old=1&new={size}").json()["new"] == size
    refused(client.get(f"/api/v1/log/entries/{size}"), 404, "absent")
    refused(client.get(f"/api/v1/log/consistency?old=0&new={size}"), 400, "unreadable")


def test_a_ticket_is_taken_once_and_given_back(client, city):
    where, head = f"/api/v1/halls/{city.hall.hall.slug}", bearer(city.keys["tickets"])
    twice = head | {"Idempotency-Key": "same"}
    first, again = (
        client.post(f"{where}/tickets", {"line": "A"}, content_type=JSON, headers=twice)
        for _n in range(2)
    )
    assert (first.status_code, first.json()) == (201, again.json())
    state = client.get(f"{where}/state").json()
    assert {one["letter"]: one["waiting"] for one in state["lines"]} == {"A": 1, "B": 0}
    uid = first.json()["id"]
    left = client.post(f"/api/v1/tickets/{uid}/leave", headers=head)
    assert left.json()["state"] == "left"
    assert refused(client.post(f"/api/v1/tickets/{uid}/leave", headers=head), 422, "refused")
    absent = client.post(f"{where}/tickets", {"line": "Z"}, content_type=JSON, headers=head)
    refused(absent, 404, "absent")


def test_refusals_speak_the_readers_language(client, city):
    for language, title in (("zh-hans", "没有找到"), ("en", "There is no such thing")):
        answer = client.get("/api/v1/items/x", headers={"Accept-Language": language})
        assert refused(answer, 404, "absent")["title"] == title
    answer = client.get("/api/v1/no-such-route", headers={"Accept-Language": "en"})
    assert refused(answer, 404, "absent")["title"] == "There is no such thing"


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_for_developers_explains_every_refusal_the_door_gives(client, db, language):
    page = client.get(f"{language}/open/api/").text
    for code, ground in GROUNDS.items():
        assert f'id="problem-{code}"' in page, code
        assert escape(ground.then.en if language else ground.then.zh) in page, code


@pytest.mark.parametrize("one", [*OPEN, *WITH_KEY], ids=lambda one: one.code)
def test_every_example_of_the_page_for_developers_works(client, city, one, settings):
    from ipaddress import ip_network

    from tests.factories.clients import receiving

    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    name, _dash, secret = city.keys["all"].partition("-")
    with receiving() as receiver:
        made = client.post(
            "/api/v1/hooks",
            {"url": receiver.url, "topics": ["cases"]},
            content_type=JSON,
            headers=bearer(city.keys["all"]),
        ).json()["name"]
        typed = one.typed(
            "http://here",
            key=city.keys["all"],
            name=name,
            secret=secret,
            item="MZ-XK-0001",
            hall=city.hall.hall.slug,
            case=city.case.number,
            hook=made,
        ).replace("https://example.org/in", receiver.url)
        asked = read(typed)
        headers = dict(asked.headers)
        kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
        if asked.user:
            from base64 import b64encode

            headers["Authorization"] = f"Basic {b64encode(asked.user.encode()).decode()}"
        answer = client.generic(
            asked.method,
            asked.url.removeprefix("http://here"),
            asked.body,
            content_type=kind,
            headers=headers,
        )
    assert answer.status_code in (200, 201), answer.content


COUNTS = {
    "/api/v1/items": 1,
    "/api/v1/items/MZ-XK-0001": 11,  # the hall, its centre and its hours among them
    "/api/v1/items/MZ-XK-0001/versions": 1,
    "/api/v1/units": 1,
    "/api/v1/units/cd-civil": 1,
    "/api/v1/halls": 1,
    "/api/v1/halls/jinjiang": 5,
    "/api/v1/halls/jinjiang/state": 7,
    "/api/v1/figures/months": 3,
    "/api/v1/figures/published": 1,
    "/api/v1/figures/months/2024-03": 4,
    "/api/v1/figures/months/2024-03/cd-civil/received": 4,
    "/api/v1/log/checkpoint": 2,
    "/api/v1/log/entries": 2,
    "/api/v1/log/entries/0": 2,
    "/api/v1/hsds/services": 2,
    "/api/v1/hsds/service_at_locations": 5,
    "/api/v1/dcat.ttl": 0,
}


@pytest.mark.parametrize("where", COUNTS)
def test_statements_of_a_page_are_counted(client, city, where, settings, django_assert_num_queries):
    settings.THROTTLES = False
    client.get(where)
    with django_assert_num_queries(COUNTS[where]):
        assert client.get(where).status_code == 200


def test_own_cases_cost_the_same_statements_for_one_as_for_three(
    client, city, walk, settings, django_assert_num_queries
):
    settings.THROTTLES = False
    head = bearer(city.keys["cases"])
    client.get("/api/v1/cases", headers=head)
    with django_assert_num_queries(2):
        client.get("/api/v1/cases", headers=head)
    walk.submitted()
    walk.submitted()
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/cases", headers=head).json()["data"]) == 3


def test_a_key_used_is_noted_once_a_day_and_is_no_deed(client, city):
    before = sum(one.objects.count() for one in Deed.__subclasses__() if not one._meta.abstract)
    client.get("/api/v1/cases", headers=bearer(city.keys["cases"]))
    name = city.keys["cases"].partition("-")[0]
    assert Key.objects.get(name=name).used_on is not None
    after = sum(one.objects.count() for one in Deed.__subclasses__() if not one._meta.abstract)
    assert before == after
