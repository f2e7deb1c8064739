import django.db.models.deletion
import openhall.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('organs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField()),
                ('reasons', models.JSONField(default=list)),
                ('comment', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('source', models.CharField(choices=[('online', '网上'), ('window', '窗口评价器'), ('kiosk', '触摸屏'), ('paper', '纸质')], max_length=10)),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=80, unique=True)),
                ('entry', models.BigIntegerField(unique=True)),
                ('case', models.OneToOneField(error_messages={'unique': 'This case has been rated already.'}, on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='cases.case')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organs.organ')),
            ],
            options={
                'indexes': [models.Index(fields=['organ', 'at', 'id'], name='appraisal_r_organ_i_802ce2_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='score_is_one_to_five'), models.CheckConstraint(condition=models.Q(('score__gte', 3), models.Q(('reasons', []), _negated=True), _connector='OR'), name='bad_rating_gives_a_reason', violation_error_message='Please say what was wrong; choose at least one reason.')],
            },
        ),
        migrations.CreateModel(
            name='RatingMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('rated', models.IntegerField(default=0)),
                ('satisfied', models.IntegerField(default=0)),
                ('score', models.IntegerField(default=0)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organs.organ')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organ', 'month'), name='rating_month_is_one_row')],
            },
        ),
    ]
