"""The second wall of meetings."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import (
    grant_table,
    granted,
    granting_function,
    in_scope,
    kind_kept,
    protected_table,
)

_MEETING = "EXISTS (SELECT FROM forums_meeting parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("forums", "0003_people_row_security")]

    operations = run_at_once(
        *grant_table("forums_meetinggrant", "forums_meeting", "o.created_at", "o.kind"),
        kind_kept("forums_meetinggrant", "forums_meeting"),
        granting_function("forums_meetinggrant", "forums_meeting"),
        protected_table("forums_meetingseries", in_scope()),
        protected_table(
            "forums_meeting", f"{in_scope()} OR {granted('forums_meetinggrant', 'id')}"
        ),
        protected_table("forums_meetingorganiser", _MEETING.format(key="meeting_id")),
        protected_table("forums_agendaitem", _MEETING.format(key="meeting_id")),
        protected_table("forums_meetingseat", _MEETING.format(key="meeting_id")),
    )
