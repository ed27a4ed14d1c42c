"""Purges reach attached files and the titles of documents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from documents.purging.sql import CUT_HEADS, EMPTY_FILES, purgeable

BEFORE = purgeable("documents_attachment", "attachment", "name", revisioned=True)
NOW = purgeable(
    "documents_attachment", "attachment", "name", document="o.document_id", revisioned=True
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0028_texts_on_sections_purged"),
        ("forums", "0022_feed_facets"),
        ("identity", "0003_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="purge",
            name="documents_purge_state",
        ),
        migrations.AddField(
            model_name="attachment",
            name="purged_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="purged_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.delegation",
            ),
        ),
        migrations.AddField(
            model_name="purge",
            name="attachment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.attachment",
            ),
        ),
        migrations.AddField(
            model_name="purge",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purges",
                to="documents.document",
            ),
        ),
        migrations.AlterField(
            model_name="purge",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="purges",
                to="documents.section",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purged_at", None), ("purged_by", None)),
                    models.Q(
                        ("deleted_at__isnull", False),
                        ("name", ""),
                        ("purged_at__isnull", False),
                        ("purged_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="documents_attachment_purged",
            ),
        ),
        migrations.AddConstraint(
            model_name="purge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document", None), ("section__isnull", False)),
                    models.Q(("document__isnull", False), ("section", None), ("target", None)),
                    _connector="OR",
                ),
                name="documents_purge_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="purge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("decided_by", None),
                        ("state", "requested"),
                        models.Q(
                            models.Q(
                                ("attachment", None), ("passage", ""), ("target__isnull", False)
                            ),
                            models.Q(
                                ("attachment__isnull", False), ("passage", ""), ("target", None)
                            ),
                            models.Q(
                                models.Q(("passage", ""), _negated=True),
                                ("attachment", None),
                                ("target", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("passage", ""),
                        ("state__in", ["carried_out", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="documents_purge_state",
            ),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        NOW,
        CUT_HEADS,
        EMPTY_FILES,
    ]
