"""A server that speaks S3, in a process of its own, on loopback, with nothing on disk."""

import subprocess
import sys
import time
from http.client import HTTPConnection
from typing import Any, Self

import boto3

from newsroom.lib.objects import CLIENT
from tests.site import free_port


class Server:
    """Answers while it is entered; `files` and `hidden` are its two buckets."""

    def __enter__(self) -> Self:
        self.port = free_port()
        where = ["-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", *where],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 30
        while not self.is_there():
            assert self.process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def is_there(self) -> bool:
        try:
            self.status("/")
        except OSError:
            return False
        return True

    def url(self, bucket: str) -> str:
        return f"s3+http://key:se%2Fcret@127.0.0.1:{self.port}/{bucket}?region=eu-central-1"

    def empty(self) -> None:
        """Two buckets with nothing in them."""
        buckets: Any = boto3.resource(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id="key",
            aws_secret_access_key="se/cret",  # it opens nothing
            region_name="eu-central-1",
            config=CLIENT,
        )
        self.buckets = {name: buckets.Bucket(name) for name in ("files", "hidden")}
        for bucket in self.buckets.values():
            if bucket.creation_date is None:
                bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
            bucket.objects.all().delete()

    def names(self, bucket: str) -> list[str]:
        return [one.key for one in self.buckets[bucket].objects.all()]

    def status(self, path: str) -> int:
        """What anybody gets who asks without a key."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=10)
        asking.request("GET", path)
        status = asking.getresponse().status
        asking.close()
        return status
