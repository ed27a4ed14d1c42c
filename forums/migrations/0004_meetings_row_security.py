"""The second wall of meetings, and which seats take part in one."""

from django.db import migrations

from platform_api.core.rls import (
    RUNTIME_ROLE,
    grant_table,
    granted,
    in_scope,
    policy_function,
    protected_table,
)

_MEETING = "EXISTS (SELECT FROM forums_meeting parent WHERE parent.id = {key})"

# Somebody who organises a meeting of a forum without sitting there sees the meeting and not the
# forum's seats, and yet may show a text to all of them. The ids alone are told, and only to those
# who see the meeting.
SEATS = """
CREATE FUNCTION forums_meeting_seats(meeting uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(d.id ORDER BY d.id), '{}')
    FROM forums_meeting m
    JOIN forums_delegation d ON
        EXISTS (SELECT FROM forums_meetingseat s WHERE s.meeting_id = m.id AND s.delegation_id = d.id)
        OR (d.forum_id = m.forum_id
            AND NOT EXISTS (SELECT FROM forums_meetingseat s WHERE s.meeting_id = m.id))
    WHERE m.id = meeting
      AND (m.effective_scope_id = any(rcp_scopes()) OR forums_meetinggrant_sees(m.id))
      AND (d.since IS NULL OR d.since <= (statement_timestamp() AT TIME ZONE 'UTC')::date)
      AND (d.until IS NULL OR d.until > (statement_timestamp() AT TIME ZONE 'UTC')::date)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0003_meetings")]

    operations = [
        *grant_table("forums_meetinggrant", "forums_meeting", "o.created_at", "o.kind"),
        protected_table("forums_meetingseries", in_scope()),
        protected_table(
            "forums_meeting", f"{in_scope()} OR {granted('forums_meetinggrant', 'id')}"
        ),
        protected_table("forums_meetingorganiser", _MEETING.format(key="meeting_id")),
        protected_table("forums_agendaitem", _MEETING.format(key="meeting_id")),
        protected_table("forums_meetingseat", _MEETING.format(key="meeting_id")),
        # Who sees a meeting may know who else was let in; the secretariat, which keeps meetings
        # that are not its own, has to.
        migrations.RunSQL(
            "CREATE POLICY forums_meetinggrant_meeting ON forums_meetinggrant "
            f"FOR SELECT TO {RUNTIME_ROLE} USING ({_MEETING.format(key='content_object_id')})",
            "DROP POLICY forums_meetinggrant_meeting ON forums_meetinggrant",
        ),
        policy_function("forums_meeting_seats(uuid)", SEATS),
    ]
