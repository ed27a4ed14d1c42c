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
from forums.marking.views import MarkingViewSet
from forums.meetings.views import (
    AgendaItemViewSet,
    MeetingAgendaViewSet,
    MeetingOrganiserViewSet,
    MeetingSeriesViewSet,
    MeetingViewSet,
)
from forums.membership.invitations.views import InvitationAcceptViewSet, InvitationViewSet
from forums.membership.suspensions.views import (
    CountryExposureViewSet,
    CountrySuspensionViewSet,
    DelegationExposureViewSet,
    DelegationSuspensionViewSet,
    OrganisationSuspensionViewSet,
    SuspensionViewSet,
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
from forums.readings.views import ReadingViewSet
from forums.reviews.views import (
    AccessReviewItemsViewSet,
    AccessReviewItemViewSet,
    AccessReviewViewSet,
)
from forums.transfers.views import TransferViewSet

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
    *[
        path(
            f"countries/<slug:code>/{act}",
            CountrySuspensionViewSet.as_view({"post": act}),
            name=f"country-{act}",
        )
        for act in ("suspend", "resume")
    ],
    path(
        "countries/<slug:code>/exposure",
        CountryExposureViewSet.as_view({"get": "exposure"}),
        name="country-exposure",
    ),
    path("languages", LanguageViewSet.as_view(LIST), name="languages"),
    path("languages/<slug:tag>", LanguageViewSet.as_view(ONE), name="language"),
    path("organisations", OrganisationViewSet.as_view(LIST), name="organisations"),
    path("organisations/<slug:key>", OrganisationViewSet.as_view(ONE), name="organisation"),
    *[
        path(
            f"organisations/<slug:key>/{act}",
            OrganisationSuspensionViewSet.as_view({"post": act}),
            name=f"organisation-{act}",
        )
        for act in ("suspend", "resume")
    ],
    path(
        "delegations/<uuid:id>/exposure",
        DelegationExposureViewSet.as_view({"get": "exposure"}),
        name="delegation-exposure",
    ),
    path("suspensions", SuspensionViewSet.as_view(LIST), name="suspensions"),
    path("forums", ForumViewSet.as_view(LIST), name="forums"),
    path("forums/<slug:slug>", ForumViewSet.as_view(ONE), name="forum"),
    path(
        "forums/<slug:forum_slug>/delegations",
        ForumDelegationViewSet.as_view(LIST),
        name="forum-delegations",
    ),
    path("forums/<slug:forum_slug>/offices", OfficeViewSet.as_view(LIST), name="forum-offices"),
    path("delegations/<uuid:id>", DelegationViewSet.as_view(ONE), name="delegation"),
    *[
        path(
            f"delegations/<uuid:id>/{act}",
            DelegationSuspensionViewSet.as_view({"post": act}),
            name=f"delegation-{act}",
        )
        for act in ("suspend", "resume")
    ],
    path(
        "delegations/<uuid:delegation_id>/delegates",
        DelegationDelegateViewSet.as_view({"get": "list", "post": "create"}),
        name="delegation-delegates",
    ),
    path("delegates/<uuid:id>", DelegateViewSet.as_view(ONE), name="delegate"),
    path("delegates/<uuid:id>/end", DelegateViewSet.as_view({"post": "end"}), name="delegate-end"),
    path("access-reviews", AccessReviewViewSet.as_view(LIST_AND_CREATE), name="access-reviews"),
    path("access-reviews/<uuid:id>", AccessReviewViewSet.as_view(ONE), name="access-review"),
    path(
        "access-reviews/<uuid:access_review_id>/items",
        AccessReviewItemsViewSet.as_view(LIST),
        name="access-review-items",
    ),
    path(
        "access-review-items/<uuid:id>",
        AccessReviewItemViewSet.as_view(ONE),
        name="access-review-item",
    ),
    *[
        path(
            f"access-review-items/<uuid:id>/{act}",
            AccessReviewItemViewSet.as_view({"post": act}),
            name=f"access-review-item-{act}",
        )
        for act in ("confirm", "end")
    ],
    path("invitations", InvitationViewSet.as_view(LIST_AND_CREATE), name="invitations"),
    path(
        "invitations/accept",
        InvitationAcceptViewSet.as_view({"post": "accept"}),
        name="invitation-accept",
    ),
    path("invitations/<uuid:id>", InvitationViewSet.as_view(ONE), name="invitation"),
    path(
        "invitations/<uuid:id>/withdraw",
        InvitationViewSet.as_view({"post": "withdraw"}),
        name="invitation-withdraw",
    ),
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
    path(
        "access/marking",
        MarkingViewSet.as_view({"get": "retrieve", "post": "mark"}),
        name="access-marking",
    ),
    path(
        "access/marking/preview",
        MarkingViewSet.as_view({"post": "preview"}),
        name="access-marking-preview",
    ),
    path("access/restrict", MarkingViewSet.as_view({"post": "restrict"}), name="access-restrict"),
    path(
        "access/unrestrict",
        MarkingViewSet.as_view({"post": "unrestrict"}),
        name="access-unrestrict",
    ),
    path("access/readings", ReadingViewSet.as_view(LIST), name="readings"),
    path("access/transfers", TransferViewSet.as_view(LIST_AND_CREATE), name="transfers"),
    path("access/transfers/<uuid:id>", TransferViewSet.as_view(ONE), name="transfer"),
    *(
        path(
            f"access/transfers/<uuid:id>/{act}",
            TransferViewSet.as_view({"post": act}),
            name=f"transfer-{act}",
        )
        for act in ("accept", "decline", "withdraw")
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
