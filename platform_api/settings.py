"""Settings, all from the environment. ``NAME_FILE`` names a file that holds the value.

Production (DEBUG unset, TRIAL unset) refuses to start on an unsafe value.
"""

import hashlib
import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from platform_api.core.openapi import config as openapi_config
from platform_api.ops.urls import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """A setting from the environment, or from the file that ``<name>_FILE`` names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    return env(name).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


# DEBUG: Django's debug mode; never on a reachable host.
DEBUG = flag("DEBUG")
# TRIAL: set by `manage.py serve` and the tests; allows the embedded database.
TRIAL = flag("TRIAL")
_INSECURE_KEY = "insecure-key-for-tests-and-tools-only"
# SECRET_KEY: signs and encrypts cursors, sessions and tokens.
SECRET_KEY = env("SECRET_KEY", _INSECURE_KEY)
# ACTOR_KEY: signs the actor for row-level security; from SECRET_KEY unless given.
ACTOR_KEY = hashlib.sha512(b"actor|" + env("ACTOR_KEY", SECRET_KEY).encode()).digest()
# ALLOWED_HOSTS: host names that the API answers to, comma-separated.
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
# PUBLIC_URL: the address under which clients reach the API; links are built from it.
PUBLIC_URL = env("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# VAR_DIR: where the trial keeps its database, mail and logs.
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))

# DATABASE_URL: the runtime role's connection. DATABASE_OWNER_URL: the migrating role's.
# DATABASE_ROLE: `owner` makes this process use the owner's.
_owner = env("DATABASE_ROLE") == "owner"
_url = env("DATABASE_OWNER_URL" if _owner else "DATABASE_URL")
DATABASES = {"default": database_from_url(_url or "postgresql://rcp_runtime@127.0.0.1/rcp")}
DATABASES["default"].update(
    CONN_MAX_AGE=0,
    DISABLE_SERVER_SIDE_CURSORS=flag("DATABASE_POOLER"),
    OPTIONS={
        **DATABASES["default"].get("OPTIONS", {}),
        **(
            {} if _owner or not flag("DATABASE_POOL") else {"pool": {"min_size": 2, "max_size": 10}}
        ),
    },
)
# DATABASE_RUNTIME_ROLE: taken on inside each request by processes that log in as another
# role; the tests use it, whose factories write as a superuser.
DATABASE_RUNTIME_ROLE = env("DATABASE_RUNTIME_ROLE")

INSTALLED_APPS = [
    "platform_api.scenario",
    "documents",
    "policies",
    "forums",
    "platform_api.search",
    "platform_api.notifications",
    "platform_api.events",
    "platform_api.identity",
    "platform_api.ledger",
    "platform_api.core",
    "platform_api.ops",
    "platform_api.identity.admin.apps.PlatformAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "oauth2_provider",
    "procrastinate.contrib.django",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
]
AUTH_USER_MODEL = "identity.User"
OAUTH2_PROVIDER_APPLICATION_MODEL = "identity.Client"

MIDDLEWARE = [
    "platform_api.core.http.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "platform_api.core.http.middleware.ApiHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "platform_api.urls"
WSGI_APPLICATION = "platform_api.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The first hashes people's passwords; the last is for random client secrets alone.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "platform_api.identity.hashers.RandomSecretHasher",
]
# guardian keeps the grant tables; its anonymous user, generic tables and global rights are off.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

STATIC_URL = "/static/"
# A trial serves static files from where packages keep them; an image collects them.
STATIC_ROOT = None if TRIAL else VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True

# MAX_BODY_BYTES: largest request body. MAX_JSON_DEPTH: deepest nesting that is parsed.
MAX_BODY_BYTES = int(env("MAX_BODY_BYTES", str(1024 * 1024)))
MAX_JSON_DEPTH = int(env("MAX_JSON_DEPTH", "64"))
# MAX_UPLOAD_BYTES: largest body of an upload or import.
MAX_UPLOAD_BYTES = int(env("MAX_UPLOAD_BYTES", str(25 * 1024 * 1024)))
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
# UPLOAD_TEMP_DIR: where uploads of more than 2.5 MB stand while they are received.
FILE_UPLOAD_TEMP_DIR = env("UPLOAD_TEMP_DIR") or None
# ATTACHMENT_STORAGE, ATTACHMENT_STORAGE_OPTIONS: the Django storage class that keeps attachments,
# and its options as a JSON object; by default files in the folder `attachments` of VAR_DIR.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "attachments": {
        "BACKEND": env("ATTACHMENT_STORAGE", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": json.loads(env("ATTACHMENT_STORAGE_OPTIONS") or "null")
        or {
            "location": VAR_DIR / "attachments",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
# ATTACHMENTS_OF_ONE: how many files one section or document may carry.
ATTACHMENTS_OF_ONE = int(env("ATTACHMENTS_OF_ONE", "100"))
# WORKING_COPIES_KEPT_DAYS: how long words that clashed wait for somebody to merge or change them.
WORKING_COPIES_KEPT_DAYS = int(env("WORKING_COPIES_KEPT_DAYS", "365"))
# THROTTLE_PER_MINUTE, THROTTLE_BURST: requests of one caller, right across processes.
THROTTLE_PER_MINUTE = int(env("THROTTLE_PER_MINUTE", "1200"))
THROTTLE_BURST = int(env("THROTTLE_BURST", "600"))
# TRUSTED_PROXIES: how many reverse proxies stand before the API; 0 takes the peer's address.
TRUSTED_PROXIES = int(env("TRUSTED_PROXIES", "0"))
# PUBLIC_ACCESS: whether what is published to everybody answers without credentials.
PUBLIC_ACCESS = env("PUBLIC_ACCESS", "1") == "1"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["platform_api.identity.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "platform_api.core.openapi.ApiSchema",
    "EXCEPTION_HANDLER": "platform_api.core.http.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_VERSIONING_CLASS": None,
    "COERCE_DECIMAL_TO_STRING": True,
}

SPECTACULAR_SETTINGS = openapi_config.SPECTACULAR_SETTINGS

OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "platform_api.identity.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 8 * 3600,
    "ROTATE_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "CLIENT_SECRET_HASHER": "pbkdf2_sha256_random",
    "PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": not TRIAL,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https", "http"] if TRIAL else ["https"],
}

# A trial's mail goes to files, elsewhere to the mail server on this host.
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if TRIAL else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
# EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD: the mail server.
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
# EMAIL_USE_TLS: begin in plain text, then STARTTLS. EMAIL_USE_SSL: TLS from the first byte.
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
# Below the 60 seconds after which the database ends a transaction that waits.
EMAIL_TIMEOUT = 20
# DEFAULT_FROM_EMAIL: the sender of notifications.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "platform@localhost")
# INVITATION_URL: where people take up invitations; a mailed link has the token behind its "#".
INVITATION_URL = env("INVITATION_URL", f"{PUBLIC_URL}/api/v1/invitations/accept")

# CORS_ALLOWED_ORIGINS: addresses of front ends in browsers, comma-separated.
CORS_ALLOWED_ORIGINS = listed("CORS_ALLOWED_ORIGINS")
CORS_ALLOW_HEADERS = [
    "accept", "accept-language", "authorization", "content-type", "idempotency-key",
    "if-match", "if-none-match", "last-event-id", "prefer", "x-request-id",
]  # fmt: skip
CORS_EXPOSE_HEADERS = [
    "Content-Disposition", "Deprecation", "ETag", "Link", "Location", "RateLimit-Limit",
    "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "Sunset", "X-Request-ID",
]  # fmt: skip

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not (DEBUG or TRIAL):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "platform_api.core.logs.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    # The queue tells of every job; what fails is told all the same.
    "loggers": {"procrastinate": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
}

if not TRIAL:
    _unsafe = {
        "DEBUG is on": DEBUG,
        "SECRET_KEY is the default or shorter than 50 characters": SECRET_KEY == _INSECURE_KEY
        or len(SECRET_KEY) < 50,
        "ALLOWED_HOSTS has '*' or is not set": "*" in ALLOWED_HOSTS or not env("ALLOWED_HOSTS"),
        "DATABASE_URL is not set": not _url,
        "PUBLIC_URL is not https": not PUBLIC_URL.startswith("https://"),
    }
    if any(_unsafe.values()):
        raise ImproperlyConfigured(
            "Refusing to start: "
            + "; ".join(reason for reason, unsafe in _unsafe.items() if unsafe)
            + ". For a trial on this machine use `make run`."
        )
