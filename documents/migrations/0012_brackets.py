"""Disagreed passages of sections, the wordings for them, and who stands by each."""

import django.db.models.deletion
import platform_api.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0011_states"),
        ("forums", "0003_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bracket",
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
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("resolved", "Resolved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brackets",
                        to="documents.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BracketAlternative",
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
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "bracket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alternatives",
                        to="documents.bracket",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bracket",
            name="chosen",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.bracketalternative",
            ),
        ),
        migrations.CreateModel(
            name="BracketProponent",
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
                    "alternative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proponents",
                        to="documents.bracketalternative",
                    ),
                ),
                (
                    "bracket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proponents",
                        to="documents.bracket",
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
        migrations.AddConstraint(
            model_name="bracketalternative",
            constraint=models.UniqueConstraint(
                fields=("bracket", "position"), name="documents_bracketalternative_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bracketalternative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delegation", None), ("position", 0), ("text", "")),
                    models.Q(("delegation__isnull", False), ("position__gt", 0)),
                    _connector="OR",
                ),
                name="documents_bracketalternative_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="bracket",
            index=models.Index(
                fields=["section", "-created_at", "-id"], name="documents_bracket_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="bracket",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "resolved", "withdrawn"])),
                name="documents_bracket_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="bracket",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__lt", models.F("end"))), name="documents_bracket_passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="bracket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen", None), ("closed_at", None), ("state", "open")),
                    models.Q(
                        ("chosen__isnull", False),
                        ("closed_at__isnull", False),
                        ("state", "resolved"),
                    ),
                    models.Q(
                        ("chosen", None), ("closed_at__isnull", False), ("state", "withdrawn")
                    ),
                    _connector="OR",
                ),
                name="documents_bracket_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="bracketproponent",
            constraint=models.UniqueConstraint(
                fields=("bracket", "delegation"), name="documents_bracketproponent_once"
            ),
        ),
    ]
