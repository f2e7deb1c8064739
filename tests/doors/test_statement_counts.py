"""What the busiest pages ask of the database, with one row and with three: literal numbers."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhall.applying.actions.drafting import start_draft
from openhall.applying.actions.uploading import attach
from openhall.applying.models import Draft
from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.terms import ApplicantKind, Channel
from openhall.catalogue.models import Form, Material
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk, IdentityKind
from openhall.papers.models import PaperTemplate
from openhall.papers.rules.templates import DEFAULTS
from openhall.versions.terms import VersionState
from tests.factories.odd_files import pdf

WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
MINE = 7  # session, account, cases, joint ones, drafts, what is offered, unread
WORDS = 7  # session, account, post twice, open drafts, words in force, seals
# Its place in the queue both ways; what hangs on a case only where an event says there is such.
MATTER = 18

STEPS = {"questions": 8, "papers": 8, "review": 10}  # flat: no step asks row by row

ROWS = pytest.mark.parametrize("rows", [1, 3])


@ROWS
def test_my_matters(client: Client, cast, doing, rows, django_assert_num_queries):
    client.force_login(cast.wang_fang)
    for n in range(rows):
        start_draft(cast.version, cast.wang_fang)
        actions.submit(
            "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, f"2026-11-23 09:0{n}")
        )
    with django_assert_num_queries(MINE):
        page = client.get(reverse("portal:mine"))
    assert len(page.context["drafts"]) == len(page.context["cases"]) == rows


@ROWS
def test_the_words_of_an_organs_papers(client: Client, cast, rows, django_assert_num_queries):
    head, legal = (Account.objects.create_user(username=name) for name in ("head", "legal"))
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    for n, kind in enumerate(list(DEFAULTS)[:rows]):
        since = timezone.localdate() - timedelta(days=10 - n)
        for organ, number, until in (
            (None, 1, None),
            (cast.organ, 1, since),
            (cast.organ, 2, None),
        ):
            PaperTemplate.objects.create(
                organ=organ,
                kind=kind.value,
                number=number,
                words="文字",
                state=VersionState.PUBLISHED.value,
                saved_by=head,
                published_by=legal,
                published_at=timezone.now(),
                effective_from=since + timedelta(days=number),
                effective_until=until and until + timedelta(days=1),
            )
    client.force_login(head)
    with django_assert_num_queries(WORDS):
        page = client.get(reverse("office:papers", args=[cast.organ.code]))
    found = [version for _kind, version, _state, _tone in page.context["rows"] if version]
    assert [(one.organ_id, one.number) for one in found] == [(cast.organ.pk, 2)] * rows


@ROWS
def test_a_matter_on_a_desk(client: Client, cast, doing, rows, django_assert_num_queries):
    cases = [
        actions.submit(
            "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, f"2026-11-23 09:0{n}")
        )
        for n in range(rows)
    ]
    client.force_login(cast.li_chuang)
    here = reverse("office:matter", args=[cast.organ.code, "window", cases[0].number])
    with django_assert_num_queries(MATTER):
        page = client.get(here)
    assert len(page.context["rows"]) == rows


@ROWS
@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_applying(client: Client, cast, rows, step, django_assert_num_queries):
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "名称", "required": True}],
    )
    for n in range(rows):
        Material.objects.create(version=cast.version, key=f"m{n}", name=f"材料{n}")
    client.post(reverse("portal:start", args=["MZ-XK-0001"]))
    draft = Draft.objects.get()
    for n in range(rows):
        attach(draft, f"m{n}", SimpleUploadedFile(f"{n}.pdf", pdf(lambda one: None)))
    with django_assert_num_queries(STEPS[step]):
        page = client.get(reverse("portal:draft", args=[draft.pk, step]))
    assert len(page.context["application"].papers) == rows
