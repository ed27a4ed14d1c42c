"""Routes of comments, below /api/v1/."""

from django.urls import URLPattern, path

from .views import CommentViewSet, SectionCommentViewSet

urlpatterns: list[URLPattern] = [
    path(
        "sections/<uuid:section_id>/comments",
        SectionCommentViewSet.as_view({"get": "list", "post": "create"}),
        name="section-comments",
    ),
    path(
        "comments/<uuid:id>",
        CommentViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="comment",
    ),
    *(
        path(
            f"comments/<uuid:id>/{act}",
            CommentViewSet.as_view({"post": act}),
            name=f"comment-{act}",
        )
        for act in ("resolve", "reopen", "promote")
    ),
]
