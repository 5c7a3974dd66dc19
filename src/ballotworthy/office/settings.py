"""Django's settings for an office's folder."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.office.cookies import cookie_names
from ballotworthy.office.languages import LANGUAGES
from ballotworthy.office.openid import read_openid

KEY_FILE = "secret.key"
TABLES = "office.sqlite3"
CASES = "cases"
OWN_MEMORY = "own-memory"
"""The cache of a process: what each may count for itself."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """Where an office lives and how it is reached.

    Attributes:
        folder: its own: tables, cases, keys; nobody else may read it.
        hosts: the names under which browsers reach it.
        tls: whether browsers reach it through TLS, by a proxy in front or by the office's own certificate.
        database: address of its PostgreSQL; "" for the SQLite file in the folder.
        signatures: folder of the reference signatures, a file a voter named by his id; None where there is none.
        signatures_at: address of the reference signatures with {voter_id} in it; "" where there is none.
        certificate, key: files with which the office speaks TLS itself; None where it does not.
    """

    folder: Path
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    tls: bool = False
    database: str = ""
    signatures: Path | None = None
    signatures_at: str = ""
    certificate: Path | None = None
    key: Path | None = None

    @property
    def behind_proxy(self) -> bool:
        """Tell whether a proxy in front speaks TLS, whose word on who asks is believed."""
        return self.tls and self.certificate is None


def settings_of(site: Site) -> dict[str, Any]:
    """Give the settings; the folder is there.

    Raises:
        InputError: the address of the database is none, or `openid.toml` says no provider.
    """
    openid, key = read_openid(site.folder), _secret(site.folder / KEY_FILE)
    return {
        "SECRET_KEY": key,
        **cookie_names(key, tls=site.tls),
        "DEBUG": False,
        "ALLOWED_HOSTS": list(site.hosts),
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "ROOT_URLCONF": "ballotworthy.office.urls",
        "TEMPLATES": TEMPLATES,
        "DATABASES": {"default": database_of(site)},
        "CACHES": CACHES,
        "AUTH_USER_MODEL": "office.Account",
        "AUTH_PASSWORD_VALIDATORS": PASSWORDS,
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        **ALLAUTH,
        "OFFICE_OPENID": openid,
        "SOCIALACCOUNT_PROVIDERS": openid.provider() if openid else {},
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": LANGUAGES,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "USE_THOUSAND_SEPARATOR": True,
        "LOGGING": LOGGING,
        "FILE_UPLOAD_TEMP_DIR": str(_private(site.folder / "uploads")),
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 1_000_000,
        "SESSION_COOKIE_AGE": 10 * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": POLICY},
        **(TLS if site.tls else {}),
        **(BEHIND_PROXY if site.behind_proxy else {}),
    }


CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "office_remembered"},
    OWN_MEMORY: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
"""A one-time password that was used, and how often somebody tried, are known to every process of the server."""
APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ballotworthy.office.apps.Office",
]
MIDDLEWARE = [
    "ballotworthy.office.refusals.Refusals",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ballotworthy.office.unhurried.unhurried",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
SPOKEN = "ballotworthy.office.languages"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [(f"{SPOKEN}.Cached", [(f"{SPOKEN}.Translated", [str(HERE / "pages")])])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "ballotworthy.office.stations.in_pages",
            ],
            "builtins": [
                "django.contrib.humanize.templatetags.humanize",
                "django.templatetags.static",
                "django.templatetags.i18n",
                SPOKEN,
            ],
            "string_if_invalid": "",
        },
    }
]
PASSWORDS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name",)},
    },
    {"NAME": "ballotworthy.office.passwords.NotOfThisPlace"},
]
ALLAUTH = {
    "ACCOUNT_ADAPTER": "ballotworthy.office.adapters.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": "name",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "MFA_ADAPTER": "ballotworthy.office.adapters.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_TOTP_TOLERANCE": 1,
    "SOCIALACCOUNT_ADAPTER": "ballotworthy.office.adapters.ProviderAdapter",
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
}
"""Accounts have names and no addresses for mail; a link begins the way over the provider, whose state guards it."""

POLICY = {
    "default-src": ["'none'"],
    "object-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""What a page may load: the office's own files, and nothing that stands in the page itself."""

TLS = {
    "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}
BEHIND_PROXY = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
"""What anybody could say who reaches the office itself."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
        "waitress.queue": {"level": "ERROR"},
    },
}
"""Django's own log would print addresses with what was typed; `refusals.py` says what went wrong, without names. The
server's log has a line for each request that waits a moment, hundreds after a start."""


OF_DATABASE = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"})
"""What may stand in the database's address beside its name, as PostgreSQL spells it: TLS, and how long to wait."""


def database_of(site: Site) -> dict[str, Any]:
    """Give the office's database: a file beside the cases, or PostgreSQL at an address.

    Raises:
        InputError: the address is none of PostgreSQL.
    """
    if not site.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(site.folder / TABLES),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;",
            },
        }
    from urllib.parse import parse_qsl, unquote, urlsplit

    parts = urlsplit(site.database)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise InputError("DATABASE_URL is not of the form postgresql://user:password@host:5432/name.")
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not said.keys() <= OF_DATABASE:
        raise InputError(
            f"DATABASE_URL may say {', '.join(sorted(OF_DATABASE))} after its question mark, nothing else."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": said,
    }


def _secret(path: Path) -> str:
    """Give the key that signs sessions; it is made at the first start, and only its owner may read it.

    Raises:
        InputError: its file is empty.
        OutputError: it could not be written; there is none.
    """
    if not path.exists():
        with whole_file(path, private=True) as unfinished:
            unfinished.touch(mode=0o600)
            unfinished.write_text(secrets.token_urlsafe(60), "utf-8")
    if (key := path.read_text("utf-8")).strip():
        return key
    raise InputError(
        f"{path} is empty; authenticator apps are kept by the key that it should hold. Bring it back from a backup; "
        "or if this office was never started, remove the file and start again."
    )


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
