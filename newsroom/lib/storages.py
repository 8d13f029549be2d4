"""Where files are: in folders of this machine, or in storages that speak S3."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage


def storages_from(env: environ.Env, media_url: str) -> dict[str, dict[str, Any]]:
    """Those of Django's storages that are elsewhere, by MEDIA_STORAGE_URL and PRIVATE_STORAGE_URL.

    Raises ImproperlyConfigured if a URL can't be a storage's.
    """
    found = {}
    if public := objects_at(env, "MEDIA_STORAGE_URL"):
        found["default"] = objects(public, "", base_url=media_url, file_overwrite=True)
    if private := objects_at(env, "PRIVATE_STORAGE_URL"):
        found["originals"] = objects(private, "originals", file_overwrite=False)
        found["private"] = objects(private, "private", file_overwrite=False)
    return found


def objects(where: dict[str, Any], folder: str, **options: Any) -> dict[str, Any]:
    location = "/".join(filter(None, [where["location"], folder]))
    return {
        "BACKEND": "newsroom.lib.objects.Objects",
        "OPTIONS": where | options | {"location": location},
    }


def objects_at(env: environ.Env, variable: str) -> dict[str, Any]:
    """django-storages' options from s3://KEY:SECRET@HOST/BUCKET/FOLDER?region=NAME; {} if unset."""
    text = env.str(variable, default="")
    if not text:
        return {}
    url = urlsplit(text)
    bucket, _, folder = url.path.strip("/").partition("/")
    if url.scheme not in {"s3", "s3+http"} or not url.hostname or not bucket:
        raise ImproperlyConfigured(
            f"{variable} is not the address of a storage: write "
            "s3://KEY:SECRET@HOST/BUCKET?region=NAME, or leave it unset to keep files in VAR_DIR."
        )
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(
            f"{variable} names a storage; to use it: "
            ".venv/bin/python -m pip install 'django-storages[s3]'"
        )
    return {
        "endpoint_url": f"{'http' if url.scheme == 's3+http' else 'https'}://"
        f"{url.netloc.rpartition('@')[2]}",
        "bucket_name": bucket,
        "location": folder,
        "access_key": unquote(url.username) if url.username else None,
        "secret_key": unquote(url.password) if url.password else None,
        "region_name": dict(parse_qsl(url.query)).get("region", "us-east-1"),
    }


def listed(storage: Storage, folder: str) -> list[str]:
    """The names of the files in `folder`, which may never have been made."""
    try:
        return list(storage.listdir(folder)[1])
    except FileNotFoundError:
        return []
