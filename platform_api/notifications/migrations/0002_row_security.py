"""The second wall of notifications: the addressee's own, and the mailer's."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import policy_function, protected_table

MAILER = """
CREATE FUNCTION notifications_mailer() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    subject text := rcp_subject();
BEGIN
    RETURN subject IS NOT NULL AND subject <> 'public' AND EXISTS (
        SELECT FROM identity_user u
        WHERE u.id = subject::uuid AND u.is_active AND u.kind = 'system'
            AND u.email = 'mailer@system.invalid');
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("identity", "0002_actor_functions"),
    ]

    operations = run_at_once(
        policy_function("notifications_mailer()", MAILER),
        # By user id, so that the index on it is used; a subject may be the word "public".
        protected_table(
            "notifications_notification",
            "user_id = (select nullif(rcp_subject(), 'public')::uuid) "
            "OR (select notifications_mailer())",
        ),
    )
