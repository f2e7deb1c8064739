import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import openhall.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('real_name', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('id_number', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('id_blind', models.CharField(blank=True, db_index=True, default='', max_length=64)),
                ('phone', openhall.vault.fields.EncryptedTextField(blank=True, default='')),
                ('assurance', models.CharField(choices=[('self', '自行填报'), ('window', '窗口核验'), ('provider', '统一身份认证')], default='self', max_length=20)),
                ('is_official', models.BooleanField(default=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('id_blind', ''), _negated=True), fields=('id_blind',), name='one_account_for_one_identity', violation_error_message='An account with this identity number exists already.')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('legal_representative', '法定代表人'), ('agent', '委托代理人')], max_length=30)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='organs.company')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'constraints': [models.UniqueConstraint(fields=('account', 'company', 'kind', 'since'), name='agency_is_given_once'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='agency_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Organ',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('city', '市人民政府'), ('district', '区（市）县人民政府'), ('department', '市级部门'), ('bureau', '区（市）县部门'), ('centre', '政务服务中心'), ('bank', '代收银行')], max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=160)),
                ('short_name', models.CharField(max_length=40)),
                ('short_name_en', models.CharField(blank=True, max_length=80)),
                ('division_code', models.CharField(blank=True, max_length=12)),
                ('credit_code', models.CharField(blank=True, max_length=18)),
                ('duties', models.TextField(blank=True)),
                ('duties_en', models.TextField(blank=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('address_en', models.CharField(blank=True, max_length=200)),
                ('hours', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('complaint_phone', models.CharField(blank=True, max_length=40)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organs.organ')),
            ],
            options={
                'ordering': ['position', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'district', 'department', 'bureau', 'centre', 'bank'])), name='organ_kind_is_known'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('opened_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='organ_closes_after_it_opens', violation_error_message='An organ cannot close before it opens.')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(default=0, editable=False)),
                ('salt', openhall.vault.fields.EncryptedTextField(blank=True, default='', editable=False)),
                ('desk', models.CharField(choices=[('window', '窗口受理'), ('handler', '承办'), ('decider', '批准'), ('head', '机关负责人'), ('cashier', '统一收费窗口'), ('centre_manager', '中心管理'), ('editor', '信息编辑'), ('catalogue_clerk', '事项维护'), ('legal', '法制审查'), ('informatization', '信息化指导'), ('supervision', '监察'), ('inspector', '特邀监察'), ('government_office', '市政府办公厅'), ('operator', '系统运维')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organs.organ')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('desk__in', ['window', 'handler', 'decider', 'head', 'cashier', 'centre_manager', 'editor', 'catalogue_clerk', 'legal', 'informatization', 'supervision', 'inspector', 'government_office', 'operator'])), name='post_desk_is_known'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='post_ends_after_it_begins', violation_error_message='A post cannot end before it begins.'), models.UniqueConstraint(fields=('account', 'organ', 'desk', 'since'), name='post_is_held_once')],
            },
        ),
        migrations.CreateModel(
            name='PostDeed',
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
                'constraints': [models.UniqueConstraint(fields=('subject', 'about', 'seq'), name='postdeed_has_its_place')],
            },
        ),
    ]
