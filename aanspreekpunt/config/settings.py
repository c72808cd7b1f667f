"""All settings of an installation, in one file. `docs/settings.md` lists every variable that is read here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aanspreekpunt.config import database, env, logs
from aanspreekpunt.config.secrets_kept import kept_secret

BASE_DIR = Path(__file__).resolve().parents[2]

# What kind of installation this is.

MODE = env.choice(
    "MODE",
    options=("production", "demo", "test"),
    default="production",
    meaning="`production` refuses to start with an unsafe setting; `demo` is for looking around with made-up people; "
    "`test` is for the tests.",
)
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"
IS_TEST = MODE == "test"
DEBUG = env.flag("DEBUG", default=False, meaning="Show programmers what went wrong. Refused in production.")

DATA_DIR = env.path(
    "DATA_DIR",
    default="var",
    meaning="Where everything is kept that is not in the database: the embedded database itself, attachments, "
    "generated secrets, collected static files. Back it up with `aanspreekpunt backup`.",
)
if IS_TEST:
    DATA_DIR /= "test"
ATTACHMENTS_DIR = DATA_DIR / "attachments"
THEME_DIR = DATA_DIR / "theme"
CAUGHT_MAIL_DIR = DATA_DIR / "caught-mail"
METRICS_DIR = DATA_DIR / "run" / "metrics"
if not IS_TEST:  # several web workers add up their counts in files; read by prometheus_client when it is imported
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICS_DIR))


def _own_secret(name: str) -> str:
    return "" if IS_PRODUCTION else kept_secret(DATA_DIR / "secrets", name)


SECRET_KEY = env.secret(
    "SECRET_KEY",
    otherwise=lambda: _own_secret("secret-key"),
    meaning="Signs sessions and forms; 50 random characters or more. Made by itself in a demo; "
    "in production any password generator makes one.",
)
FOLLOW_CODE_KEY = env.secret(
    "FOLLOW_CODE_KEY",
    otherwise=lambda: _own_secret("follow-code-key"),
    meaning="Key under which the codes are stored with which residents follow their question; 32 random characters or "
    "more. Changing it makes all codes given out so far useless.",
)
FIELD_KEY = env.secret(
    "FIELD_KEY",
    otherwise=lambda: _own_secret("field-key"),
    meaning="Key under which citizen service numbers (bsn) and the secrets of subscriptions are encrypted; 32 random "
    "characters or more. Without it those kept so far cannot be read or found.",
)

# Where it is found.

BIND = env.text("BIND", default="127.0.0.1", meaning="The address the web server listens on.")
HTTP_PORT = env.number("PORT", default=8000, least=1, most=65535, meaning="The port the web server listens on.")
BASE_URL = env.url(
    "BASE_URL",
    default="" if IS_PRODUCTION else f"http://localhost:{HTTP_PORT}",
    schemes=("http", "https"),
    meaning="The address under which residents and employees reach it; used in mails. Production wants https. "
    "In a demo: http://localhost and the port above.",
)
PROXY_COUNT = env.number(
    "PROXY_COUNT",
    default=0,
    most=5,
    meaning="How many reverse proxies stand in front. With 1 or more, `X-Forwarded-For` and `X-Forwarded-Proto` are "
    "believed; with 0 they are not, because anyone can send them.",
)
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS",
    meaning="Further host names under which it answers, separated by commas; that of `AANSPREEKPUNT_BASE_URL` and this "
    "machine itself are always allowed.",
)
ALLOWED_HOSTS += [host for host in (urlsplit(BASE_URL).hostname, "localhost", "127.0.0.1", "[::1]") if host]
if IS_TEST:
    ALLOWED_HOSTS += ["testserver"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
IS_HTTPS = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None

# How much it may use.

WEB_WORKERS = env.number(
    "WEB_WORKERS",
    default=0,
    meaning="How many processes answer web requests; 0 is as many as the machine has processors, at most 8.",
) or min(os.cpu_count() or 1, 8)
WEB_THREADS = env.number(
    "WEB_THREADS",
    default=4,
    least=1,
    meaning="How many requests one web process receives and answers at a time.",
)
WEB_TURNS = env.number(
    "WEB_TURNS",
    default=2,
    least=1,
    meaning="How many of those it works on at once: more slow each other down. One that takes long makes room.",
)
WEB_QUERY_SECONDS = env.number(
    "WEB_QUERY_SECONDS",
    default=30,
    meaning="How many seconds the database may work on one query of a web request, waiting for others included; 0 is "
    "without end.",
)
JOB_CONCURRENCY = env.number(
    "JOB_CONCURRENCY",
    default=4,
    least=1,
    meaning="How many background jobs one worker does at a time.",
)

# The database.

DATABASE_URL = env.url(
    "DATABASE_URL",
    schemes=("postgres", "postgresql"),
    meaning="A PostgreSQL 15 to 18, as `postgresql://user:password@host:port/name`. Without it, a PostgreSQL of our "
    "own is started in the data directory.",
)
EMBEDDED_DIR = DATA_DIR / "postgres"
DATABASES: dict[str, dict[str, Any]] = {
    "default": database.from_url(DATABASE_URL)
    if DATABASE_URL
    else database.embedded(EMBEDDED_DIR, is_for_tests=IS_TEST),
}

# What it is made of.

ROOT_URLCONF = "aanspreekpunt.config.urls"
AUTH_USER_MODEL = "organisation.Employee"
OUR_APPS = (
    "common",
    "journal",
    "messaging",
    "organisation",
    "parties",
    "tokens",
    "imports",
    "catalogue",
    "knowledge",
    "questions",
    "queues",
    "promises",
    "suggestions",
    "insights",
    "subscriptions",
    "intake",
    "api",
    "search",
    "desk",
    "portal",
    "demo",
    "setup",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "axes",
    "csp",
    "django_htmx",
    *(f"aanspreekpunt.{app}" for app in OUR_APPS),
]
MIDDLEWARE = [
    "aanspreekpunt.config.middleware.ClientAddress",
    "aanspreekpunt.config.middleware.RequestRecord",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aanspreekpunt.config.middleware.ContentPolicy",
    "aanspreekpunt.config.middleware.OtherSystems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "aanspreekpunt.config.middleware.FinalSlash",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aanspreekpunt.config.middleware.SessionEnd",
    "aanspreekpunt.config.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
APPEND_SLASH = False  # FinalSlash does both, and never sends on what somebody filled in
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
            ],
        },
    },
]
SILENCED_SYSTEM_CHECKS: list[str] = []
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Background work. Each app keeps its jobs in `jobs.py`. Only a worker loads them, because they need nearly everything.

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = [
    "aanspreekpunt.config.jobs",
    *(f"aanspreekpunt.{app}.jobs" for app in OUR_APPS if (BASE_DIR / "aanspreekpunt" / app / "jobs.py").exists()),
]

# Language and time.

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "aanspreekpunt" / floor / "locale" for floor in ("operating", "config")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Logging in, and how long it lasts.

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "aanspreekpunt.organisation.backends.LoginBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if IS_TEST:  # the real one is slow on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
PASSWORD_LEAST_CHARACTERS = env.number(
    "PASSWORD_LEAST_CHARACTERS",
    default=12,
    least=8,
    meaning="The shortest password an employee may choose.",
)
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LEAST_CHARACTERS}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:login"

SESSION_ENGINE = "aanspreekpunt.config.sessions"
SESSION_IDLE_MINUTES = env.number(
    "SESSION_IDLE_MINUTES",
    default=60,
    least=1,
    meaning="After so many minutes without doing anything an employee has to log in again.",
)
SESSION_HOURS = env.number(
    "SESSION_HOURS",
    default=12,
    least=1,
    meaning="After so many hours an employee has to log in again in any case.",
)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "aanspreekpunt.portal.views.pages.form_expired"

AXES_FAILURE_LIMIT = env.number(
    "LOGIN_ATTEMPTS",
    default=5,
    least=1,
    meaning="After so many wrong passwords from one address a login is locked.",
)
AXES_COOLOFF_TIME = env.number(
    "LOGIN_LOCK_HOURS",
    default=1,
    least=1,
    meaning="For how many hours a login stays locked.",
)
AXES_USERNAME_FORM_FIELD = "username"  # as the login form calls it; otherwise failures are counted for nobody
AXES_USERNAME_CALLABLE = "aanspreekpunt.organisation.backends.login_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the journal tells who logged in; a second list of people would only be kept too long
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "desk/account/locked.html"

# What a browser may do with our pages.

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the municipality's other sites are not ours to decide on
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the design system draws its icons as data
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

# Files.

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if IS_TEST
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ATTACHMENTS_DIR}},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = IS_TEST
UPLOAD_MEGABYTES = env.number(
    "UPLOAD_MEGABYTES",
    default=15,
    least=1,
    most=200,
    meaning="The largest file a resident or employee may add.",
)
CLAMD = env.text(
    "CLAMD",
    meaning="The virus scanner ClamAV that looks at every file: the path of its socket, or host:port. Empty: none.",
)
HOLD_FILES_UNTIL_SCANNED = env.flag(
    "HOLD_FILES_UNTIL_SCANNED",
    default=True,
    meaning="Whether files wait, not to be opened, while the virus scanner does not answer.",
)
MAIL_MEGABYTES = env.number(
    "MAIL_MEGABYTES",
    default=10,
    least=1,
    most=50,
    meaning="The most that the files going along with one e-mail may take together; many mail servers refuse more.",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Answers.

ANSWERS_NEED_SECOND_READER = env.flag(
    "ANSWERS_NEED_SECOND_READER",
    default=False,
    meaning="Whether somebody else than its writer has to approve an answer before everybody reads it.",
)

ANSWERS_FILE_MEGABYTES = env.number(
    "ANSWERS_FILE_MEGABYTES",
    default=25,
    least=1,
    most=200,
    meaning="The largest file with answers that a content editor may bring in on the screen; the command takes any.",
)

FOLLOW_LINKS = env.flag(
    "FOLLOW_LINKS",
    default=False,
    meaning="Whether a job visits the sites that answers link to, once a night, and reports links that are broken.",
)

# The demo.

DEMO_QUESTIONS = env.number(
    "DEMO_QUESTIONS",
    default=2500,
    least=50,
    most=100_000,
    meaning="How many questions of the past ninety days a demo begins with; fewer start sooner.",
)

# The standard API.

API_PURPOSE_HEADERS = env.words(
    "API_PURPOSE_HEADERS",
    default=(
        "X-Doelbinding",
        "Doelbinding",
        "X-Verwerking",
        "X-NLX-Request-Process-Id",
        "Dpl-Rva-Activity-Id",
        "X-Dpl-Rva-Activity-Id",
        "X-Audit-Toelichting",
    ),
    meaning="The headers in which other systems say what a request is for; the first that says something goes into the "
    "access log.",
)
API_USER_HEADERS = env.words(
    "API_USER_HEADERS",
    default=("X-Gebruiker", "Dpl-Core-User", "X-Dpl-Core-User", "X-NLX-Request-User-Id"),
    meaning="The headers in which other systems say which of their users asks; for the access log too.",
)
API_KILOBYTES = env.number(
    "API_KILOBYTES",
    default=1024,
    least=64,
    most=20_480,
    meaning="The largest request another system may send over the standard API.",
)
API_REQUESTS_PER_MINUTE = env.number(
    "API_REQUESTS_PER_MINUTE",
    default=0,
    meaning="How many requests one token may make in a minute; 0 is no limit.",
)
API_ALLOWED_ORIGINS = env.words(
    "API_ALLOWED_ORIGINS",
    meaning="Web sites (`https://name`) whose pages may call the standard API from a browser. Empty: none, which is "
    "right for all systems that call it from a server.",
)

# Mail.

CATCHER_PORT = env.number(
    "MAIL_CATCHER_PORT",
    default=8025,
    least=1,
    most=65535,
    meaning="Port on this machine of the mail catcher, which keeps the mails of a demo instead of sending them.",
)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text(
    "SMTP_HOST",
    default="127.0.0.1" if IS_DEMO else "",
    meaning="The mail server that takes our mail. In a demo: the mail catcher.",
)
EMAIL_PORT = env.number(
    "SMTP_PORT",
    default=CATCHER_PORT if IS_DEMO else 587,
    least=1,
    most=65535,
    meaning="Its port. 587 when left out; in a demo that of the mail catcher.",
)
EMAIL_HOST_USER = env.text("SMTP_USER", meaning="The name with which to log in there, if it asks for one.")
EMAIL_HOST_PASSWORD = env.secret("SMTP_PASSWORD", meaning="The password with which to log in there.")
SMTP_SECURITY = env.choice(
    "SMTP_SECURITY",
    options=("starttls", "tls", "none"),
    default="none" if IS_DEMO else "starttls",
    meaning="How the connection to the mail server is protected. `starttls` when left out; in a demo `none`.",
)
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text(
    "MAIL_FROM",
    default="" if IS_PRODUCTION else "aanspreekpunt@localhost",
    meaning="The address our mail comes from. In a demo: aanspreekpunt@localhost.",
)
MAIL_SERVER = f"aanspreekpunt.messaging.{'mail_server.RecordingMailServer' if IS_TEST else 'smtp.SmtpServer'}"
MAIL_PER_DOMAIN_PER_MINUTE = env.number(
    "MAIL_PER_DOMAIN_PER_MINUTE",
    default=60,
    most=100_000,
    meaning="How many mails go to one domain (what stands after the @) in a minute at most, all senders together; 0 is "
    "no limit. Mail to other domains does not wait for it.",
)
# Who must know, by the kind of thing a mail is about, that it did not arrive.
MAIL_WITNESSES = {"question": "aanspreekpunt.promises.undelivered.note_undelivered"}

_MAILBOXES_FILE = env.text(
    "MAILBOXES_FILE",
    meaning="The file that says where mail comes in: which mailboxes are looked in, and where we listen ourselves; see "
    "[how to set up mail](operating/mail.md). Without it no mail comes in, except in a demo.",
)
MAILBOXES_FILE = Path(_MAILBOXES_FILE).expanduser().absolute() if _MAILBOXES_FILE else None
API_CHANNELS = env.words(
    "API_CHANNELS",
    meaning="The only channels (kanaal) other systems may name when they register a contact. Without them any name is "
    "taken.",
)
DEMO_MAIL_PORT = env.number(
    "DEMO_MAIL_PORT",
    default=8026,
    least=1,
    most=65535,
    meaning="Port on this machine where a demo takes mail to the municipality, as long as no file says otherwise.",
)
MAILBOX_SILENCE_MINUTES = env.number(
    "MAILBOX_SILENCE_MINUTES",
    default=15,
    least=2,
    most=1440,
    meaning="After so many minutes in which we could not look in a mailbox, whoever watches over it is told.",
)
RAW_MAIL_DAYS = env.number(
    "RAW_MAIL_DAYS",
    default=90,
    most=36_500,
    meaning="For how many days a mail is kept as it was delivered once it was understood; 0 is for ever. Its words and "
    "files stay with the question, and that it came stays on record.",
)
MAIL_BOUNCE_PERCENT = env.number(
    "MAIL_BOUNCE_PERCENT",
    default=10,
    least=1,
    most=100,
    meaning="When more than this part of our mails of the last day came back, whoever watches over it is told.",
)
ADMINISTRATOR_EMAIL = env.text(
    "ADMINISTRATOR_EMAIL",
    meaning="Who gets a mail when something is the matter with mail, and one when it is over. Empty: nobody.",
)
MOST_AUTOMATIC_MAILS_PER_HOUR = env.number(
    "MOST_AUTOMATIC_MAILS_PER_HOUR",
    default=1000,
    least=1,
    most=100_000,
    meaning="How many mails we answer with a receipt in an hour at most, all together. The others wait in the queue "
    "like any question, without receipt. It stops what nothing else against loops stopped.",
)
# Who interprets what came in: called with a clock, until nothing waits.
ARRIVALS_ARE_UNDERSTOOD_BY = "aanspreekpunt.intake.understanding.understand_waiting"

# Telling other systems.

INTERNAL_RECEIVERS = frozenset(
    host.lower()
    for host in env.words(
        "INTERNAL_RECEIVERS",
        meaning="Host names inside our own network that may be told what happens, separated by commas; without https "
        "too. Any other receiver has to be on the public internet and have a certificate; see "
        "[notifications](notifications.md).",
    )
)
# Who words what a subscription of each kind is told: an object as `subscriptions.wording.Wording` describes.
NOTICES_ARE_WORDED_BY = {
    "webhook": "aanspreekpunt.subscriptions.webhooks.WORDING",
    "notificaties": "aanspreekpunt.api.klantinteracties.notifications.WORDING",
    "router": "aanspreekpunt.api.klantinteracties.notifications.WORDING",
}

# What it says about itself.

METRICS_TOKEN = env.secret(
    "METRICS_TOKEN",
    meaning="With this token in `Authorization: Bearer …` another machine may read `/metrics`; this machine "
    "always may.",
)
LOG_LEVEL = env.choice(
    "LOG_LEVEL",
    options=("debug", "info", "warning", "error"),
    default="info",
    meaning="How much is logged.",
)
LOG_FORMAT = env.choice(
    "LOG_FORMAT",
    options=("json", "lines"),
    default="lines" if IS_DEMO else "json",
    meaning="`json` for machines, `lines` for people. In a demo: `lines`.",
)
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, form=LOG_FORMAT)
