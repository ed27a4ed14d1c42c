"""A revision is never changed; a purge alone leaves a tombstone in its place."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from platform_api.core.rls import POLICY_ROLE

REFUSE = f"""
CREATE FUNCTION documents_revision_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = '{POLICY_ROLE}' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER documents_revision_refuse BEFORE UPDATE ON documents_revision
    FOR EACH STATEMENT EXECUTE FUNCTION documents_revision_refuse();
"""

UNREFUSE = """
DROP TRIGGER documents_revision_refuse ON documents_revision;
DROP FUNCTION documents_revision_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0013_brackets_row_security"),
        ("forums", "0022_feed_facets"),
    ]

    operations = [
        migrations.AddField(
            "revision", "purged_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "revision",
            "purged_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.delegation",
            ),
        ),
        migrations.AddConstraint(
            "revision",
            models.CheckConstraint(
                condition=Q(purged_at=None, purged_by=None)
                | Q(purged_at__isnull=False, purged_by__isnull=False, title="", body="", note=""),
                name="documents_revision_purged",
            ),
        ),
        migrations.RunSQL(REFUSE, UNREFUSE),
    ]
