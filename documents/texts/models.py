"""Documents, their section trees, and the revisions of each section."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from forums.marking.models import Marked
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.core.ids import new_id, new_private_id
from platform_api.core.models import Entity, Guarded, Protected, Revisioned
from platform_api.identity.grants import GroupGrant, UserGrant, facet_index

from .acts import RevisionAct


class DocumentKind(models.TextChoices):
    MANUAL = "manual"
    STRATEGY = "strategy"
    DECLARATION = "declaration"
    DECISION = "decision"
    JOINT_STATEMENT = "joint_statement"
    GUIDELINES = "guidelines"
    TERMS_OF_REFERENCE = "terms_of_reference"
    ACTION_PLAN = "action_plan"
    REPORT = "report"
    MINUTES = "minutes"
    NON_PAPER = "non_paper"


class DocumentState(models.TextChoices):
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    FINAL_DRAFT = "final_draft"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


DRAFTED_IN = frozenset({DocumentState.DRAFTING, DocumentState.CONSULTATION})
"""The states of a document in which its text is written."""


class SectionState(models.TextChoices):
    PRIVATE_DRAFTING = "private_drafting"
    RELEASED = "released"
    PROVISIONALLY_AGREED = "provisionally_agreed"
    CLOSED = "closed"


class Document(Protected, Marked, Entity, Revisioned):
    """A text that a drafting group of delegations writes together in a forum.

    owner_delegation: null for a document that is common to its forum.
    effective_scope: its readers at this time, as its marks allow; null leaves it to grants.
    drafting_scope: the readers of its drafting group, whatever the state.
    circulated: its ring is the forum and no longer the drafting group; what was withdrawn or
    superseded keeps the ring that it had.
    superseded_by: the document that stands in its place, of the same forum.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    state = models.CharField(max_length=20, choices=DocumentState, default=DocumentState.DRAFTING)
    titles = models.JSONField(default=dict)
    working_language = models.CharField(max_length=35)
    penholder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="owned_documents"
    )
    drafting_group = models.ManyToManyField(
        Delegation, through="DocumentDelegation", related_name="drafted_documents"
    )
    drafting_scope = models.ForeignKey("identity.Scope", on_delete=models.PROTECT, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    circulated = models.BooleanField(default=False, editable=False)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("comment_document", "Can comment on a document"),
            ("draft_document", "Can draft in a document"),
            ("manage_document", "Can manage a document"),
        ]
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="documents_document_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values), name="documents_document_state"
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.DRAFTING, circulated=False)
                | Q(
                    state__in=[DocumentState.CONSULTATION, DocumentState.FINAL_DRAFT],
                    circulated=True,
                )
                | Q(state__in=[DocumentState.WITHDRAWN, DocumentState.SUPERSEDED]),
                name="documents_document_circulated",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.SUPERSEDED, superseded_by__isnull=False)
                | (~Q(state=DocumentState.SUPERSEDED) & Q(superseded_by=None)),
                name="documents_document_superseded_by",
            ),
        ]
        indexes = [
            models.Index(
                "effective_scope",
                models.F("created_at").desc(),
                models.F("id").desc(),
                condition=Q(effective_scope__isnull=False),
                name="documents_document_feed",
            ),
            models.Index(
                "effective_scope",
                "kind",
                models.F("created_at").desc(),
                models.F("id").desc(),
                condition=Q(effective_scope__isnull=False),
                name="documents_document_facet",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get(self.working_language) or self.pk)


class DocumentDelegation(Protected, Guarded):
    """A delegation in a document's drafting group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "delegation"], name="documents_documentdelegation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} drafts {self.document_id}"


class Section(Protected, Marked, Guarded):
    """A node of a document's tree, with its present text.

    The id is random: a time-ordered one would tell others when a private draft was begun.
    created_at: orders the grants on it, and is told to nobody for the same reason.
    owner_delegation: the delegation whose chapter it is; null for a common section.
    inherits: readable by everybody who reads the document; set by the release, unless it or a
    section above it is marked.
    effective_scope: the owner's home scope while the draft is at home, afterwards null, or the
    scope that its marks leave (documents.texts.marking).
    rank: place among its siblings (documents.texts.rank).
    revision: counts the revisions of the current chain, which a release begins anew.
    deleted_at: when it became a tombstone, which keeps its place, state, text and readers; null
    while it stands.
    home_writers: ids of the users who wrote, in other sections at home, what was split or joined
    into it; the release, which asks for them, takes them away.
    head, chain_hash: id and link of its latest revision. They stand here because a delegation
    that was granted to draft sees the section and not what was written at home before.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="sections")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    rank = models.CharField(max_length=2000)
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_sections"
    )
    state = models.CharField(max_length=20, choices=SectionState)
    inherits = models.BooleanField(default=False)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=35)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    head = models.UUIDField()
    chain_hash = models.BinaryField(max_length=32)
    released_at = models.DateTimeField(null=True, blank=True)
    single_person_release = models.BooleanField(default=False)
    home_writers = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("comment_section", "Can comment on a section"),
            ("draft_section", "Can draft a section"),
            ("manage_section", "Can manage a section"),
        ]
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=SectionState.values), name="documents_section_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="private_drafting", inherits=False, owner_delegation__isnull=False
                )
                | ~Q(state="private_drafting"),
                name="documents_section_private_at_home",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "rank", "id"], name="documents_section_tree"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def etag_revision(self) -> str:
        """``h7`` for the seventh revision at home, ``7`` for the seventh of the public chain."""
        return f"{'h' if self.state == SectionState.PRIVATE_DRAFTING else ''}{self.revision}"


class Revision(Protected, Entity):
    """An accepted write of a section; immutable.

    effective_scope: the home scope for a revision made at home; null for the public chain.
    worked_on: the second parent of a merge, the revision that its author worked on while others
    wrote; null where that is the parent.
    chain_hash: SHA-256 over the parents' chain hashes and content_sha256, so that content can
    be purged and the chain still verifies. The first of the public chain takes a salted
    commitment to the home chain in the parents' place (documents.texts.chain).
    purged_at, purged_by: when, and for which seat, its content was removed. Only the hashes of it
    are left then: a tombstone.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    at_home = models.BooleanField()
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inherits = models.BooleanField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    worked_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    act = models.CharField(max_length=10, choices=RevisionAct, default=RevisionAct.WRITTEN)
    language = models.CharField(max_length=35)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    content_sha256 = models.BinaryField(max_length=32)
    home_commitment = models.BinaryField(max_length=32, null=True)
    chain_hash = models.BinaryField(max_length=32)
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)
    purged_by = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["section", "at_home", "number"], name="documents_revision_number"
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None, purged_by=None)
                | Q(purged_at__isnull=False, purged_by__isnull=False, title="", body="", note=""),
                name="documents_revision_purged",
            ),
            models.CheckConstraint(
                condition=Q(act__in=RevisionAct.values), name="documents_revision_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {'home ' if self.at_home else ''}{self.number}"


class ReleaseCommitment(Protected, Entity):
    """What opens the commitment of a public chain to the home chain before it; stays at home."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="+")
    home_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField(max_length=32)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"commitment of {self.revision_id}"


class DocumentGrant(GroupGrant):
    """A grant on a document."""

    content_object = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="grants")

    class Meta(GroupGrant.Meta):
        indexes = [*GroupGrant.Meta.indexes, facet_index()]


class DocumentUserGrant(UserGrant):
    """Refuses rows; a grant on a document names a role group."""

    content_object = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="user_grants"
    )


class SectionGrant(GroupGrant):
    """A grant on a section."""

    content_object = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="grants")


class SectionUserGrant(UserGrant):
    """Refuses rows; a grant on a section names a role group."""

    content_object = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="user_grants"
    )
