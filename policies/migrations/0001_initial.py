import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import platform_api.core.ids
from platform_api.core.migrating import create_at_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("forums", "0001_initial"),
        ("identity", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = create_at_once(
        migrations.CreateModel(
            name="Instrument",
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
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("forum", "Forum"),
                            ("public", "Public"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("constitution", "Constitution"),
                            ("law", "Law"),
                            ("bylaw", "Bylaw"),
                            ("strategy", "Strategy"),
                            ("action_plan", "Action Plan"),
                            ("internal_policy", "Internal Policy"),
                            ("directive", "Directive"),
                            ("convention", "Convention"),
                            ("resolution", "Resolution"),
                        ],
                        max_length=20,
                    ),
                ),
                ("identifier", models.CharField(blank=True, max_length=200)),
                (
                    "identifier_key",
                    models.CharField(blank=True, editable=False, max_length=400),
                ),
                ("date_document", models.CharField(blank=True, max_length=10)),
                ("date_publication", models.CharField(blank=True, max_length=10)),
                ("date_applicability", models.CharField(blank=True, max_length=10)),
                ("period_begin", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("period_end", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("titles", models.JSONField(default=dict)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_country",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
                (
                    "releasable_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        editable=False,
                        null=True,
                        size=None,
                    ),
                ),
                ("restricted", models.BooleanField(default=False, editable=False)),
                (
                    "tlp",
                    models.CharField(
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
            ],
            options={
                "permissions": [
                    ("comment_instrument", "Can comment a instrument"),
                    ("draft_instrument", "Can draft a instrument"),
                    ("manage_instrument", "Can manage a instrument"),
                ],
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        models.F("effective_scope"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="policies_instrument_feed",
                    ),
                    models.Index(
                        models.F("effective_scope"),
                        models.F("kind"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="policies_instrument_facet",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="policies_instrument_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="policies_instrument_releasable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner_country", None),
                                ("owner_organisation__isnull", False),
                            ),
                            models.Q(
                                ("owner_country__isnull", False),
                                ("owner_organisation", None),
                            ),
                            _connector="OR",
                        ),
                        name="policies_instrument_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "forum"), ("forum__isnull", False)),
                            models.Q(("audience__in", ["owner", "public"]), ("forum", None)),
                            _connector="OR",
                        ),
                        name="policies_instrument_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "constitution",
                                    "law",
                                    "bylaw",
                                    "strategy",
                                    "action_plan",
                                    "internal_policy",
                                    "directive",
                                    "convention",
                                    "resolution",
                                ],
                            )
                        ),
                        name="policies_instrument_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_begin", None),
                            ("period_end", None),
                            ("period_begin__lte", models.F("period_end")),
                            _connector="OR",
                        ),
                        name="policies_instrument_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_document", ""),
                            (
                                "date_document__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_instrument_date_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_publication", ""),
                            (
                                "date_publication__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_instrument_date_publication",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_applicability", ""),
                            (
                                "date_applicability__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_instrument_date_applicability",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("identifier_key", ""), _negated=True),
                        fields=("owner_delegation", "country", "identifier_key"),
                        name="policies_instrument_identifier_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalStatusEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("adopted", "adopted"),
                            ("signed", "signed"),
                            ("ratified", "ratified"),
                            ("in_force", "in_force"),
                            ("partially_in_force", "partially_in_force"),
                            ("execution_suspended", "execution_suspended"),
                            ("annulled", "annulled"),
                            ("readopted", "readopted"),
                            ("repealed", "repealed"),
                            ("expired", "expired"),
                            ("denounced", "denounced"),
                        ],
                        max_length=20,
                    ),
                ),
                ("effective_from", models.CharField(max_length=10)),
                ("decided_by", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=1000)),
                ("note", models.CharField(blank=True, max_length=2000)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_events",
                        to="policies.instrument",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="policies.legalstatusevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "adopted",
                                    "signed",
                                    "ratified",
                                    "in_force",
                                    "partially_in_force",
                                    "execution_suspended",
                                    "annulled",
                                    "readopted",
                                    "repealed",
                                    "expired",
                                    "denounced",
                                ],
                            )
                        ),
                        name="policies_legalstatusevent_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "effective_from__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            )
                        ),
                        name="policies_legalstatusevent_effective_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supersedes", models.F("id")), _negated=True),
                        name="policies_legalstatusevent_not_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstrumentGrant",
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
                ("sort_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=32)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="policies.instrument",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
            ],
            options={
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("permission"),
                        models.F("group"),
                        models.OrderBy(models.F("sort_at"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        include=("expires_at",),
                        name="instrumentgrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="instrumentgrant_object",
                    ),
                    models.Index(
                        models.F("permission"),
                        models.F("group"),
                        models.F("kind"),
                        models.OrderBy(models.F("sort_at"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        include=("expires_at",),
                        name="instrumentgrant_facet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstrumentUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="policies.instrument",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__lt", 0)),
                        name="instrumentusergrant_refused",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
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
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("forum", "Forum"),
                            ("public", "Public"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_country",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
                (
                    "published_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.practiceversion",
                    ),
                ),
                (
                    "releasable_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        editable=False,
                        null=True,
                        size=None,
                    ),
                ),
                ("restricted", models.BooleanField(default=False, editable=False)),
                (
                    "tlp",
                    models.CharField(
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
            ],
            options={
                "permissions": [
                    ("comment_practice", "Can comment a practice"),
                    ("draft_practice", "Can draft a practice"),
                    ("manage_practice", "Can manage a practice"),
                ],
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        models.F("effective_scope"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="policies_practice_feed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="policies_practice_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="policies_practice_releasable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner_country", None),
                                ("owner_organisation__isnull", False),
                            ),
                            models.Q(
                                ("owner_country__isnull", False),
                                ("owner_organisation", None),
                            ),
                            _connector="OR",
                        ),
                        name="policies_practice_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "forum"), ("forum__isnull", False)),
                            models.Q(("audience__in", ["owner", "public"]), ("forum", None)),
                            _connector="OR",
                        ),
                        name="policies_practice_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("audience", "owner"),
                                ("published_version", None),
                                ("state", "draft"),
                            ),
                            models.Q(("published_version__isnull", False), ("state", "published")),
                            models.Q(
                                ("audience", "owner"),
                                ("published_version__isnull", False),
                                ("state", "withdrawn"),
                            ),
                            _connector="OR",
                        ),
                        name="policies_practice_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeDraft",
            fields=[
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("summary", models.TextField(blank=True)),
                ("problem", models.TextField(blank=True)),
                ("context", models.TextField(blank=True)),
                ("objectives", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True)),
                ("implementing_entity", models.CharField(blank=True, max_length=300)),
                ("target_group", models.CharField(blank=True, max_length=1000)),
                ("stakeholders", models.TextField(blank=True)),
                ("period_begin", models.CharField(blank=True, max_length=10)),
                ("period_end", models.CharField(blank=True, max_length=10)),
                (
                    "cost_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("under_10000", "Under 10 000"),
                            ("under_50000", "Under 50 000"),
                            ("under_250000", "Under 250 000"),
                            ("from_250000", "From 250 000"),
                        ],
                        max_length=12,
                    ),
                ),
                ("results", models.TextField(blank=True)),
                (
                    "evidence_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                    ),
                ),
                ("success_factors", models.TextField(blank=True)),
                ("limiting_factors", models.TextField(blank=True)),
                ("lessons", models.TextField(blank=True)),
                ("transfer_conditions", models.TextField(blank=True)),
                ("sustainability", models.TextField(blank=True)),
                ("languages", models.JSONField(default=list)),
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="policies.practice",
                    ),
                ),
                ("updated_at", models.DateTimeField()),
                (
                    "effective_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence_level", None),
                            ("evidence_level__lte", 4),
                            _connector="OR",
                        ),
                        name="policies_practicedraft_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_band", ""),
                            (
                                "cost_band__in",
                                [
                                    "none",
                                    "under_10000",
                                    "under_50000",
                                    "under_250000",
                                    "from_250000",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="policies_practicedraft_cost",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_begin", ""),
                            (
                                "period_begin__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_practicedraft_begin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_end", ""),
                            (
                                "period_end__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_practicedraft_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeVersion",
            fields=[
                ("title", models.CharField(blank=True, max_length=300)),
                ("summary", models.TextField(blank=True)),
                ("problem", models.TextField(blank=True)),
                ("context", models.TextField(blank=True)),
                ("objectives", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True)),
                ("implementing_entity", models.CharField(blank=True, max_length=300)),
                ("target_group", models.CharField(blank=True, max_length=1000)),
                ("stakeholders", models.TextField(blank=True)),
                ("period_begin", models.CharField(blank=True, max_length=10)),
                ("period_end", models.CharField(blank=True, max_length=10)),
                (
                    "cost_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("under_10000", "Under 10 000"),
                            ("under_50000", "Under 50 000"),
                            ("under_250000", "Under 250 000"),
                            ("from_250000", "From 250 000"),
                        ],
                        max_length=12,
                    ),
                ),
                ("results", models.TextField(blank=True)),
                (
                    "evidence_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                    ),
                ),
                ("success_factors", models.TextField(blank=True)),
                ("limiting_factors", models.TextField(blank=True)),
                ("lessons", models.TextField(blank=True)),
                ("transfer_conditions", models.TextField(blank=True)),
                ("sustainability", models.TextField(blank=True)),
                ("languages", models.JSONField(default=list)),
                (
                    "id",
                    models.UUIDField(
                        default=platform_api.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="policies.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence_level", None),
                            ("evidence_level__lte", 4),
                            _connector="OR",
                        ),
                        name="policies_practiceversion_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_band", ""),
                            (
                                "cost_band__in",
                                [
                                    "none",
                                    "under_10000",
                                    "under_50000",
                                    "under_250000",
                                    "from_250000",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="policies_practiceversion_cost",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_begin", ""),
                            (
                                "period_begin__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_practiceversion_begin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_end", ""),
                            (
                                "period_end__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="policies_practiceversion_end",
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "number"),
                        name="policies_practiceversion_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adaptation",
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
                ("external_organisation", models.CharField(blank=True, max_length=300)),
                ("external_title", models.CharField(blank=True, max_length=500)),
                ("external_citation", models.CharField(blank=True, max_length=1000)),
                ("external_url", models.URLField(blank=True, max_length=500)),
                ("external_verified", models.BooleanField(default=False)),
                ("kept", models.TextField(blank=True)),
                ("changed", models.TextField(blank=True)),
                ("dropped", models.TextField(blank=True)),
                (
                    "by_way_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reached_through",
                        to="policies.adaptation",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adaptations",
                        to="policies.practice",
                    ),
                ),
                (
                    "source_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adapted_in",
                        to="policies.practiceversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("by_way_of", None),
                                ("external_citation", ""),
                                ("external_organisation", ""),
                                ("external_title", ""),
                                ("external_url", ""),
                                ("external_verified", False),
                                ("source_version__isnull", False),
                            ),
                            models.Q(
                                ("source_version", None),
                                models.Q(("external_organisation", ""), _negated=True),
                                models.Q(("external_title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policies_adaptation_one_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_way_of", models.F("id")), _negated=True),
                        name="policies_adaptation_not_by_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "source_version"),
                        name="policies_adaptation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeGrant",
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
                ("sort_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=32)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="policies.practice",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
            ],
            options={
                "unique_together": {("group", "permission", "content_object")},
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("permission"),
                        models.F("group"),
                        models.OrderBy(models.F("sort_at"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        include=("expires_at",),
                        name="practicegrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="practicegrant_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="policies.practice",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "unique_together": {("user", "permission", "content_object")},
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__lt", 0)), name="practiceusergrant_refused"
                    )
                ],
            },
        ),
    )
