"""The second wall of the forums app, and offices that cannot be held twice at a time."""

from django.db import migrations

from platform_api.core.rls import policy_function, protected_table

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

_ANYBODY = "(select rcp_subject()) IS NOT NULL"
_OPERATOR = "(select rcp_operator())"
_SEAT = "{column} = any((select rcp_seats())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial"), ("identity", "0002_actor_functions")]

    operations = [
        policy_function("rcp_seats()", SEATS),
        policy_function("rcp_operator()", OPERATOR),
        # Forums and seats are named in what outsiders were granted, so that the wall lets every
        # caller join them; whom the API tells of them is visible_to's to say.
        protected_table("forums_forum", _ANYBODY),
        protected_table("forums_delegation", _ANYBODY),
        protected_table(
            "forums_delegate", f"{_SEAT.format(column='delegation_id')} OR {_OPERATOR}"
        ),
        protected_table(
            "forums_clientbinding", f"{_SEAT.format(column='delegation_id')} OR {_OPERATOR}"
        ),
        protected_table("forums_office", _ANYBODY),
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
