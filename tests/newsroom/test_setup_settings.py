"""What the environment makes of the settings."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsroom.lib.configuration import (
    Env,
    database_from,
    pages_url,
    replicas_from,
    secret_in,
    site_from,
)
from newsroom.lib.storages import storages_from


def database(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, object]:
    monkeypatch.setenv("DATABASE_URL", url)
    return database_from(Env(), Path("/nowhere"))


def test_without_database_url_the_embedded_server_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert database(monkeypatch, "")["ENGINE"] == "newsroom.lib.embedded"


def test_database_url_names_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    found = database(monkeypatch, "postgres://ann:s%40fe@db.example:5433/magazine")

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("ann", "s@fe", "db.example")
    assert (found["PORT"], found["NAME"]) == (5433, "magazine")


def test_owner_of_the_tables_may_be_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner:key@db.example/magazine")
    found = database(monkeypatch, "postgres://ann:s%40fe@db.example:5433/magazine")

    assert found["USER"] == "ann"
    assert found["OWNER"] == {
        "USER": "owner",
        "PASSWORD": "key",
        "HOST": "db.example",
        "PORT": "",
        "NAME": "magazine",
    }


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://db/x", "sqlite:///x", "postgres://db", "postgres://db:port/x"]
)
def test_other_database_urls_are_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not"):
        database(monkeypatch, url)


def test_copy_of_the_database_is_only_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ann@db.example/magazine")
    assert replicas_from(Env()) == {}

    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://ann@copy.example/magazine")
    found = replicas_from(Env())["replica"]
    assert found["HOST"] == "copy.example"
    assert "default_transaction_read_only=on" in found["OPTIONS"]["options"]


def test_copy_needs_a_database_to_be_one_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://ann@copy.example/magazine")
    with pytest.raises(ImproperlyConfigured, match="set DATABASE_URL"):
        replicas_from(Env())

    monkeypatch.setenv("DATABASE_URL", "postgres://ann@db.example/magazine")
    monkeypatch.setenv("DATABASE_REPLICA_URL", "mysql://copy.example/magazine")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_URL is not"):
        replicas_from(Env())


def stored(monkeypatch: pytest.MonkeyPatch, **urls: str) -> dict[str, Any]:
    for name, url in urls.items():
        monkeypatch.setenv(name, url)
    found = storages_from(Env(), "/media/")
    return {name: storage["OPTIONS"] for name, storage in found.items()}


def test_files_may_be_in_a_storage_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stored(monkeypatch) == {}

    found = stored(
        monkeypatch,
        MEDIA_STORAGE_URL="s3://KEY:a%2Fb@s3.example.org:9000/pictures?region=eu-central-1",
        PRIVATE_STORAGE_URL="s3://s3.example.org/hidden/newsroom",
    )

    assert found["default"]["endpoint_url"] == "https://s3.example.org:9000"
    assert (found["default"]["access_key"], found["default"]["secret_key"]) == ("KEY", "a/b")
    assert (found["default"]["bucket_name"], found["default"]["location"]) == ("pictures", "")
    assert found["default"]["region_name"] == "eu-central-1"
    assert {found[name]["location"] for name in ("originals", "private")} == {
        "newsroom/originals",
        "newsroom/private",
    }
    assert found["private"]["access_key"] is None  # the machine's own rights
    assert "base_url" not in found["private"]


@pytest.mark.parametrize("url", ["nonsense", "s3://", "s3://host", "s3:///bucket", "https://h/b"])
@pytest.mark.parametrize("name", ["MEDIA_STORAGE_URL", "PRIVATE_STORAGE_URL"])
def test_other_storages_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not the address"):
        stored(monkeypatch, **{name: url})


@pytest.mark.parametrize(
    "url",
    ["", "redis://10.0.0.5", "rediss://ann:s%40fe@redis.example:6380/2", "unix:///run/redis.sock"],
)
def test_pages_may_be_shared_through_a_redis(url: str) -> None:
    assert pages_url(url) == url


@pytest.mark.parametrize(
    "url", ["10.0.0.5:6379", "redis://", "redis://db/x", "unix://", "memcached://x", "https://x/0"]
)
def test_other_places_for_pages_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PAGES_URL is not the address"):
        pages_url(url)


def test_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    key = secret_in(tmp_path / "var", "secret-key", allowed=True)

    assert secret_in(tmp_path / "var", "secret-key", allowed=True) == key
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_public_site_needs_a_secret_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        secret_in(tmp_path, "secret-key", allowed=False)


@pytest.mark.parametrize("url", ["www.example.org", "ftp://example.org", "https://x.org/news", ""])
def test_site_url_must_be_an_address(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        site_from(url)


def test_values_of_the_wrong_kind_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")

    with pytest.raises(ImproperlyConfigured, match="PORT has a value of the wrong kind"):
        Env().int("PORT", default=8000)


def test_example_lists_every_variable_of_the_settings() -> None:
    folder = Path(settings.BASE_DIR)
    lines = (folder / ".env.example").read_text().splitlines()
    listed = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    used = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (folder / "newsroom/settings.py").read_text()))

    databases = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_REPLICA_URL"}
    storages = {"MEDIA_STORAGE_URL", "PRIVATE_STORAGE_URL"}
    assert listed == used | databases | storages | {"EMAIL_URL"}


def deployed(code: str, **environment: str) -> str:
    """What `code` prints in a process with these variables and a site on https."""
    ours = {"SITE_URL": "https://www.example.org", "DATABASE_URL": ""}
    ours |= {"SECRET_KEY": "k" * 50, "SUPPRESSION_KEY": "s" * 50}
    command = [sys.executable, "-c", f"from newsroom import settings as s; print({code})"]
    environment = os.environ | ours | environment
    ran = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def test_https_switches_security_on() -> None:
    names = "SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS"
    code = f"all(getattr(s, n) for n in {names.split()}), s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"

    assert deployed(code) == "True __Host-session __Host-csrf"


def test_plain_http_works_and_trusts_no_proxy() -> None:
    code = "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, hasattr(s, 'SECURE_PROXY_SSL_HEADER')"

    assert deployed(code, SITE_URL="http://127.0.0.1:8000") == "False 0 False"


def test_proxy_is_trusted_by_its_own_variable_only() -> None:
    assert deployed("s.SECURE_PROXY_SSL_HEADER", PROXY_SSL_HEADER="X-Forwarded-Proto") == (
        "('HTTP_X_FORWARDED_PROTO', 'https')"
    )
