"""What row-level security asks of the caller: its groups, its seats, its offices."""

from django.db import migrations

from forums.granting.sql import MANAGED, OVERSEEN_FORUMS
from platform_api.core.migrating import run_at_once
from platform_api.core.rls import POLICY_ROLE, policy_function
from platform_api.identity.sql import groups_function

# A seat itself may be who looks (``seat_actor``): what it has is what somebody with every role
# there would have. It is nobody who writes, since no user has its id.
OF_SEATS = """
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

SEATS = """
CREATE FUNCTION rcp_seats() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(holder_id), '{}') FROM identity_rolegroup
    WHERE kind = 'seat' AND group_id = any(rcp_groups())
$$
"""

READING_SEATS = """
CREATE FUNCTION rcp_reading_seats() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(holder_id), '{}') FROM identity_rolegroup
    WHERE kind = 'seat' AND role = 'reader' AND group_id = any(rcp_groups())
$$
"""

READING_COUNTRIES = """
CREATE FUNCTION rcp_reading_countries() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT country_id), '{}') FROM forums_delegation
    WHERE country_id IS NOT NULL AND id = any(rcp_reading_seats())
$$
"""

MANAGED_SEATS = """
CREATE FUNCTION rcp_managed_seats() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(holder_id), '{}') FROM identity_rolegroup
    WHERE kind = 'seat' AND role = 'access_manager' AND group_id = any(rcp_groups())
$$
"""

OPERATOR = """
CREATE FUNCTION rcp_operator() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    subject text := rcp_subject();
BEGIN
    RETURN subject IS NOT NULL AND subject <> 'public' AND EXISTS (
        SELECT FROM identity_user u
        WHERE u.id = subject::uuid AND u.is_active AND u.is_operator);
END $$
"""

MEMBERSHIP_SYSTEM = """
CREATE FUNCTION forums_membership_system() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    subject text := rcp_subject();
BEGIN
    RETURN subject IS NOT NULL AND subject <> 'public' AND EXISTS (
        SELECT FROM identity_user u
        WHERE u.id = subject::uuid AND u.is_active AND u.kind = 'system'
            AND u.email = 'membership@system.invalid');
END $$
"""


def _groups(otherwise: str = "") -> list[str]:
    return [f"SET LOCAL ROLE {POLICY_ROLE}", groups_function(otherwise), "RESET ROLE"]


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial"), ("identity", "0002_actor_functions")]

    operations = run_at_once(
        migrations.RunSQL(_groups(OF_SEATS), _groups()),
        policy_function("rcp_seats()", SEATS),
        policy_function("rcp_reading_seats()", READING_SEATS),
        policy_function("rcp_reading_countries()", READING_COUNTRIES),
        policy_function("rcp_managed_seats()", MANAGED_SEATS),
        MANAGED,
        OVERSEEN_FORUMS,
        policy_function("rcp_operator()", OPERATOR),
        policy_function("forums_membership_system()", MEMBERSHIP_SYSTEM),
    )
