"""The look asks the site itself: what is broken is found with its address and led to the unit."""

from datetime import timedelta

import pytest

from openhall.sites import actions, queries
from openhall.sites.actions.covering import prove_all
from openhall.sites.actions.looking import count_visit, look_at, look_at_all
from openhall.sites.models import CoverageLook, SiteLook
from openhall.sites.probing import ask
from openhall.sites.terms import ColumnKind, LookPart
from openhall.supervision.models import Issue
from tests.factories import sites
from tests.factories.sites import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return sites.furnished()


def measured(look):
    return {one["part"]: one for one in look.measures}


def test_the_site_answers_itself(there):
    there.published()
    found = ask("/sites/cd-water/")
    assert (found.status, found.is_open) == (200, True)
    assert "关于冬季供水管道检修的公告" in found.body.decode()
    assert ask("/sites/nowhere/").status == 404
    assert ask("/search/?q=供水").status == 200


def test_what_is_weak_is_found_with_its_evidence_and_led_to_the_unit_once(there):
    there.published(ColumnKind.NEWS, text="请看[收费标准](/services/none/)。")
    kept = look_at(there.site, DAY, ())
    found = measured(kept)
    assert found[LookPart.LINKS]["verdict"] == "weak"
    assert "/services/none/" in found[LookPart.LINKS]["evidence"][0]
    assert found[LookPart.EMPTY]["evidence"] == ["notices", "organ", "leaders", "disclosure"]
    assert found[LookPart.HOME]["number"] == 0
    issues = Issue.objects.filter(source="site", organ=there.site.organ)
    assert set(issues.values_list("reference", flat=True)) == {"cd-water/links", "cd-water/empty"}
    look_at(there.site, DAY + timedelta(days=1), ())
    assert issues.count() == 2


def test_a_first_page_that_stands_still_is_a_veto(there):
    there.published(ColumnKind.NEWS)
    kept = look_at(there.site, DAY + timedelta(days=15), ())
    assert kept.verdict == "veto"
    issue = Issue.objects.get(reference="cd-water/home")
    assert issue.severity == "grave"


def test_every_site_is_looked_at_and_visits_are_counted(there):
    for n in range(140):
        count_visit(there.site, DAY - timedelta(days=n % 7), open_=n > 6, ms=40)
    assert look_at_all(DAY) == 2
    reach = measured(SiteLook.objects.get(site=there.site))[LookPart.REACH]
    assert (reach["verdict"], reach["number"]) == ("veto", 7)
    assert set(queries.last_looks()) == set(queries.sites().values_list("pk", flat=True))


def test_coverage_is_measured_and_not_declared(there):
    actions.designate(there.site.organ, "请先公布表格并开通网上申报。", there.doing(there.office))
    assert prove_all(DAY) == 1
    look = CoverageLook.objects.get()
    assert not look.holds
    assert look.answers["lookup"]["at"] == "/sites/cd-water/guides/"
    found = queries.coverage(DAY)
    assert (found.designated, found.interactive, found.percent) == (1, 0, 0)
