"""One supplement notice, and a second only with the head who permitted it. 行政许可法 32(4).

SQLite makes the table of events anew and would silently lose its triggers.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_private_words_of_permits_and_reveals_are_locked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift("cases_caseevent"), append_only("cases_caseevent")),
        migrations.AlterModelOptions(
            name='supplement',
            options={'ordering': ['number']},
        ),
        migrations.RemoveConstraint(
            model_name='caseevent',
            name='case_event_act_is_known',
        ),
        migrations.AddField(
            model_name='supplement',
            name='number',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='supplement',
            name='permitted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='act',
            field=models.CharField(choices=[('submit', '提交'), ('accept', '受理'), ('deem_accepted', '视为受理'), ('ask_for_supplement', '一次告知补正'), ('ask_again', '再次告知补正'), ('allow_again', '准许再次告知'), ('supplement', '补正'), ('decline', '不予受理'), ('lapse', '逾期未补正终止'), ('hand_over', '移交承办'), ('review', '审查'), ('send_back', '退回重审'), ('suspend', '中止计时'), ('resume', '恢复计时'), ('extend', '延长期限'), ('decide', '决定'), ('bill', '开具缴费通知书'), ('settle', '缴费'), ('issue', '制证'), ('deliver', '送达'), ('withdraw', '撤回'), ('recalendar', '重算期限'), ('correct', '当场更正'), ('accept_at_once', '当场受理'), ('ask_extension', '报请延长期限'), ('refuse_extension', '不批准延长'), ('tell_hearing', '告知听证权利'), ('ask_hearing', '申请听证'), ('call_hearing', '通知听证'), ('hold_hearing', '举行听证'), ('site_check', '实地核查'), ('forward', '转报上级'), ('reply', '上级批复'), ('consult', '征求意见'), ('opine', '反馈意见'), ('reassign', '改派承办人'), ('finish_step', '完成环节'), ('return_step', '退回上一环节')], max_length=24),
        ),
        migrations.AlterField(
            model_name='supplement',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplements', to='cases.case'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['submit', 'accept', 'deem_accepted', 'ask_for_supplement', 'ask_again', 'allow_again', 'supplement', 'decline', 'lapse', 'hand_over', 'review', 'send_back', 'suspend', 'resume', 'extend', 'decide', 'bill', 'settle', 'issue', 'deliver', 'withdraw', 'recalendar', 'correct', 'accept_at_once', 'ask_extension', 'refuse_extension', 'tell_hearing', 'ask_hearing', 'call_hearing', 'hold_hearing', 'site_check', 'forward', 'reply', 'consult', 'opine', 'reassign', 'finish_step', 'return_step'])), name='case_event_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='supplement',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='supplement_is_asked_once', violation_error_message='A supplement was asked for once already (一次告知, 行政许可法 32(4)).'),
        ),
        migrations.AddConstraint(
            model_name='supplement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('permitted_by__isnull', True)), models.Q(('number', 2), ('permitted_by__isnull', False)), _connector='OR'), name='second_notice_was_permitted', violation_error_message="A second notice needs the head's permission."),
        ),
        migrations.RunPython(append_only("cases_caseevent"), lift("cases_caseevent")),
    ]
