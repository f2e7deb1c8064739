"""Whether as many codes exist as the deeds say, and as many are used as there are answers.

In ``LEDGER_CHECKS``. Nothing leads from an answer to its code, on purpose; so what can be compared
are the counts. A code that was slipped in, or set back so that it answers twice, shows in them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from openhall.ledger.rules.finding import Finding
from openhall.surveys.models import SurveyAnswer, SurveyCode, SurveyUnit
from openhall.surveys.terms import CodeSource


def faults(since: int, size: int) -> Iterator[Finding]:
    """Units whose codes are more or fewer than were issued, or than were used; in a whole look."""
    if since:
        return
    codes = _counted(SurveyCode.objects.all())
    used = _counted(SurveyCode.objects.filter(used=True))
    answers = _counted(SurveyAnswer.objects.all())
    for unit in SurveyUnit.objects.select_related("survey", "organ").order_by("pk").iterator():
        issued = {
            CodeSource.DRAWN: unit.issued,
            CodeSource.HALL: unit.hall,
            CodeSource.JUDGE: unit.sheets,
        }
        for source in CodeSource:
            at = (unit.pk, source.value)
            place = f"survey/{unit.survey.number}/{unit.organ.code}/{source.value}"
            if codes[at] != issued[source]:
                yield Finding(
                    place,
                    f"{unit.organ.name}发放{source.zh}测评码{issued[source]}个，系统里有{codes[at]}个："
                    "是绕过系统增加或者删除的。",
                    f"{issued[source]} codes were issued of {unit.organ.name_en} ({source.en}); "
                    f"there are {codes[at]}: some were slipped in or removed.",
                )
            if used[at] != answers[at]:
                yield Finding(
                    f"{place}/used",
                    f"{unit.organ.name}有{source.zh}答卷{answers[at]}份，用过的测评码{used[at]}个："
                    "测评码被改动，可以重复作答。",
                    f"{unit.organ.name_en} has {answers[at]} answers ({source.en}) and {used[at]} "
                    "used codes: a code was changed and may answer twice.",
                )


def _counted(rows: QuerySet[Any]) -> Counter[tuple[int, str]]:
    told = rows.order_by().values_list("unit", "source").annotate(many=Count("pk"))
    return Counter({(unit, source): many for unit, source, many in told})
