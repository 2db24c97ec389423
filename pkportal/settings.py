"""Settings of the portal, read from the environment; an invalid value is an error, and the defaults are secure."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pkportal.environment import (
    database_settings,
    email_settings,
    number_variable,
    replica_settings,
    stored_secret_key,
    yes_no_variable,
)
from pkportal.observability.log_settings import FORMATTERS, log_settings

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = yes_no_variable("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or stored_secret_key()
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters. Without it, a good one is made and kept.")
# Former keys, until nothing is left that was signed or encrypted with them.
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
if any(len(key) < 50 for key in SECRET_KEY_FALLBACKS):
    raise ImproperlyConfigured("SECRET_KEY_FALLBACKS has a key of under 50 characters. Write former keys, and blanks.")

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
    "pkportal.changes",
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
    "pkportal.website.api.cross_origin.open_to_other_sites",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "pkportal.website.errors.ReadOnlyPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pkportal.website.isolation.isolate_right_to_left",
    "pkportal.website.glossary.explain_abbreviations",
    "django_htmx.middleware.HtmxMiddleware",
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
                "pkportal.website.templatetags.lists",
                "pkportal.website.templatetags.reports",
                "pkportal.website.templatetags.page_addresses",
                "pkportal.sources.templatetags.sources",
                "pkportal.charts.templatetags.charts",
                "pkportal.editorial.templatetags.editing",
            ],
        },
    },
]

primary = database_settings(os.environ.get("DATABASE_URL"), BASE_DIR / ".postgres")
replicas = replica_settings(os.environ.get("REPLICA_URLS", ""))
DATABASES = {
    alias: {**server, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    for alias, server in {"default": primary, **replicas}.items()
}
REPLICAS = [*replicas]  # which of them anonymous reads may use
REPLICA_LAG = number_variable("REPLICA_LAG", 10)  # seconds by which a replica may be behind
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: one event table for each model, written by statement-level triggers.
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PGHISTORY_MIDDLEWARE_METHODS = ["POST", "PUT", "PATCH", "DELETE"]  # reading a page needs no query for the user

# Signing in: accounts are made in the admin, and whoever may publish or make accounts needs a second factor.
STAFF_MFA = os.environ.get("STAFF_MFA", "required")
if STAFF_MFA not in {"required", "optional"}:
    raise ImproperlyConfigured(f"STAFF_MFA is “{STAFF_MFA}”: write required or optional.")

# Who reads a change before the public: always somebody else than its writers, or their own reason is on record.
REVIEW = os.environ.get("REVIEW", "flagged")
if REVIEW not in {"required", "flagged"}:
    raise ImproperlyConfigured(f"REVIEW is “{REVIEW}”: write required or flagged.")
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
MFA_ADAPTER = "pkportal.editorial.encryption.EncryptingAdapter"
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
SESSION_ENGINE = "pkportal.serving.sessions"
SESSION_COOKIE_AGE = 8 * 3600  # after the last page of the admin

# Where failed sign-ins are counted, for all processes and machines; made by a migration of pkportal.editorial.
DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {"default": {"BACKEND": DATABASE_CACHE, "LOCATION": "shared_cache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}

globals().update(email_settings(os.environ.get("EMAIL_URL")))
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", f"noreply@{SITE.hostname}")

LANGUAGE_CODE = "en-gb"
USE_I18N = False  # one language: looking up translations costs a tenth of the time of a page
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "pkportal.editorial.formats"  # 22:15, not 10:15 p.m.
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pkportal.website.made_files.MadeFilesFinder",
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

# The largest file that can be imported in the admin; it is sent in parts, so that no request is long.
MAX_IMPORT_MB = number_variable("MAX_IMPORT_MB", 200)

LOG_FORMAT = os.environ.get("LOG_FORMAT", "logfmt")
if LOG_FORMAT not in FORMATTERS:
    raise ImproperlyConfigured(f"LOG_FORMAT is “{LOG_FORMAT}”: write logfmt or json.")
LOGGING = log_settings(LOG_FORMAT)
