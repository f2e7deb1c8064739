import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(unique=True)),
                ('root', models.BinaryField()),
                ('note', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-size'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('body', models.BinaryField()),
                ('leaf_hash', models.BinaryField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'entries',
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=200)),
                ('sentence', models.TextField()),
                ('sentence_en', models.TextField()),
                ('raised_by', models.CharField(max_length=40)),
                ('found_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', '未处理'), ('repaired', '已修复'), ('known', '无法修复，永久公示')], max_length=10)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_by', models.CharField(blank=True, max_length=150)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'repaired', 'known'])), name='alarm_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('state', 'open')), models.Q(('resolved_at__isnull', False), models.Q(('resolved_by', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='alarm_is_resolved_by_someone_for_a_reason', violation_error_message='An alarm is resolved by somebody, with the reason.'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('place',), name='one_open_alarm_for_a_place')],
            },
        ),
        migrations.CreateModel(
            name='DailyCheckpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='ledger.checkpoint')),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='Subtree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='subtree_is_hashed_once')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', '等待开始'), ('running', '核验中'), ('sound', '完好'), ('faulty', '发现问题')], max_length=10)),
                ('size', models.BigIntegerField(default=0)),
                ('looked_at', models.BigIntegerField(default=0)),
                ('seconds', models.FloatField(blank=True, null=True)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'sound', 'faulty'])), name='verification_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=120)),
                ('line', models.TextField()),
                ('at', models.DateTimeField()),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='ledger.checkpoint')),
            ],
            options={
                'ordering': ['witness'],
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='witness_cosigns_a_checkpoint_once')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='ledger.entry')),
            ],
            options={
                'verbose_name_plural': 'leaves',
                'constraints': [models.CheckConstraint(condition=models.Q(('index__gte', 0)), name='leaf_is_counted_from_zero')],
            },
        ),
    ]
