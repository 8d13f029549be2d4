"""How often one household may report; kept in memory only, and nowhere written."""

from threading import Lock

from newsroom.lib.networks import Address, household

A_MINUTE = 120  # reports of one household
FULL = 60  # seconds after which an empty bucket is full again, and forgotten
MOST = 10_000  # households remembered


class Flood:
    """A bucket for each household: full at first, and filled again steadily."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}  # how many, and when
        self._forgot_at = 0.0

    def lets(self, client: Address | None, now: float) -> bool:
        """Whether one more from `client` may be counted at `now` (seconds); counts it.

        Addresses from inside are a proxy's that nobody has told us of, behind which are all.
        """
        if client is None or not client.is_global:
            return True
        name = household(client)
        with self._lock:
            if now - self._forgot_at >= FULL or len(self._left) >= MOST:
                self._forget(now)
            left, at = self._left.get(name, (A_MINUTE, now))
            left = min(A_MINUTE, left + (now - at) * A_MINUTE / FULL)
            self._left[name] = max(left - 1, 0), now
            return left >= 1

    def _forget(self, now: float) -> None:
        """Those who are full again; everybody, if that is not enough."""
        self._forgot_at = now
        self._left = {name: one for name, one in self._left.items() if now - one[1] < FULL}
        if len(self._left) >= MOST:
            self._left.clear()


flood = Flood()
