"""Forums, their seats and offices, and who acts for a seat."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from platform_api.core.actor import Role
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import Delegate, Delegation, Forum, Office
from .selectors import live_delegates, person_named
from .serializers import (
    DelegateCreate,
    DelegateDetail,
    DelegateFilter,
    DelegationDetail,
    DelegationFilter,
    ForumDetail,
    ForumSummary,
    OfficeDetail,
    OfficeFilter,
)


class ForumViewSet(ResourceViewSet):
    """The forums in which the caller sits; all of them for an operator."""

    model = Forum
    representation = ForumDetail
    lookup_field = "slug"
    lookup_url_kwarg = "slug"
    page = PageSpec(order=(("slug", False),), id_field="slug", id_type=str)
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", output=ForumSummary, many=True),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def list(self) -> Page:
        return self.paginate(self.get_queryset())


class _OfForum(ResourceViewSet):
    """What views of a forum's children share."""

    def get_object(self) -> Forum:
        return self.visible_or_404(
            Forum.objects.visible_to(self.actor), slug=self.kwargs["forum_slug"]
        )


class ForumDelegationViewSet(_OfForum):
    """The seats of a forum, those that have ended among them, in the order of their making."""

    model = Delegation
    representation = DelegationDetail
    page = PageSpec(order=(("created_at", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", query=DelegationFilter, many=True),
    }

    def list(self) -> Page:
        rows = _seats(self.get_queryset())
        return self.paginate(rows.filter(forum=self.object, **self.query))


class OfficeViewSet(_OfForum):
    """Who holds, held and will hold the offices of a forum, by their first day."""

    model = Office
    representation = OfficeDetail
    page = PageSpec(order=(("since", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", query=OfficeFilter, many=True),
    }

    def list(self) -> Page:
        rows = self.get_queryset().select_related(
            "organisation", "delegation__country", "delegation__organisation"
        )
        return self.paginate(rows.filter(forum=self.object, **self.query))


class DelegationViewSet(ResourceViewSet):
    """One seat."""

    model = Delegation
    representation = DelegationDetail
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def get_queryset(self) -> QuerySet[Delegation]:
        return _seats(super().get_queryset())


class _People(ResourceViewSet):
    """What views of delegates share."""

    model = Delegate
    representation = DelegateDetail

    def get_queryset(self) -> QuerySet[Delegate]:
        return super().get_queryset().select_related("user")


class DelegationDelegateViewSet(_People):
    """Who acts for a seat, newest first; told to that seat and to operators only."""

    detail_route = "delegate"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="list_delegates", token_scope="forums:read", query=DelegateFilter, many=True
        ),
        "create": Act(
            ability="manage_delegates",
            token_scope="access:manage",
            input=DelegateCreate,
            status=201,
        ),
    }

    def get_object(self) -> Delegation:
        return self.visible_or_404(
            Delegation.objects.visible_to(self.actor), pk=self.kwargs["delegation_id"]
        )

    def list(self) -> Page:
        rows = self.get_queryset().filter(delegation=self.object)
        wanted: dict[str, Any] = dict(self.query)
        live = wanted.pop("live", None)
        if live is not None:
            rows = live_delegates(rows) if live else rows.exclude(pk__in=live_delegates(rows))
        return self.paginate(rows.filter(**wanted))

    def create(self) -> Delegate:
        given = dict(self.input)
        user = person_named(self.actor, self.object, given.pop("user"))
        if user is None:
            raise Invalid([FieldError("/user", "unknown", "There is no such person here.")])
        delegate = services.delegate_add(
            actor=self.actor,
            delegation=self.object,
            user=user,
            role=Role(given.pop("role")),
            **given,
        )
        return self.get_queryset().get(pk=delegate.pk)


class DelegateViewSet(_People):
    """One delegate, and the end of its time."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="forums:read"),
        "end": Act(ability="end", token_scope="access:manage", precondition=True),
    }

    def end(self) -> Delegate:
        services.delegate_end(actor=self.actor, delegate=self.object, if_match=self.revision)
        return self.get_queryset().get(pk=self.object.pk)


def _seats(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return rows.select_related("forum", "country", "organisation", "represented_by")
