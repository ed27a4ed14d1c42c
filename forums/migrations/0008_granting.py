"""Those who manage access: seats that look at themselves, and the grants of forums' objects."""

from django.db import migrations

from forums.granting.sql import MANAGED, OVERSEEN_FORUMS, managed_grants
from platform_api.core.rls import POLICY_ROLE

# A seat itself may be who looks (``seat_actor``): what it has is what somebody with every role
# there would have. It is nobody who writes, since no user has its id.
_OF_SEATS = """
    IF found IS NULL THEN
        SELECT array_agg(DISTINCT r.group_id) INTO found
        FROM forums_delegation d
        JOIN identity_rolegroup r ON r.suspended_at IS NULL
            AND r.holder_id IN (d.id, coalesce(d.country_id, d.organisation_id))
        WHERE d.id = subject::uuid
          AND (d.since IS NULL OR d.since <= (statement_timestamp() AT TIME ZONE 'UTC')::date)
          AND (d.until IS NULL OR d.until > (statement_timestamp() AT TIME ZONE 'UTC')::date);
    END IF;
"""


def _groups(of_seats: str) -> list[str]:
    return [
        f"SET LOCAL ROLE {POLICY_ROLE}",
        f"""
        CREATE OR REPLACE FUNCTION rcp_groups() RETURNS int[]
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        DECLARE
            subject text := rcp_subject();
            found int[];
        BEGIN
            IF subject IS NULL OR subject = 'public' THEN
                RETURN '{{}}';
            END IF;
            SELECT array_agg(DISTINCT m.group_id) INTO found
            FROM identity_membership m
            JOIN identity_user u ON u.id = m.user_id AND u.is_active
            JOIN identity_rolegroup r ON r.group_id = m.group_id AND r.suspended_at IS NULL
            WHERE m.user_id = subject::uuid AND m.valid_from <= statement_timestamp()
              AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp());
            {of_seats}
            RETURN coalesce(found, '{{}}');
        END $$
        """,
        "RESET ROLE",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0007_search"),
        ("identity", "0002_actor_functions"),
    ]

    operations = [
        migrations.RunSQL(_groups(_OF_SEATS), _groups("")),
        MANAGED,
        OVERSEEN_FORUMS,
        *managed_grants("forums_projectgrant", "forums_project"),
        *managed_grants("forums_meetinggrant", "forums_meeting"),
    ]
