import django.contrib.postgres.fields
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
            name="Document",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("manual", "Manual"),
                            ("strategy", "Strategy"),
                            ("declaration", "Declaration"),
                            ("decision", "Decision"),
                            ("joint_statement", "Joint Statement"),
                            ("guidelines", "Guidelines"),
                            ("terms_of_reference", "Terms Of Reference"),
                            ("action_plan", "Action Plan"),
                            ("report", "Report"),
                            ("minutes", "Minutes"),
                            ("non_paper", "Non Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                ("titles", models.JSONField(default=dict)),
                ("working_language", models.CharField(max_length=35)),
                (
                    "drafting_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="forums.forum",
                    ),
                ),
                (
                    "owner_delegation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_documents",
                        to="forums.delegation",
                    ),
                ),
                (
                    "penholder",
                    models.ForeignKey(
                        blank=True,
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
                ("circulated", models.BooleanField(default=False, editable=False)),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "drafting_group",
                    models.ManyToManyField(
                        related_name="drafted_documents",
                        through="documents.DocumentDelegation",
                        to="forums.delegation",
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("comment_document", "Can comment on a document"),
                    ("draft_document", "Can draft in a document"),
                    ("manage_document", "Can manage a document"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        models.F("effective_scope"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("effective_scope__isnull", False)),
                        name="documents_document_feed",
                    ),
                    models.Index(
                        models.F("effective_scope"),
                        models.F("kind"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("effective_scope__isnull", False)),
                        name="documents_document_facet",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="documents_document_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="documents_document_releasable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "manual",
                                    "strategy",
                                    "declaration",
                                    "decision",
                                    "joint_statement",
                                    "guidelines",
                                    "terms_of_reference",
                                    "action_plan",
                                    "report",
                                    "minutes",
                                    "non_paper",
                                ],
                            )
                        ),
                        name="documents_document_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafting",
                                    "consultation",
                                    "final_draft",
                                    "withdrawn",
                                    "superseded",
                                ],
                            )
                        ),
                        name="documents_document_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("circulated", False), ("state", "drafting")),
                            models.Q(
                                ("circulated", True),
                                ("state__in", ["consultation", "final_draft"]),
                            ),
                            ("state__in", ["withdrawn", "superseded"]),
                            _connector="OR",
                        ),
                        name="documents_document_circulated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "superseded"), ("superseded_by__isnull", False)),
                            models.Q(
                                models.Q(("state", "superseded"), _negated=True),
                                ("superseded_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="documents_document_superseded_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentDelegation",
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
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="forums.delegation"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="documents.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "delegation"),
                        name="documents_documentdelegation_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("rank", models.CharField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("private_drafting", "Private Drafting"),
                            ("released", "Released"),
                            ("provisionally_agreed", "Provisionally Agreed"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("inherits", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=35)),
                ("title", models.CharField(max_length=500)),
                ("body", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("head", models.UUIDField()),
                ("chain_hash", models.BinaryField(max_length=32)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("single_person_release", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="documents.document",
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
                    "owner_delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_sections",
                        to="forums.delegation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="documents.section",
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
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "home_writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("comment_section", "Can comment on a section"),
                    ("draft_section", "Can draft a section"),
                    ("manage_section", "Can manage a section"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["document", "rank", "id"], name="documents_section_tree")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tlp", None),
                            ("tlp__in", ["red", "amber_strict", "amber", "green", "clear"]),
                            _connector="OR",
                        ),
                        name="documents_section_tlp",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("releasable_to", None),
                            ("releasable_to__len__gte", 1),
                            _connector="OR",
                        ),
                        name="documents_section_releasable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "private_drafting",
                                    "released",
                                    "provisionally_agreed",
                                    "closed",
                                ],
                            )
                        ),
                        name="documents_section_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("inherits", False),
                                ("owner_delegation__isnull", False),
                                ("state", "private_drafting"),
                            ),
                            models.Q(("state", "private_drafting"), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_section_private_at_home",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
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
                ("number", models.PositiveIntegerField()),
                ("at_home", models.BooleanField()),
                ("inherits", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(max_length=35)),
                ("title", models.CharField(max_length=500)),
                ("body", models.TextField(blank=True)),
                ("content_sha256", models.BinaryField(max_length=32)),
                ("home_commitment", models.BinaryField(max_length=32, null=True)),
                ("chain_hash", models.BinaryField(max_length=32)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="documents.section",
                    ),
                ),
                ("purged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "purged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "act",
                    models.CharField(
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
                (
                    "worked_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "at_home", "number"),
                        name="documents_revision_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purged_at", None), ("purged_by", None)),
                            models.Q(
                                ("body", ""),
                                ("note", ""),
                                ("purged_at__isnull", False),
                                ("purged_by__isnull", False),
                                ("title", ""),
                            ),
                            _connector="OR",
                        ),
                        name="documents_revision_purged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
                                [
                                    "written",
                                    "moved",
                                    "split",
                                    "joined",
                                    "deleted",
                                    "restored",
                                ],
                            )
                        ),
                        name="documents_revision_act",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseCommitment",
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
                ("salt", models.BinaryField(max_length=32)),
                (
                    "effective_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "home_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DocumentGrant",
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
                        to="documents.document",
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
                        name="documentgrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="documentgrant_object",
                    ),
                    models.Index(
                        models.F("permission"),
                        models.F("group"),
                        models.F("kind"),
                        models.OrderBy(models.F("sort_at"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        include=("expires_at",),
                        name="documentgrant_facet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="documents.document",
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
                        condition=models.Q(("id__lt", 0)), name="documentusergrant_refused"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionGrant",
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
                        to="documents.section",
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
                        name="sectiongrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="sectiongrant_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="documents.section",
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
                        condition=models.Q(("id__lt", 0)), name="sectionusergrant_refused"
                    )
                ],
            },
        ),
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
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                (
                                    "state__in",
                                    ["draft", "submitted", "under_consideration"],
                                ),
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
                    models.CheckConstraint(
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
                    models.UniqueConstraint(
                        fields=("section", "number"), name="documents_amendment_number"
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("amendment", "at_home", "number"),
                        name="documents_amendmentproposal_number",
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("amendment", "delegation"),
                        name="documents_amendmentcosponsor_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("name", models.CharField(max_length=150)),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "application/pdf"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            ),
                            (
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            ),
                            (
                                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                            ),
                            (
                                "application/vnd.oasis.opendocument.text",
                                "application/vnd.oasis.opendocument.text",
                            ),
                            (
                                "application/vnd.oasis.opendocument.spreadsheet",
                                "application/vnd.oasis.opendocument.spreadsheet",
                            ),
                            ("image/png", "image/png"),
                            ("image/jpeg", "image/jpeg"),
                            ("text/plain", "text/plain"),
                            ("text/csv", "text/csv"),
                        ],
                        max_length=100,
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "stored_as",
                    models.CharField(blank=True, max_length=100, null=True, unique=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("purged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "purged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
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
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="documents.document",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("section__isnull", False)),
                            models.Q(("document__isnull", False), ("section", None)),
                            _connector="OR",
                        ),
                        name="documents_attachment_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deleted_at__isnull", False), ("stored_as", None)),
                            models.Q(("deleted_at", None), ("stored_as__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_attachment_deleted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purged_at", None), ("purged_by", None)),
                            models.Q(
                                ("deleted_at__isnull", False),
                                ("name", ""),
                                ("purged_at__isnull", False),
                                ("purged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="documents_attachment_purged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="documents_attachment_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_type__in",
                                [
                                    "application/pdf",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                    "application/vnd.oasis.opendocument.text",
                                    "application/vnd.oasis.opendocument.spreadsheet",
                                    "image/png",
                                    "image/jpeg",
                                    "text/plain",
                                    "text/csv",
                                ],
                            )
                        ),
                        name="documents_attachment_media_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
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
                ("instrument", models.UUIDField()),
                ("provision", models.CharField(blank=True, max_length=200)),
                ("as_of", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        related_name="citations",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("provision", ""),
                            ("provision__regex", "^[A-Za-z][A-Za-z0-9_.-]*$"),
                            _connector="OR",
                        ),
                        name="documents_citation_provision",
                    ),
                    models.UniqueConstraint(
                        fields=("section", "instrument", "provision", "as_of"),
                        name="documents_citation_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("internal", "Internal"),
                            ("owner", "Owner"),
                            ("drafting_group", "Drafting Group"),
                            ("forum", "Forum"),
                        ],
                        max_length=16,
                    ),
                ),
                ("body", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("resolved", "Resolved")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("anchor_start", models.PositiveIntegerField(blank=True, null=True)),
                ("anchor_end", models.PositiveIntegerField(blank=True, null=True)),
                ("anchor_quote", models.TextField(blank=True, null=True)),
                ("anchor_prefix", models.TextField(blank=True, null=True)),
                ("anchor_suffix", models.TextField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("posted_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "anchor_revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.scope",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.delegation",
                    ),
                ),
                (
                    "seat_scope",
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
                        related_name="comments",
                        to="documents.section",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="documents.comment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["section", "posted_at", "id"], name="documents_comment_list"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "audience__in",
                                ["internal", "owner", "drafting_group", "forum"],
                            )
                        ),
                        name="documents_comment_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "internal"), ("effective_scope", None)),
                            models.Q(
                                models.Q(("audience", "internal"), _negated=True),
                                ("effective_scope__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="documents_comment_ring",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "resolved"]),
                            models.Q(("thread", None), ("state", "open"), _connector="OR"),
                            models.Q(
                                models.Q(
                                    ("resolved_at", None),
                                    ("resolved_by", None),
                                    ("state", "open"),
                                ),
                                models.Q(
                                    ("resolved_at__isnull", False),
                                    ("resolved_by__isnull", False),
                                    ("state", "resolved"),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="documents_comment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anchor_end__isnull", True),
                                ("anchor_prefix__isnull", True),
                                ("anchor_quote__isnull", True),
                                ("anchor_revision__isnull", True),
                                ("anchor_start__isnull", True),
                                ("anchor_suffix__isnull", True),
                            ),
                            models.Q(
                                ("anchor_end__isnull", False),
                                ("anchor_prefix__isnull", False),
                                ("anchor_quote__isnull", False),
                                ("anchor_revision__isnull", False),
                                ("anchor_start__isnull", False),
                                ("anchor_suffix__isnull", False),
                                ("thread", None),
                                ("anchor_start__lt", models.F("anchor_end")),
                            ),
                            _connector="OR",
                        ),
                        name="documents_comment_anchor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_at", None),
                            models.Q(
                                ("anchor_end__isnull", True),
                                ("anchor_prefix__isnull", True),
                                ("anchor_quote__isnull", True),
                                ("anchor_revision__isnull", True),
                                ("anchor_start__isnull", True),
                                ("anchor_suffix__isnull", True),
                                ("body", ""),
                            ),
                            _connector="OR",
                        ),
                        name="documents_comment_deleted",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="Purge",
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
                ("passage", models.TextField(blank=True)),
                ("reason", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("carried_out", "Carried Out"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=11,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.attachment",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purges",
                        to="documents.document",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purges",
                        to="documents.section",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["effective_scope", "-created_at", "-id"],
                        name="documents_purge_list",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("section__isnull", False)),
                            models.Q(
                                ("document__isnull", False), ("section", None), ("target", None)
                            ),
                            _connector="OR",
                        ),
                        name="documents_purge_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("state", "requested"),
                                models.Q(
                                    models.Q(
                                        ("attachment", None),
                                        ("passage", ""),
                                        ("target__isnull", False),
                                    ),
                                    models.Q(
                                        ("attachment__isnull", False),
                                        ("passage", ""),
                                        ("target", None),
                                    ),
                                    models.Q(
                                        models.Q(("passage", ""), _negated=True),
                                        ("attachment", None),
                                        ("target", None),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("passage", ""),
                                ("state__in", ["carried_out", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="documents_purge_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "carried_out"), _negated=True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_purge_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurgedRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.UUIDField()),
                (
                    "purge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.purge",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
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
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_from",
                        to="documents.section",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="went_to",
                        to="documents.section",
                    ),
                ),
                (
                    "source_revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["split", "join"])),
                        name="documents_sectionlineage_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("section")), _negated=True),
                        name="documents_sectionlineage_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
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
                        choices=[("working", "Working"), ("milestone", "Milestone")],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                ("manifest", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.document",
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
                "verbose_name": "version",
                "permissions": [
                    ("comment_documentversion", "Can comment on a version"),
                    ("draft_documentversion", "Can draft in a version"),
                    ("manage_documentversion", "Can manage a version"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        fields=["document", "-created_at", "-id"],
                        name="documents_documentversion_list",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["working", "milestone"])),
                        name="documents_documentversion_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="documents_documentversion_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersionGrant",
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
                        to="documents.documentversion",
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
                        name="documentversiongrant_feed",
                    ),
                    models.Index(
                        fields=["content_object", "permission", "group"],
                        name="documentversiongrant_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersionUserGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_grants",
                        to="documents.documentversion",
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
                        name="documentversionusergrant_refused",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingMaterial",
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
                        choices=[("presented_draft", "Presented Draft")], max_length=16
                    ),
                ),
                ("until", models.DateTimeField()),
                (
                    "agenda_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.agendaitem",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="documents.documentversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["presented_draft"])),
                        name="documents_meetingmaterial_role",
                    ),
                    models.UniqueConstraint(
                        fields=("agenda_item", "version"),
                        name="documents_meetingmaterial_once",
                    ),
                ],
            },
        ),
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
                (
                    "chosen",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.bracketalternative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["section", "-created_at", "-id"],
                        name="documents_bracket_list",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "resolved", "withdrawn"])),
                        name="documents_bracket_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="documents_bracket_passage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chosen", None), ("closed_at", None), ("state", "open")),
                            models.Q(
                                ("chosen__isnull", False),
                                ("closed_at__isnull", False),
                                ("state", "resolved"),
                            ),
                            models.Q(
                                ("chosen", None),
                                ("closed_at__isnull", False),
                                ("state", "withdrawn"),
                            ),
                            _connector="OR",
                        ),
                        name="documents_bracket_closed",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bracket", "position"),
                        name="documents_bracketalternative_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delegation", None), ("position", 0), ("text", "")),
                            models.Q(("delegation__isnull", False), ("position__gt", 0)),
                            _connector="OR",
                        ),
                        name="documents_bracketalternative_standing",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bracket", "delegation"),
                        name="documents_bracketproponent_once",
                    )
                ],
            },
        ),
    )
