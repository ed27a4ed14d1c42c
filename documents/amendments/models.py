"""Amendments to released sections, what each proposed before, and who co-sponsors them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from documents.texts.models import Revision, Section
from forums.membership.models import Delegation, Forum
from platform_api.core.ids import new_id, new_private_id
from platform_api.core.models import Guarded, Protected, Revisioned


class AmendmentState(models.TextChoices):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_CONSIDERATION = "under_consideration"
    ACCEPTED = "accepted"
    ACCEPTED_AS_MODIFIED = "accepted_as_modified"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


OPEN = frozenset({AmendmentState.SUBMITTED, AmendmentState.UNDER_CONSIDERATION})
"""Submitted and not decided yet."""
PENDING = OPEN | {AmendmentState.DRAFT}
"""What may still be brought to a later text."""
ENDED = frozenset(AmendmentState) - PENDING


class Amendment(Protected, Guarded, Revisioned):
    """A proposed change to one section: the whole of the text that a delegation would have.

    The id is random: a time-ordered one would tell others when the draft was begun. Nothing here
    changes when the section does; whether it needs a rebase is derived when it is read.

    base: the revision it was written on. proponent: whose it is. number: given within the section
    when it is submitted. effective_scope: the proponent's home scope for a draft, then that of the
    drafting group; who reads it must see the section besides.
    writers: the users who worded it. revision: begins anew when it is submitted.
    accepted_title, accepted_body: what was accepted in place of what was proposed; empty else.
    accepted_revision: the section's text with it. overtaken_by: whose acceptance brought it, too.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="amendments")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    proponent = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=20, choices=AmendmentState, default=AmendmentState.DRAFT)
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    justification = models.TextField(blank=True)
    writers = ArrayField(models.UUIDField())
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    accepted_title = models.CharField(max_length=500, blank=True)
    accepted_body = models.TextField(blank=True)
    accepted_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    overtaken_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AmendmentState.values), name="documents_amendment_state"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, submitted_at=None)
                | ~Q(state="draft") & Q(number__gte=1, submitted_at__isnull=False),
                name="documents_amendment_numbered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(each.value for each in PENDING), decided_at=None)
                | Q(state__in=sorted(each.value for each in ENDED), decided_at__isnull=False),
                name="documents_amendment_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted_as_modified") & ~Q(accepted_title="")
                | ~Q(state="accepted_as_modified") & Q(accepted_title="", accepted_body=""),
                name="documents_amendment_modified",
            ),
            models.UniqueConstraint(
                fields=["section", "number"], name="documents_amendment_number"
            ),
        ]

    def __str__(self) -> str:
        return f"amendment {self.number or self.pk}"

    @property
    def etag_revision(self) -> str:
        """``h2`` for the second state of a draft, ``2`` for the second since it was submitted."""
        return f"{'h' if self.state == AmendmentState.DRAFT else ''}{self.revision}"


class AmendmentProposal(Protected, Guarded):
    """A wording that an amendment proposed, on the revision it was written on; immutable.

    effective_scope: the home scope for what was worded before the amendment was submitted.
    """

    id = models.UUIDField(primary_key=True, default=new_private_id, editable=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    at_home = models.BooleanField()
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "at_home", "number"], name="documents_amendmentproposal_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} {'home ' if self.at_home else ''}{self.number}"


class AmendmentCosponsor(Protected, Guarded):
    """A delegation that supports another's amendment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="cosponsors")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "delegation"], name="documents_amendmentcosponsor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} co-sponsors {self.amendment_id}"
