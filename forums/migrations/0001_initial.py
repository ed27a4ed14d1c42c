import datetime

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import platform_api.core.ids
from platform_api.core.migrating import create_at_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("identity", "0001_initial"),
        # Libraries go first: what hangs together with a user, each of theirs renders anew.
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("oauth2_provider", "0022_refreshtoken_token_family_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = create_at_once(
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
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Country",
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
                ("code", models.CharField(max_length=2, unique=True)),
                ("alpha3", models.CharField(max_length=3, unique=True)),
                ("names", models.JSONField(default=dict)),
                ("user_assigned", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name_plural": "countries",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[A-Z]{2}$"), ("alpha3__regex", "^[A-Z]{3}$")
                        ),
                        name="forums_country_codes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryAlias",
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
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="forums.country",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "name"), name="forums_countryalias_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContentLanguage",
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
                ("tag", models.CharField(max_length=35, unique=True)),
                ("names", models.JSONField(default=dict)),
                ("script", models.CharField(max_length=4)),
                ("search_config", models.CharField(default="simple", max_length=20)),
                ("alphabet", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["tag"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("key", models.SlugField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry_of_defence", "Ministry Of Defence"),
                            ("armed_forces", "Armed Forces"),
                            ("international_organisation", "International Organisation"),
                            ("un_entity", "Un Entity"),
                            ("regional_organisation", "Regional Organisation"),
                            ("donor_government", "Donor Government"),
                            ("ngo", "Ngo"),
                        ],
                        max_length=32,
                    ),
                ),
                ("names", models.JSONField(default=dict)),
                ("acronym", models.CharField(blank=True, max_length=40)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="forums.country",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "ministry_of_defence",
                                    "armed_forces",
                                    "international_organisation",
                                    "un_entity",
                                    "regional_organisation",
                                    "donor_government",
                                    "ngo",
                                ],
                            )
                        ),
                        name="forums_organisation_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationIdentifier",
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
                ("scheme", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "value"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "value"),
                        name="forums_organisationidentifier_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationAlias",
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
                ("name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "name"),
                        name="forums_organisationalias_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Forum",
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
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("names", models.JSONField(default=dict)),
                ("mandate", models.JSONField(default=dict)),
                ("working_languages", models.JSONField(default=list)),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[
                            ("silence", "Silence"),
                            ("unanimity", "Unanimity"),
                            ("qualified_majority", "Qualified Majority"),
                        ],
                        default="silence",
                        max_length=20,
                    ),
                ),
                ("silence_hours", models.PositiveIntegerField(default=72)),
                (
                    "number_pattern",
                    models.CharField(default="{slug}/{year}/{number}", max_length=80),
                ),
                ("four_eyes", models.BooleanField(default=True)),
                (
                    "effective_scope",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "decision_rule__in",
                                ["silence", "unanimity", "qualified_majority"],
                            )
                        ),
                        name="forums_forum_rule",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("observer", "Observer"),
                            ("partner", "Partner"),
                            ("donor", "Donor"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("voting", models.BooleanField(default=False)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("designation", models.CharField(blank=True, max_length=120)),
                ("designation_footnote", models.TextField(blank=True)),
                ("time_zone", models.CharField(default="UTC", max_length=60)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="forums.country",
                    ),
                ),
                (
                    "home_scope",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="forums.forum",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="forums.organisation",
                    ),
                ),
                (
                    "represented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", None), ("organisation__isnull", False)),
                            models.Q(("country__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="forums_delegation_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("since__lte", models.F("until")),
                            _connector="OR",
                        ),
                        name="forums_delegation_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["member", "observer", "partner", "donor"])
                        ),
                        name="forums_delegation_status",
                    ),
                    models.UniqueConstraint(
                        fields=("forum", "country"),
                        name="forums_delegation_country_once",
                        nulls_distinct=True,
                    ),
                    models.UniqueConstraint(
                        fields=("forum", "organisation"),
                        name="forums_delegation_organisation_once",
                        nulls_distinct=True,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("forum", None)),
                        fields=("country",),
                        name="forums_delegation_home_country",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("forum", None)),
                        fields=("organisation",),
                        name="forums_delegation_home_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegate",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "reader"),
                            ("drafter", "drafter"),
                            ("head", "head"),
                            ("access_manager", "access_manager"),
                        ],
                        max_length=16,
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegates",
                        to="forums.delegation",
                    ),
                ),
                ("guest", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_from__lte", models.F("valid_until")),
                            _connector="OR",
                        ),
                        name="forums_delegate_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("guest", False),
                            models.Q(
                                ("role", "reader"),
                                ("valid_until__isnull", False),
                                (
                                    "valid_until__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("valid_from"),
                                        "+",
                                        models.Value(datetime.timedelta(days=366)),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="forums_delegate_guest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["reader", "drafter", "head", "access_manager"])
                        ),
                        name="forums_delegate_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientBinding",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "reader"),
                            ("drafter", "drafter"),
                            ("head", "head"),
                            ("access_manager", "access_manager"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="binding",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="client_bindings",
                        to="forums.delegation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["reader", "drafter", "head", "access_manager"])
                        ),
                        name="forums_clientbinding_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
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
                    models.CharField(
                        choices=[("chair", "Chair"), ("secretariat", "Secretariat")],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="forums.delegation",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="forums.forum",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delegation", None), ("organisation__isnull", False)),
                            models.Q(("delegation__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="forums_office_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since__lte", models.F("until")),
                            _connector="OR",
                        ),
                        name="forums_office_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingSeries",
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
                ("names", models.JSONField(default=dict)),
                (
                    "effective_scope",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_series",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting series",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forum__isnull", False),
                            ("owner_delegation__isnull", False),
                            _connector="OR",
                        ),
                        name="forums_meetingseries_kept",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("sequence", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seminar", "Seminar"),
                            ("conference", "Conference"),
                            ("working_group", "Working Group"),
                            ("study_visit", "Study Visit"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("onsite", "Onsite"),
                            ("hybrid", "Hybrid"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("registration_open", "Registration Open"),
                            ("held", "Held"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("titles", models.JSONField(default=dict)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("time_zone", models.CharField(default="UTC", max_length=60)),
                ("begins", models.CharField(blank=True, max_length=10, null=True)),
                ("ends", models.CharField(blank=True, max_length=10, null=True)),
                ("duration_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "reported_participants",
                    models.PositiveIntegerField(blank=True, null=True),
                ),
                (
                    "reported_countries",
                    models.PositiveSmallIntegerField(blank=True, null=True),
                ),
                ("reported_source", models.CharField(blank=True, max_length=500)),
                (
                    "continuation_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continuations",
                        to="forums.meeting",
                    ),
                ),
                (
                    "effective_scope",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_meetings",
                        to="forums.delegation",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="forums.meetingseries",
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
                    ("comment_meeting", "Can comment on a meeting"),
                    ("draft_meeting", "Can draft in a meeting"),
                    ("manage_meeting", "Can manage a meeting"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        models.F("effective_scope"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("effective_scope__isnull", False)),
                        name="forums_meeting_feed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="forums_meeting_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="forums_meeting_releasable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["seminar", "conference", "working_group", "study_visit"],
                            )
                        ),
                        name="forums_meeting_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["online", "onsite", "hybrid"])),
                        name="forums_meeting_mode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "planned",
                                    "registration_open",
                                    "held",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="forums_meeting_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forum__isnull", False),
                            ("owner_delegation__isnull", False),
                            _connector="OR",
                        ),
                        name="forums_meeting_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins", None),
                            (
                                "begins__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="forums_meeting_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None),
                            (
                                "ends__regex",
                                "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
                            ),
                            _connector="OR",
                        ),
                        name="forums_meeting_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins", None),
                            ("ends", None),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Left(
                                    "begins",
                                    django.db.models.functions.comparison.Least(
                                        django.db.models.functions.text.Length("begins"),
                                        django.db.models.functions.text.Length("ends"),
                                    ),
                                ),
                                django.db.models.functions.text.Left(
                                    "ends",
                                    django.db.models.functions.comparison.Least(
                                        django.db.models.functions.text.Length("begins"),
                                        django.db.models.functions.text.Length("ends"),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="forums_meeting_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duration_days", None),
                            ("duration_days__gte", 1),
                            _connector="OR",
                        ),
                        name="forums_meeting_duration",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reported_countries", None),
                                ("reported_participants", None),
                                ("reported_source", ""),
                            ),
                            models.Q(
                                models.Q(("reported_source", ""), _negated=True),
                                models.Q(
                                    ("reported_participants__isnull", False),
                                    ("reported_countries__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="forums_meeting_reported_with_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_participants", None),
                            ("reported_countries", None),
                            ("reported_countries__lte", models.F("reported_participants")),
                            _connector="OR",
                        ),
                        name="forums_meeting_reported_countries",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sequence", None), ("series", None)),
                            models.Q(
                                ("sequence__gte", 1),
                                ("sequence__isnull", False),
                                ("series__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="forums_meeting_sequence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("continuation_of", None),
                            models.Q(("continuation_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="forums_meeting_continues_another",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "sequence"), name="forums_meeting_sequence_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingGrant",
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
                        to="forums.meeting",
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
                        name="meetinggrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="meetinggrant_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="forums.meeting",
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
                        condition=models.Q(("id__lt", 0)), name="meetingusergrant_refused"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingOrganiser",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("organiser", "Organiser"),
                            ("co_organiser", "Co Organiser"),
                            ("host", "Host"),
                            ("funder", "Funder"),
                        ],
                        max_length=16,
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisers",
                        to="forums.meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["organiser", "co_organiser", "host", "funder"])
                        ),
                        name="forums_meetingorganiser_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delegation", None), ("organisation__isnull", False)),
                            models.Q(("delegation__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="forums_meetingorganiser_one_party",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "organisation", "role"),
                        name="forums_meetingorganiser_organisation",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "delegation", "role"),
                        name="forums_meetingorganiser_delegation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("session", "Session"),
                            ("presentation", "Presentation"),
                            ("discussion", "Discussion"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("titles", models.JSONField(default=dict)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="forums.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["session", "presentation", "discussion", "other"])
                        ),
                        name="forums_agendaitem_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)),
                        name="forums_agendaitem_position",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("meeting", "position"),
                        name="forums_agendaitem_position_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingSeat",
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
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="forums.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "delegation"), name="forums_meetingseat_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
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
                ("object_type", models.CharField(max_length=100)),
                ("object_table", models.CharField(max_length=63)),
                ("object_id", models.UUIDField()),
                ("owner_seat_id", models.UUIDField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["owner_seat_id", "-opened_at"], name="forums_opening_owner"
                    ),
                    models.Index(fields=["operator", "-opened_at"], name="forums_opening_operator"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("opened_at")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=900)),
                                ),
                            ),
                        ),
                        name="forums_opening_short",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="forums_opening_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                ("identifier", models.CharField(max_length=200)),
                ("titles", models.JSONField(default=dict)),
                ("descriptions", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("1", "Pipeline/identification"),
                            ("2", "Implementation"),
                            ("3", "Finalisation"),
                            ("4", "Closed"),
                            ("5", "Cancelled"),
                            ("6", "Suspended"),
                        ],
                        max_length=1,
                    ),
                ),
                ("planned_start", models.DateField(blank=True, null=True)),
                ("actual_start", models.DateField(blank=True, null=True)),
                ("planned_end", models.DateField(blank=True, null=True)),
                ("actual_end", models.DateField(blank=True, null=True)),
                ("illustrative", models.BooleanField(default=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("home", "Home"), ("forum", "Forum")],
                        default="home",
                        max_length=5,
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_projects",
                        to="forums.delegation",
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
                    ("comment_project", "Can comment on a project"),
                    ("draft_project", "Can draft in a project"),
                    ("manage_project", "Can manage a project"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        models.F("effective_scope"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="forums_project_feed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="forums_project_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="forums_project_releasable",
                    ),
                    models.UniqueConstraint(
                        fields=("owner_delegation", "identifier"),
                        name="forums_project_identifier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["1", "2", "3", "4", "5", "6"])),
                        name="forums_project_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility", "home"),
                            models.Q(("forum__isnull", False), ("visibility", "forum")),
                            _connector="OR",
                        ),
                        name="forums_project_visibility",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_start", None),
                            ("planned_end", None),
                            ("planned_start__lte", models.F("planned_end")),
                            _connector="OR",
                        ),
                        name="forums_project_planned_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_start", None),
                            ("actual_end", None),
                            ("actual_start__lte", models.F("actual_end")),
                            _connector="OR",
                        ),
                        name="forums_project_actual_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectGrant",
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
                ("all_countries", models.BooleanField(default=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="forums.project",
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
                        name="projectgrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="projectgrant_object",
                    ),
                    models.Index(
                        condition=models.Q(("all_countries", True)),
                        fields=["group"],
                        include=("content_object", "expires_at"),
                        name="projectgrant_everywhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="forums.project",
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
                        condition=models.Q(("id__lt", 0)), name="projectusergrant_refused"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipatingOrganisation",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("1", "Funding"),
                            ("2", "Accountable"),
                            ("3", "Extending"),
                            ("4", "Implementing"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participating_organisations",
                        to="forums.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "role", "organisation"),
                        name="forums_participatingorganisation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["1", "2", "3", "4"])),
                        name="forums_participatingorganisation_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientShare",
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
                ("percentage", models.DecimalField(decimal_places=4, max_digits=7)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipient_shares",
                        to="forums.project",
                    ),
                ),
            ],
            options={
                "ordering": ["country__code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "country"), name="forums_recipientshare_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percentage__gt", 0), ("percentage__lte", 100)),
                        name="forums_recipientshare_percentage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Budget",
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
                    "type",
                    models.CharField(
                        choices=[("original", "Original"), ("revised", "Revised")],
                        default="original",
                        max_length=8,
                    ),
                ),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("value", models.DecimalField(decimal_places=10, max_digits=38)),
                ("currency", models.CharField(max_length=3)),
                ("value_date", models.DateField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgets",
                        to="forums.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["original", "revised"])),
                        name="forums_budget_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_start__lte", models.F("period_end"))),
                        name="forums_budget_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transaction",
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
                    "type",
                    models.CharField(
                        choices=[
                            ("1", "Incoming Funds"),
                            ("2", "Outgoing Commitment"),
                            ("3", "Disbursement"),
                            ("4", "Expenditure"),
                            ("5", "Interest Payment"),
                            ("6", "Loan Repayment"),
                            ("7", "Reimbursement"),
                            ("8", "Purchase of Equity"),
                            ("9", "Sale of Equity"),
                            ("10", "Credit Guarantee"),
                            ("11", "Incoming Commitment"),
                            ("12", "Outgoing Pledge"),
                            ("13", "Incoming Pledge"),
                        ],
                        max_length=2,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=10, max_digits=38)),
                ("amount_text", models.CharField(max_length=60)),
                ("currency", models.CharField(max_length=3)),
                ("transaction_date", models.DateField()),
                ("value_date", models.DateField()),
                ("descriptions", models.JSONField(default=dict)),
                ("ref", models.CharField(blank=True, max_length=200)),
                ("group_digest", models.BinaryField(max_length=32)),
                ("ordinal", models.PositiveIntegerField()),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transactions",
                        to="forums.project",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.organisation",
                    ),
                ),
                (
                    "recipient_country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.country",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("project"),
                        models.OrderBy(models.F("transaction_date"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="forums_transaction_dates",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "group_digest", "ordinal"),
                        name="forums_transaction_identity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "1",
                                    "2",
                                    "3",
                                    "4",
                                    "5",
                                    "6",
                                    "7",
                                    "8",
                                    "9",
                                    "10",
                                    "11",
                                    "12",
                                    "13",
                                ],
                            )
                        ),
                        name="forums_transaction_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "reader"),
                            ("drafter", "drafter"),
                            ("head", "head"),
                            ("access_manager", "access_manager"),
                        ],
                        max_length=16,
                    ),
                ),
                ("guest", models.BooleanField(default=False)),
                ("valid_until", models.DateTimeField(blank=True, null=True)),
                ("token_hash", models.BinaryField(unique=True)),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "delegate",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="forums.delegate",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="forums.delegation",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["reader", "drafter", "head", "access_manager"])
                        ),
                        name="forums_invitation_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("guest", False),
                            models.Q(("role", "reader"), ("valid_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="forums_invitation_guest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("token_hash__length", 32)),
                        name="forums_invitation_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="forums_invitation_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), ("accepted_at", None), _connector="OR"
                        ),
                        name="forums_invitation_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("delegate", None)),
                            models.Q(("accepted_at__isnull", False), ("delegate__isnull", False)),
                            _connector="OR",
                        ),
                        name="forums_invitation_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
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
                ("reason", models.CharField(max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="forums.country",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="forums.delegation",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="forums.organisation",
                    ),
                ),
                (
                    "suspended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("country__isnull", False),
                                ("delegation", None),
                                ("organisation", None),
                            ),
                            models.Q(
                                ("country", None),
                                ("delegation", None),
                                ("organisation__isnull", False),
                            ),
                            models.Q(
                                ("country", None),
                                ("delegation__isnull", False),
                                ("organisation", None),
                            ),
                            _connector="OR",
                        ),
                        name="forums_suspension_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__gte", models.F("created_at")),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="forums_suspension_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="forums_suspension_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("country",),
                        name="forums_suspension_country_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organisation",),
                        name="forums_suspension_organisation_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("delegation",),
                        name="forums_suspension_delegation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.UUIDField()),
                ("object_version", models.CharField(max_length=64)),
                ("day", models.DateField()),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_id", "object_version", "person", "day"),
                        name="forums_reading_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
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
                ("due_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to="forums.delegation",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("created_at"))),
                        name="forums_accessreview_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            ("closed_at__gte", models.F("due_at")),
                            _connector="OR",
                        ),
                        name="forums_accessreview_closed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("delegation",),
                        name="forums_accessreview_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReviewItem",
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
                    models.CharField(
                        choices=[
                            ("grant_given", "Grant Given"),
                            ("grant_received", "Grant Received"),
                            ("delegate", "Delegate"),
                            ("client", "Client"),
                        ],
                        max_length=16,
                    ),
                ),
                ("object_type", models.CharField(blank=True, max_length=100)),
                ("object_id", models.UUIDField(blank=True, null=True)),
                ("holder_id", models.UUIDField(blank=True, null=True)),
                ("level", models.CharField(blank=True, max_length=8)),
                ("role", models.CharField(blank=True, max_length=16)),
                ("ends", models.JSONField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("ended", "Ended"),
                            ("lapsed", "Lapsed"),
                            ("superseded", "Superseded"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("alone", models.BooleanField(default=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="forums.accessreview",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("decision", "open"), ("object_id__isnull", False)),
                        fields=["object_id"],
                        name="forums_accessreviewitem_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["grant_given", "grant_received", "delegate", "client"],
                            )
                        ),
                        name="forums_accessreviewitem_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision__in", ["confirmed", "ended"]),
                                ("decided_by__isnull", False),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision__in", ["lapsed", "superseded"]),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="forums_accessreviewitem_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alone", False), ("decision", "confirmed"), _connector="OR"
                        ),
                        name="forums_accessreviewitem_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.UUIDField()),
                ("reason", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="offered",
                        max_length=9,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "offered")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ["accepted", "declined", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="forums_transfer_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="forums_transfer_two_seats",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("object_id",),
                        name="forums_transfer_one_offer",
                    ),
                ],
            },
        ),
    )
