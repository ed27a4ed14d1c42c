import django.db.models.deletion
from django.db import migrations, models

import platform_api.core.ids
import platform_api.ledger.fields
from platform_api.core.migrating import create_at_once


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = create_at_once(
        migrations.CreateModel(
            name="Entry",
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
                    "at",
                    models.DateTimeField(
                        db_default=platform_api.ledger.fields.ClockTimestamp(),
                        editable=False,
                    ),
                ),
                (
                    "xid",
                    platform_api.ledger.fields.TransactionIdField(
                        db_default=platform_api.ledger.fields.CurrentTransaction(),
                        editable=False,
                    ),
                ),
                ("kind", models.CharField(max_length=100)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=16)),
                ("seat_id", models.UUIDField(null=True)),
                ("client_id", models.CharField(blank=True, max_length=255)),
                ("request_id", models.CharField(blank=True, max_length=200)),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.CharField(max_length=200)),
                ("owner_seat_id", models.UUIDField(null=True)),
                ("effective_scope_id", models.IntegerField(null=True)),
                ("details_hash", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(
                        fields=["object_type", "object_id", "id"],
                        name="ledger_entry_object",
                    ),
                    models.Index(
                        condition=models.Q(("owner_seat_id__isnull", False)),
                        fields=["owner_seat_id", "-id"],
                        name="ledger_entry_owner",
                    ),
                    models.Index(
                        condition=models.Q(("effective_scope_id__isnull", False)),
                        fields=["effective_scope_id", "-id"],
                        name="ledger_entry_scope",
                    ),
                    models.Index(
                        condition=models.Q(("actor_id__isnull", False)),
                        fields=["actor_id", "-id"],
                        name="ledger_entry_actor",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__regex", "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$")
                        ),
                        name="ledger_entry_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("details_hash", None),
                            ("details_hash__length", 32),
                            _connector="OR",
                        ),
                        name="ledger_entry_details_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Detail",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("salt", models.BinaryField()),
                ("payload", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("salt__length", 32)), name="ledger_detail_salt"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("ordinal", models.PositiveIntegerField()),
                ("type", models.CharField(max_length=100)),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.UUIDField()),
                ("narrow_scope_id", models.IntegerField(null=True)),
                ("audience_group_id", models.IntegerField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="ledger.entry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "ordinal"), name="ledger_event_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type__regex", "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$")
                        ),
                        name="ledger_event_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__gte", 1)), name="ledger_event_ordinal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("narrow_scope_id", None),
                            ("audience_group_id", None),
                            _connector="OR",
                        ),
                        name="ledger_event_one_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_hash", models.BinaryField()),
                ("chain_hash", models.BinaryField()),
                (
                    "sealed_at",
                    models.DateTimeField(db_default=platform_api.ledger.fields.ClockTimestamp()),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.entry"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)),
                        name="ledger_seal_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chain_hash__length", 32), ("entry_hash__length", 32)),
                        name="ledger_seal_hashes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "xid",
                        "entry_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("xid", platform_api.ledger.fields.TransactionIdField()),
                ("entry_id", models.UUIDField()),
            ],
            options={
                "verbose_name_plural": "unsealed",
            },
        ),
        migrations.CreateModel(
            name="DenialCount",
            fields=[
                ("fingerprint", models.BinaryField(primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField(null=True)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=16)),
                ("client_id", models.CharField(blank=True, max_length=255)),
                ("action", models.CharField(max_length=100)),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=100)),
                ("repeats", models.BigIntegerField(default=0)),
                (
                    "first_at",
                    models.DateTimeField(db_default=platform_api.ledger.fields.ClockTimestamp()),
                ),
                (
                    "last_at",
                    models.DateTimeField(db_default=platform_api.ledger.fields.ClockTimestamp()),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["first_at"], name="ledger_denialcount_first")],
            },
        ),
        migrations.CreateModel(
            name="IdempotentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("caller", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=255)),
                ("request_sha256", models.BinaryField()),
                ("status", models.SmallIntegerField()),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
                ("resource_type", models.CharField(blank=True, max_length=100)),
                ("resource_id", models.CharField(blank=True, max_length=200)),
                ("secret", models.BooleanField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=platform_api.ledger.fields.ClockTimestamp()),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="ledger_idempotentanswer_made")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("caller", "key"), name="ledger_idempotentanswer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("secret", False),
                            models.Q(("body", b""), ("headers", {})),
                            _connector="OR",
                        ),
                        name="ledger_idempotentanswer_secret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                (
                    "key",
                    models.CharField(max_length=255, primary_key=True, serialize=False),
                ),
                ("full_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ledger_throttle",
            },
        ),
    )
