"""Joint matters: one list, one form and one limit for what several units decide. 行政许可法 26."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0009_whether_there_is_a_fee_may_wait'),
        ('ledger', '0002_only_grows'),
        ('organs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JointMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(choices=[('life_event', '一件事'), ('project', '并联审批')], max_length=20)),
                ('topic', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_matters', to='organs.organ')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='JointMatterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已公布'), ('superseded', '已被替代'), ('dropped', '已放弃')], default='draft', max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('summary_en', models.CharField(blank=True, max_length=400)),
                ('mode', models.CharField(choices=[('parallel', '抄告制'), ('meeting', '联审制')], default='parallel', max_length=20)),
                ('limit_days', models.PositiveIntegerField(default=45)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('change_note', models.CharField(blank=True, max_length=300)),
                ('effective_from', models.DateField(blank=True, null=True)),
                ('effective_until', models.DateField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.jointmatter')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['matter', '-number'],
            },
        ),
        migrations.CreateModel(
            name='JointMatterEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('drafted', '起草'), ('published', '公布'), ('dropped', '放弃草稿'), ('ended', '终止联办')], max_length=30)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(default=dict)),
                ('event_time', models.DateTimeField()),
                ('entry_time', models.DateTimeField(auto_now_add=True)),
                ('ledger_entry', models.BigIntegerField(blank=True, null=True, unique=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='catalogue.jointmatter')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='catalogue.jointmatterversion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='JointPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('limit_days', models.PositiveIntegerField(default=1)),
                ('need', models.CharField(choices=[('always', '必办'), ('if_chosen', '按需办理')], default='always', max_length=20)),
                ('question', models.CharField(blank=True, max_length=200)),
                ('question_en', models.CharField(blank=True, max_length=300)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_parts', to='catalogue.item')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='catalogue.jointmatterversion')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='jointmatter',
            index=models.Index(fields=['topic', 'code'], name='catalogue_j_topic_516b59_idx'),
        ),
        migrations.AddConstraint(
            model_name='jointmatter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['life_event', 'project'])), name='joint_matter_kind_is_known'),
        ),
        migrations.AddIndex(
            model_name='jointmatterversion',
            index=models.Index(fields=['matter', 'state', 'effective_from'], name='catalogue_j_matter__d1bc8a_idx'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.UniqueConstraint(fields=('matter', 'number'), name='joint_matter_version_is_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('matter',), name='joint_matter_has_one_draft', violation_error_message='This matter has a draft already. Go on with it.'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.UniqueConstraint(condition=models.Q(('effective_until__isnull', True), ('state', 'published')), fields=('matter',), name='joint_matter_has_one_version_in_force'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.CheckConstraint(condition=models.Q(('effective_until__isnull', True), ('effective_until__gte', models.F('effective_from')), _connector='OR'), name='joint_matter_version_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'superseded']), _negated=True), models.Q(('effective_from__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='published_joint_matter_has_a_first_day'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'superseded', 'dropped'])), name='joint_matter_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['parallel', 'meeting'])), name='joint_matter_mode_is_known'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterversion',
            constraint=models.CheckConstraint(condition=models.Q(('limit_days__gte', 1), ('limit_days__lte', 45)), name='joint_limit_is_within_45_working_days', violation_error_message='What is handled jointly takes 45 working days at most (行政许可法 42).'),
        ),
        migrations.AddConstraint(
            model_name='jointmatterevent',
            constraint=models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='joint_matter_event_names_its_verb', violation_error_message='A step in the catalogue must say what was done.'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.UniqueConstraint(fields=('version', 'item'), name='joint_part_is_named_once', violation_error_message='This item is in the matter already.'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(('need__in', ['always', 'if_chosen'])), name='joint_part_need_is_known'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(('limit_days__gte', 1), ('limit_days__lte', 45)), name='joint_part_limit_is_within_45_working_days', violation_error_message='What is handled jointly takes 45 working days at most (行政许可法 42).'),
        ),
        migrations.RunPython(
            append_only('catalogue_jointmatterevent'), lift('catalogue_jointmatterevent')
        ),
    ]
