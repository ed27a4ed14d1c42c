"""Sections are moved, split, joined and deleted; a tombstone at home holds up no transfer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunSQL

import platform_api.core.ids
from forums.transfers.sql import handed_over
from platform_api.core.rls import protected_table

_BELOW = """
    WITH RECURSIVE down(id) AS (
        SELECT t.object_id
        UNION ALL
        SELECT s.id FROM documents_section s JOIN down ON s.parent_id = down.id)
    SELECT id FROM down
"""


def _hand_over(at_home: str, handed: str = "") -> RunSQL:
    """The function that hands a section over. at_home: what of it at home stays in the way.
    handed: what goes along."""
    *_, function = handed_over(
        "section",
        "documents_section",
        with_it=", inherits = false",
        unless=f"""
            IF EXISTS (
                SELECT FROM documents_section s
                WHERE s.id IN ({_BELOW}) AND s.state = 'private_drafting' {at_home}
            ) THEN
                RETURN 'at_home';
            END IF;
            """,
        also=f"""
            UPDATE documents_section SET owner_delegation_id = d.id
            WHERE id IN ({_BELOW}) AND owner_delegation_id = t.giver_id {handed};
            """,
    )
    return function


_BEFORE = _hand_over("")


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0016_purging_row_security"),
        ("forums", "0022_feed_facets"),
        ("identity", "0003_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SectionLineage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=platform_api.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(choices=[("split", "Split"), ("join", "Join")], max_length=5),
                ),
                ("source_start", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("length", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="revision",
            name="act",
            field=models.CharField(
                choices=[
                    ("written", "Written"),
                    ("moved", "Moved"),
                    ("split", "Split"),
                    ("joined", "Joined"),
                    ("deleted", "Deleted"),
                    ("restored", "Restored"),
                ],
                default="written",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="deleted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="section",
            name="home_writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ["written", "moved", "split", "joined", "deleted", "restored"])
                ),
                name="documents_revision_act",
            ),
        ),
        migrations.AddField(
            model_name="sectionlineage",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.revision",
            ),
        ),
        migrations.AddField(
            model_name="sectionlineage",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="came_from",
                to="documents.section",
            ),
        ),
        migrations.AddField(
            model_name="sectionlineage",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="went_to",
                to="documents.section",
            ),
        ),
        migrations.AddField(
            model_name="sectionlineage",
            name="source_revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionlineage",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["split", "join"])),
                name="documents_sectionlineage_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionlineage",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("section")), _negated=True),
                name="documents_sectionlineage_two",
            ),
        ),
        protected_table(
            "documents_sectionlineage",
            "EXISTS (SELECT FROM documents_revision r WHERE r.id = source_revision_id) "
            "AND EXISTS (SELECT FROM documents_revision r WHERE r.id = revision_id)",
        ),
        RunSQL(_BEFORE.reverse_sql or [], _BEFORE.sql),
        _hand_over("AND s.deleted_at IS NULL", "AND state <> 'private_drafting'"),
    ]
