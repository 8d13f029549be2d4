"""What a change may run into."""


class NotAllowed(Exception):
    """This cannot be done; str() says why, in an editor's words."""


class Stale(NotAllowed):
    """Somebody else was faster: what is stored is no longer what the person saw."""


class Locked(NotAllowed):
    """The appeal is no draft any more."""


LOCKED = "It is live or has been: only its end can change. Copy it to write another."
