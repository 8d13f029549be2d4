"""What the settings need worked out: the database, the secret key, the site's address."""

import os
import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class Env(environ.Env):
    """An environment in which empty is unset, and an unreadable value is told in a sentence."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        if not self.ENVIRON.get(var) and kwargs["default"] is not self.NOTSET:
            return kwargs["default"]
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError as error:
            message = f"{var} has a value of the wrong kind; .env.example shows what it may be."
            raise ImproperlyConfigured(message) from error


def site_from(url: str) -> SplitResult:
    site = urlsplit(url)
    if site.scheme not in {"http", "https"} or not site.hostname or site.path:
        raise ImproperlyConfigured("SITE_URL must be an address such as https://www.example.org")
    return site


def database_from(env: environ.Env, var: Path) -> dict[str, Any]:
    """Django's database settings from DATABASE_URL; the embedded PostgreSQL if it is unset.

    Raises ImproperlyConfigured if the URL can't be a PostgreSQL's.
    """
    kept_open = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # seconds
    url = env.str("DATABASE_URL", default="")
    if not url:
        here = {"ENGINE": "newsroom.lib.embedded", "FOLDER": str(var / "database")}
        return here | {"NAME": "postgres", "USER": "postgres", "PORT": "5432"} | kept_open
    database: dict[str, Any] = {}
    if url.startswith(("postgres://", "postgresql://")):
        with suppress(ValueError):
            database = env.db_url_config(url)
    if not database.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL is not the address of a PostgreSQL database: write "
            "postgres://USER:PASSWORD@HOST:PORT/NAME, or leave it unset for the embedded one."
        )
    options = {"connect_timeout": 5} | database.get("OPTIONS", {})  # seconds
    return database | {"OPTIONS": options} | kept_open


def mail_from(env: environ.Env) -> dict[str, Any]:
    """Django's settings for outgoing mail from EMAIL_URL; the outbox if it is unset.

    Raises ImproperlyConfigured if nobody can be meant by it.
    """
    text = env.str("EMAIL_URL", default="")
    if not text:
        return {"EMAIL_BACKEND": "newsroom.lib.outbox.Outbox"}
    if text.startswith("provider:"):
        return provider_from(urlsplit(text))
    try:
        url = urlsplit(text)
        found = env.email_url_config(text)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL is not the address of a mail server: write "
            "smtp+tls://USER:PASSWORD@HOST:587, or leave it unset to keep letters here."
        ) from error
    tls, ports = url.scheme == "smtp+tls", {"smtps": 465, "smtp+ssl": 465, "smtp+tls": 587}
    ssl = url.scheme in {"smtps", "smtp+ssl"}  # RFC 8314: TLS from the first byte
    port = found["EMAIL_PORT"] or ports.get(url.scheme, 25)
    plain = {name: value for name, value in found.items() if name != "OPTIONS"}
    return plain | {"EMAIL_PORT": port, "EMAIL_USE_TLS": tls, "EMAIL_USE_SSL": ssl}


def provider_from(url: SplitResult) -> dict[str, Any]:
    """django-anymail's settings from provider://NAME?key=value, by its own names for them."""
    name = (url.hostname or "").upper()
    if not name or find_spec("anymail") is None:
        raise ImproperlyConfigured("EMAIL_URL names a provider: install the extra “providers”.")
    options = {f"{name}_{key.upper()}": value for key, value in parse_qsl(url.query)}
    return {"EMAIL_BACKEND": f"anymail.backends.{name.lower()}.EmailBackend", "ANYMAIL": options}


def secret_in(var: Path, name: str, *, allowed: bool) -> str:
    """The secret in var/`name`, made once; only a site on this machine is `allowed` one."""
    if not allowed:
        variable = name.upper().replace("-", "_")
        raise ImproperlyConfigured(
            f"{variable} is not set, and SITE_URL is not this machine: set it to 50 or more random "
            "characters and keep it (python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"
        )
    path = var / name
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        new = var / f"{name}.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was faster: its secret counts
            os.link(new, path)
        new.unlink()
    return path.read_text()
