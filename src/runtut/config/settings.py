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
    "runtut.web.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "runtut.web.middleware.SessionMiddleware",
    "runtut.web.middleware.PageMiddleware",
    "runtut.web.middleware.PasswordMiddleware",
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
                "runtut.web.context.shell",
            ],
        },
    }
]
DATABASES = {"default": database_from_url(text("DATABASE_URL", ""), VAR / "runtut.sqlite3")}
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
SESSION_COOKIE_AGE = 60 * int(text("RUNTUT_IDLE_MINUTES", "60"))
LOGIN_URL = "web:masuk"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "runtut.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip", "change_password": "5/m/user"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["username", "full_name", "nip"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
STATIC_ROOT = Path(text("RUNTUT_STATIC_ROOT", str(VAR / "static")))
FILES_ROOT = Path(text("RUNTUT_FILES_ROOT", str(VAR / "files")))
