"""Documents by kind have a feed of their own; grants on sections are ordered by their making.

The wall asks for grants by one probe a row.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F
from django.utils import timezone

from platform_api.core.rls import in_scope, kind_kept, probed_directly, upkeep_changed

# The column is new: of older sections the first revision tells when they were begun.
BEGUN = """
UPDATE documents_section s SET created_at = coalesce(
    (SELECT min(r.created_at) FROM documents_revision r WHERE r.section_id = s.id), s.updated_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("documents", "0009_transfers"),
        ("forums", "0007_search"),
        ("identity", "0002_actor_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "section",
            "created_at",
            models.DateTimeField(auto_now_add=True, default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                F("effective_scope"),
                F("kind"),
                F("created_at").desc(),
                F("id").desc(),
                condition=models.Q(effective_scope__isnull=False),
                name="documents_document_facet",
            ),
        ),
        migrations.AddIndex(
            "documentgrant",
            models.Index(
                F("permission"),
                F("group"),
                F("kind"),
                F("sort_at").desc(),
                F("content_object").desc(),
                include=("expires_at",),
                name="documentgrant_facet",
            ),
        ),
        kind_kept("documents_documentgrant", "documents_document"),
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
        upkeep_changed(
            "documents_sectiongrant",
            "documents_section",
            before=("o.updated_at", "'section'"),
            after=("o.created_at", "'section'"),
        ),
        *probed_directly("documents_documentgrant", "documents_document", in_scope()),
        *probed_directly(
            "documents_sectiongrant",
            "documents_section",
            f"{in_scope()} OR (inherits AND EXISTS "
            "(SELECT FROM documents_document parent WHERE parent.id = document_id))",
        ),
    ]
