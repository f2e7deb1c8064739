import django.db.models.deletion
import openhall.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('organs', '0001_initial'),
        ('organs', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionGuide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('topic', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='question_guides', to='catalogue.item')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_guides', to='organs.organ')),
            ],
            options={
                'ordering': ['slug'],
                'indexes': [models.Index(fields=['topic', 'slug'], name='questions_q_topic_696c4b_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('topic', '')), models.Q(('item__isnull', True), models.Q(('topic', ''), _negated=True)), _connector='OR'), name='question_guide_is_for_an_item_or_a_topic', violation_error_message='A guide is for one item, or for a topic.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionGuideVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已公布'), ('superseded', '已被替代'), ('dropped', '已放弃')], default='draft', max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('summary_en', models.CharField(blank=True, max_length=400)),
                ('content', models.JSONField(default=dict)),
                ('expectations', models.JSONField(blank=True, default=list)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('change_note', models.CharField(blank=True, max_length=300)),
                ('effective_from', models.DateField(blank=True, null=True)),
                ('effective_until', models.DateField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='questions.questionguide')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['guide', '-number'],
                'indexes': [models.Index(fields=['guide', 'state', 'effective_from'], name='questions_q_guide_i_ab8ae2_idx')],
                'constraints': [models.UniqueConstraint(fields=('guide', 'number'), name='question_guide_version_is_numbered_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('guide',), name='question_guide_has_one_draft', violation_error_message='This guide has a draft already. Go on with it.'), models.UniqueConstraint(condition=models.Q(('effective_until__isnull', True), ('state', 'published')), fields=('guide',), name='question_guide_has_one_version_in_force'), models.CheckConstraint(condition=models.Q(('effective_until__isnull', True), ('effective_until__gte', models.F('effective_from')), _connector='OR'), name='question_guide_version_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'superseded']), _negated=True), models.Q(('effective_from__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='published_question_guide_has_a_first_day'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'superseded', 'dropped'])), name='question_guide_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='QuestionGuideEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=30)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(default=dict)),
                ('event_time', models.DateTimeField()),
                ('entry_time', models.DateTimeField(auto_now_add=True)),
                ('ledger_entry', models.BigIntegerField(blank=True, null=True, unique=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='questions.questionguide')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='questions.questionguideversion')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='question_guide_event_names_its_verb', violation_error_message='A step in the catalogue must say what was done.')],
            },
        ),
        migrations.CreateModel(
            name='SavedChecklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', openhall.vault.fields.EncryptedTextField()),
                ('saved_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklists', to=settings.AUTH_USER_MODEL)),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.questionguide')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.questionguideversion')),
            ],
            options={
                'ordering': ['-saved_at', '-id'],
                'indexes': [models.Index(fields=['account', '-saved_at'], name='questions_s_account_fa3631_idx')],
            },
        ),
    ]
