"""What web processes do not take for themselves."""

import gc

import brotli

from newsroom.pages.page import COMPRESS
from newsroom.workers import when_ready


def test_what_is_loaded_before_the_fork_is_left_alone_by_the_garbage_collector() -> None:
    try:
        when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_brotli_looks_back_no_further_than_256_kilobytes() -> None:
    """It takes 8 MB at once for longer pages otherwise; RFC 7932, 9.1, has the window's code."""
    page = b"a long feed " * 30_000

    compressed = COMPRESS["br"](page)

    assert compressed[0] & 0b1111 == 0b0011
    assert brotli.decompress(compressed) == page
