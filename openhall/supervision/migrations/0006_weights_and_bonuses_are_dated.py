"""Bonuses as dated rules, the rows they give, and sets of weights entered by supervision.

SQLite makes the table of deeds anew and would silently lose its triggers.
"""

from datetime import date
from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from openhall.ledger.triggers import append_only, lift

BONUSES = (  # norms 4.3: from 10% closed early +1, each 10% more +1; from 30% shorter +3, then +1
    ("early", "0.10", "1"),
    ("shorter", "0.30", "3"),
)


def lay(apps, schema_editor):
    rule = apps.get_model("supervision", "BonusRule")
    rule.objects.bulk_create(
        rule(
            kind=kind,
            first=Decimal(first),
            step=Decimal("0.10"),
            points=Decimal(points),
            more=Decimal(1),
            most=Decimal(10),
            basis="通用绩效量化标准",
            effective_from=date(2010, 1, 1),
        )
        for kind, first, points in BONUSES
    )


def take_away(apps, schema_editor):
    apps.get_model("supervision", "BonusRule").objects.all().delete()



class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0005_a_second_notice_is_a_signal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift("supervision_deed"), append_only("supervision_deed")),
        migrations.CreateModel(
            name='BonusRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('early', '提前办结'), ('shorter', '承诺压缩')], max_length=10)),
                ('value', models.DecimalField(decimal_places=2, max_digits=5)),
                ('formula', models.CharField(max_length=200)),
                ('basis', models.CharField(max_length=200)),
                ('reference', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='BonusRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('early', '提前办结'), ('shorter', '承诺压缩')], max_length=10)),
                ('first', models.DecimalField(decimal_places=2, max_digits=3)),
                ('step', models.DecimalField(decimal_places=2, max_digits=3)),
                ('points', models.DecimalField(decimal_places=2, max_digits=4)),
                ('more', models.DecimalField(decimal_places=2, max_digits=4)),
                ('most', models.DecimalField(decimal_places=2, max_digits=4)),
                ('basis', models.CharField(max_length=200)),
                ('effective_from', models.DateField()),
                ('effective_until', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WeightSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(unique=True)),
                ('basis', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField()),
                ('seq', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-effective_from'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='deed',
            name='deed_subject_is_known',
        ),
        migrations.AlterField(
            model_name='deed',
            name='subject',
            field=models.CharField(choices=[('card', '监察牌'), ('complaint', '投诉'), ('issue', '整改事项'), ('draw', '抽样'), ('review', '案卷评查表'), ('score', '综合得分'), ('rule', '监察规则'), ('weights', '得分权重')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['card', 'complaint', 'issue', 'draw', 'review', 'score', 'rule', 'weights'])), name='deed_subject_is_known'),
        ),
        migrations.AddField(
            model_name='bonusrow',
            name='score',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bonuses', to='supervision.score'),
        ),
        migrations.AddConstraint(
            model_name='bonusrule',
            constraint=models.UniqueConstraint(fields=('kind', 'effective_from'), name='bonus_begins_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='bonusrule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['early', 'shorter'])), name='bonus_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bonusrule',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', 0), ('more__gte', 0), ('most__gte', 0), ('step__gt', 0)), name='bonus_is_not_negative'),
        ),
        migrations.AddField(
            model_name='weightset',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='bonusrow',
            constraint=models.UniqueConstraint(fields=('score', 'kind'), name='a_bonus_is_given_once'),
        ),
        migrations.AddConstraint(
            model_name='bonusrow',
            constraint=models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='a_bonus_gives_something'),
        ),
        migrations.RunPython(append_only("supervision_deed"), lift("supervision_deed")),
        migrations.RunPython(lay, take_away),
    ]
