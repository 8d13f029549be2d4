"""Settings, all from the environment or `.env`; `.env.example` lists every variable."""

import os
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor

from newsroom.lib.configuration import (
    Env,
    bounce_address,
    database_from,
    edges_from,
    mail_from,
    pages_url,
    replicas_from,
    secret_in,
    signing_secret,
    site_from,
    teller_from,
    webhook_secret,
)
from newsroom.lib.storages import storages_from

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(BASE_DIR / ".env")

# Where and as what this runs
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = (BASE_DIR / env.str("VAR_DIR", default="var")).resolve()
LISTEN = env.str("LISTEN", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
WEB_PROCESSES = env.int("WEB_PROCESSES", default=min(os.cpu_count() or 1, 4))
WEB_THREADS = env.int("WEB_THREADS", default=4)
PAGES_MEMORY = env.int("PAGES_MEMORY", default=0 if DEBUG else 64) << 20  # bytes of each process
PARTS_MEMORY = env.int("PARTS_MEMORY", default=0 if DEBUG else 48) << 20  # bytes as well
PAGES_URL = pages_url(env.str("PAGES_URL", default=""))
LAST_SEEN = VAR_DIR / "last-seen.json"  # the state of the site, for who starts without the database
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

# Security: what SITE_URL says decides
_site = site_from(SITE_URL)
_https = _site.scheme == "https"
SITE_IS_LOCAL = not _https and _site.hostname in {"127.0.0.1", "localhost", "::1"}
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_in(
    VAR_DIR, "secret-key", allowed=SITE_IS_LOCAL
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SUPPRESSION_KEY = env.str("SUPPRESSION_KEY", default="") or secret_in(
    VAR_DIR, "suppression-key", allowed=SITE_IS_LOCAL
)
ALLOWED_HOSTS = [_site.hostname or "", *env.list("EXTRA_HOSTS", default=[])]
if SITE_IS_LOCAL:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked by machines on the inside, over plain http
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=True)
if _proxy_header := env.str("PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + _proxy_header.upper().replace("-", "_"), "https")
_ip_header = env.str("PROXY_IP_HEADER", default="")
PROXY_IP_HEADER = "HTTP_" + _ip_header.upper().replace("-", "_") if _ip_header else ""
# YouTube's player refuses to play for a page that sends no referrer at all.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"
# The same shape as Django 6's setting of this name, so that its middleware can replace ours.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
SECURE_CSP_ADMIN = SECURE_CSP | {"frame-src": ["'none'"]}
PERMISSIONS_POLICY = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]

INSTALLED_APPS = [
    "taggit",  # before the app that takes its list of tags from the desk
    "newsroom",
    "articles",
    "donations",
    "newsletter",
    "procrastinate.contrib.django",
    "django_prose_editor",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # so that templates/ may hold those of our own form fields
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "newsroom.middleware.security_headers",
    "newsroom.middleware.public_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.publication.PublicationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.publication.publication_context",
            ],
            "builtins": [],
        },
    }
]

DATABASES = {"default": database_from(env, VAR_DIR), **replicas_from(env)}
DATABASE_ROUTERS = ["newsroom.lib.reading.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "newsroom.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
FORMS_URLFIELD_ASSUME_HTTPS = True  # as of Django 6, where the setting goes
LOGIN_URL = "admin:login"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The process counts in UTC; the publication's own time zone is a field that editors set.
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {  # renditions of photos: made again, a file replaces its like
        "BACKEND": "newsroom.lib.whole_files.WholeFiles",
        "OPTIONS": {"allow_overwrite": True},
    },
    "originals": {  # photos as they came, metadata and all: never served
        "BACKEND": "newsroom.lib.whole_files.WholeFiles",
        "OPTIONS": {"location": VAR_DIR / "originals", "base_url": None},
    },
    "private": {  # lists of addresses: never served
        "BACKEND": "newsroom.lib.whole_files.WholeFiles",
        "OPTIONS": {
            "location": VAR_DIR / "private",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "newsroom.lib.static_storage.StaticStorage"},
}
STORAGES |= storages_from(env, MEDIA_URL)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
# What the desk may send besides files: two million characters, four bytes each, encoded by three.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 << 20
PUBLIC_BODY_MAX = 1 << 20  # bytes that anybody else may send
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = ["newsroom.lib.uploads.CappedUploadHandler"]

_mail = mail_from(env)
vars().update(_mail)  # EMAIL_BACKEND and its kin
ANYMAIL_WEBHOOK_SECRET = webhook_secret(env.str("ANYMAIL_WEBHOOK_SECRET", default=""))
MAIL_TELLER = teller_from(_mail["EMAIL_BACKEND"], ANYMAIL_WEBHOOK_SECRET)
if MAIL_TELLER:
    INSTALLED_APPS.append("anymail")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)  # seconds
EMAIL_DATA_TIMEOUT = env.int("EMAIL_DATA_TIMEOUT", default=600)  # seconds; RFC 5321, 4.5.3.2.6
MAIL_FROM = env.str("MAIL_FROM", default="")
DKIM_SELECTOR = env.str("DKIM_SELECTOR", default="")
DKIM_KEY = env.str("DKIM_KEY", default="")
BOUNCE_ADDRESS = bounce_address(env.str("BOUNCE_ADDRESS", default=""))
BOUNCE_MAILBOX_URL = env.str("BOUNCE_MAILBOX_URL", default="")
OUTBOX_DIR = VAR_DIR / "outbox"

# Some work comes every minute: only what failed is kept for people to look at.
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "newsroom.lib.logs.PrivateFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "newsroom": {"level": "INFO"},
        "donations": {"level": "INFO"},
        "newsletter": {"level": "INFO"},  # who imports, exports and lifts
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # What `runserver` writes of each request, which has a format of its own otherwise.
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # It warns of each HEAD, as Django leaves dropping the body to it.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # Every scanner sends wrong host names; the answer is 400 and needs nobody.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
    },
}

# Caches before the site, which `manage.py purger` tells of changes.
EDGES = edges_from(env.str("EDGE_URL", default=""))

TAGGIT_CASE_INSENSITIVE = True
DONATIONS_SURROUNDINGS = "newsroom.surroundings.surroundings"
DONATIONS_WEBHOOK_SECRET = signing_secret(
    "DONATIONS_WEBHOOK_SECRET", env.str("DONATIONS_WEBHOOK_SECRET", default="")
)
APPEAL_BOARD_AGE = 2  # seconds for which a process believes the board that it has read
# Seconds between two writes of one process; all of a machine write at most five times a second.
APPEAL_COUNTS_EVERY = max(1, WEB_PROCESSES / 5)
