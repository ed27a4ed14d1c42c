"""The second wall of funding: projects and their parts, and transactions by their country."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import (
    grant_table,
    granted_directly,
    in_scope,
    policy_function,
    protected_table,
)

OPEN_EVERYWHERE = """
CREATE FUNCTION forums_projectgrant_everywhere() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT g.content_object_id), '{}')
    FROM forums_projectgrant g JOIN auth_permission p ON p.id = g.permission_id
    WHERE g.all_countries AND g.group_id = any(rcp_groups()) AND p.codename = 'view_project'
      AND (g.expires_at IS NULL OR g.expires_at > statement_timestamp())
$$
"""

_PROJECT = "EXISTS (SELECT FROM forums_project parent WHERE parent.id = project_id)"


def _among(column: str, function: str) -> str:
    """The column is among what a function finds, which runs once a statement."""
    return f"{column} = any((select {function}())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("forums", "0004_meetings_row_security")]

    operations = run_at_once(
        *grant_table("forums_projectgrant", "forums_project", "o.created_at", "'project'"),
        policy_function("forums_projectgrant_everywhere()", OPEN_EVERYWHERE),
        protected_table(
            "forums_project",
            f"{in_scope()} OR {granted_directly('forums_projectgrant', 'forums_project')}",
        ),
        protected_table("forums_participatingorganisation", _PROJECT),
        protected_table("forums_recipientshare", _PROJECT),
        protected_table("forums_budget", _PROJECT),
        # A person who acts for two countries passes with either of them here; that each country
        # sees the project by itself is for the application's condition to ask.
        protected_table(
            "forums_transaction",
            f"{_among('owner_delegation_id', 'rcp_reading_seats')} "
            f"OR {_among('project_id', 'forums_projectgrant_everywhere')} "
            f"OR ((recipient_country_id IS NULL "
            f"OR {_among('recipient_country_id', 'rcp_reading_countries')}) AND {_PROJECT})",
        ),
    )
