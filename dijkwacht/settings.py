"""Settings of the site. Everything an installation may choose comes from the environment; see docs/settings.md.

Strict by default, and still usable on http://127.0.0.1:8000: what only works over https is switched on by
``DIJKWACHT_HTTPS=1``.
"""

import os
import socket
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from dj_database_url import DBConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from dijkwacht.secret import secret_key
from dijkwacht.web.log_settings import log_settings, who_sees_figures


def _flag(name: str) -> bool:
    """Whether an environment variable says yes. Raises ImproperlyConfigured on anything but 0, 1 or nothing."""
    value = os.environ.get(name, "0") or "0"
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is 0 or 1, not {value!r}")
    return value == "1"


def _list(name: str, default: str = "") -> list[str]:
    """An environment variable that holds words with commas between them."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _number(name: str, default: int) -> int:
    """An environment variable that holds a whole number. Raises ImproperlyConfigured on anything else."""
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is a whole number, not {value!r}")
    return int(value)


def _database(default: str) -> DBConfig:
    """What DATABASE_URL names. Raises ImproperlyConfigured without repeating the address: it holds a password."""
    try:
        url = os.environ.get("DATABASE_URL") or default
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL cannot be read; see docs/settings.md for its form") from None
    if found.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured("DATABASE_URL starts with sqlite:/// or postgres://")
    return found


# The data folder: database, keys, evidence. Only the owner of the process may look into it.
DATA_DIR = Path(os.environ.get("DIJKWACHT_DATA") or "data").resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = _flag("DIJKWACHT_DEBUG")
HTTPS = _flag("DIJKWACHT_HTTPS")
SECRET_KEY = os.environ.get("DIJKWACHT_SECRET_KEY") or secret_key(DATA_DIR / "secret_key")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("DIJKWACHT_SECRET_KEY needs at least 50 characters")
SECRET_KEY_FALLBACKS = _list("DIJKWACHT_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = _list("DIJKWACHT_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if HTTPS else []
DIJKWACHT_TIME_MACHINE = _flag("DIJKWACHT_TIME_MACHINE")
DIJKWACHT_TSA = os.environ.get("DIJKWACHT_TSA", "")
# What our measurements of the outside say of themselves: where we can be reached, and the page that tells about them.
DIJKWACHT_CONTACT = os.environ.get("DIJKWACHT_CONTACT", "")
DIJKWACHT_ABOUT_SCAN = os.environ.get("DIJKWACHT_ABOUT_SCAN", "")
# For how many days it is kept what was sent to whom: every connection and every refusal of a measurement.
DIJKWACHT_LOG_DAYS = _number("DIJKWACHT_LOG_DAYS", 30)

# --- Rooms and other parts -------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "dijkwacht.web",
    "dijkwacht.apps.people",
    "dijkwacht.apps.trail",
    "dijkwacht.apps.ledger",
    "dijkwacht.apps.accountability",
    "dijkwacht.apps.ensia",
    "dijkwacht.apps.frameworks",
    "dijkwacht.apps.isms",
    "dijkwacht.apps.perimeter",
    "dijkwacht.apps.incidents",
    "dijkwacht.apps.suppliers",
    "dijkwacht.apps.crisis",
    "dijkwacht.apps.crime",
    "dijkwacht.apps.exercises",
    "dijkwacht.apps.order",
    "dijkwacht.apps.landscape",
    "dijkwacht.apps.advisories",
    "dijkwacht.apps.today",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "dijkwacht.web.middleware.RequestLog",
    "dijkwacht.web.middleware.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dijkwacht.apps.people.language.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dijkwacht.web.middleware.ReadOnlyElsewhen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dijkwacht.apps.incidents.middleware.RehearsalClock",
]
ROOT_URLCONF = "dijkwacht.urls"
WSGI_APPLICATION = "dijkwacht.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dijkwacht.web.context.shell",
            ],
        },
    }
]

# --- Database --------------------------------------------------------------------------------------------------------

DATABASES = {"default": _database(f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _file = Path(DATABASES["default"]["NAME"])
    _file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _file.name != ":memory:" and not _file.exists():
        # Others may be able to look into a folder that was there already. What SQLite puts beside the file follows this.
        _file.touch(mode=0o600)
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that writes takes its place in the queue at its start, not halfway: then it waits instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000;PRAGMA journal_size_limit=67108864;"
        ),
    }

# In the database, because the limits on sign-in attempts must hold over all workers and machines together.
# Room for many: when it is full, counts are thrown away, and whoever can fill it could guess on.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_CODE = os.environ.get("DIJKWACHT_LANGUAGE") or "nl"
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise ImproperlyConfigured(f"DIJKWACHT_LANGUAGE is nl or en, not {LANGUAGE_CODE!r}")
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# --- Files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # so that no collecting step stands between installing and starting
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
CSRF_FAILURE_VIEW = "dijkwacht.web.views.form_expired"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dijkwacht.apps.people.invitations.InvitationOnlyAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Dijkwacht: "
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords: per address, per address and account ("key"), and per account from addresses not seen before; the
# longer it goes on, the slower (apps/people/guessing.py).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key,20/h/key",
    "login_failed_anywhere": "20/10m/key,40/h/key,100/d/key",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = _number("DIJKWACHT_PROXIES", 0)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Dijkwacht"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow this on localhost only
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

# --- Mail ------------------------------------------------------------------------------------------------------------

EMAIL_HOST = os.environ.get("DIJKWACHT_MAIL_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "dijkwacht.web.mail_console.EmailBackend"
)
EMAIL_PORT = _number("DIJKWACHT_MAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("DIJKWACHT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DIJKWACHT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20
# Where this site is found, for links in mail that no request asked for. No slash at the end.
DIJKWACHT_URL = (
    os.environ.get("DIJKWACHT_URL") or f"{'https' if HTTPS else 'http'}://{next(iter(ALLOWED_HOSTS), 'localhost')}"
).rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("DIJKWACHT_MAIL_FROM") or "dijkwacht@localhost"

# --- What the browser may do -----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # data: for the QR code of an authenticator app
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# --- Watching the site -----------------------------------------------------------------------------------------------

# Who is mailed when something breaks; such a mail holds a number to find it by, and nothing of the request.
ADMINS = [(address, address) for address in _list("DIJKWACHT_ADMINS")]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX
LOGGING = log_settings(os.environ.get("DIJKWACHT_LOG", ""))
DIJKWACHT_METRICS = who_sees_figures(os.environ.get("DIJKWACHT_METRICS", ""), proxies=ALLAUTH_TRUSTED_PROXY_COUNT)
DIJKWACHT_QUEUES = "dijkwacht.commands.queues.lengths"
if DIJKWACHT_METRICS:
    # Every process counts in files of its own here; two machines must not share it, for their processes may have one number.
    _counts = Path(os.environ.get("DIJKWACHT_METRICS_DIR") or DATA_DIR / "metrics" / socket.gethostname())
    _counts.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counts)
    MIDDLEWARE.insert(1, "dijkwacht.web.metrics.Measured")
