"""A mail server in a process of its own: it keeps books on disk, and does harm as it is told."""

from tests.sink.events import Event, What
from tests.sink.process import Sink
from tests.sink.script import Fate, Script, Stage

__all__ = ["Event", "Fate", "Script", "Sink", "Stage", "What"]
