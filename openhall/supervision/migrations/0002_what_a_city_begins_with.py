"""Deeds only grow; the rules as Chengdu understands yellow and red; the nine parts of the score.

成府发〔2009〕53号, in force 2010-01-01: yellow before the day is a warning and no penalty, red is
overdue or abnormal. Limits of single steps are a default the supervision desk may change by a new
dated version. Deductions as in the exchanged rule sets (norms 4.2, numbers in the names).
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

from openhall.ledger.triggers import append_only, lift

FIRST_DAY = date(2010, 1, 1)
CITY = "成府发〔2009〕53号"
RULES = (
    # code, trigger, signal, parameters, name, name_en, sentence, sentence_en, basis, part, off
    (
        "pre-warning", "due_soon", "pre_warning", {"share": 0.9, "days": 1},
        "承诺期限将满提醒", "The promise is nearly due",
        "承诺{due}办结，今日{on}，还剩{left}个工作日（提前{ahead}个工作日提醒）。",
        "Promised by {due}; today is {on}; {left} working days are left (reminded {ahead} ahead).",
        CITY, "time", "0",
    ),
    (
        "due-today", "due_soon", "yellow", {"share": 1, "days": 0},
        "到期当日尚未办结", "Due today and not closed",
        "承诺{due}办结，今日{on}到期，尚未办结。黄牌是提醒，不扣分。",
        "Promised by {due}; it is {on} and the case is open. Yellow reminds and costs no points.",
        CITY, "time", "0",
    ),
    (
        "over-promise", "over_promise", "red", {"from": 1},
        "超承诺期限", "Past the promise",
        "承诺{due}办结，至{on}超过{over}个工作日。",
        "Promised by {due}; by {on} it was {over} working days over.",
        CITY, "time", "1",
    ),
    (
        "over-statute", "over_statute", "red", {"from": 1},
        "超法定期限（36、37）", "Past the statutory limit (36, 37)",
        "法定期限{due}届满，至{on}超过{over}个工作日。",
        "The statutory limit ended on {due}; by {on} it was {over} working days over.",
        "行政许可法 42、74", "liability", "1.5",
    ),
    (
        "silence", "not_answered", "red", {},
        "应受理不受理：五日内未答复", "Left unanswered for five days",
        "应于{due}前作出受理、补正或者不予受理的答复，期满未答复，视为受理。",
        "An answer was due by {due}; none was given and the application counts as accepted.",
        "行政许可法 32（4）、72", "procedure", "0.5",
    ),
    (
        "step-hand-over", "step_late", "yellow", {"act": "hand_over", "days": 2},
        "环节超时：移交承办", "One step late: hand-over",
        "{since}受理,{on}移交,用时{used}个工作日,限{allowed}个工作日。",
        "Accepted on {since}, handed over on {on}: {used} working days where {allowed} are allowed.",
        CITY, "procedure", "0.5",
    ),
    (
        "step-decide", "step_late", "yellow", {"act": "decide", "days": 3},
        "环节超时：批准", "One step late: decision",
        "{since}提出审查意见，{on}作出决定，用时{used}个工作日，限{allowed}个工作日。",
        "Reviewed on {since}, decided on {on}: {used} working days where {allowed} are allowed.",
        CITY, "procedure", "0.5",
    ),
    (
        "delivery", "delivery_late", "red", {"from": 1},
        "送达超期", "Delivered late",
        "应于{due}前送达，{on}送达，超过{over}个工作日。",
        "Delivery was due by {due}; it was made on {on}, {over} working days over.",
        "行政许可法 44", "time", "0.5",
    ),
    (
        "decline-reason", "no_reasons", "red", {"act": "decline", "least": 10},
        "不受理无原因（12）", "Not accepted without reasons (12)",
        "不予受理的理由{signs}个字，至少应有{least}个字。",
        "The reasons for not accepting have {signs} characters; at least {least} are needed.",
        "行政许可法 72", "procedure", "0.5",
    ),
    (
        "opinion", "no_opinion", "yellow", {"act": "review", "least": 5},
        "无审查内容（18）", "Signed without an opinion (18)",
        "审查意见{signs}个字，至少应有{least}个字：只有签名不是意见。",
        "The opinion has {signs} characters; at least {least} are needed: a signature is none.",
        "行政许可法 34", "procedure", "0.5",
    ),
    (
        "decision-paper", "no_paper", "red", {},
        "办结无决定书（21）", "Closed without its decision (21)",
        "{on}作出决定，案卷中没有决定书。",
        "Decided on {on}; there is no written decision in the file.",
        "行政许可法 38", "procedure", "0.5",
    ),
    (
        "refusal-reason", "no_reasons", "red", {"act": "decide", "least": 10},
        "不予许可无理由（22）", "Refused without reasons (22)",
        "不予准予的理由{signs}个字，至少应有{least}个字。",
        "The reasons for refusing have {signs} characters; at least {least} are needed.",
        "行政许可法 38、72", "procedure", "0.5",
    ),
    (
        "entered-late", "not_online", "yellow", {"hours": 7},
        "不按规定网上办理：事后补录", "Entered after the deed",
        "行为发生后{hours}个工作小时才录入，限{allowed}个工作小时。",
        "Entered {hours} working hours after the deed; {allowed} are allowed.",
        CITY, "openness", "0.2",
    ),
    (
        "complaint-late", "complaint_late", "red", {"months": 1, "accept_days": 5, "confirm_days": 10},
        "投诉一个月未处理（27、28）", "Complaint unanswered for a month (27, 28)",
        "投诉应于{due}前答复，至{on}超过{over}个工作日。",
        "The complaint was due an answer by {due}; by {on} it was {over} working days over.",
        CITY, "manner", "0.5",
    ),
    (
        "bad-rating", "bad_rating", "yellow", {},
        "评价不满意（50）", "Rated dissatisfied (50)",
        "服务对象评价不满意。{note}", "The person served was dissatisfied. {note}",
        "国办发〔2019〕51号", "satisfaction", "1",
    ),
    (
        "supervised", "supervised", "red", {},
        "监察督办（32）", "Supervision notice issued (32)",
        "监察机关发出督办文书。{note}", "The Supervision Bureau issued a notice. {note}",
        CITY, "oversight", "0.5",
    ),
    (
        "changed-permit", "changed_permit", "red", {},
        "擅自改变已生效许可（25）", "Permit in force changed (25)",
        "{note}", "{note}", "行政许可法 8", "liability", "0.5",
    ),
    (
        "overturned", "overturned", "red", {},
        "复议被撤销或变更（29）", "Overturned on review (29)",
        "{note}", "{note}", "行政复议法", "liability", "1",
    ),
    (
        "lost-in-court", "lost_in_court", "red", {},
        "行政诉讼败诉（30）", "Lost in court (30)",
        "{note}", "{note}", "行政诉讼法", "liability", "1",
    ),
    (
        "charging", "charging", "red", {},
        "擅自收费或不按标准收费", "Charged against the standard",
        "{note}", "{note}", "行政许可法 58、59", "charges", "1",
    ),
    (
        "report-late", "report_late", "yellow", {},
        "下级报送超期", "Reported late from below",
        "{note}", "{note}", CITY, "procedure", "0.5",
    ),
    (
        "other", "other", "yellow", {},
        "其他违规", "Another breach", "{note}", "{note}", CITY, "oversight", "0.5",
    ),
)
WEIGHTS = (
    ("openness", 10), ("procedure", 14), ("time", 14), ("charges", 8), ("satisfaction", 10),
    ("manner", 10), ("oversight", 14), ("liability", 10), ("integrity", 10),
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
    weight = apps.get_model("supervision", "ScoreWeight")
    weight.objects.bulk_create(
        weight(part=part, points=points, basis="通用绩效量化标准", effective_from=FIRST_DAY)
        for part, points in WEIGHTS
    )


def take_away(apps, schema_editor):
    apps.get_model("supervision", "SupervisionRule").objects.all().delete()
    apps.get_model("supervision", "ScoreWeight").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("ledger", "0002_only_grows")]
    operations = [
        migrations.RunPython(append_only("supervision_deed"), lift("supervision_deed")),
        migrations.RunPython(lay, take_away),
    ]
