"""Projects, who takes part in them, and their money. Vocabulary and codes are IATI 2.03's."""

from django.db import models
from django.db.models import F, Q

from forums.countries.models import Country
from forums.marking.models import Marked
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.core.models import Entity, Protected, Revisioned
from platform_api.identity.grants import GroupGrant, UserGrant

from .codes import ActivityStatus, BudgetType, OrganisationRole, TransactionType, Visibility
from .totals import PERCENT_PLACES

AMOUNT_DIGITS, AMOUNT_PLACES = 38, 10


class Project(Protected, Marked, Entity, Revisioned):
    """An activity that is paid for, as its owner reports it (an IATI activity).

    identifier: the owner's IATI identifier, unique among its projects only.
    forum: the owner's; null for a project of a home seat.
    effective_scope: what ``visibility`` says, as its marks allow.
    illustrative: its amounts are made up to show the platform and are nobody's figures.
    """

    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="owned_projects"
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    identifier = models.CharField(max_length=200)
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    status = models.CharField(max_length=1, choices=ActivityStatus)
    planned_start = models.DateField(null=True, blank=True)
    actual_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    actual_end = models.DateField(null=True, blank=True)
    illustrative = models.BooleanField(default=False)
    visibility = models.CharField(max_length=5, choices=Visibility, default=Visibility.HOME)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("comment_project", "Can comment on a project"),
            ("draft_project", "Can draft in a project"),
            ("manage_project", "Can manage a project"),
        ]
        constraints = [
            *Marked.Meta.constraints,
            models.UniqueConstraint(
                fields=["owner_delegation", "identifier"], name="forums_project_identifier"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ActivityStatus.values), name="forums_project_status"
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.HOME)
                | Q(visibility=Visibility.FORUM, forum__isnull=False),
                name="forums_project_visibility",
            ),
            models.CheckConstraint(
                condition=Q(planned_start=None)
                | Q(planned_end=None)
                | Q(planned_start__lte=F("planned_end")),
                name="forums_project_planned_dates",
            ),
            models.CheckConstraint(
                condition=Q(actual_start=None)
                | Q(actual_end=None)
                | Q(actual_start__lte=F("actual_end")),
                name="forums_project_actual_dates",
            ),
        ]
        indexes = [
            models.Index(
                "effective_scope",
                models.F("created_at").desc(),
                models.F("id").desc(),
                name="forums_project_feed",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class ProjectGrant(GroupGrant):
    """A grant on a project. all_countries: its transactions with any country are seen, too."""

    content_object = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="grants")
    all_countries = models.BooleanField(default=False)

    class Meta(GroupGrant.Meta):
        indexes = [
            *GroupGrant.Meta.indexes,
            models.Index(
                fields=["group"],
                condition=Q(all_countries=True),
                include=["content_object", "expires_at"],
                name="%(class)s_everywhere",
            ),
        ]


class ProjectUserGrant(UserGrant):
    """Refuses rows; a grant on a project names a role group."""

    content_object = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="user_grants"
    )


class ParticipatingOrganisation(Protected, Entity, Revisioned):
    """An organisation that takes part in a project in a role."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="participating_organisations"
    )
    role = models.CharField(max_length=1, choices=OrganisationRole)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "role", "organisation"],
                name="forums_participatingorganisation_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=OrganisationRole.values),
                name="forums_participatingorganisation_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in role {self.role}"


class RecipientShare(Protected, Entity):
    """The percentage of a project that goes to a country; those of a project are at most 100."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="recipient_shares")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    percentage = models.DecimalField(max_digits=3 + PERCENT_PLACES, decimal_places=PERCENT_PLACES)

    class Meta:
        ordering = ["country__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "country"], name="forums_recipientshare_once"
            ),
            models.CheckConstraint(
                condition=Q(percentage__gt=0, percentage__lte=100),
                name="forums_recipientshare_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentage}% to {self.country_id}"


class Budget(Protected, Entity, Revisioned):
    """What a project is planned to cost in a period, both of whose days belong to it.

    value_date: the day by whose rate of exchange the value is meant.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="budgets")
    type = models.CharField(max_length=8, choices=BudgetType, default=BudgetType.ORIGINAL)
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=AMOUNT_DIGITS, decimal_places=AMOUNT_PLACES)
    currency = models.CharField(max_length=3)
    value_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=BudgetType.values), name="forums_budget_type"
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="forums_budget_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.currency} for {self.project_id}"


class Transaction(Protected, Entity, Revisioned):
    """Money promised, received or spent; one with a country has fewer readers than its project.

    amount: negative for a refund or a reduction. amount_text: as it was given.
    value_date: the day by whose rate of exchange the amount is meant.
    owner_delegation: the project's, which sees it whatever its country.
    group_digest, ordinal: its identity in its project. Transactions that tell the same are a
    group of equals, and the ordinal counts within it, so that two alike are two.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="transactions")
    owner_delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=2, choices=TransactionType)
    amount = models.DecimalField(max_digits=AMOUNT_DIGITS, decimal_places=AMOUNT_PLACES)
    amount_text = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    transaction_date = models.DateField()
    value_date = models.DateField()
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient_country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    descriptions = models.JSONField(default=dict)
    ref = models.CharField(max_length=200, blank=True)
    group_digest = models.BinaryField(max_length=32)
    ordinal = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "group_digest", "ordinal"], name="forums_transaction_identity"
            ),
            models.CheckConstraint(
                condition=Q(type__in=TransactionType.values), name="forums_transaction_type"
            ),
        ]
        indexes = [
            models.Index(
                models.F("project"),
                models.F("transaction_date").desc(),
                models.F("id").desc(),
                name="forums_transaction_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} of {self.transaction_date}"
