"""The second wall of readings: a seat's own people; an object's owner learns which seats read."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import protected_table
from platform_api.search.sql import BY_SERVICES, definer

READINGS = """
    SELECT r.seat_id, min(r.created_at), max(r.created_at) FROM forums_reading r
    WHERE r.object_id = object
      AND (r.owner_delegation_id = any(rcp_seats()) OR r.seat_id = any(rcp_seats()))
    GROUP BY r.seat_id ORDER BY 2, 1
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0009_transfers_kept")]

    operations = run_at_once(
        protected_table("forums_reading", "seat_id = any((select rcp_seats())::uuid[])"),
        definer(
            "forums_readings_of(object uuid)",
            "RETURNS TABLE (seat_id uuid, first_at timestamptz, last_at timestamptz) "
            "LANGUAGE sql STABLE",
            READINGS,
            called_by=BY_SERVICES,
        ),
    )
