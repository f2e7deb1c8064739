import django.db.models.deletion
import openhall.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信'), ('wechat', '微信'), ('account', '账户消息')], max_length=10)),
                ('to', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('account', models.BigIntegerField(blank=True, null=True)),
                ('subject', models.CharField(max_length=160)),
                ('words', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('about', models.CharField(blank=True, default='', max_length=60)),
                ('language', models.CharField(default='zh', max_length=8)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('queued', '待发送'), ('sent', '已发出'), ('delivered', '已送达'), ('failed', '发送失败，将重试'), ('given_up', '多次失败，已停止')], max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('queued_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'failed'])), fields=['next_at', 'id'], name='message_to_be_sent'), models.Index(fields=['state', '-id'], name='message_by_state'), models.Index(fields=['about', '-id'], name='message_by_matter'), models.Index(condition=models.Q(('channel', 'account')), fields=['account', '-id'], name='message_by_account'), models.Index(condition=models.Q(('erased_at__isnull', True)), fields=['queued_at'], name='message_unerased')],
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'wechat', 'account'])), name='message_channel_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'delivered', 'failed', 'given_up'])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'account'), _negated=True), ('account__isnull', False), _connector='OR'), name='message_in_an_account_names_it', violation_error_message="A message in the account needs the account's number."), models.CheckConstraint(condition=models.Q(models.Q(('next_at__isnull', False), ('state__in', ['queued', 'failed'])), models.Q(models.Q(('state__in', ['queued', 'failed']), _negated=True), ('next_at__isnull', True)), _connector='OR'), name='waiting_message_has_its_next_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at__isnull', False), _connector='OR'), name='delivered_message_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('carrier', models.CharField(max_length=40)),
                ('succeeded', models.BooleanField()),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='outbox.message')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.BigIntegerField(unique=True)),
                ('email', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('phone', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('wechat', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('language', models.CharField(default='zh', max_length=8)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['zh', 'en'])), name='preference_language_is_known')],
            },
        ),
    ]
