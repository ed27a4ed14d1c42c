"""Routes of the forums app, below /api/v1/."""

from typing import Any

from django.urls import path

from forums.countries.views import CountryViewSet, LanguageViewSet
from forums.funding.report_views import FundingViewSet, ProjectFundingViewSet
from forums.funding.views import (
    BudgetViewSet,
    ParticipantViewSet,
    ProjectBudgetViewSet,
    ProjectParticipantViewSet,
    ProjectTransactionViewSet,
    ProjectViewSet,
    TransactionViewSet,
)
from forums.granting.views import (
    AccessExplainViewSet,
    AccessMatrixViewSet,
    AccessWhoCanViewSet,
    GrantBatchViewSet,
    GrantEndViewSet,
    GrantViewSet,
)
from forums.meetings.views import (
    AgendaItemViewSet,
    MeetingAgendaViewSet,
    MeetingOrganiserViewSet,
    MeetingSeriesViewSet,
    MeetingViewSet,
)
from forums.membership.views import (
    DelegateViewSet,
    DelegationDelegateViewSet,
    DelegationViewSet,
    ForumDelegationViewSet,
    ForumViewSet,
    OfficeViewSet,
)
from forums.organisations.views import OrganisationViewSet

LIST: dict[str, Any] = {"get": "list"}
ONE: dict[str, Any] = {"get": "retrieve"}
LIST_AND_CREATE: dict[str, Any] = {"get": "list", "post": "create"}
ONE_AND_DELETE: dict[str, Any] = {"get": "retrieve", "delete": "destroy"}

urlpatterns = [
    path("access/explain", AccessExplainViewSet.as_view(ONE), name="access-explain"),
    path("access/who-can", AccessWhoCanViewSet.as_view(ONE), name="access-who-can"),
    path("access/matrix", AccessMatrixViewSet.as_view(LIST), name="access-matrix"),
    path("access/grants", GrantViewSet.as_view(LIST_AND_CREATE), name="access-grants"),
    path("access/grants/end", GrantEndViewSet.as_view({"post": "end"}), name="access-grants-end"),
    path(
        "access/grants/bulk", GrantBatchViewSet.as_view({"post": "bulk"}), name="access-grants-bulk"
    ),
    path("countries", CountryViewSet.as_view(LIST), name="countries"),
    path("countries/<slug:code>", CountryViewSet.as_view(ONE), name="country"),
    path("languages", LanguageViewSet.as_view(LIST), name="languages"),
    path("languages/<slug:tag>", LanguageViewSet.as_view(ONE), name="language"),
    path("organisations", OrganisationViewSet.as_view(LIST), name="organisations"),
    path("organisations/<slug:key>", OrganisationViewSet.as_view(ONE), name="organisation"),
    path("forums", ForumViewSet.as_view(LIST), name="forums"),
    path("forums/<slug:slug>", ForumViewSet.as_view(ONE), name="forum"),
    path(
        "forums/<slug:forum_slug>/delegations",
        ForumDelegationViewSet.as_view(LIST),
        name="forum-delegations",
    ),
    path("forums/<slug:forum_slug>/offices", OfficeViewSet.as_view(LIST), name="forum-offices"),
    path("delegations/<uuid:id>", DelegationViewSet.as_view(ONE), name="delegation"),
    path(
        "delegations/<uuid:delegation_id>/delegates",
        DelegationDelegateViewSet.as_view({"get": "list", "post": "create"}),
        name="delegation-delegates",
    ),
    path("delegates/<uuid:id>", DelegateViewSet.as_view(ONE), name="delegate"),
    path("delegates/<uuid:id>/end", DelegateViewSet.as_view({"post": "end"}), name="delegate-end"),
    path(
        "meeting-series",
        MeetingSeriesViewSet.as_view({"get": "list", "post": "create"}),
        name="meeting-series",
    ),
    path("meeting-series/<uuid:id>", MeetingSeriesViewSet.as_view(ONE), name="meeting-series-one"),
    path("meetings", MeetingViewSet.as_view({"get": "list", "post": "create"}), name="meetings"),
    path(
        "meetings/<uuid:id>",
        MeetingViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="meeting",
    ),
    *[
        path(
            f"meetings/<uuid:id>/{act}",
            MeetingViewSet.as_view({"post": act}),
            name=f"meeting-{act}",
        )
        for act in ("hold", "close", "cancel")
    ],
    path(
        "meetings/<uuid:meeting_id>/organisers",
        MeetingOrganiserViewSet.as_view({"get": "list", "post": "create"}),
        name="meeting-organisers",
    ),
    path(
        "meetings/<uuid:meeting_id>/agenda",
        MeetingAgendaViewSet.as_view({"get": "list", "post": "create"}),
        name="meeting-agenda",
    ),
    path(
        "agenda-items/<uuid:id>",
        AgendaItemViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="agenda-item",
    ),
    path("projects", ProjectViewSet.as_view(LIST_AND_CREATE), name="projects"),
    path(
        "projects/<uuid:id>",
        ProjectViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="project",
    ),
    path(
        "projects/<uuid:project_id>/participating-organisations",
        ProjectParticipantViewSet.as_view(LIST_AND_CREATE),
        name="project-participating-organisations",
    ),
    path(
        "participating-organisations/<uuid:id>",
        ParticipantViewSet.as_view(ONE_AND_DELETE),
        name="participating-organisation",
    ),
    path(
        "projects/<uuid:project_id>/budgets",
        ProjectBudgetViewSet.as_view(LIST_AND_CREATE),
        name="project-budgets",
    ),
    path("budgets/<uuid:id>", BudgetViewSet.as_view(ONE_AND_DELETE), name="budget"),
    path(
        "projects/<uuid:project_id>/transactions",
        ProjectTransactionViewSet.as_view(LIST_AND_CREATE),
        name="project-transactions",
    ),
    path(
        "transactions/<uuid:id>",
        TransactionViewSet.as_view({**ONE_AND_DELETE, "patch": "partial_update"}),
        name="transaction",
    ),
    path(
        "projects/<uuid:id>/funding-sources",
        ProjectFundingViewSet.as_view({"get": "funding_sources"}),
        name="project-funding-sources",
    ),
    path("funding/sources", FundingViewSet.as_view({"get": "sources"}), name="funding-sources"),
    path("funding/totals", FundingViewSet.as_view({"get": "totals"}), name="funding-totals"),
]
