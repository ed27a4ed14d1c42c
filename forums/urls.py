"""Routes of the forums app, below /api/v1/."""

from typing import Any

from django.urls import path

from forums.countries.views import CountryViewSet, LanguageViewSet
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

urlpatterns = [
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
]
