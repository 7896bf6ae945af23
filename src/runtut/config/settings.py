"""Settings come from the environment only; without any, one office runs on SQLite on this machine."""

from __future__ import annotations

from pathlib import Path

from runtut.config.environment import (
    database_from_url,
    flag,
    mail_from_url,
    number,
    public_address,
    text,
    words,
)

PROJECT_ROOT = Path(__file__).resolve().parents[3]
VAR = Path(text("RUNTUT_VAR", str(PROJECT_ROOT / "var")))

# An empty database to begin with where there is none; `make run` names the one that `make install` has made.
SCHEMA = text("RUNTUT_SCHEMA", "")
DEMO = flag("RUNTUT_DEMO")
DEBUG = False
LOCAL = flag("RUNTUT_LOCAL")
SECRET_KEY = text("RUNTUT_SECRET_KEY", "")
ALLOWED_HOSTS = words("RUNTUT_ALLOWED_HOSTS") or ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = words("RUNTUT_TRUSTED_ORIGINS")
HTTPS = flag("RUNTUT_HTTPS")
PROXIES = number("RUNTUT_PROXIES", 0)
# Seals the private keys of signatures; derived from SECRET_KEY where it is not given.
SIGNING_KEY = text("RUNTUT_SIGNING_KEY", "")
SIGNING_SECRET = SIGNING_KEY or SECRET_KEY
SIGNING_SECRET_BEFORE = text("RUNTUT_SIGNING_KEY_BEFORE", "")
# Printed in the QR code of signed papers: for as long as they are kept, it must lead here.
PUBLIC_ADDRESS = text("RUNTUT_PUBLIC_ADDRESS", "") or public_address(ALLOWED_HOSTS[0], https=HTTPS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "runtut.core",
    "runtut.accounts",
    "runtut.organisations",
    "runtut.documents",
    "runtut.procedures",
    "runtut.cases",
    "runtut.performance",
    "runtut.evaluation",
    "runtut.reports",
    "runtut.demo",
    "runtut.api",
    "runtut.web",
]
MIDDLEWARE = [
    "runtut.web.frame.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "runtut.config.middleware.RequestSizeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "runtut.web.frame.middleware.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "runtut.web.frame.middleware.SessionMiddleware",
    "runtut.web.frame.middleware.PageMiddleware",
    "runtut.web.frame.middleware.PasswordMiddleware",
]
ROOT_URLCONF = "runtut.config.urls"
WSGI_APPLICATION = "runtut.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "runtut.web.frame.context.shell",
            ],
        },
    }
]
DATABASES = {"default": database_from_url(text("DATABASE_URL", ""), VAR / "runtut.sqlite3")}
PROCESSES = number("RUNTUT_PROCESSES", 1 if "sqlite3" in DATABASES["default"]["ENGINE"] else 2)
THREADS = number("RUNTUT_THREADS", 4)
# Counts failed logins for all processes together; the table is made by `runtut prepare`.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "runtut_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "runtut.accounts.contrib.backends.GuardedBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * number("RUNTUT_IDLE_MINUTES", 60)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
LOGIN_URL = "web:masuk"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "runtut.web.frame.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "runtut.config.login.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# A whole office, or a whole kabupaten, often stands behind one address: what bites is the count per name,
# which accounts keeps.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip",
    "change_password": "10/m/user",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "nip"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = ["runtut.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(text("RUNTUT_STATIC_ROOT", str(VAR / "static")))
FILES_ROOT = Path(text("RUNTUT_FILES_ROOT", str(VAR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail: kept in a folder (default), printed on the console, or handed to a server.
MAIL_FOLDER = VAR / "mail"
globals().update(mail_from_url(text("RUNTUT_MAIL", "folder")))
DEFAULT_FROM_EMAIL = text("RUNTUT_MAIL_FROM", "runtut@localhost")

MEBIBYTE = 1024 * 1024
REQUEST_LIMIT = 64 * MEBIBYTE
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEBIBYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * MEBIBYTE
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "runtut": {"level": text("RUNTUT_LOG_LEVEL", "INFO")},
        "django": {"handlers": [], "propagate": True},
        # Refusals that users have read on their page are no matter for the log.
        "django.request": {"level": "ERROR"},
        # Anybody on the network can send a foreign host name; it is refused, and not worth a trace each.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
