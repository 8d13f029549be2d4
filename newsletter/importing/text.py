"""Uploads of any encoding as UTF-8 with plain line ends, which is how they are kept."""

import codecs
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.files.base import File

BLOCK = 1 << 20  # bytes
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Utf8(File):
    """`source` as it is to be stored; what no encoding explains becomes “�”."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        super().__init__(source, name)
        self.encoded_as = encoding_of(source)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        decode = codecs.getincrementaldecoder(self.encoded_as)("replace")
        lines = io.IncrementalNewlineDecoder(decode, translate=True)
        for block in blocks(self.file):
            yield lines.decode(block).encode()
        yield lines.decode(b"", final=True).encode()


def encoding_of(source: BinaryIO) -> str:
    """By its mark; else UTF-8 if all of it is, else Windows-1252, as spreadsheets write."""
    source.seek(0)
    begin = source.read(4096)
    for bom, name in BOMS.items():
        if begin.startswith(bom):
            return name
    for half, name in [(begin[1::2], "utf-16-le"), (begin[::2], "utf-16-be")]:
        if half.count(0) > len(begin) // 4:
            return name
    return "utf-8" if is_utf8(source) else "cp1252"


def is_utf8(source: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks(source):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def blocks(source: Any) -> Iterator[bytes]:
    source.seek(0)
    while block := source.read(BLOCK):
        yield block
