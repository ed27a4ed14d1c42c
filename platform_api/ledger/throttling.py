"""Token buckets in the database: implements ``core.http.throttling.Throttle``."""

import math

from django.db import connection

from platform_api.core.http.throttling import Verdict

# The generic cell rate algorithm: a bucket is one instant, when it will be full again. A
# request moves it by one interval, unless it would then lie more than `burst` intervals
# ahead. statement_timestamp() is one instant for the whole statement, and one taken before a
# wait for the row lock only errs on the strict side.
_TAKE = """
INSERT INTO ledger_throttle AS b (key, full_at)
VALUES (%(key)s, statement_timestamp() + %(interval)s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET full_at = CASE
    WHEN greatest(b.full_at, statement_timestamp()) + %(interval)s * interval '1 second'
        <= statement_timestamp() + %(depth)s * interval '1 second'
    THEN greatest(b.full_at, statement_timestamp()) + %(interval)s * interval '1 second'
    ELSE b.full_at
END
RETURNING old.full_at IS NULL OR new.full_at <> old.full_at,
    extract(epoch FROM new.full_at - statement_timestamp())::double precision
"""
_FORGET = """
DELETE FROM ledger_throttle WHERE key IN (
    SELECT key FROM ledger_throttle WHERE full_at < clock_timestamp() - interval '1 minute'
    LIMIT %s FOR UPDATE SKIP LOCKED
)
"""
_MICROSECOND = 1e-6


class DatabaseThrottle:
    """Buckets shared by all processes; exact, with one statement a request."""

    def take(self, key: str, *, per_minute: int, burst: int) -> Verdict:
        """Take one token: ``burst`` at once, ``per_minute`` in the long run.

        To be called in autocommit: inside a transaction the caller's other requests would
        wait for its end. Raises ValueError unless both numbers are positive.
        """
        if per_minute < 1 or burst < 1:
            raise ValueError("a throttle needs a positive rate and burst")
        interval = 60 / per_minute
        depth = interval * burst
        parameters: dict[str, str | float] = {
            "key": key,
            "interval": interval,
            "depth": depth + _MICROSECOND,
        }
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, parameters)
            allowed, until_full = cursor.fetchone()
        until_full = max(0.0, until_full)
        wait = 0 if allowed else max(1, math.ceil(until_full + interval - depth))
        return Verdict(
            allowed=allowed,
            limit=per_minute,
            remaining=max(0, math.floor((depth - until_full) / interval + _MICROSECOND)),
            reset_seconds=math.ceil(until_full),
            retry_after_seconds=wait,
        )


def forget_full_buckets(*, at_most: int = 5000) -> int:
    """Remove buckets that have been full for a while; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at_most])
        return int(cursor.rowcount)
