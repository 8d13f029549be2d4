"""Links that only we can make, each good for one purpose."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing


@dataclass(frozen=True)
class Purpose:
    """What a token is for. One made for another purpose, or changed, reads as None.

    max_age: for how long it can be used; None: as long as SECRET_KEY or one of its fallbacks lives.
    """

    name: str
    max_age: timedelta | None = None

    def sign(self, value: str) -> str:
        return self._signer().sign(value)

    def read(self, token: str) -> str | None:
        signer = self._signer()
        try:
            if isinstance(signer, signing.TimestampSigner):
                return signer.unsign(token, max_age=self.max_age)
            return signer.unsign(token)
        except signing.BadSignature:
            return None

    def _signer(self) -> signing.Signer:
        kind = signing.TimestampSigner if self.max_age else signing.Signer
        return kind(salt=f"newsroom.{self.name}", sep="~")
