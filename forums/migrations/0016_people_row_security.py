"""The second wall of suspensions and invitations; the platform itself sees who acts for seats."""

from django.db import migrations

from platform_api.core.rls import policy_function, protected_table

SYSTEM = """
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

MANAGED = """
CREATE FUNCTION rcp_managed_seats() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(holder_id), '{}') FROM identity_rolegroup
    WHERE kind = 'seat' AND role = 'access_manager' AND group_id = any(rcp_groups())
$$
"""

_PEOPLE = "delegation_id = any((select rcp_seats())::uuid[]) OR (select rcp_operator())"
_SYSTEM = "(select forums_membership_system())"


def _people(table: str) -> migrations.RunSQL:
    """Let the platform's own actor see who acts for every seat."""
    policy = f"ALTER POLICY {table}_select ON {table} USING"
    return migrations.RunSQL(f"{policy} ({_PEOPLE} OR {_SYSTEM})", f"{policy} ({_PEOPLE})")


class Migration(migrations.Migration):
    dependencies = [("forums", "0015_suspensions_guests_invitations")]

    operations = [
        policy_function("forums_membership_system()", SYSTEM),
        policy_function("rcp_managed_seats()", MANAGED),
        _people("forums_delegate"),
        _people("forums_clientbinding"),
        protected_table("forums_suspension", "(select rcp_operator())"),
        protected_table(
            "forums_invitation",
            "delegation_id = any((select rcp_managed_seats())::uuid[]) "
            f"OR (select rcp_operator()) OR {_SYSTEM}",
        ),
    ]
