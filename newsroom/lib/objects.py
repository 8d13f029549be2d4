"""Files in a storage that speaks S3; private there, all of them: the site gives out what it may."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from tempfile import SpooledTemporaryFile
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

P = ParamSpec("P")
R = TypeVar("R")

IN_MEMORY = 8 << 20  # bytes of a file that is read; more of it goes to a temporary file
CLIENT = Config(
    connect_timeout=2,  # seconds
    read_timeout=10,
    retries={"mode": "standard", "max_attempts": 2},
    signature_version="s3v4",
    s3={"addressing_style": "path"},  # which every server knows, whatever its name is
    # Others than Amazon's refuse the newer ones.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Unanswered(OSError):
    """The storage is gone, or refuses; str() is what it said."""


def answered(method: Callable[P, R]) -> Callable[P, R]:
    """With one kind of errors, which is that of files on a disk."""

    @wraps(method)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (BotoCoreError, ClientError, Boto3Error) as error:
            raise Unanswered(str(error)) from error

    return ask


class Objects(S3Storage):
    """base_url: where the site gives out these files; None: nowhere."""

    def __init__(self, **options: Any) -> None:
        ours = {"client_config": CLIENT, "transfer_config": TransferConfig(use_threads=False)}
        super().__init__(**ours | options)

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "base_url": None}

    @property
    def bucket(self) -> Any:
        """That of this thread."""
        return self.connection.Bucket(self.bucket_name)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        if self.base_url is None:
            raise ValueError("This file is not accessible via a URL.")
        return str(urljoin(self.base_url, filepath_to_uri(name)))

    def _open(self, name: str, mode: str = "rb") -> File:
        return Downloaded(self, name)

    @answered
    def download(self, name: str) -> Any:
        """All of it; 1 request. Raises FileNotFoundError."""
        key = self._normalize_name(clean_name(name))
        try:
            body = self.bucket.Object(key).get()["Body"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise
        with body, ExitStack() as stack:
            file = stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            shutil.copyfileobj(body, file)
            file.seek(0)
            stack.pop_all()  # its reader closes it
        return file

    _save = answered(S3Storage._save)  # noqa: SLF001  # it is what a storage consists of
    delete = answered(S3Storage.delete)
    exists = answered(S3Storage.exists)
    listdir = answered(S3Storage.listdir)
    size = answered(S3Storage.size)
    get_modified_time = answered(S3Storage.get_modified_time)


class Downloaded(File):
    """Can be opened again, as a file on a disk can."""

    def __init__(self, storage: Objects, name: str) -> None:
        super().__init__(storage.download(name), name)
        self.storage = storage

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> "Downloaded":
        if self.closed:
            self.file = self.storage.download(str(self.name))
        self.seek(0)
        return self
