"""Routes of the documents app, below /api/v1/."""

from django.urls import URLPattern, path

from documents.amendments.urls import urlpatterns as amendments
from documents.attachments.views import (
    AttachmentContentViewSet,
    AttachmentViewSet,
    DocumentAttachmentsViewSet,
    SectionAttachmentsViewSet,
)
from documents.brackets.views import BracketViewSet, SectionBracketsViewSet
from documents.citations.views import CitationViewSet, SectionCitationsViewSet
from documents.comments.urls import urlpatterns as comments
from documents.comparing.views import DocumentComparisonViewSet, SectionComparisonViewSet
from documents.merging.views import (
    SectionMergeViewSet,
    SectionWorkingCopyViewSet,
    WorkingCopyViewSet,
)
from documents.purging.views import PurgeViewSet
from documents.states.views import DocumentStateViewSet, SectionStateViewSet
from documents.structure.urls import urlpatterns as structure_urls
from documents.structure.views import SectionTreeViewSet
from documents.texts.checks import SectionVerifyViewSet
from documents.texts.releases import DocumentReleaseViewSet
from documents.texts.views import (
    DocumentSectionViewSet,
    DocumentViewSet,
    RevisionViewSet,
    SectionRevisionViewSet,
)
from documents.versions.views import (
    DocumentVersionsViewSet,
    DocumentVersionViewSet,
    MeetingMaterialViewSet,
)

urlpatterns: list[URLPattern] = [
    *comments,
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
        "documents/<uuid:document_id>/sections/release",
        DocumentReleaseViewSet.as_view({"post": "release"}),
        name="document-sections-release",
    ),
    path(
        "sections/<uuid:id>",
        SectionTreeViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="section",
    ),
    path(
        "sections/<uuid:id>/release",
        SectionTreeViewSet.as_view({"post": "release"}),
        name="section-release",
    ),
    path(
        "sections/<uuid:id>/verify",
        SectionVerifyViewSet.as_view({"get": "verify"}),
        name="section-verify",
    ),
    path(
        "sections/<uuid:section_id>/revisions",
        SectionRevisionViewSet.as_view({"get": "list"}),
        name="section-revisions",
    ),
    path("revisions/<uuid:id>", RevisionViewSet.as_view({"get": "retrieve"}), name="revision"),
    path(
        "sections/<uuid:id>/merge",
        SectionMergeViewSet.as_view({"post": "merge"}),
        name="section-merge",
    ),
    path(
        "sections/<uuid:section_id>/working-copies",
        SectionWorkingCopyViewSet.as_view({"get": "list"}),
        name="section-working-copies",
    ),
    path("working-copies", WorkingCopyViewSet.as_view({"get": "list"}), name="working-copies"),
    path(
        "working-copies/<uuid:id>",
        WorkingCopyViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="working-copy",
    ),
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
    path("purges", PurgeViewSet.as_view({"get": "list", "post": "create"}), name="purges"),
    path("purges/<uuid:id>", PurgeViewSet.as_view({"get": "retrieve"}), name="purge"),
    path(
        "purges/<uuid:id>/carry-out",
        PurgeViewSet.as_view({"post": "carry_out"}),
        name="purge-carry-out",
    ),
    path(
        "purges/<uuid:id>/withdraw",
        PurgeViewSet.as_view({"post": "withdraw"}),
        name="purge-withdraw",
    ),
]

urlpatterns += [
    path(
        f"documents/<uuid:id>/{verb}",
        DocumentStateViewSet.as_view({"post": verb}),
        name=f"document-{verb}",
    )
    for verb in ("consult", "finalise", "reopen", "withdraw", "supersede")
]

urlpatterns += [
    path(
        f"sections/<uuid:id>/{verb}",
        SectionStateViewSet.as_view({"post": verb}),
        name=f"section-{verb}",
    )
    for verb in ("agree", "close", "reopen")
]

urlpatterns += [
    path(
        "sections/<uuid:section_id>/brackets",
        SectionBracketsViewSet.as_view({"get": "list", "post": "create"}),
        name="section-brackets",
    ),
    path(
        "sections/<uuid:section_id>/bracketed-text",
        SectionBracketsViewSet.as_view({"get": "text"}),
        name="section-bracketed-text",
    ),
    path(
        "brackets/<uuid:id>",
        BracketViewSet.as_view({"get": "retrieve"}),
        name="bracket",
    ),
    path(
        "brackets/<uuid:id>/alternatives",
        BracketViewSet.as_view({"post": "add_alternative"}),
        name="bracket-alternatives",
    ),
    *(
        path(
            f"brackets/<uuid:id>/{verb}",
            BracketViewSet.as_view({"post": verb}),
            name=f"bracket-{verb}",
        )
        for verb in ("support", "unsupport", "resolve", "withdraw")
    ),
    *structure_urls,
    *amendments,
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
