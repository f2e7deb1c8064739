"""Every setting of OpenHall, in one file, driven by environment variables.

With no variable set this is the embedded installation: SQLite, local files, an in-process
worker, on 127.0.0.1. The same code runs on PostgreSQL with several web nodes when the variables
of ``docs/operate.md`` are set. See ``environment.py`` for how a bad value is refused.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from openhall.config import environment as env
from openhall.config.serving.above import (  # noqa: F401
    APPLICATION_SENT,
    APPLICATION_WHOLE,
    APPOINTMENT_ARRIVALS,
    CALENDAR_FOLLOWS,
    CASE_ADMITS,
    CASE_FOLLOWS,
    CASE_GATES,
    DEED_FOLLOWS,
    DESK_FINDS,
    DESK_WAITS,
    ERASURE_FORGETS,
    ERASURE_LAST_DAYS,
    ERASURE_OBJECTIONS,
    LEDGER_ALARM_TELLS,
    LEDGER_CHECKS,
    POLICY_FOLLOWS,
    SEARCH_SOURCES,
    STUCK_FOLLOWS,
    VAULT_FILES_GIVEN,
    WEBHOOK_SECRETS,
)
from openhall.config.serving.logs import logging_to
from openhall.config.serving.pages import KINDS, PART_COLUMNS, PARTS, SECRET_PAGES, WAITS  # noqa: F401
from openhall.config.serving.schedule import schedule
from openhall.config.serving.sheets import SHEETS  # noqa: F401

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
# Which court reviews the acts of each division's organs, with its source; empty: as the law says.
COURTS = env.text("COURTS", str(ROOT / "demo/data/courts.json") if DEMO else "")
SITE_CODE = env.text("SITE_CODE", "5101000000" if DEMO else "")  # 政府网站标识码, ten digits
SITE_FILINGS = env.words("SITE_FILINGS")  # ICP and public security filings, as they read
SECRET_KEY = env.secret("SECRET_KEY", HOME)
_old = HOME / "secrets/vault_key"  # a home from before the index had a key of its own
_first = _old.read_text().strip() if _old.exists() else ""
VAULT_KEYS = env.words("VAULT_KEYS") or [env.secret("VAULT_KEY", HOME, size=32)]
# By what an equal number is found unread: a key of its own, so that the vault's can be retired.
# The first one makes the index, by the others it is still found until `openhall keys rotate`.
BLIND_KEYS = env.words("BLIND_KEYS") or [
    env.text("BLIND_KEY")
    or (
        VAULT_KEYS[-1]
        if env.words("VAULT_KEYS")
        else env.secret("BLIND_KEY", HOME, size=32, first=_first)
    )
]
LEDGER_ORIGIN = env.name_of_log("LEDGER_ORIGIN", BASE_URL, HOME)
LEDGER_SIGNING_KEY_FILE = Path(env.text("LEDGER_SIGNING_KEY_FILE", f"{HOME}/secrets/ledger.key"))
RETENTION_DAYS = env.number("RETENTION_DAYS", 30 if DEMO else 3650)  # 个人信息保护法 19, 47
SEARCH_FOLDER = Path(env.text("SEARCH_FOLDER", str(HOME / "search")))  # of this node; disposable
SEARCH_ENGINE = env.text("SEARCH_ENGINE", "", one_of=("", "tantivy", "fts5"))  # empty: the best
SEARCH_BESIDE = True  # a whole index is made beside the pages, which answer meanwhile
HALL_FOLDER = Path(env.text("HALL_FOLDER", str(HOME / "hall")))  # of this node: what displays read
HALL_PRESSES = env.flag("HALL_PRESSES", True)  # off where another process of the node presses
HOTLINE = env.text("HOTLINE", "12345")  # whom to ask when nothing fits
# Who cosigns: "KEY ADDRESS" pairs, apart by commas; see `openhall witness`.
LEDGER_WITNESSES = env.words("LEDGER_WITNESSES")
LEDGER_WITNESSES_FILE = HOME / "witnesses"  # more of them, one a line, read each time
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
    "openhall.kiosk",
    "openhall.portal",
    "openhall.office",
    "openhall.api",
    "openhall.desk",
    "openhall.sites",
    "openhall.clients",
    "openhall.search",
    "openhall.targets",
    "openhall.statistics",
    "openhall.surveys",
    "openhall.inspections",
    "openhall.conduct",
    "openhall.appraisal",
    "openhall.lots",
    "openhall.upkeep",
    "openhall.supervision",
    "openhall.hall",
    "openhall.enquiries",
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
    "openhall.slots",
    "openhall.organs",
    "openhall.throttle",
    "openhall.press",
    "openhall.outbox",
    "openhall.files",
    "openhall.versions",
    "openhall.deeds",
    "openhall.ledger",
    "openhall.hours",
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
    "openhall.press.serving.middleware.Zipped",
    "openhall.press.serving.elder.Elder",
    "openhall.press.serving.middleware.Keeping",
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
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["openhall.config.serving.wire.Bare"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openhall.config.context.city",
                "openhall.press.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "openhall.design.templatetags.design",
            ],
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
        "BACKEND": "openhall.config.serving.wire.Gathered"
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
ACCOUNT_FORMS = {
    "login": "openhall.organs.signing_in.forms.SignIn",
    "signup": "openhall.organs.signing_in.forms.SignUp",
}
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
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/my/"  # where a message may be read
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
SCHEDULE = schedule(DEMO)

PRESS_ROOT = Path(env.text("PRESS_ROOT", str(PUBLISHED_ROOT / "pages")))
PRESS, PRESS_MEMORY_MB = env.flag("PRESS", True), env.number("PRESS_MEMORY_MB", 64, least=1)
PRESS_LEASE, PRESS_WAIT = (env.number(name, 2, least=1) for name in ("PRESS_LEASE", "PRESS_WAIT"))
PRESS_KINDS, PRESS_PARTS, PRESS_PART_COLUMNS, PRESS_WAITS = KINDS, PARTS, PART_COLUMNS, WAITS

# Who says up to which day figures are shown (openhall/workdays/queries.py); nobody: up to today.
FIGURES_DAY = "openhall.demo.days.day_reached" if DEMO else ""

# ---------------------------------------------------------------- the catalogue
# Who says in which hall a unit receives people (openhall/catalogue/models/reception.py).
RECEPTION = "openhall.hall.reception.reception_of"
ITEM_CODES = env.text("ITEM_CODES", "region", one_of=("serial", "region", "national"))

# ---------------------------------------------------------------- the outside
EMAIL_BACKEND = (
    "django.core.mail.backends."
    + env.text("EMAIL_BACKEND", "filebased", one_of=("filebased", "console", "smtp", "locmem"))
    + ".EmailBackend"
)
EMAIL_FILE_PATH = HOME / "outbox"
EMAIL_HOST, EMAIL_PORT = env.text("EMAIL_HOST", "localhost"), env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = map(env.text, ("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"))
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "openhall@localhost")
OUTBOX_FOLDER = HOME / "outbox"
OUTBOX_CARRIERS = {  # who carries what: see openhall/outbox/carriers
    "email": env.text("OUTBOX_EMAIL", "mail", one_of=("mail", "file", "console")),
    "sms": env.text("OUTBOX_SMS", "file", one_of=("file", "console", "gateway")),
    "wechat": env.text("OUTBOX_WECHAT", "file", one_of=("file", "console", "gateway")),
    "webhook": "webhook",
}
WEBHOOK_NETWORKS = env.networks("WEBHOOK_NETWORKS", "")  # of the city's own that receive them too
OUTBOX_GATEWAYS = {"sms": env.text("OUTBOX_SMS_URL"), "wechat": env.text("OUTBOX_WECHAT_URL")}
OUTBOX_KEY = env.text("OUTBOX_KEY")  # shared with the gateway: signs what is sent and reported
OUTBOX_KEEP_DAYS = env.number("OUTBOX_KEEP_DAYS", 180, least=1)
DEEMED_SERVED_DAYS = env.number("DEEMED_SERVED_DAYS", 0)  # 0: only what was opened is served
BANK_CODE = env.text("BANK_CODE", "CITYBANK")
# The 8-digit bill code of the electronic notice, as the finance bureau gives it to the city.
FEES_BILL_CODE = env.text("FEES_BILL_CODE", "00000000")
BANK_CODES = env.text("BANK_CODES", BANK_CODE).split()  # those whose days are compared
# WeChat Pay, where the city has it; keys as PEM or as the path of a file. docs/operate.md.
WECHAT_CODE, WECHAT_GATEWAY = env.text("WECHAT_CODE", "WECHAT"), env.text("WECHAT_GATEWAY")
WECHAT_MCHID, WECHAT_APPID = env.text("WECHAT_MCHID"), env.text("WECHAT_APPID")
WECHAT_API_KEYS = env.text("WECHAT_API_KEYS")  # the newest first; older ones open what was kept
WECHAT_PRIVATE_KEY, WECHAT_PUBLIC_KEY = map(env.text, ("WECHAT_PRIVATE_KEY", "WECHAT_PUBLIC_KEY"))
WECHAT_CERT_SERIAL = env.text("WECHAT_CERT_SERIAL")
WECHAT_PUBLIC_KEY_ID = env.text("WECHAT_PUBLIC_KEY_ID")
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
