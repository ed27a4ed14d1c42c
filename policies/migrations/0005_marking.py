import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0009_marking"),
        ("identity", "0002_actor_functions"),
        ("policies", "0004_granting"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="releasable_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="instrument",
            name="restricted",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="instrument",
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
            model_name="practice",
            name="releasable_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="restricted",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="practice",
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
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tlp", None),
                    ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                    _connector="OR",
                ),
                name="policies_instrument_tlp",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("releasable_to", None), ("releasable_to__len__gte", 1), _connector="OR"
                ),
                name="policies_instrument_releasable",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tlp", None),
                    ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                    _connector="OR",
                ),
                name="policies_practice_tlp",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("releasable_to", None), ("releasable_to__len__gte", 1), _connector="OR"
                ),
                name="policies_practice_releasable",
            ),
        ),
    ]
