"""不一次告知: a second supplement notice, though permitted, is looked at. 行政许可法 32(4), 72."""

from datetime import date
from decimal import Decimal

from django.db import migrations, models


def lay(apps, schema_editor):
    apps.get_model("supervision", "SupervisionRule").objects.create(
        code="not-once",
        trigger="not_once",
        signal="yellow",
        parameters={},
        name="不一次告知：第二次告知补正",
        name_en="Not told once: a second supplement notice",
        sentence="{on}经本机关负责人准许，第二次告知补正。新的事实见案卷，由监察机关核实。",
        sentence_en="On {on} a second supplement notice was given by the head's leave. Supervision "
        "looks at the new facts in the file.",
        basis="行政许可法 32（4）、72",
        part="procedure",
        deduction=Decimal("0.5"),
        effective_from=date(2010, 1, 1),
    )


def take_away(apps, schema_editor):
    apps.get_model("supervision", "SupervisionRule").objects.filter(code="not-once").delete()



class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0004_a_deed_keeps_its_salt_inside'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='supervisionrule',
            name='rule_words_are_known',
        ),
        migrations.AlterField(
            model_name='complaint',
            name='breach',
            field=models.CharField(blank=True, choices=[('not_answered', '应受理不受理'), ('not_once', '不一次告知'), ('due_soon', '即将到期'), ('over_promise', '超承诺期限'), ('over_statute', '超法定期限'), ('step_late', '环节超时'), ('delivery_late', '送达超期'), ('report_late', '下级报送超期'), ('no_reasons', '不受理、不批未说明理由'), ('no_opinion', '无审查内容'), ('no_paper', '办结无决定书'), ('not_online', '不按规定网上办理'), ('charging', '擅自收费或不按标准收费'), ('complaint_late', '投诉逾期未处理'), ('bad_rating', '评价不满意'), ('supervised', '监察督办'), ('changed_permit', '擅自改变已生效许可'), ('overturned', '复议撤销或变更'), ('lost_in_court', '行政诉讼败诉'), ('other', '其他违规')], max_length=20),
        ),
        migrations.AlterField(
            model_name='supervisionrule',
            name='trigger',
            field=models.CharField(choices=[('not_answered', '应受理不受理'), ('not_once', '不一次告知'), ('due_soon', '即将到期'), ('over_promise', '超承诺期限'), ('over_statute', '超法定期限'), ('step_late', '环节超时'), ('delivery_late', '送达超期'), ('report_late', '下级报送超期'), ('no_reasons', '不受理、不批未说明理由'), ('no_opinion', '无审查内容'), ('no_paper', '办结无决定书'), ('not_online', '不按规定网上办理'), ('charging', '擅自收费或不按标准收费'), ('complaint_late', '投诉逾期未处理'), ('bad_rating', '评价不满意'), ('supervised', '监察督办'), ('changed_permit', '擅自改变已生效许可'), ('overturned', '复议撤销或变更'), ('lost_in_court', '行政诉讼败诉'), ('other', '其他违规')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='supervisionrule',
            constraint=models.CheckConstraint(condition=models.Q(('trigger__in', ['not_answered', 'not_once', 'due_soon', 'over_promise', 'over_statute', 'step_late', 'delivery_late', 'report_late', 'no_reasons', 'no_opinion', 'no_paper', 'not_online', 'charging', 'complaint_late', 'bad_rating', 'supervised', 'changed_permit', 'overturned', 'lost_in_court', 'other']), ('signal__in', ['pre_warning', 'yellow', 'red'])), name='rule_words_are_known'),
        ),
        migrations.RunPython(lay, take_away),
    ]
