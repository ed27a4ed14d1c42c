"""Comments on sections, in threads."""

from typing import ClassVar

from django.db.models import Q, QuerySet

from documents.texts.models import Document, Section
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred, referred_all
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import Comment, CommentAudience
from .selectors import Places, with_section
from .serializers import (
    MAX_REQUEST,
    CommentCreate,
    CommentDetail,
    CommentFilter,
    CommentPromote,
    CommentRevise,
)


class _Comments(ResourceViewSet):
    """What views of comments share: rows with their sections, and the places of their anchors."""

    model = Comment
    representation = CommentDetail
    detail_route = "comment"
    places: Places

    def get_queryset(self) -> QuerySet[Comment]:
        comments = Comment.objects.visible_to(self.actor)
        return with_section(comments, Document.objects.visible_to(self.actor))

    def placed(self, comment: Comment) -> Comment:
        """The comment as it is now, with the place of its anchor."""
        fresh = self.get_queryset().get(pk=comment.pk)
        self.places = Places(self.actor, [fresh])
        return fresh


class SectionCommentViewSet(_Comments):
    """The comments on one section, the earliest first."""

    page = PageSpec(order=(("posted_at", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", query=CommentFilter, many=True),
        "create": Act(
            ability="comment",
            token_scope="documents:write",
            input=CommentCreate,
            status=201,
            own_act=True,
            max_bytes=MAX_REQUEST,
        ),
    }

    def get_object(self) -> Section:
        return self.visible_or_404(
            Section.objects.visible_to(self.actor), pk=self.kwargs["section_id"]
        )

    def list(self) -> Page:
        rows = self.get_queryset().filter(section=self.object)
        if "audience" in self.query:
            rows = rows.filter(audience=self.query["audience"])
        if "thread" in self.query:
            first = self.query["thread"]
            rows = rows.filter(Q(pk=first) | Q(thread=first))
        if "state" in self.query:
            state = self.query["state"]
            rows = rows.filter(Q(thread=None, state=state) | Q(thread__state=state))
        page = self.paginate(rows)
        self.places = Places(self.actor, page.items)
        return page

    def create(self) -> Comment:
        given = dict(self.input)
        thread, audience = given.pop("thread", None), given.pop("audience", None)
        if thread is not None:
            thread = referred(
                self.actor, "/thread", Comment, pk=thread, section=self.object.pk, thread=None
            )
        comment = services.comment_create(
            actor=self.actor,
            section=self.object,
            thread=thread,
            audience=CommentAudience(audience) if audience else None,
            **given,
        )
        return self.placed(comment)


class CommentViewSet(_Comments):
    """One comment: its words, its passage, its thread, its readers."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "partial_update": Act(
            ability="revise",
            token_scope="documents:write",
            input=CommentRevise,
            precondition=True,
            max_bytes=MAX_REQUEST,
        ),
        "destroy": Act(
            ability="delete", token_scope="documents:write", precondition=True, status=204
        ),
        "resolve": Act(ability="resolve", token_scope="documents:write", precondition=True),
        "reopen": Act(ability="reopen", token_scope="documents:write", precondition=True),
        "promote": Act(
            ability="promote",
            token_scope="documents:write",
            input=CommentPromote,
            precondition=True,
        ),
    }

    def retrieve(self) -> Comment:
        self.places = Places(self.actor, [self.object])
        comment: Comment = self.object
        return comment

    def partial_update(self) -> Comment:
        given = dict(self.input)
        comment = services.comment_revise(
            actor=self.actor,
            comment=self.object,
            if_match=self.revision,
            unanchor="anchor" in given and given["anchor"] is None,
            **given,
        )
        return self.placed(comment)

    def destroy(self) -> None:
        services.comment_delete(actor=self.actor, comment=self.object, if_match=self.revision)

    def resolve(self) -> Comment:
        return self.placed(
            services.comment_resolve(actor=self.actor, comment=self.object, if_match=self.revision)
        )

    def reopen(self) -> Comment:
        return self.placed(
            services.comment_reopen(actor=self.actor, comment=self.object, if_match=self.revision)
        )

    def promote(self) -> Comment:
        replies = self.input.get("replies", [])
        comment = services.comment_promote(
            actor=self.actor,
            comment=self.object,
            if_match=self.revision,
            audience=CommentAudience(self.input["audience"]),
            replies=referred_all(self.actor, "/replies", Comment, replies),
        )
        return self.placed(comment)
