"""What web processes do not take for themselves."""

import gc

from newsroom.workers import when_ready


def test_what_is_loaded_before_the_fork_is_left_alone_by_the_garbage_collector() -> None:
    try:
        when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
