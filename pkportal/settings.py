"""Settings of the portal, read from the environment; an invalid value is an error, and the defaults are secure."""

import contextlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

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


DEBUG = yes_no_variable("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or stored_secret_key()

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

# Where readers report errors, as https://… or mailto:…; without it, the about page names nobody.
CONTACT = os.environ.get("CONTACT", "")
if CONTACT and not CONTACT.startswith(("https://", "mailto:")):
    raise ImproperlyConfigured("CONTACT must begin with https:// or mailto:.")

ALLOWED_HOSTS = [SITE.hostname, *os.environ.get("ALLOWED_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
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
    "django.middleware.security.SecurityMiddleware",
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
    "pghistory.middleware.HistoryMiddleware",
]

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

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]

LOGIN_REDIRECT_URL = "admin:index"

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
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # for monitoring inside the network, over plain http
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
if yes_no_variable("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

IMPORT_EXPORT_USE_TRANSACTIONS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # a request with a wrong Host header gets an answer, and does not fill the log
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
}
