import django.contrib.postgres.fields
import django.db.models.deletion
import platform_api.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0021_merging_row_security"),
        ("forums", "0022_feed_facets"),
        ("identity", "0003_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=platform_api.core.ids.new_private_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("under_consideration", "Under Consideration"),
                            ("accepted", "Accepted"),
                            ("accepted_as_modified", "Accepted As Modified"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("overtaken", "Overtaken"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("title", models.CharField(max_length=500)),
                ("body", models.TextField(blank=True)),
                ("justification", models.TextField(blank=True)),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("updated_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("accepted_title", models.CharField(blank=True, max_length=500)),
                ("accepted_body", models.TextField(blank=True)),
                (
                    "accepted_revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "effective_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.forum",
                    ),
                ),
                (
                    "overtaken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.amendment",
                    ),
                ),
                (
                    "proponent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="documents.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AmendmentCosponsor",
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
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cosponsors",
                        to="documents.amendment",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AmendmentProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=platform_api.core.ids.new_private_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("at_home", models.BooleanField()),
                ("title", models.CharField(max_length=500)),
                ("body", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="documents.amendment",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "effective_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "under_consideration",
                            "accepted",
                            "accepted_as_modified",
                            "rejected",
                            "withdrawn",
                            "overtaken",
                        ],
                    )
                ),
                name="documents_amendment_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", None), ("state", "draft"), ("submitted_at", None)),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("number__gte", 1),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="documents_amendment_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("state__in", ["draft", "submitted", "under_consideration"]),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        (
                            "state__in",
                            [
                                "accepted",
                                "accepted_as_modified",
                                "overtaken",
                                "rejected",
                                "withdrawn",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="documents_amendment_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "accepted_as_modified"),
                        models.Q(("accepted_title", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "accepted_as_modified"), _negated=True),
                        ("accepted_body", ""),
                        ("accepted_title", ""),
                    ),
                    _connector="OR",
                ),
                name="documents_amendment_modified",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                fields=("section", "number"), name="documents_amendment_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentcosponsor",
            constraint=models.UniqueConstraint(
                fields=("amendment", "delegation"), name="documents_amendmentcosponsor_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentproposal",
            constraint=models.UniqueConstraint(
                fields=("amendment", "at_home", "number"), name="documents_amendmentproposal_number"
            ),
        ),
    ]
