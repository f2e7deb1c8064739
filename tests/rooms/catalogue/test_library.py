"""A city adopts the guides that come with OpenHall, as drafts that its units complete."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.queries import guide_of, hollow_phrases
from openhall.catalogue.rules.gate import faults_of
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import OrganKind
from openhall.versions.terms import VersionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return found_organ(
        code="cd-gaj", name="成都市公安局", name_en="Police", kind=OrganKind.DEPARTMENT.value
    )


def adopt(*given: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import", "library", *given, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_matter_is_adopted_as_a_draft_that_lacks_only_what_the_city_knows(police):
    out, _err = adopt("--only", "id-card-first")
    assert out.startswith("新增1项，已有0项未动。")
    version = ItemVersion.objects.select_related("item__entry", "item__organ").get()
    assert (version.state, version.item.organ) == (VersionState.DRAFT.value, police)
    assert version.item.code == "cd-gaj-id-card-first"
    material = version.materials.get(key="household-register")
    assert material.purpose
    assert material.window_check
    assert material.purpose_en
    lacking = {fault.field for fault in faults_of(guide_of(version, 0), hollow_phrases())}
    assert lacking >= {"enquiry_phone", "complaint_phone", "address", "hours"}
    assert not lacking & {"materials", "conditions", "laws", "steps", "summary"}


def test_a_second_time_what_the_unit_wrote_stays(police):
    adopt("--only", "id-card-first")
    ItemVersion.objects.update(enquiry_phone="028-86407141")
    assert adopt("--only", "id-card-first")[0].startswith("新增0项，已有1项未动。")
    assert ItemVersion.objects.get().enquiry_phone == "028-86407141"


def test_a_dry_run_changes_nothing(police):
    assert "试运行" in adopt("--only", "id-card-first", "--dry-run")[0]
    assert not Item.objects.exists()


def test_a_matter_whose_unit_is_not_here_is_named_and_can_be_placed(police):
    _out, err = adopt("--only", "marriage-registration")
    assert "marriage-registration" in err
    assert "--unit" in err
    found_organ(code="hall", name="综合局", kind=OrganKind.BUREAU.value)
    adopt("--only", "marriage-registration", "--unit", "mzh=hall")
    assert Item.objects.get().organ.name == "综合局"


def test_an_unknown_matter_or_organ_is_refused(police):
    with pytest.raises(CommandError, match="没有“nothing”"):
        adopt("--only", "nothing")
    with pytest.raises(CommandError, match="没有“nowhere”"):
        adopt("--unit", "mzh=nowhere")
