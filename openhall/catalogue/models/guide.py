"""One version of an item: its guide (办事指南) with materials, steps, laws, questions, form."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models.entry import Item
from openhall.catalogue.models.reception import reached_at
from openhall.catalogue.rules.visiting import Paper, Visits, visits_of
from openhall.catalogue.terms import (
    DayUnit,
    MaterialKind,
    MaterialSource,
    Medium,
    Necessity,
    OnlineDepth,
    OrganNature,
    PowerSource,
    ProjectType,
    ResultKind,
)
from openhall.deeds.models import Deed
from openhall.files.terms import TrustLevel
from openhall.policies.models import PolicyDocument
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import VersionState


class ItemVersion(DatedVersion):
    """The item's words from ``effective_from`` to ``effective_until`` (both days included).

    A case keeps the version it was accepted on. Days are counted in ``*_unit``. What binds is the
    version with its rows and its form.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")

    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=400, blank=True)
    summary = models.CharField(max_length=300, blank=True)  # one line: who it is for
    summary_en = models.CharField(max_length=400, blank=True)
    plain_names = models.CharField(max_length=300, blank=True)  # popular names, comma separated
    service_objects = models.JSONField(default=list)  # ServiceObject codes
    topics = models.JSONField(default=list, blank=True)  # PersonTopic and BusinessTopic codes
    conditions = models.TextField(blank=True)
    conditions_en = models.TextField(blank=True)
    project_type = models.CharField(
        max_length=1, choices=ProjectType.choices(), default=ProjectType.PROMISED.value
    )
    statutory_days = models.PositiveIntegerField(null=True, blank=True)
    statutory_unit = models.CharField(
        max_length=10, choices=DayUnit.choices(), default=DayUnit.WORKING.value
    )
    statutory_basis = models.CharField(max_length=300, blank=True)
    promised_days = models.PositiveIntegerField(null=True, blank=True)
    promised_unit = models.CharField(
        max_length=10, choices=DayUnit.choices(), default=DayUnit.WORKING.value
    )
    special_procedure = models.CharField(max_length=300, blank=True)
    quantity_limit = models.CharField(max_length=200, blank=True)
    handling_forms = models.JSONField(default=list)  # window, online, post
    online_depth = models.CharField(
        max_length=4, choices=OnlineDepth.choices(), default=OnlineDepth.NONE.value
    )
    visits = models.PositiveIntegerField(null=True, blank=True)  # 到办事现场次数
    visit_reason = models.CharField(max_length=300, blank=True)
    visit_reason_en = models.CharField(max_length=400, blank=True)
    has_fee = models.BooleanField(null=True, blank=True)
    fee_basis = models.CharField(max_length=300, blank=True)
    pays_online = models.BooleanField(default=False)
    enquiry_phone = models.CharField(max_length=60, blank=True)
    complaint_phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    result_kind = models.CharField(
        max_length=1, choices=ResultKind.choices(), default=ResultKind.NONE.value
    )
    result_name = models.CharField(max_length=200, blank=True)
    result_name_en = models.CharField(max_length=200, blank=True)
    result_validity = models.CharField(max_length=400, blank=True)  # rules.validity reads it
    result_validity_en = models.CharField(max_length=600, blank=True)
    result_sample = models.FileField(upload_to="samples/", blank=True)
    no_prerequisites = models.BooleanField(default=False)  # said outright: none needed
    accepts_appointments = models.BooleanField(default=False)
    accepts_post = models.BooleanField(default=False)
    season = models.CharField(max_length=100, blank=True)  # in words, as people read it
    season_en = models.CharField(max_length=160, blank=True)
    season_from = models.CharField(max_length=5, blank=True)  # MM-DD; both empty: all year
    season_until = models.CharField(max_length=5, blank=True)  # MM-DD, last day included
    no_material_needed = models.BooleanField(default=False)  # said outright: nothing to bring
    power_source = models.CharField(
        max_length=1, choices=PowerSource.choices(), default=PowerSource.STATUTORY.value
    )
    organ_nature = models.CharField(
        max_length=1, choices=OrganNature.choices(), default=OrganNature.STATUTORY.value
    )
    entrusted_by = models.CharField(max_length=200, blank=True)  # 委托部门
    statutory_note = models.CharField(max_length=300, blank=True)  # 法定办结时限说明
    statutory_note_en = models.CharField(max_length=400, blank=True)
    promised_note = models.CharField(max_length=300, blank=True)  # 承诺办结时限说明
    promised_note_en = models.CharField(max_length=400, blank=True)
    enquiry_ways = models.JSONField(default=list, blank=True)  # ContactWay codes
    complaint_ways = models.JSONField(default=list, blank=True)  # ContactWay codes
    in_centre = models.BooleanField(default=True)  # 是否进驻政务大厅
    at_kiosk = models.BooleanField(default=False)  # 是否支持自助终端办理
    result_by_post = models.BooleanField(default=False)  # 是否支持物流快递
    online_url = models.URLField(max_length=300, blank=True)  # where it is done elsewhere online
    mobile_url = models.URLField(max_length=300, blank=True)
    joint_organs = models.CharField(max_length=300, blank=True)  # 联办机构
    intermediary = models.CharField(max_length=300, blank=True)  # 中介服务
    area_scope = models.CharField(max_length=200, blank=True)  # 通办范围
    change_note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["item", "-number"]
        constraints: ClassVar = [
            *version_constraints("item_version", ["item"]),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state=VersionState.PUBLISHED.value, effective_until__isnull=True),
                name="one_open_ended_version_in_force",
                violation_error_message=_("Another version of this item is in force without end."),
            ),
            models.CheckConstraint(
                condition=Q(statutory_days__isnull=True)
                | Q(promised_days__isnull=True)
                | ~Q(statutory_unit=F("promised_unit"))
                | Q(promised_days__lte=F("statutory_days")),
                name="promise_is_within_the_statutory_limit",
                violation_error_message=_("The promised limit exceeds the statutory limit."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "effective_from"]),
            models.Index(fields=["item", "state", "effective_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} （第{self.number}版）"

    @property
    def online(self) -> OnlineDepth:
        """How far it can be done online, as a word in either language."""
        return OnlineDepth(self.online_depth)

    @property
    def visiting(self) -> Visits:
        """How often one comes in person, stated or as it follows from the ways and the papers."""
        return visits_of(
            self.visits,
            self.online_depth,
            by_post=self.accepts_post,
            papers=(
                Paper(one.necessity, one.kind, one.trust, one.originals)
                for one in self.materials.all()
            ),
        )

    def reached(self, name: str) -> str:
        """``name`` of the guide's own; without one, that of the hall or the unit, which changes
        once for all its guides.

        The English of an own address is its own too.
        """
        if getattr(self, name.removesuffix("_en")):
            return str(getattr(self, name))
        return reached_at(self.item.organ, name, in_hall=self.in_centre)


class ItemVersionEvent(Deed):
    """What was done to a version of an item's guide."""

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="item_version_event_has_its_place"
            )
        ]


class Material(models.Model):
    """One paper to bring, with where it comes from and what demands it. 行政许可法 31."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="materials")
    key = models.CharField(max_length=40)  # stable across versions
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=400, blank=True)
    necessity = models.CharField(
        max_length=20, choices=Necessity.choices(), default=Necessity.REQUIRED.value
    )
    condition = models.CharField(max_length=300, blank=True)
    condition_en = models.CharField(max_length=400, blank=True)
    spared = models.TextField(blank=True)  # when it may be left out
    spared_en = models.TextField(blank=True)
    purpose = models.TextField(blank=True)  # why it is asked for: what it proves
    purpose_en = models.TextField(blank=True)
    source = models.CharField(
        max_length=20, choices=MaterialSource.choices(), default=MaterialSource.APPLICANT.value
    )
    source_explained = models.CharField(max_length=300, blank=True)
    source_explained_en = models.CharField(max_length=400, blank=True)
    medium = models.CharField(max_length=20, choices=Medium.choices(), default=Medium.BOTH.value)
    kind = models.CharField(
        max_length=20, choices=MaterialKind.choices(), default=MaterialKind.ORIGINAL.value
    )
    trust = models.CharField(
        max_length=1, choices=TrustLevel.choices(), default=TrustLevel.C.value
    )  # of what an applicant uploads
    originals = models.PositiveSmallIntegerField(default=1)
    copies = models.PositiveSmallIntegerField(default=0)
    size = models.CharField(max_length=60, blank=True)
    accept_standard = models.TextField(blank=True)
    accept_standard_en = models.TextField(blank=True)
    window_check = models.TextField(blank=True)  # 审查要点, what each desk looks for
    window_check_en = models.TextField(blank=True)
    handler_check = models.TextField(blank=True)
    handler_check_en = models.TextField(blank=True)
    decider_check = models.TextField(blank=True)
    decider_check_en = models.TextField(blank=True)
    fill_note = models.TextField(blank=True)
    fill_note_en = models.TextField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    blank_form = models.FileField(upload_to="forms/", blank=True)
    sample = models.FileField(upload_to="samples/", blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="material_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.name


class FlowStep(models.Model):
    """One step of the procedure, with who does it and in what time."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    officer = models.CharField(max_length=100, blank=True)
    officer_en = models.CharField(max_length=100, blank=True)
    days = models.PositiveIntegerField(null=True, blank=True)  # working days
    standard = models.CharField(max_length=300, blank=True)
    standard_en = models.CharField(max_length=400, blank=True)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class LawRef(models.Model):
    """设定依据: law, number, article, words."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="laws")
    position = models.PositiveIntegerField(default=0)
    law = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True)
    article = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # in the policy library, where it is there

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


class Faq(models.Model):
    """A question people ask about the item, answered."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="faqs")
    position = models.PositiveIntegerField(default=0)
    question = models.CharField(max_length=300)
    question_en = models.CharField(max_length=400, blank=True)
    answer = models.TextField()
    answer_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.question


class Prerequisite(models.Model):
    """前置手续: something that must be had before, by item or in words."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="prerequisites")
    position = models.PositiveIntegerField(default=0)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="needed_by"
    )
    words = models.CharField(max_length=300, blank=True)
    words_en = models.CharField(max_length=400, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(words=""),
                name="prerequisite_names_an_item_or_says_it",
            )
        ]

    def __str__(self) -> str:
        return self.words or str(self.item)


class Form(models.Model):
    """The questions asked of an applicant, versioned with the item.

    ``fields`` is a list of ``openhall.forms.rules.Field`` as JSON.
    """

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="form")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title
