"""Serving the result: what was tried, and the form for an attempt that did not reach anybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions.serving import opened_at
from openhall.cases.models import Case
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, AttemptResult, Delivery, Relation, SignedBy, Stage
from openhall.office.acts.form import said
from openhall.organs.terms import Desk


class AttemptForm(forms.Form):
    """An attempt to serve that has not ended in a signature."""

    way = forms.ChoiceField(label=_("How"))
    result = forms.ChoiceField(label=_("Result of the attempt"))
    tracking = forms.CharField(label=_("Tracking number"), required=False, max_length=40)
    note = forms.CharField(label=_("Remark"), required=False, max_length=200)

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, prefix="attempt")
        ways = (Delivery.POST, Delivery.IN_PERSON)
        results = (AttemptResult.POSTED, AttemptResult.RETURNED, AttemptResult.ABSENT)
        self.fields["way"].choices = said(Delivery, ways)  # type: ignore[attr-defined]
        self.fields["result"].choices = said(AttemptResult, results)  # type: ignore[attr-defined]


def serving(case: Case, desk: Desk, form: AttemptForm | None = None) -> dict[str, Any] | None:
    """What the page of a matter shows of the service of its result; None before there is one."""
    stage = Stage(case.stage)
    may_serve = Act.DELIVER in acts_at(stage)
    if not may_serve and stage != Stage.DELIVERED:
        return None
    rows = [
        (
            one,
            Delivery(one.way),
            AttemptResult(one.result),
            Relation(one.relation) if one.relation else None,
            SignedBy(one.signed) if one.signed else None,
        )
        for one in case.attempts.select_related("by")
    ]
    may_try = may_serve and desk == Desk.WINDOW
    return {
        "rows": rows,
        "opening": opened_at(case),
        "form": (form or AttemptForm()) if may_try else None,
    }
