"""Routes of the documents app, below /api/v1/."""

from django.urls import path

from documents.texts.views import (
    DocumentSectionViewSet,
    DocumentViewSet,
    RevisionViewSet,
    SectionRevisionViewSet,
    SectionViewSet,
)

urlpatterns = [
    path("documents", DocumentViewSet.as_view({"get": "list", "post": "create"}), name="documents"),
    path(
        "documents/<uuid:id>",
        DocumentViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="document",
    ),
    path(
        "documents/<uuid:document_id>/sections",
        DocumentSectionViewSet.as_view({"get": "list", "post": "create"}),
        name="document-sections",
    ),
    path(
        "sections/<uuid:id>",
        SectionViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="section",
    ),
    path(
        "sections/<uuid:id>/release",
        SectionViewSet.as_view({"post": "release"}),
        name="section-release",
    ),
    path(
        "sections/<uuid:section_id>/revisions",
        SectionRevisionViewSet.as_view({"get": "list"}),
        name="section-revisions",
    ),
    path("revisions/<uuid:id>", RevisionViewSet.as_view({"get": "retrieve"}), name="revision"),
]
