"""Projects, who takes part in them, their budgets and transactions."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .contents import Share, TransactionContent
from .models import Budget, ParticipatingOrganisation, Project, Transaction
from .money import services as money
from .serializers import (
    BudgetCreate,
    BudgetDetail,
    ParticipatingOrganisationCreate,
    ParticipatingOrganisationDetail,
    ParticipatingOrganisationFilter,
    ProjectCreate,
    ProjectDetail,
    ProjectFilter,
    ProjectRevise,
    ProjectSummary,
    TransactionCreate,
    TransactionDetail,
    TransactionFilter,
    TransactionRevise,
)

READ, WRITE = "funding:read", "funding:write"
REMOVE = Act(ability="remove", token_scope="funding:write", precondition=True, status=204)
BY_MAKING = PageSpec(order=(("created_at", False), ("id", False)))

M = TypeVar("M", bound=Model)


def _named(model: type[M], pointer: str, **lookup: Any) -> M:
    """The row of reference data that a member names. Raises Invalid at that member."""
    found = model._default_manager.filter(**lookup).first()
    if found is None:
        detail = f"There is no such {model._meta.verbose_name}."
        raise Invalid([FieldError(pointer, "unknown", detail)])
    return found


class ProjectViewSet(ResourceViewSet):
    """Projects that the caller's seats report, or that these were shown."""

    model = Project
    representation = ProjectDetail
    detail_route = "project"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope=READ,
            query=ProjectFilter,
            output=ProjectSummary,
            many=True,
        ),
        "create": Act(ability=None, token_scope=WRITE, input=ProjectCreate, status=201),
        "retrieve": Act(ability="view", token_scope=READ),
        "partial_update": Act(
            ability="revise", token_scope=WRITE, input=ProjectRevise, precondition=True
        ),
    }

    def get_queryset(self) -> QuerySet[Project]:
        return (
            Project.objects.visible_to(self.actor)
            .select_related("forum", "owner_delegation__country", "owner_delegation__organisation")
            .prefetch_related("recipient_shares__country")
        )

    def list(self) -> Page:
        return self.paginate_feed(
            PermissionFeed(Project, self.actor, queryset=self.get_queryset(), filters=self.query)
        )

    def create(self) -> Project:
        given = self._with_shares()
        seat = referred(self.actor, "/delegation", Delegation, pk=given.pop("delegation"))
        project = services.project_create(actor=self.actor, delegation=seat, **given)
        return self.get_queryset().get(pk=project.pk)

    def partial_update(self) -> Project:
        services.project_revise(
            actor=self.actor,
            project=self.object,
            if_match=self.revision,
            changes=self._with_shares(),
        )
        return self.get_queryset().get(pk=self.object.pk)

    def _with_shares(self) -> Any:
        """The body with the countries of its shares looked up."""
        given = dict(self.input)
        if "recipient_shares" in given:
            given["recipient_shares"] = [
                Share(
                    _named(Country, f"/recipient_shares/{index}/country", code=share["country"]),
                    share["percentage"],
                )
                for index, share in enumerate(given["recipient_shares"])
            ]
        return given


class _OfProject(ResourceViewSet):
    """What lists of a project's children share: the project is what is acted on."""

    def get_object(self) -> Project:
        projects = Project.objects.visible_to(self.actor)
        return self.visible_or_404(projects, pk=self.kwargs["project_id"])


class _Participants(ResourceViewSet):
    model = ParticipatingOrganisation
    representation = ParticipatingOrganisationDetail

    def get_queryset(self) -> QuerySet[ParticipatingOrganisation]:
        rows = ParticipatingOrganisation.objects.visible_to(self.actor)
        return rows.select_related("organisation", "project")


class ProjectParticipantViewSet(_OfProject, _Participants):
    """Who takes part in a project, in the order in which they were named."""

    detail_route = "participating-organisation"
    page = BY_MAKING
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope=READ, query=ParticipatingOrganisationFilter, many=True
        ),
        "create": Act(
            ability="revise",
            token_scope=WRITE,
            input=ParticipatingOrganisationCreate,
            status=201,
        ),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(project=self.object, **self.query))

    def create(self) -> ParticipatingOrganisation:
        organisation = _named(Organisation, "/organisation", key=self.input["organisation"])
        named = services.participating_organisation_add(
            actor=self.actor,
            project=self.object,
            role=self.input["role"],
            organisation=organisation,
        )
        return self.get_queryset().get(pk=named.pk)


class ParticipantViewSet(_Participants):
    """One organisation in its role."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ),
        "destroy": REMOVE,
    }

    def destroy(self) -> None:
        services.participating_organisation_remove(
            actor=self.actor, named=self.object, if_match=self.revision
        )


class _Budgets(ResourceViewSet):
    model = Budget
    representation = BudgetDetail

    def get_queryset(self) -> QuerySet[Budget]:
        return Budget.objects.visible_to(self.actor).select_related("project")


class ProjectBudgetViewSet(_OfProject, _Budgets):
    """The budgets of a project, in the order in which they were given."""

    detail_route = "budget"
    page = BY_MAKING
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope=READ, many=True),
        "create": Act(ability="revise", token_scope=WRITE, input=BudgetCreate, status=201),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(project=self.object))

    def create(self) -> Budget:
        budget = money.budget_add(actor=self.actor, project=self.object, **self.input)
        return self.get_queryset().get(pk=budget.pk)


class BudgetViewSet(_Budgets):
    """One budget."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ),
        "destroy": REMOVE,
    }

    def destroy(self) -> None:
        money.budget_remove(actor=self.actor, budget=self.object, if_match=self.revision)


class _Transactions(ResourceViewSet):
    model = Transaction
    representation = TransactionDetail

    def get_queryset(self) -> QuerySet[Transaction]:
        return Transaction.objects.visible_to(self.actor).select_related(
            "provider", "receiver", "recipient_country"
        )

    def with_parties(self) -> Any:
        """The body with the organisations and the country that it names looked up."""
        given = dict(self.input)
        for name in ("provider", "receiver"):
            if given.get(name):
                given[name] = _named(Organisation, f"/{name}", key=given[name])
        if given.get("recipient_country"):
            given["recipient_country"] = _named(
                Country, "/recipient_country", code=given["recipient_country"]
            )
        return given


class ProjectTransactionViewSet(_OfProject, _Transactions):
    """The transactions of a project that the caller sees, latest first."""

    detail_route = "transaction"
    page = PageSpec(order=(("transaction_date", True), ("id", True)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope=READ, query=TransactionFilter, many=True),
        "create": Act(
            ability="add_transaction", token_scope=WRITE, input=TransactionCreate, status=201
        ),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(project=self.object, **self.query))

    def create(self) -> Transaction:
        content = TransactionContent(**self.with_parties())
        row = money.transaction_add(actor=self.actor, project=self.object, content=content)
        return self.get_queryset().get(pk=row.pk)


class TransactionViewSet(_Transactions):
    """One transaction."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ),
        "partial_update": Act(
            ability="revise", token_scope=WRITE, input=TransactionRevise, precondition=True
        ),
        "destroy": REMOVE,
    }

    def partial_update(self) -> Transaction:
        money.transaction_revise(
            actor=self.actor,
            transaction=self.object,
            if_match=self.revision,
            changes=self.with_parties(),
        )
        return self.get_queryset().get(pk=self.object.pk)

    def destroy(self) -> None:
        money.transaction_remove(actor=self.actor, transaction=self.object, if_match=self.revision)
