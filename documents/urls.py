"""Routes of the documents app, below /api/v1/."""

from django.urls import path

from documents.attachments.views import (
    AttachmentContentViewSet,
    AttachmentViewSet,
    DocumentAttachmentsViewSet,
    SectionAttachmentsViewSet,
)
from documents.citations.views import CitationViewSet, SectionCitationsViewSet
from documents.comparing.views import DocumentComparisonViewSet, SectionComparisonViewSet
from documents.texts.views import (
    DocumentSectionViewSet,
    DocumentViewSet,
    RevisionViewSet,
    SectionRevisionViewSet,
    SectionViewSet,
)
from documents.versions.views import (
    DocumentVersionsViewSet,
    DocumentVersionViewSet,
    MeetingMaterialViewSet,
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
    path(
        "documents/<uuid:document_id>/versions",
        DocumentVersionsViewSet.as_view({"get": "list", "post": "create"}),
        name="document-versions",
    ),
    path(
        "document-versions/<uuid:id>",
        DocumentVersionViewSet.as_view({"get": "retrieve"}),
        name="document-version",
    ),
    path(
        "document-versions/<uuid:id>/verify",
        DocumentVersionViewSet.as_view({"get": "verify"}),
        name="document-version-verify",
    ),
    path(
        "document-versions/<uuid:id>/present",
        DocumentVersionViewSet.as_view({"post": "present"}),
        name="document-version-present",
    ),
    path(
        "meetings/<uuid:meeting_id>/materials",
        MeetingMaterialViewSet.as_view({"get": "list"}),
        name="meeting-materials",
    ),
    path(
        "documents/<uuid:id>/compare",
        DocumentComparisonViewSet.as_view({"get": "compare"}),
        name="document-compare",
    ),
    path(
        "sections/<uuid:id>/compare",
        SectionComparisonViewSet.as_view({"get": "compare"}),
        name="section-compare",
    ),
    path(
        "documents/<uuid:document_id>/attachments",
        DocumentAttachmentsViewSet.as_view({"get": "list", "post": "create"}),
        name="document-attachments",
    ),
    path(
        "sections/<uuid:section_id>/attachments",
        SectionAttachmentsViewSet.as_view({"get": "list", "post": "create"}),
        name="section-attachments",
    ),
    path(
        "attachments/<uuid:id>",
        AttachmentViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="attachment",
    ),
    path(
        "attachments/<uuid:id>/content",
        AttachmentContentViewSet.as_view({"get": "content"}),
        name="attachment-content",
    ),
    path(
        "sections/<uuid:section_id>/citations",
        SectionCitationsViewSet.as_view({"get": "list", "post": "create"}),
        name="section-citations",
    ),
    path(
        "citations/<uuid:id>",
        CitationViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="citation",
    ),
]
