import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0008_granting"),
        ("identity", "0002_actor_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="NarrowedScope",
            fields=[
                (
                    "scope",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="identity.scope",
                    ),
                ),
                (
                    "releasable_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="releasable_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="restricted",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="tlp",
            field=models.CharField(
                blank=True,
                choices=[
                    ("red", "red"),
                    ("amber_strict", "amber_strict"),
                    ("amber", "amber"),
                    ("green", "green"),
                    ("clear", "clear"),
                ],
                editable=False,
                max_length=12,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="releasable_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="restricted",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="project",
            name="tlp",
            field=models.CharField(
                blank=True,
                choices=[
                    ("red", "red"),
                    ("amber_strict", "amber_strict"),
                    ("amber", "amber"),
                    ("green", "green"),
                    ("clear", "clear"),
                ],
                editable=False,
                max_length=12,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tlp", None),
                    ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                    _connector="OR",
                ),
                name="forums_meeting_tlp",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("releasable_to", None), ("releasable_to__len__gte", 1), _connector="OR"
                ),
                name="forums_meeting_releasable",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tlp", None),
                    ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                    _connector="OR",
                ),
                name="forums_project_tlp",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("releasable_to", None), ("releasable_to__len__gte", 1), _connector="OR"
                ),
                name="forums_project_releasable",
            ),
        ),
        migrations.AddField(
            model_name="narrowedscope",
            name="base",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.scope"
            ),
        ),
        migrations.AddField(
            model_name="narrowedscope",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.scope"
            ),
        ),
    ]
