"""Settings of the portal, read from the environment; an invalid value is an error, and the defaults are secure."""

import contextlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg.conninfo
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def yes_no_variable(name: str) -> bool:
    """Return an environment variable as True for yes and False for no; anything else is ``ImproperlyConfigured``."""
    value = os.environ.get(name, "no").lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} is “{value}”: write yes or no.")
    return value == "yes"


def number_variable(name: str, default: int) -> int:
    """Return an environment variable as a whole number; anything else is ``ImproperlyConfigured``."""
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()):
        raise ImproperlyConfigured(f"{name} is “{text}”: write a whole number.")
    return int(text)


def stored_secret_key() -> str:
    """Return the secret key of this account on this machine, made once and kept outside of any checkout."""
    home = Path(os.environ.get("XDG_STATE_HOME", ""))
    if not home.is_absolute():  # the XDG specification ignores a relative path
        home = Path.home() / ".local" / "state"
    path = home / "pkportal" / "secret-key"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # written in full before it gets its name: another process may start at the same moment
            with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        key = path.read_text(errors="replace")
    except OSError as error:
        reason = f"SECRET_KEY is not set, and none can be kept in {path}: {error.strerror}."
        raise ImproperlyConfigured(reason) from None
    if not key.isascii() or len(key) < 50:
        raise ImproperlyConfigured(f"{path} holds no secret key that we made. Remove it, and a new one is made.")
    return key


def database_settings(url: str | None) -> dict:
    """Return the entry of DATABASES for a postgresql:// address, or for the embedded server if there is none."""
    if not url:
        return {"ENGINE": "pkportal.embedded", "NAME": "pkportal", "DATA_DIR": BASE_DIR / ".postgres"}
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://: the portal runs on PostgreSQL only.")
    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {str(error).strip()}") from None
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    options = {django_name: str(parts.pop(libpq_name, "")) for django_name, libpq_name in names.items()}
    if not options["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database: end it with /pkportal, for example.")
    return {"ENGINE": "django.db.backends.postgresql", **options, "OPTIONS": {"connect_timeout": 10, **parts}}


def email_settings(url: str | None) -> dict[str, str | int | bool | None]:
    """Return Django's settings for an smtp:// or smtps:// address, or mail on the console if there is none."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if not re.fullmatch(r"smtps?://([^@/]*@)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?/?", url):
        raise ImproperlyConfigured("EMAIL_URL must be like smtp://user:password@mail.example.org:587.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1"},
        "EMAIL_TIMEOUT": 5,  # who asks for a new password waits for the mail server
    }


DEBUG = yes_no_variable("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or stored_secret_key()
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters. Without it, a good one is made and kept.")

# Where visitors find the portal. Plain http is for one machine alone, and `manage.py up` says so.
SITE_URL = os.environ.get("SITE_URL", "https://localhost").rstrip("/").lower()
try:
    SITE = urlsplit(SITE_URL)
    is_site = SITE.port != 0 and re.fullmatch(
        r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", SITE_URL
    )
except ValueError:
    is_site = False
if not is_site:
    raise ImproperlyConfigured("SITE_URL must be like https://record.example.org, without a path.")
HTTPS = SITE.scheme == "https"
if DEBUG and HTTPS and SITE.hostname not in {"localhost", "127.0.0.1", "::1"}:
    raise ImproperlyConfigured("DEBUG is yes and SITE_URL is public: errors would show everybody how the portal works.")

# Where readers report errors, as https://… or mailto:…; without it, the about page names nobody.
CONTACT = os.environ.get("CONTACT", "")
if CONTACT and not CONTACT.startswith(("https://", "mailto:")):
    raise ImproperlyConfigured("CONTACT must begin with https:// or mailto:.")

# A password for programs that read /metrics from elsewhere; without it, only programs of this machine can.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
if METRICS_TOKEN and not re.fullmatch(r"[!-~]{20,}", METRICS_TOKEN):
    raise ImproperlyConfigured("METRICS_TOKEN must have 20 characters or more, and no spaces.")

ALLOWED_HOSTS = [SITE.hostname, *os.environ.get("ALLOWED_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "pkportal.editorial.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "import_export",
    "pgtrigger",
    "pghistory",
    "pkportal",
    "pkportal.content",
    "pkportal.sources",
    "pkportal.exchange",
    "pkportal.charts",
    "pkportal.website",
    "pkportal.editorial",
    "missions",
    "lessons",
]

MIDDLEWARE = [
    "pkportal.observability.request_log.remember_request",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pkportal.editorial.parameters.AdminParametersMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# How many processes answer requests; without it, one for each core.
WORKERS = number_variable("WORKERS", 0)

ROOT_URLCONF = "pkportal.urls"
WSGI_APPLICATION = "pkportal.wsgi.application"

TEMPLATE_LOADERS = ["pkportal.website.template_loader.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.contrib.humanize.templatetags.humanize",
                "pkportal.website.templatetags.website",
                "pkportal.sources.templatetags.sources",
                "pkportal.charts.templatetags.charts",
            ],
        },
    },
]

DATABASES = {
    "default": {**database_settings(os.environ.get("DATABASE_URL")), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: one event table for each model, written by statement-level triggers.
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PGHISTORY_MIDDLEWARE_METHODS = ["POST", "PUT", "PATCH", "DELETE"]  # reading a page needs no query for the user

# Signing in: accounts are made in the admin, and whoever may publish or make accounts needs a second factor.
STAFF_MFA = os.environ.get("STAFF_MFA", "required")
if STAFF_MFA not in {"required", "optional"}:
    raise ImproperlyConfigured(f"STAFF_MFA is “{STAFF_MFA}”: write required or optional.")
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "pkportal.editorial.sign_in.SignInAdapter"
ACCOUNT_FORMS = {"reset_password": "pkportal.editorial.sign_in.PasswordResetForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
# for an address: tries to sign in, failed ones; for an account: failed ones
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# allauth's own list of addresses is not used: an administrator enters the address of an account
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE.scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "add_webauthn": "pkportal.editorial.passkeys.AddKeyForm",
    "login_webauthn": "pkportal.editorial.passkeys.SignInByKeyForm",
    "authenticate_webauthn": "pkportal.editorial.passkeys.SecondFactorByKeyForm",
    "reauthenticate_webauthn": "pkportal.editorial.passkeys.ConfirmByKeyForm",
}
MFA_TOTP_ISSUER = "Peacekeeping Record"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off

PASSWORD_HASHERS = ["pkportal.editorial.password_hashing.OneCoreArgon2PasswordHasher"]
PASSWORD_RULES = "django.contrib.auth.password_validation"  # noqa: S105 - the name of a module
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{PASSWORD_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{PASSWORD_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORD_RULES}.CommonPasswordValidator"},
    {"NAME": f"{PASSWORD_RULES}.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600  # after the last page of the admin

# Where failed sign-ins are counted, for all processes and machines; made by a migration of pkportal.editorial.
DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {"default": {"BACKEND": DATABASE_CACHE, "LOCATION": "shared_cache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}

globals().update(email_settings(os.environ.get("EMAIL_URL")))
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", f"noreply@{SITE.hostname}")

LANGUAGE_CODE = "en-gb"
USE_I18N = False  # one language: looking up translations costs a tenth of the time of a page
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pkportal.website.stylesheet.StylesheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pkportal.website.static_storage.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in [
        *["accelerometer", "autoplay", "browsing-topics", "camera"],
        *["display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid"],
        *["idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"],
        *["screen-wake-lock", "serial", "usb", "window-management", "xr-spatial-tracking"],
    ]
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|metrics)$"]  # for monitoring inside the network, over plain http
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = yes_no_variable("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the last address of X-Forwarded-For is the proxy's word

IMPORT_EXPORT_USE_TRANSACTIONS = True

LOG_FORMAT = os.environ.get("LOG_FORMAT", "logfmt")
LOG_FORMATTERS = {"logfmt": "LogfmtFormatter", "json": "JSONFormatter"}
if LOG_FORMAT not in LOG_FORMATTERS:
    raise ImproperlyConfigured(f"LOG_FORMAT is “{LOG_FORMAT}”: write logfmt or json.")
LOG_LINES = "pkportal.observability.log_lines"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tracebacks": {"()": f"{LOG_LINES}.TracebackFilter"}},
    "formatters": {"line": {"()": f"{LOG_LINES}.{LOG_FORMATTERS[LOG_FORMAT]}"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tracebacks"]},
        "counter": {"class": "pkportal.observability.metrics.EventCounter", "filters": ["tracebacks"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console", "counter"], "level": "WARNING"},
    "loggers": {
        "pkportal": {"level": "INFO"},
        "pkportal.access": {"handlers": ["console"], "propagate": False},
        "django": {"handlers": []},  # Django's own handlers would log some lines twice
        "django.request": {"level": "ERROR"},  # the access log has all others
        "django.server": {"handlers": ["nowhere"], "propagate": False},  # the access log of runserver
        # a request with a wrong Host header gets an answer, and does not fill the log
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
