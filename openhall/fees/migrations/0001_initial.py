import django.db.models.deletion
import django.db.models.expressions
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
            name='PaymentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(default=0, editable=False)),
                ('salt', openhall.vault.fields.EncryptedTextField(blank=True, default='', editable=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('reference', models.CharField(db_index=True, max_length=60)),
                ('payer', openhall.vault.fields.EncryptedTextField()),
                ('amount', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('due', '待缴费'), ('paid', '已缴费'), ('waived', '已减免'), ('cancelled', '已作废')], default='due', max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organs.organ')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_on'], name='fees_paymen_state_9c57ad_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'paid', 'waived', 'cancelled'])), name='payment_notice_state_is_known'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_notice_asks_for_something'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paid', 'waived']), ('settled_at__isnull', False)), models.Q(('state__in', ['due', 'cancelled']), ('settled_at__isnull', True)), _connector='OR'), name='settled_notice_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['waived', 'cancelled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='waiver_gives_its_basis', violation_error_message='A waiver or cancellation must give its basis.'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('reference',), name='one_live_notice_for_one_matter')],
            },
        ),
        migrations.CreateModel(
            name='NoticeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('unit_amount', models.PositiveIntegerField()),
                ('amount', models.PositiveIntegerField()),
                ('tariff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.tariff')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='fees.paymentnotice')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('unit_amount'), '*', models.F('quantity')))), name='line_is_multiplied_right'), models.UniqueConstraint(fields=('notice', 'tariff'), name='tariff_stands_once_on_notice')],
            },
        ),
        migrations.CreateModel(
            name='BankReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=40)),
                ('serial', models.CharField(max_length=60)),
                ('amount', models.PositiveIntegerField()),
                ('channel', models.CharField(choices=[('counter', '银行柜台'), ('online', '网上支付')], max_length=10)),
                ('paid_at', models.DateTimeField()),
                ('paid_at_said', models.CharField(max_length=40)),
                ('received_at', models.DateTimeField()),
                ('signature', models.CharField(max_length=200)),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='fees.paymentnotice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bank', 'serial'), name='bank_serial_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(default=0, editable=False)),
                ('salt', openhall.vault.fields.EncryptedTextField(blank=True, default='', editable=False)),
                ('bank', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('file_digest', models.CharField(max_length=64)),
                ('matched', models.PositiveIntegerField()),
                ('exceptions', models.PositiveIntegerField()),
                ('amount_here', models.BigIntegerField()),
                ('amount_there', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bank', 'day'), name='bank_day_is_reconciled_once'), models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), ('countersigned_by__isnull', True), models.Q(('signed_by', models.F('countersigned_by')), _negated=True), _connector='OR'), name='reconciliation_is_signed_by_two', violation_error_message="The second signature must be another person's.")],
            },
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=60)),
                ('notice_number', models.CharField(max_length=40)),
                ('amount', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('matched', '相符'), ('missing_here', '银行有、本系统无'), ('missing_there', '本系统有、银行无'), ('different', '金额不符')], max_length=14)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fees.reconciliation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FeeDeed',
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
                'constraints': [models.UniqueConstraint(fields=('subject', 'about', 'seq'), name='feedeed_has_its_place')],
            },
        ),
    ]
