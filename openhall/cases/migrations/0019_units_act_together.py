"""Several units act on one application: the joint case, tasks, meetings, events, the switch. 26."""

import django.db.models.deletion
import openhall.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0018_an_extension_is_found_by_its_head'),
        ('catalogue', '0010_joint_matters'),
        ('organs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeemedConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('basis', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-since', '-id'],
            },
        ),
        migrations.CreateModel(
            name='JointAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('excuse', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
            ],
            options={
                'ordering': ['meeting', 'task'],
            },
        ),
        migrations.CreateModel(
            name='JointCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('query_code', openhall.vault.fields.EncryptedTextField()),
                ('query_blind', models.CharField(max_length=64, unique=True)),
                ('salt', openhall.vault.fields.EncryptedTextField()),
                ('pack', models.CharField(max_length=40)),
                ('received_at', models.DateTimeField()),
                ('answer_due', models.DateField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('due_is_provisional', models.BooleanField(default=False)),
                ('extended_days', models.PositiveIntegerField(default=0)),
                ('approved', models.BooleanField(null=True)),
                ('concluded_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('seq', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='JointEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('apply', '联合申请'), ('accept', '统一受理并抄送联办通知'), ('deem_accept', '视为统一受理'), ('decline', '统一不予受理'), ('ask_supplement', '一次告知全部补正'), ('supplement', '统一补正'), ('lapse', '逾期未统一补正'), ('withdraw', '撤回联合申请'), ('sign', '签收联办通知'), ('opine', '出具联办意见'), ('deem_consent', '视为同意'), ('call_meeting', '召集联审会议'), ('hold_meeting', '召开联审会议'), ('conclude', '形成综合意见'), ('give_reasons', '书面说明未采纳理由'), ('tell_reply', '告知上级批复'), ('extend', '延长共同期限'), ('recalendar', '重算共同期限'), ('report', '联办办结报告')], max_length=20)),
                ('desk', models.CharField(blank=True, max_length=20)),
                ('event_time', models.DateTimeField()),
                ('entry_time', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('sealed', openhall.vault.fields.EncryptedTextField(blank=True, db_column='detail', default='')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('entry', models.BigIntegerField(unique=True)),
            ],
            options={
                'ordering': ['joint', 'seq'],
            },
        ),
        migrations.CreateModel(
            name='JointMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('called_at', models.DateTimeField()),
                ('meets_at', models.DateTimeField()),
                ('place', models.CharField(max_length=200)),
                ('survey', models.BooleanField(default=False)),
                ('held_at', models.DateTimeField(blank=True, null=True)),
                ('minutes', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
            ],
            options={
                'ordering': ['joint', 'id'],
            },
        ),
        migrations.CreateModel(
            name='JointTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('limit_days', models.PositiveIntegerField()),
                ('noticed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('opinion', models.CharField(blank=True, choices=[('agree', '同意'), ('disagree', '不同意'), ('agree_forward', '同意但需转报')], max_length=20)),
                ('reason', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('opinion_at', models.DateTimeField(blank=True, null=True)),
                ('deemed', models.CharField(blank=True, choices=[('silence', '超时默许'), ('absence', '缺席默认')], max_length=10)),
                ('deemed_basis', models.CharField(blank=True, max_length=300)),
                ('forward_due', models.DateField(blank=True, null=True)),
                ('tell_due', models.DateField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('reasons_due', models.DateField(blank=True, null=True)),
                ('reasons', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('reasons_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['joint', 'position'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='paper',
            name='paper_kind_is_known',
        ),
        migrations.AddField(
            model_name='case',
            name='part_days',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='draft',
            name='joint_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.jointmatterversion'),
        ),
        migrations.AddField(
            model_name='draft',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='cases.draft'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='kind',
            field=models.CharField(choices=[('receipt', '接收回执'), ('acceptance', '受理通知书'), ('supplement', '补正告知书'), ('decline', '不予受理决定书'), ('hand_over', '物料流转凭证'), ('suspension', '特殊程序审查期限告知书'), ('extension', '延长办理期限通知书'), ('payment', '缴费通知书'), ('grant', '准予决定书'), ('refusal', '不予准予决定书'), ('delivery', '送达回执'), ('supplemented', '补正材料接收凭证'), ('hearing_right', '听证权利告知书'), ('hearing', '听证通知书'), ('minutes', '听证笔录'), ('site_check', '实地核查笔录'), ('forwarding', '转报函'), ('consultation', '征求意见函'), ('licence', '许可证件'), ('change', '变更决定书'), ('renewal', '延续决定书'), ('revocation', '撤销决定书'), ('cancellation', '注销决定书'), ('ban', '不得再次申请告知书'), ('joint_receipt', '联合申请接收回执'), ('joint_acceptance', '联合受理通知书'), ('joint_fees', '收费一次告知书'), ('joint_notice', '联办通知'), ('joint_minutes', '联审会议纪要'), ('joint_reasons', '未采纳意见说明函'), ('joint_report', '联办办结报告书'), ('superior_reply', '上级批复告知书')], max_length=20),
        ),
        migrations.AlterField(
            model_name='papertemplate',
            name='kind',
            field=models.CharField(choices=[('receipt', '接收回执'), ('acceptance', '受理通知书'), ('supplement', '补正告知书'), ('decline', '不予受理决定书'), ('hand_over', '物料流转凭证'), ('suspension', '特殊程序审查期限告知书'), ('extension', '延长办理期限通知书'), ('payment', '缴费通知书'), ('grant', '准予决定书'), ('refusal', '不予准予决定书'), ('delivery', '送达回执'), ('supplemented', '补正材料接收凭证'), ('hearing_right', '听证权利告知书'), ('hearing', '听证通知书'), ('minutes', '听证笔录'), ('site_check', '实地核查笔录'), ('forwarding', '转报函'), ('consultation', '征求意见函'), ('licence', '许可证件'), ('change', '变更决定书'), ('renewal', '延续决定书'), ('revocation', '撤销决定书'), ('cancellation', '注销决定书'), ('ban', '不得再次申请告知书'), ('joint_receipt', '联合申请接收回执'), ('joint_acceptance', '联合受理通知书'), ('joint_fees', '收费一次告知书'), ('joint_notice', '联办通知'), ('joint_minutes', '联审会议纪要'), ('joint_reasons', '未采纳意见说明函'), ('joint_report', '联办办结报告书'), ('superior_reply', '上级批复告知书')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('account', None), ('joint_version__isnull', True)), _connector='OR'), name='part_of_a_draft_belongs_to_its_whole'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['receipt', 'acceptance', 'supplement', 'decline', 'hand_over', 'suspension', 'extension', 'payment', 'grant', 'refusal', 'delivery', 'supplemented', 'hearing_right', 'hearing', 'minutes', 'site_check', 'forwarding', 'consultation', 'licence', 'change', 'renewal', 'revocation', 'cancellation', 'ban', 'joint_receipt', 'joint_acceptance', 'joint_fees', 'joint_notice', 'joint_minutes', 'joint_reasons', 'joint_report', 'superior_reply'])), name='paper_kind_is_known'),
        ),
        migrations.AddField(
            model_name='deemedconsent',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointattendance',
            name='representative',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointcase',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joint_cases', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointcase',
            name='concluded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointcase',
            name='intake',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointcase',
            name='lead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led', to='organs.organ'),
        ),
        migrations.AddField(
            model_name='jointcase',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.jointmatterversion'),
        ),
        migrations.AddField(
            model_name='jointevent',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointevent',
            name='joint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cases.jointcase'),
        ),
        migrations.AddField(
            model_name='jointevent',
            name='organ',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organs.organ'),
        ),
        migrations.AddField(
            model_name='jointmeeting',
            name='called_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointmeeting',
            name='joint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='cases.jointcase'),
        ),
        migrations.AddField(
            model_name='jointattendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='cases.jointmeeting'),
        ),
        migrations.AddField(
            model_name='jointtask',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='task', to='cases.case'),
        ),
        migrations.AddField(
            model_name='jointtask',
            name='joint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='cases.jointcase'),
        ),
        migrations.AddField(
            model_name='jointtask',
            name='opinion_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointtask',
            name='organ',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_tasks', to='organs.organ'),
        ),
        migrations.AddField(
            model_name='jointtask',
            name='signed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jointattendance',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='cases.jointtask'),
        ),
        migrations.AddConstraint(
            model_name='deemedconsent',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='deemed_consent_has_a_basis', violation_error_message='The switch names the document it rests on.'),
        ),
        migrations.AddConstraint(
            model_name='deemedconsent',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='deemed_consent_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='jointcase',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['lead', 'received_at', 'id'], name='joint_case_open_by_lead'),
        ),
        migrations.AddIndex(
            model_name='jointcase',
            index=models.Index(condition=models.Q(('accepted_at__isnull', True), ('closed_at__isnull', True)), fields=['answer_due', 'id'], name='joint_case_unanswered'),
        ),
        migrations.AddConstraint(
            model_name='jointcase',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('due_on__isnull', False), _connector='OR'), name='accepted_joint_case_has_a_common_limit', violation_error_message='The common limit starts when the lead accepts (42).'),
        ),
        migrations.AddConstraint(
            model_name='jointcase',
            constraint=models.CheckConstraint(condition=models.Q(('extended_days__lte', 15)), name='joint_extension_is_within_the_law', violation_error_message='A common limit is extended by 15 days at most (42).'),
        ),
        migrations.AddConstraint(
            model_name='jointcase',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_at__isnull', True), models.Q(('accepted_at__isnull', False), ('approved__isnull', False)), _connector='OR'), name='conclusion_says_which'),
        ),
        migrations.AddConstraint(
            model_name='jointcase',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_by__isnull', True), ('intake__isnull', True), models.Q(('concluded_by', models.F('intake')), _negated=True), _connector='OR'), name='who_accepts_together_does_not_conclude', violation_error_message='Who accepted an application may not conclude on it (接办件分离, 成办发〔2003〕75号).'),
        ),
        migrations.AddConstraint(
            model_name='jointevent',
            constraint=models.UniqueConstraint(fields=('joint', 'seq'), name='joint_event_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='jointevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['apply', 'accept', 'deem_accept', 'decline', 'ask_supplement', 'supplement', 'lapse', 'withdraw', 'sign', 'opine', 'deem_consent', 'call_meeting', 'hold_meeting', 'conclude', 'give_reasons', 'tell_reply', 'extend', 'recalendar', 'report'])), name='joint_event_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='jointmeeting',
            constraint=models.UniqueConstraint(condition=models.Q(('held_at__isnull', True)), fields=('joint',), name='one_joint_meeting_at_a_time', violation_error_message='A meeting is called already.'),
        ),
        migrations.AddConstraint(
            model_name='jointmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('held_at__isnull', True), models.Q(('minutes', ''), _negated=True), _connector='OR'), name='held_joint_meeting_has_minutes', violation_error_message='A joint meeting leaves its minutes.'),
        ),
        migrations.AddIndex(
            model_name='jointtask',
            index=models.Index(condition=models.Q(('deemed', ''), ('noticed_at__isnull', False), ('opinion', '')), fields=['organ', 'due_on', 'id'], name='joint_task_open_by_organ'),
        ),
        migrations.AddIndex(
            model_name='jointtask',
            index=models.Index(condition=models.Q(('deemed', ''), ('noticed_at__isnull', False), ('opinion', '')), fields=['due_on', 'id'], name='joint_task_open_by_due'),
        ),
        migrations.AddIndex(
            model_name='jointtask',
            index=models.Index(condition=models.Q(('reasons_at__isnull', True), ('reasons_due__isnull', False)), fields=['reasons_due', 'id'], name='joint_reasons_owed'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.UniqueConstraint(fields=('joint', 'position'), name='joint_task_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(('opinion', ''), ('opinion__in', ['agree', 'disagree', 'agree_forward']), _connector='OR'), name='joint_opinion_has_a_prescribed_form', violation_error_message='An opinion has one of the three prescribed forms.'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opinion', 'disagree'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='joint_objection_gives_its_reasons', violation_error_message='Who does not agree says why.'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(('deemed', ''), models.Q(('opinion', ''), ('signed_at__isnull', False), models.Q(('deemed_basis', ''), _negated=True)), _connector='OR'), name='deemed_consent_needs_a_signed_receipt', violation_error_message='Consent is deemed only after a signed receipt of the joint notice, and names the basis of the switch.'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(('opinion', ''), models.Q(('opinion_at__isnull', False), ('opinion_by__isnull', False)), _connector='OR'), name='joint_opinion_names_who_gave_it'),
        ),
        migrations.AddConstraint(
            model_name='jointattendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'task'), name='a_unit_attends_a_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='jointattendance',
            constraint=models.CheckConstraint(condition=models.Q(('representative__isnull', True), ('excuse', ''), _connector='OR'), name='who_attends_needs_no_excuse'),
        ),
    ]
