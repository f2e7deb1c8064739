
import django.db.models.deletion
import openhall.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(default=0, editable=False)),
                ('salt', openhall.vault.fields.EncryptedTextField(blank=True, default='', editable=False)),
                ('measure', models.CharField(choices=[('received', '收到申请'), ('accepted', '受理'), ('closed', '办结'), ('on_time', '按承诺时限办结'), ('late', '超过承诺时限办结'), ('satisfied', '评价为满意'), ('rated', '收到评价'), ('overdue', '月末超期未办结'), ('answered', '按期答复的咨询'), ('rectified', '按期整改的事项')], max_length=20)),
                ('month', models.DateField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('version', models.PositiveSmallIntegerField()),
                ('statement', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('part', models.BigIntegerField(blank=True, null=True)),
                ('whole', models.BigIntegerField(blank=True, null=True)),
                ('log_size', models.PositiveBigIntegerField()),
                ('published_at', models.DateTimeField()),
                ('beneath', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
            ],
            options={
                'ordering': ['measure', 'month', 'edition'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'month', 'edition'), name='publication_has_its_edition'), models.CheckConstraint(condition=models.Q(('measure__in', ['received', 'accepted', 'closed', 'on_time', 'late', 'satisfied', 'rated', 'overdue', 'answered', 'rectified']), ('edition__gte', 1)), name='publication_is_of_a_figure')],
            },
        ),
        migrations.CreateModel(
            name='PublicationDeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('act', models.CharField(max_length=24)),
                ('desk', models.CharField(blank=True, max_length=20)),
                ('event_time', models.DateTimeField()),
                ('entry_time', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('sealed', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('entry', models.BigIntegerField(unique=True)),
                ('subject', models.CharField(max_length=24)),
                ('about', models.BigIntegerField()),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['subject', 'about', 'seq'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'about', 'seq'), name='publicationdeed_has_its_place')],
            },
        ),
        migrations.CreateModel(
            name='PublicationRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('packed', models.BinaryField()),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='statistics.publication')),
            ],
            options={
                'verbose_name_plural': 'publication rows',
                'constraints': [models.UniqueConstraint(fields=('publication', 'name'), name='publication_has_each_table_once')],
            },
        ),
    ]
