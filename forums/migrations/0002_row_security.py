"""The second wall of the forums app, and offices that cannot be held twice at a time."""

from django.db import migrations

from platform_api.core.rls import in_scope, policy_function, protected_table

SEATS = """
CREATE FUNCTION rcp_seats() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(holder_id), '{}') FROM identity_rolegroup
    WHERE kind = 'seat' AND group_id = any(rcp_groups())
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

_FORUM = "EXISTS (SELECT FROM forums_forum parent WHERE parent.id = forum_id)"
_OPERATOR = "(select rcp_operator())"
_SEAT = "{column} = any((select rcp_seats())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial"), ("identity", "0002_actor_functions")]

    operations = [
        policy_function("rcp_seats()", SEATS),
        policy_function("rcp_operator()", OPERATOR),
        protected_table("forums_forum", f"{in_scope()} OR {_OPERATOR}"),
        protected_table(
            "forums_delegation", f"{_SEAT.format(column='id')} OR {_OPERATOR} OR {_FORUM}"
        ),
        protected_table(
            "forums_delegate", f"{_SEAT.format(column='delegation_id')} OR {_OPERATOR}"
        ),
        protected_table(
            "forums_clientbinding", f"{_SEAT.format(column='delegation_id')} OR {_OPERATOR}"
        ),
        protected_table("forums_office", f"{_OPERATOR} OR {_FORUM}"),
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
    ]
