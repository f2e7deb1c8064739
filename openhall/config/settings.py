"""Every setting of OpenHall, in one file, driven by environment variables.

With no variable set this is the embedded installation: SQLite, local files, an in-process
worker, on 127.0.0.1. The same code runs on PostgreSQL with several web nodes when the variables
of ``docs/operate.md`` are set. See ``environment.py`` for how a bad value is refused.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from openhall.config import environment as env
from openhall.config.serving.logs import logging_to

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(env.text("HOME", str(ROOT.parent / "var"))).expanduser()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)

# ---------------------------------------------------------------- the installation
DEBUG = env.flag("DEBUG", False)
DEMO = env.flag("DEMO", False)
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CITY_NAME = env.text("CITY_NAME", "成都市")
CITY_NAME_EN = env.text("CITY_NAME_EN", "Chengdu")
CITY_PHONE = env.text("CITY_PHONE", "12345")  # the line every city answers, 国办发〔2020〕53号
CITY_MAIL = env.text("CITY_MAIL")
SITE_CODE = env.text("SITE_CODE", "5101000000" if DEMO else "")  # 政府网站标识码, ten digits
SITE_FILINGS = env.words("SITE_FILINGS")  # ICP and public security filings, as they read
SECRET_KEY = env.secret("SECRET_KEY", HOME)
_old = HOME / "secrets/vault_key"  # a home from before the index had a key of its own
_first = _old.read_text().strip() if _old.exists() else ""
VAULT_KEYS = env.words("VAULT_KEYS") or [env.secret("VAULT_KEY", HOME, size=32)]
# By what an equal number is found unread: a key of its own, so that the vault's can be retired.
BLIND_KEY = env.text("BLIND_KEY") or (
    VAULT_KEYS[-1]
    if env.words("VAULT_KEYS")
    else env.secret("BLIND_KEY", HOME, size=32, first=_first)
)
LEDGER_ORIGIN = env.name_of_log("LEDGER_ORIGIN", BASE_URL, HOME)
LEDGER_SIGNING_KEY_FILE = Path(
    env.text("LEDGER_SIGNING_KEY_FILE", str(HOME / "secrets/ledger.key"))
)
RETENTION_DAYS = env.number("RETENTION_DAYS", 30 if DEMO else 3650)  # 个人信息保护法 19, 47
# Rooms look down only. What the procedure must ask of a room above it, or leave it to do in the
# same transaction, hangs on these lists (openhall/cases/actions/rooms_above.py).
CASE_ADMITS: tuple[str, ...] = ("openhall.permits.actions.bans.not_barred",)
CASE_GATES: tuple[str, ...] = ("openhall.joint.actions.gates.not_before_the_others",)
CASE_FOLLOWS: tuple[str, ...] = (
    "openhall.permits.actions.permits.begin_at_issue",
    "openhall.permits.actions.register.enter_decision",
    "openhall.applying.actions.reusing.keep_at_delivery",
    "openhall.joint.actions.gates.tell_within_two_days",
)
CALENDAR_FOLLOWS: tuple[str, ...] = ("openhall.joint.actions.recounting.recount_joint",)
# Of a matter of several units: what its application asks for, and what binds its cases once sent.
APPLICATION_WHOLE = "openhall.joint.applying.whole_of"
APPLICATION_SENT = "openhall.joint.actions.drafting.bind"
# Rooms above cases that keep something of an applicant: from which day its term runs, who may
# object, and who forgets it.
ERASURE_LAST_DAYS: tuple[str, ...] = ("openhall.permits.actions.erasing.last_day",)
ERASURE_OBJECTIONS: tuple[str, ...] = (
    "openhall.permits.actions.erasing.objection",
    "openhall.applying.actions.erasing.objection",
    "openhall.supervision.actions.erasing.objection",
)
ERASURE_FORGETS: tuple[str, ...] = (
    "openhall.permits.actions.erasing.forget",
    "openhall.applying.actions.erasing.forget",
    "openhall.joint.actions.erasing.forget",
    "openhall.supervision.actions.erasing.forget",
    "openhall.appraisal.actions.forget_comment",
)
# Who hears of each deed, in its own transaction, and of an import of policies; what is searched.
DEED_FOLLOWS: tuple[str, ...] = ("openhall.search.actions.changes.heard",)
POLICY_FOLLOWS: tuple[str, ...] = ("openhall.search.actions.changes.policies_taken",)
SEARCH_SOURCES: tuple[str, ...] = ("openhall.search.sources.every.EVERY",)  # a source, or several
SEARCH_FOLDER = Path(env.text("SEARCH_FOLDER", str(HOME / "search")))  # of this node; disposable
SEARCH_ENGINE = env.text("SEARCH_ENGINE", "", one_of=("", "tantivy", "fts5"))  # empty: the best
SEARCH_BESIDE = True  # a whole index is made beside the pages, which answer meanwhile
HOTLINE = env.text("HOTLINE", "12345")  # whom to ask when nothing fits
# What waits at a desk and what its search finds, room by room (openhall/organs/desks.py).
DESK_WAITS = ("cases.desks.waiting", "joint.desks", "fees.desks", "supervision.desks")
DESK_WAITS += ("catalogue.desk", "papers.desks", "office.waits")  # type: ignore[assignment]
DESK_FINDS = ("fees.desks", "supervision.desks", "catalogue.desk")
# Who cosigns: "KEY ADDRESS" pairs, apart by commas; see `openhall witness`.
LEDGER_WITNESSES = env.words("LEDGER_WITNESSES")
LEDGER_WITNESSES_FILE = HOME / "witnesses"  # more of them, one a line, read each time
# Rooms look down only, so the roof names what each looks at before the log is signed.
LEDGER_CHECKS: tuple[str, ...] = (
    "openhall.deeds.audit.faults",
    "openhall.versions.audit.faults",
    "openhall.cases.application.files.faults",
    "openhall.catalogue.audit.faults",
    "openhall.statistics.recount.faults",
    "openhall.supervision.recount.faults",
    "openhall.fees.checking.faults",
)
# Called with the new alarms of one look; and who is told besides those at the desks concerned.
LEDGER_ALARM_TELLS: tuple[str, ...] = ("openhall.supervision.alarming.tell",)
LEDGER_ALARM_TO = env.addresses("LEDGER_ALARM_TO")
LEDGER_CLOCK_FILE = HOME / "clock"  # what the last look at the clock saw
DISK_LEAST_MB = env.number("DISK_LEAST_MB", 1024)  # with less the operators are called
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# ---------------------------------------------------------------- rooms
INSTALLED_APPS = [
    "openhall.config",
    "openhall.demo",
    "openhall.portal",
    "openhall.office",
    "openhall.api",
    "openhall.desk",
    "openhall.search",
    "openhall.statistics",
    "openhall.appraisal",
    "openhall.upkeep",
    "openhall.supervision",
    "openhall.joint",
    "openhall.applying",
    "openhall.permits",
    "openhall.cases",
    "openhall.papers",
    "openhall.fees",
    "openhall.questions",
    "openhall.catalogue",
    "openhall.policies",
    "openhall.forms",
    "openhall.organs",
    "openhall.throttle",
    "openhall.outbox",
    "openhall.files",
    "openhall.versions",
    "openhall.deeds",
    "openhall.ledger",
    "openhall.workdays",
    "openhall.jobs",
    "openhall.vault",
    "openhall.design",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "openhall.throttle.middleware.Proxies",  # first: who asks, and over what
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "openhall.config.refusals.NoNul",
    "openhall.config.refusals.DiskFull",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openhall.organs.signing_in.middleware.Unstored",
    "openhall.organs.signing_in.middleware.Lasting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "openhall.organs.signing_in.middleware.BySecondFactor",
    "openhall.throttle.middleware.Throttle",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "openhall.config.urls"
WSGI_APPLICATION = "openhall.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openhall.config.context.city",
            ],
            "builtins": ["openhall.design.templatetags.design"],
        },
    }
]
FORM_RENDERER = "openhall.design.forms.Renderer"

# ---------------------------------------------------------------- data
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{HOME / 'openhall.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured: IMMEDIATE with WAL and a first-in-first-out gate gives no "database is locked".
    DATABASES["default"] |= {
        "ENGINE": "openhall.gate",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                "PRAGMA journal_size_limit=67108864"
            ),
        },
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("DATABASE_CONN_MAX_AGE", 300)
if REPLICA_URL := env.text("REPLICA_URL"):
    DATABASES["replica"] = dj_database_url.parse(REPLICA_URL, conn_health_checks=True)
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["openhall.config.replicas.ReadReplica"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = HOME / "static"
STATIC_URL = "/static/"
PUBLISHED_ROOT = HOME / "published"  # the stored pages and the public ledger tiles
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Applicants' papers: never under MEDIA_URL, only through a view that asks a permission.
    "private": {
        "BACKEND": "openhall.vault.storage.SealedStorage",
        "OPTIONS": {
            "inner": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": HOME / "private", "base_url": None},
            }
        },
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
if S3_BUCKET := env.text("S3_BUCKET"):
    _s3 = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.text("S3_ENDPOINT") or None,
        "region_name": env.text("S3_REGION") or None,
        "file_overwrite": False,
    }
    _bucket = "storages.backends.s3.S3Storage"
    STORAGES["default"] = {
        "BACKEND": _bucket,
        "OPTIONS": _s3 | {"location": "media", "querystring_auth": False},
    }
    STORAGES["private"] |= {  # type: ignore[operator]
        "OPTIONS": {"inner": {"BACKEND": _bucket, "OPTIONS": _s3 | {"location": "private"}}}
    }
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False

# ---------------------------------------------------------------- people
AUTH_USER_MODEL = "organs.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
STAFF_MFA_REQUIRED = env.flag("STAFF_MFA_REQUIRED", not DEMO and not DEBUG)
ACCOUNT_ADAPTER = "openhall.organs.signing_in.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = False  # ours count in the database: openhall/throttle, organs/signing_in
ACCOUNT_FORMS = {"login": "openhall.organs.signing_in.forms.SignIn"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a password, an address or a factor is changed
MFA_FORMS = {
    "authenticate": "openhall.organs.signing_in.forms.SecondFactor",
    "reauthenticate": "openhall.organs.signing_in.forms.SecondFactorAgain",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SIGNUP_FORM_CLASS = "openhall.organs.forms.ResidentSignup"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = f"{CITY_NAME} OpenHall"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ISSUER := env.text("OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "province",
                "name": env.text("OIDC_NAME", "天府通办"),
                "client_id": env.text("OIDC_CLIENT_ID"),
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = env.number("SESSION_SECONDS", 8 * 3600, least=60)
SESSION_MOST_SECONDS = env.number("SESSION_MOST_SECONDS", 12 * 3600, least=60)
CSRF_FAILURE_VIEW = "openhall.config.refusals.csrf_failure"

# ---------------------------------------------------------------- safety
SECURE_SSL_REDIRECT = SECURE and env.flag("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours stand between the world and this process, and where they stand; what
# anybody else says in X-Forwarded-… is not read (openhall/throttle/middleware.py).
PROXY_COUNT = env.proxies("BEHIND_PROXY")
PROXIES = env.networks("PROXIES", "127.0.0.0/8,::1/128")
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
THROTTLES = env.flag("THROTTLES", True)  # off only to measure or to attack a copy
# Tries of PBKDF2 (1,000 rounds each) that a visitor's browser makes before something of theirs
# enters the log for ever: 600 take a phone some two seconds. 0 asks for nothing.
PROOF_OF_WORK = env.number("PROOF_OF_WORK", 600)
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin brings inline styles and scripts of its own; it has a policy in urls.py.
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 20, least=1) * 1024 * 1024
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS")  # host:port or a socket; empty: files are not scanned
# The city's own fonts for rare characters (GB 18030); what they draw is read from them.
FONT_FOLDERS = tuple(Path(one) for one in env.words("FONT_FOLDERS"))
DRAFT_DAYS = env.number("DRAFT_DAYS", 180, least=30)  # an unsent application is kept so long
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---------------------------------------------------------------- words, dates
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH = ["openhall.config.formats"]

# ---------------------------------------------------------------- work in the background
TASKS = {"default": {"BACKEND": "openhall.jobs.backend.LeasedBackend"}}
# Rooms look down only, so the roof names the work of each.
SCHEDULE: tuple[tuple[str, str], ...] = (
    ("openhall.ledger.tasks.seal_log", "every 30s"),
    ("openhall.ledger.tasks.verify_by_night", "daily 02:30"),
    ("openhall.upkeep.tasks.look_at_the_machine", "every 60s"),
    ("openhall.jobs.tasks.forget_done", "daily 03:30"),
    ("openhall.throttle.tasks.forget_old", "every 3600s"),
    ("openhall.files.tasks.scan_pending", "every 300s"),
    ("openhall.applying.tasks.remove_old_drafts", "daily 03:40"),
    ("openhall.ledger.tasks.name_the_day", "daily 09:00"),
    ("openhall.outbox.tasks.deliver", "every 10s"),
    ("openhall.outbox.tasks.erase_old", "daily 03:40"),
    ("openhall.catalogue.tasks.bring_into_force", "daily 00:01"),
    ("openhall.search.tasks.forget_old", "daily 04:10"),
)
if not DEMO:  # there the simulator does these, once its history has come to the present
    SCHEDULE += (
        ("openhall.cases.tasks.accept_by_silence", "daily 00:10"),
        ("openhall.joint.tasks.consent_by_silence", "daily 00:25"),
        ("openhall.joint.tasks.accept_together", "daily 00:10"),
        ("openhall.cases.tasks.lapse_unanswered", "daily 00:20"),
        ("openhall.joint.tasks.lapse_together", "daily 00:20"),
        ("openhall.permits.tasks.renew_by_silence", "daily 00:30"),
        ("openhall.cases.tasks.recompute_after_a_new_calendar", "daily 01:10"),
        ("openhall.supervision.tasks.observe", "every 60s"),
        ("openhall.supervision.tasks.forget_old_complaints", "daily 03:50"),
        ("openhall.supervision.tasks.sweep", "every 3600s"),
        ("openhall.supervision.tasks.count_scores", "daily 01:00"),
    )

# Who says up to which day figures are shown (openhall/workdays/queries.py); nobody: up to today.
FIGURES_DAY = "openhall.demo.days.day_reached" if DEMO else ""

# ---------------------------------------------------------------- the catalogue
ITEM_CODES = env.text("ITEM_CODES", "region", one_of=("serial", "region", "national"))

# ---------------------------------------------------------------- the outside
EMAIL_BACKEND = (
    "django.core.mail.backends."
    + env.text("EMAIL_BACKEND", "filebased", one_of=("filebased", "console", "smtp", "locmem"))
    + ".EmailBackend"
)
EMAIL_FILE_PATH = HOME / "outbox"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "openhall@localhost")
OUTBOX_FOLDER = HOME / "outbox"
OUTBOX_CARRIERS = {  # who carries what: see openhall/outbox/carriers
    "email": env.text("OUTBOX_EMAIL", "mail", one_of=("mail", "file", "console")),
    "sms": env.text("OUTBOX_SMS", "file", one_of=("file", "console", "gateway")),
    "wechat": env.text("OUTBOX_WECHAT", "file", one_of=("file", "console", "gateway")),
}
OUTBOX_GATEWAYS = {"sms": env.text("OUTBOX_SMS_URL"), "wechat": env.text("OUTBOX_WECHAT_URL")}
OUTBOX_KEY = env.text("OUTBOX_KEY")  # shared with the gateway: signs what is sent and reported
OUTBOX_KEEP_DAYS = env.number("OUTBOX_KEEP_DAYS", 180, least=1)
DEEMED_SERVED_DAYS = env.number("DEEMED_SERVED_DAYS", 0)  # 0: only what was opened is served
BANK_CODE = env.text("BANK_CODE", "CITYBANK")
BANK_URL = env.text("BANK_URL", "http://127.0.0.1:8010")
BANK_PUBLIC_KEY = env.text("BANK_PUBLIC_KEY")  # Ed25519, base64; the demo writes its stand-in's
BANK_STATEMENTS = Path(env.text("BANK_STATEMENTS", str(HOME / "bank/statements")))

# ---------------------------------------------------------------- Wagtail
WAGTAIL_SITE_NAME = f"{CITY_NAME} OpenHall"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "rtf", "txt", "xlsx", "zip", "ofd"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

LOG_FILE = env.flag("LOG_FILE", True)
LOGGING = logging_to(HOME, LOG_FILE, env.text("LOG_LEVEL", "WARNING").upper())
if LOG_FILE:
    (HOME / "logs").mkdir(mode=0o700, exist_ok=True)
