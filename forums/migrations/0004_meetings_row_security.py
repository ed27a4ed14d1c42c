"""The second wall of meetings."""

from django.db import migrations

from platform_api.core.rls import (
    RUNTIME_ROLE,
    grant_table,
    granted,
    in_scope,
    protected_table,
)

_MEETING = "EXISTS (SELECT FROM forums_meeting parent WHERE parent.id = {key})"


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
    ]
