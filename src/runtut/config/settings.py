"""Settings come from the environment only; without any, one office runs on SQLite on this machine."""

from __future__ import annotations

from pathlib import Path

from runtut.config.environment import database_from_url, flag, text, words

PROJECT_ROOT = Path(__file__).resolve().parents[3]
VAR = Path(text("RUNTUT_VAR", str(PROJECT_ROOT / "var")))

DEMO = flag("RUNTUT_DEMO")
DEBUG = False
LOCAL = flag("RUNTUT_LOCAL")
SECRET_KEY = text("RUNTUT_SECRET_KEY", "")
ALLOWED_HOSTS = words("RUNTUT_ALLOWED_HOSTS") or ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = words("RUNTUT_TRUSTED_ORIGINS")
HTTPS = flag("RUNTUT_HTTPS")

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
    "runtut.api",
    "runtut.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    }
]
DATABASES = {"default": database_from_url(text("DATABASE_URL", ""), VAR / "runtut.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
STATIC_ROOT = Path(text("RUNTUT_STATIC_ROOT", str(VAR / "static")))
FILES_ROOT = Path(text("RUNTUT_FILES_ROOT", str(VAR / "files")))
