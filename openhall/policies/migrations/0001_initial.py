import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_id', models.CharField(max_length=120, unique=True)),
                ('title', models.CharField(max_length=500)),
                ('title_key', models.CharField(blank=True, db_index=True, max_length=300)),
                ('status', models.CharField(blank=True, max_length=30)),
                ('number', models.CharField(blank=True, db_index=True, max_length=120)),
                ('issuer', models.CharField(blank=True, max_length=300)),
                ('category', models.CharField(blank=True, db_index=True, max_length=120)),
                ('written_on', models.DateField(blank=True, null=True)),
                ('published_on', models.DateField(blank=True, db_index=True, null=True)),
                ('effective_on', models.DateField(blank=True, null=True)),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('source', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'ordering': ['-published_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PolicySection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('label', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='policies.policydocument')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('document', 'position'), name='section_has_its_place')],
            },
        ),
    ]
