"""Routes of amendments, below /api/v1/."""

from django.urls import URLPattern, path

from .views import (
    AmendmentConflictsViewSet,
    AmendmentProposalViewSet,
    AmendmentViewSet,
    SectionAmendmentViewSet,
)


def _act(verb: str, action: str) -> URLPattern:
    return path(
        f"amendments/<uuid:id>/{verb}",
        AmendmentViewSet.as_view({"post": action}),
        name=f"amendment-{verb}",
    )


urlpatterns: list[URLPattern] = [
    path(
        "sections/<uuid:section_id>/amendments",
        SectionAmendmentViewSet.as_view({"get": "list", "post": "create"}),
        name="section-amendments",
    ),
    path(
        "sections/<uuid:section_id>/amendment-conflicts",
        AmendmentConflictsViewSet.as_view({"get": "conflicts"}),
        name="section-amendment-conflicts",
    ),
    path(
        "amendments/<uuid:id>",
        AmendmentViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="amendment",
    ),
    path(
        "amendments/<uuid:amendment_id>/proposals",
        AmendmentProposalViewSet.as_view({"get": "list"}),
        name="amendment-proposals",
    ),
    _act("submit", "submit"),
    _act("cosponsor", "cosponsor"),
    _act("uncosponsor", "uncosponsor"),
    _act("consider", "consider"),
    _act("accept", "accept"),
    _act("accept-as-modified", "accept_as_modified"),
    _act("reject", "reject"),
    _act("withdraw", "withdraw"),
    _act("rebase", "rebase"),
]
