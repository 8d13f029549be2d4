"""Forms that several people have open at once: no save takes back what somebody else has saved.

A form carries a print of each value that it was opened with. Of a field that only one of them has
changed the new value is taken; where both have, the save is refused and shows what is stored.
"""

from newsroom.lib.meeting.admin import MeetingAdmin

__all__ = ["MeetingAdmin"]
