"""格式文本免费 (A11), 网上表格下载 (B5): from the clerk's new question to the old paper."""

from datetime import date

from django.urls import reverse

from openhall.catalogue.actions.forms import save_form
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemVersion
from openhall.forms.rules import digest_of
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.catalogue import BROUGHT
from tests.factories.forms import allowance_form
from tests.rules.forms import ALLOWANCE


def test_a_new_question_makes_the_printed_form_outdated_and_the_new_one_is_free(
    client, cast, doing
):
    """王芳 printed the form in October; in November the clerk asks for one thing more."""
    form = allowance_form(cast.version)
    printed = digest_of(form_of(form.version))
    qr = reverse("portal:form_held", args=[cast.item.code, printed])
    assert "这是现行表格" in client.get(qr).text

    clerk = Account.objects.create_user(username="clerk")
    appoint(clerk, cast.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    draft = ItemVersion.objects.create(item=cast.item, number=2, name=cast.version.name)
    more = {"key": "email", "kind": "text", "label": "电子邮箱", "pattern": "email"}
    save_form(
        draft.pk,
        form.title,
        form.title_en,
        [*ALLOWANCE, more],
        doing(clerk, "2026-10-20 09:00"),
    )
    assert "这是现行表格" in client.get(qr).text  # a draft is not in force

    ItemVersion.objects.filter(pk=cast.version.pk).update(
        state="superseded", effective_until=date(2026, 10, 31)
    )
    ItemVersion.objects.filter(pk=draft.pk).update(
        state="published", published_at=BROUGHT, effective_from=date(2026, 11, 1)
    )
    page = client.get(qr).text
    assert "您手中的表格已经过期" in page
    assert "新增：电子邮箱" in page

    free = client.get(reverse("portal:form_pdf", args=[cast.item.code]))
    assert (free.status_code, free.content[:5]) == (200, b"%PDF-")
    assert "sessionid" not in client.cookies
    current = digest_of(form_of(Form.objects.get(version=draft).version))
    assert (
        "这是现行表格"
        in client.get(reverse("portal:form_held", args=[cast.item.code, current])).text
    )
