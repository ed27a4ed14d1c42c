"""The second wall of forums, seats and who acts for them; an office is held by one at a time."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import protected_table

_ANYBODY = "(select rcp_subject()) IS NOT NULL"
_OPERATOR = "(select rcp_operator())"
_SYSTEM = "(select forums_membership_system())"
_PEOPLE = f"delegation_id = any((select rcp_seats())::uuid[]) OR {_OPERATOR} OR {_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("forums", "0002_actor_functions")]

    operations = run_at_once(
        # Forums and seats are named in what outsiders were granted, so that the wall lets every
        # caller join them; whom the API tells of them is visible_to's to say.
        protected_table("forums_forum", _ANYBODY),
        protected_table("forums_delegation", _ANYBODY),
        protected_table("forums_office", _ANYBODY),
        # The platform itself sees who acts for every seat.
        protected_table("forums_delegate", _PEOPLE),
        protected_table("forums_clientbinding", _PEOPLE),
        protected_table("forums_suspension", _OPERATOR),
        protected_table(
            "forums_invitation",
            "delegation_id = any((select rcp_managed_seats())::uuid[]) "
            f"OR {_OPERATOR} OR {_SYSTEM}",
        ),
        migrations.RunSQL(
            ["CREATE TYPE rcp_uuidrange AS RANGE (subtype = uuid)"]
            + [
                f"ALTER TABLE forums_office ADD CONSTRAINT forums_office_{kind}_once EXCLUDE USING gist "
                "(rcp_uuidrange(forum_id, forum_id, '[]') WITH &&, daterange(since, until) WITH &&) "
                f"WHERE (kind = '{kind}')"
                for kind in ("chair", "secretariat")
            ],
            [
                f"ALTER TABLE forums_office DROP CONSTRAINT forums_office_{kind}_once"
                for kind in ("chair", "secretariat")
            ]
            + ["DROP TYPE rcp_uuidrange"],
        ),
    )
