import logging
import re

ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+")
PARTNER = re.compile(r"(?<=/feeds/partner/)[\w-]+")  # whose address is a key
TOKEN = re.compile(r"[\w-]{1,64}(?:~[\w-]{1,9})?~[\w-]{43}")  # as newsroom.lib.tokens makes them


class PrivateFormatter(logging.Formatter):
    """One line per event, without mail addresses and tokens of ours, tracebacks included."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own
        """What people typed begins no line."""
        return " ".join(super().formatMessage(record).splitlines())

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record).replace("%7E", "~")
        text = PARTNER.sub("[secret]", ADDRESS.sub("[address]", text))
        return TOKEN.sub("[token]", text)
