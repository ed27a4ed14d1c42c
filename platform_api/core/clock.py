"""The database's clock, by which everything is judged; the host's may differ."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The time at this statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
