"""How long many letters take at least."""

from datetime import datetime, timedelta

from newsletter.sending.pace.limits import A_DAY, A_MINUTE, LATE, Window, limits_of


def lasts(n: int, at: datetime, lane: int = 0) -> timedelta | None:
    """How long the limits of `lane` stretch the sending of `n` that begins at `at`.

    As if nothing had left lately; None without limits.
    """
    limits = limits_of(lane, at)[-1]
    if not limits.are_set:
        return None
    further = max(n - 1, 0)
    return max([further * limits.spacing, *(_lasts(further, one) for one in limits.windows)])


def _lasts(further: int, window: Window) -> timedelta:
    """Until the last of as many letters as follow the first."""
    if window.grows_at:
        n_days = ((further + window.most) // window.most).bit_length() - 1  # each as all before
        return n_days * A_DAY
    return further // window.most * (window.span + A_MINUTE + LATE)
