"""Practices, their drafts and their published versions."""

from typing import ClassVar

from django.db.models import QuerySet

from forums.membership.models import Delegation
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet
from policies.references import country_named, forum_named

from . import services
from .models import Practice, PracticeDraft, PracticeVersion
from .selectors import practices_seen
from .serializers import (
    PracticeCreate,
    PracticeDetail,
    PracticeDraftDetail,
    PracticeDraftRevise,
    PracticeFilter,
    PracticePublish,
    PracticeSummary,
    PracticeVersionDetail,
    PracticeVersionSummary,
    PracticeWithdraw,
    PublishedPractice,
)

READ = "policies:read"
WRITE = "policies:write"


class PracticeViewSet(ResourceViewSet):
    """What worked, or did not, as its owners tell of it."""

    model = Practice
    representation = PracticeDetail
    detail_route = "practice"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope=READ,
            query=PracticeFilter,
            output=PracticeSummary,
            many=True,
            public=True,
        ),
        "create": Act(ability=None, token_scope=WRITE, input=PracticeCreate, status=201),
        "retrieve": Act(ability="view", token_scope=READ, public=True),
        "withdraw": Act(
            ability="withdraw", token_scope=WRITE, input=PracticeWithdraw, precondition=True
        ),
    }

    def get_queryset(self) -> QuerySet[Practice]:
        return practices_seen(self.actor)

    def list(self) -> Page:
        return self.paginate_feed(
            PermissionFeed(Practice, self.actor, queryset=self.get_queryset(), filters=self.query)
        )

    def create(self) -> Practice:
        content = dict(self.input)
        practice = services.practice_create(
            actor=self.actor,
            delegation=referred(
                self.actor, "/delegation", Delegation, pk=content.pop("delegation")
            ),
            country=country_named(content.pop("country", None)),
            content=content,
        )
        return self.get_queryset().get(pk=practice.pk)

    def withdraw(self) -> Practice:
        services.practice_withdraw(
            actor=self.actor,
            practice=self.object,
            if_match=self.revision,
            reason=self.input["reason"],
        )
        return self.get_queryset().get(pk=self.object.pk)


class PracticeDraftViewSet(ResourceViewSet):
    """The owner's working copy of one practice, and its publication."""

    model = PracticeDraft
    representation = PracticeDraftDetail
    lookup_field = "pk"
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ),
        "partial_update": Act(
            ability="revise", token_scope=WRITE, input=PracticeDraftRevise, precondition=True
        ),
        "publish": Act(
            ability="publish",
            token_scope=WRITE,
            input=PracticePublish,
            output=PublishedPractice,
            precondition=True,
        ),
    }

    def get_queryset(self) -> QuerySet[PracticeDraft]:
        return PracticeDraft.objects.visible_to(self.actor).select_related("practice")

    def partial_update(self) -> PracticeDraft:
        services.practice_draft_revise(
            actor=self.actor,
            draft=self.object,
            if_match=self.revision,
            content=self.input,
        )
        return self.get_queryset().get(pk=self.object.pk)

    def publish(self) -> Practice:
        practice = services.practice_publish(
            actor=self.actor,
            draft=self.object,
            if_match=self.revision,
            audience=self.input["audience"],
            forum=forum_named(self.actor, self.input),
        )
        return practices_seen(self.actor).get(pk=practice.pk)


class PublishedVersionsViewSet(ResourceViewSet):
    """The published versions of one practice, the newest first."""

    model = PracticeVersion
    representation = PracticeVersionSummary
    page = PageSpec(order=(("number", True), ("id", True)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope=READ, many=True, public=True),
    }

    def get_object(self) -> Practice:
        return self.visible_or_404(
            Practice.objects.visible_to(self.actor), pk=self.kwargs["practice_id"]
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset().filter(practice=self.object))


class PracticeVersionViewSet(ResourceViewSet):
    """One published version."""

    model = PracticeVersion
    representation = PracticeVersionDetail
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=READ, public=True),
    }
