"""What a unit owes in a joint matter: rules as dated data, in force since the licensing law. 26.

A notice unsigned, an opinion late, an empty chair, reasons not given, an upward item not forwarded,
a reply not told (norms 2.5). The days are those of the rules of joint handling.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

FIRST_DAY = date(2010, 1, 1)
JOINT = "行政许可法 26"
RULES = (
    # code, trigger, signal, parameters, name, name_en, sentence, sentence_en, basis, part, off
    (
        "joint-unsigned", "notice_unsigned", "yellow", {"from": 1},
        "联办通知未按时签收", "Joint notice not signed in time",
        "应于{due}前签收联办通知，至{on}超过{over}个工作日。",
        "The joint notice was to be signed by {due}; by {on} it was {over} working days over.",
        JOINT, "procedure", "0.2",
    ),
    (
        "joint-opinion", "opinion_late", "red", {"from": 1},
        "联办意见超期", "Joint opinion late",
        "应于{due}前出具联办意见，至{on}超过{over}个工作日。",
        "The unit's opinion was due by {due}; by {on} it was {over} working days over.",
        JOINT, "time", "0.5",
    ),
    (
        "joint-absent", "joint_absent", "yellow", {},
        "联审会议无故缺席", "Absent from a joint meeting without a reason",
        "{on}召开联审会议，本单位没有代表出席，也没有说明理由。",
        "At the joint meeting of {on} nobody represented the unit, and it gave no reason.",
        JOINT, "procedure", "0.5",
    ),
    (
        "joint-reasons", "reasons_late", "red", {"from": 1},
        "未采纳意见未按时说明理由", "Reasons owed to a unit late",
        "应于{due}前书面说明未采纳意见的理由，至{on}超过{over}个工作日。",
        "Written reasons were due by {due}; by {on} they were {over} working days over.",
        JOINT, "procedure", "0.5",
    ),
    (
        "joint-forward", "forward_late", "yellow", {"from": 1},
        "联办转报超期", "Upward item forwarded late",
        "应于{due}前转报上级机关，至{on}超过{over}个工作日。",
        "To be forwarded by {due}; by {on} it was {over} working days over.",
        "行政许可法 35", "procedure", "0.5",
    ),
    (
        "joint-reply", "reply_untold", "yellow", {"from": 1},
        "上级批复未按时告知", "Superior's reply told late",
        "应于{due}前告知申请人上级批复，至{on}超过{over}个工作日。",
        "The applicant was to be told of the reply by {due}; by {on} it was {over} working days over.",
        "行政许可法 43", "procedure", "0.5",
    ),
)


def lay(apps, schema_editor):
    rule = apps.get_model("supervision", "SupervisionRule")
    names = (
        "code", "trigger", "signal", "parameters", "name", "name_en", "sentence", "sentence_en",
        "basis", "part", "deduction",
    )
    rule.objects.bulk_create(
        rule(
            **dict(zip(names, row[:-1] + (Decimal(row[-1]),), strict=True)),
            effective_from=FIRST_DAY,
        )
        for row in RULES
    )


def take_away(apps, schema_editor):
    rule = apps.get_model("supervision", "SupervisionRule")
    rule.objects.filter(code__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0007_what_units_owe_one_another")]

    operations = [migrations.RunPython(lay, take_away)]
