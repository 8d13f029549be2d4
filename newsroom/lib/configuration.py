"""What the settings need worked out: the database, the secret key, the site's address."""

import os
import secrets
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from newsroom.lib import addresses, edge
from newsroom.lib.reading import REPLICA


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


# A server that is gone without a word is noticed within half a minute, not in a quarter of an hour.
ATTENTIVE = {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}


def database_from(env: environ.Env, var: Path) -> dict[str, Any]:
    """Django's database settings from DATABASE_URL; the embedded PostgreSQL if it is unset.

    OWNER is what differs for the owner of the tables, if that is somebody else.
    Raises ImproperlyConfigured if a URL can't be a PostgreSQL's.
    """
    kept_open = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # seconds
    own = common_options()
    if not env.str("DATABASE_URL", default=""):
        here = {"ENGINE": "newsroom.lib.embedded", "FOLDER": str(var / "database")}
        here |= {"NAME": "postgres", "USER": "newsroom", "PORT": "5432"}
        here |= {"OWNER": {"USER": "postgres"}}  # type: ignore[dict-item]
        return here | {"OPTIONS": own} | kept_open
    database = server_at(env, "DATABASE_URL")
    if env.str("DATABASE_OWNER_URL", default=""):
        owner = server_at(env, "DATABASE_OWNER_URL")
        database["OWNER"] = {
            key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
        }
    options = ATTENTIVE | own | database.get("OPTIONS", {})
    return database | {"OPTIONS": options} | kept_open


def replicas_from(env: environ.Env) -> dict[str, dict[str, Any]]:
    """Django's settings for the copy that DATABASE_REPLICA_URL names; {} if it is unset.

    Raises ImproperlyConfigured if it can't be a PostgreSQL's, or a copy of nothing.
    """
    if not env.str("DATABASE_REPLICA_URL", default=""):
        return {}
    if not env.str("DATABASE_URL", default=""):
        raise ImproperlyConfigured("DATABASE_REPLICA_URL names a copy: set DATABASE_URL as well.")
    database = server_at(env, "DATABASE_REPLICA_URL")
    own = common_options() | {"connect_timeout": 2}
    own |= {"options": "-c default_transaction_read_only=on -c statement_timeout=2s"}
    options = ATTENTIVE | own | database.get("OPTIONS", {})
    # No question ahead whether it is well: a page that fails is made from the database itself.
    kept_open = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False}  # seconds
    engine = {"ENGINE": "newsroom.lib.replica", "OPTIONS": options}
    return {REPLICA: database | engine | kept_open}


def common_options() -> dict[str, Any]:
    """What every connection has.

    psycopg prepares nothing, as it would forget whatever is prepared when it rolls back, and what
    newsroom/lib/planned.py has prepared with it.
    """
    return {"application_name": program(), "prepare_threshold": None}


def server_at(env: environ.Env, variable: str) -> dict[str, Any]:
    """What the address in `variable` says. Raises ImproperlyConfigured if it is none."""
    url = env.str(variable)
    database: dict[str, Any] = {}
    if url.startswith(("postgres://", "postgresql://")):
        with suppress(ValueError):
            database = env.db_url_config(url)
    if not database.get("NAME"):
        raise ImproperlyConfigured(
            f"{variable} is not the address of a PostgreSQL database: write "
            "postgres://USER:PASSWORD@HOST:PORT/NAME, or leave it unset for the embedded one."
        )
    return database


def program() -> str:
    """How the database knows this process, and the audit what has no user: `newsroom seed`."""
    path, *arguments = Path(sys.argv[0]), *sys.argv[1:2]
    if path.name == "manage.py" and arguments:
        return f"newsroom {arguments[0]}"
    return f"newsroom {path.parent.name if path.stem == '__main__' else path.stem}"


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
        raise ImproperlyConfigured(
            "EMAIL_URL names a provider; to use it: .venv/bin/python -m pip install django-anymail"
        )
    options = {f"{name}_{key.upper()}": value for key, value in parse_qsl(url.query)}
    return {"EMAIL_BACKEND": f"anymail.backends.{name.lower()}.EmailBackend", "ANYMAIL": options}


def teller_from(backend: str, secret: str) -> str:
    """The provider that may tell us what became of letters; "" without one, or without `secret`."""
    package, _, rest = backend.partition(".backends.")
    return rest.partition(".")[0] if package == "anymail" and secret else ""


def webhook_secret(text: str) -> str:
    """Raises ImproperlyConfigured if it could be guessed, or no provider could send it."""
    user, _, password = text.partition(":")
    if text and not (user and len(password) >= 20):
        raise ImproperlyConfigured(
            "ANYMAIL_WEBHOOK_SECRET must be USER:PASSWORD; the password has 20 or more characters."
        )
    return text


def edges_from(text: str) -> list[edge.Edge]:
    """The caches that EDGE_URL names, in its order. Raises ImproperlyConfigured."""
    try:
        return edge.edges_from(text)
    except edge.Unreadable as error:
        raise ImproperlyConfigured(f"EDGE_URL names no cache: {error}") from None


def pages_url(text: str) -> str:
    """PAGES_URL, if a Redis can be meant by it. Raises ImproperlyConfigured."""
    if not text:
        return ""
    url = urlsplit(text)
    is_server = url.scheme in {"redis", "rediss"} and url.hostname and is_number(url.path[1:])
    if not is_server and not (url.scheme == "unix" and url.path):
        raise ImproperlyConfigured(
            "PAGES_URL is not the address of a Redis or Valkey: write "
            "redis://USER:PASSWORD@HOST:6379/0, rediss:// for TLS or unix:///PATH, or leave it "
            "unset for a web server that shares its pages with no other machine."
        )
    if find_spec("redis") is None:
        raise ImproperlyConfigured(
            "PAGES_URL names a Redis; to use it: .venv/bin/python -m pip install redis"
        )
    return text


def is_number(text: str) -> bool:
    return not text or text.isdecimal()


def signing_secret(name: str, text: str) -> str:
    """Raises ImproperlyConfigured if it could be guessed."""
    if text and len(text) < 20:
        raise ImproperlyConfigured(f"{name} must have 20 or more characters.")
    return text


def bounce_address(text: str) -> str:
    """BOUNCE_ADDRESS in compared form.

    Raises ImproperlyConfigured if no letter's name fits into it: 64 characters are what may stand
    before the @ (RFC 5321, 4.5.3.1), and "+" and the name take up to 45.
    """
    if not text:
        return ""
    try:
        address = addresses.compared(text)
    except addresses.Refused as error:
        raise ImproperlyConfigured(f"BOUNCE_ADDRESS is no mail address: {error}") from error
    if len(address.partition("@")[0]) > 64 - 45:
        raise ImproperlyConfigured("BOUNCE_ADDRESS may have at most 19 characters before the @.")
    return address


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
