"""The states of documents and sections after drafting, and the ring that goes with them."""

import django.db.models.deletion
from django.db import migrations, models

from platform_api.search.sql import BY_SERVICES, definer

# Whoever writes of a section may have been granted it without its document. The answer holds until
# the transaction ends: a document that is declared final waits for what is being written of it.
TEXT_IS_OPEN = """
DECLARE
    found text;
BEGIN
    IF NOT rcp_live() THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.state INTO found FROM documents_document d WHERE d.id = document FOR SHARE;
    RETURN found IN ('drafting', 'consultation');
END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_feed_facets"),
        ("identity", "0002_actor_functions"),
        ("search", "0002_permission_inside"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="documents_document_state",
        ),
        migrations.RemoveConstraint(
            model_name="section",
            name="documents_section_state",
        ),
        migrations.AddField(
            model_name="document",
            name="circulated",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="document",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="state",
            field=models.CharField(
                choices=[
                    ("drafting", "Drafting"),
                    ("consultation", "Consultation"),
                    ("final_draft", "Final Draft"),
                    ("withdrawn", "Withdrawn"),
                    ("superseded", "Superseded"),
                ],
                default="drafting",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="state",
            field=models.CharField(
                choices=[
                    ("private_drafting", "Private Drafting"),
                    ("released", "Released"),
                    ("provisionally_agreed", "Provisionally Agreed"),
                    ("closed", "Closed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["drafting", "consultation", "final_draft", "withdrawn", "superseded"],
                    )
                ),
                name="documents_document_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("circulated", False), ("state", "drafting")),
                    models.Q(("circulated", True), ("state__in", ["consultation", "final_draft"])),
                    ("state__in", ["withdrawn", "superseded"]),
                    _connector="OR",
                ),
                name="documents_document_circulated",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "superseded"), ("superseded_by__isnull", False)),
                    models.Q(
                        models.Q(("state", "superseded"), _negated=True), ("superseded_by", None)
                    ),
                    _connector="OR",
                ),
                name="documents_document_superseded_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["private_drafting", "released", "provisionally_agreed", "closed"],
                    )
                ),
                name="documents_section_state",
            ),
        ),
        definer(
            "documents_text_is_open(document uuid)",
            "RETURNS boolean LANGUAGE plpgsql VOLATILE",
            TEXT_IS_OPEN,
            called_by=BY_SERVICES,
        ),
    ]
