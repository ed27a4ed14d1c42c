"""A merge has two parents; words that clash are kept as working copies."""

import django.db.models.deletion
import platform_api.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0019_comments_row_security"),
        ("forums", "0022_feed_facets"),
        ("identity", "0003_second_factor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="worked_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.revision",
            ),
        ),
        migrations.CreateModel(
            name="WorkingCopy",
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
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=500)),
                ("body", models.TextField(blank=True)),
                ("language", models.CharField(max_length=35)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("updated_at", models.DateTimeField()),
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
                    "delegation",
                    models.ForeignKey(
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_copies",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "working copies",
                "indexes": [
                    models.Index(
                        fields=["effective_scope", "-created_at", "-id"],
                        name="documents_workingcopy_list",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "author", "delegation", "base"),
                        name="documents_workingcopy_once",
                    )
                ],
            },
        ),
    ]
