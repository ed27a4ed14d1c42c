"""Brackets of a section: put, worded, stood by, resolved."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.texts.models import Revision, Section
from documents.texts.reading import opened
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import Bracket, BracketState
from .selectors import Place, bracketed_text, open_in, shown_brackets, standings
from .serializers import (
    BracketDetail,
    BracketedText,
    BracketFilter,
    BracketPut,
    BracketResolve,
    BracketSupport,
    BracketUnsupport,
    BracketWord,
)


class _Brackets(ResourceViewSet):
    """What views of brackets share: rows with all that is told of them, and their places."""

    model = Bracket
    representation = BracketDetail
    detail_route = "bracket"
    places: Mapping[UUID, Place | None]

    def get_queryset(self) -> QuerySet[Bracket]:
        return shown_brackets(self.actor)

    def place(self, brackets: Iterable[Bracket]) -> None:
        """Note where brackets stand, for the rules and the serializers."""
        found = standings(self.actor, brackets)
        for bracket in brackets:
            vars(bracket)["standing_in"] = found[bracket.pk].section
        self.places = {key: standing.place for key, standing in found.items()}

    def shown(self, key: UUID) -> Bracket:
        """A bracket as it is now."""
        bracket = self.get_queryset().get(pk=key)
        self.place([bracket])
        return bracket


class SectionBracketsViewSet(_Brackets):
    """The brackets of one section, newest first, and its text with them."""

    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", query=BracketFilter, many=True),
        "create": Act(
            ability="bracket", token_scope="documents:write", input=BracketPut, status=201
        ),
        "text": Act(ability="view", token_scope="documents:read", output=BracketedText),
    }

    def get_object(self) -> Section:
        return self.visible_or_404(
            Section.objects.visible_to(self.actor), pk=self.kwargs["section_id"]
        )

    def list(self) -> Page:
        closed = Q(section=self.object) & ~Q(state=BracketState.OPEN)
        rows = self.get_queryset().filter(
            closed | Q(pk__in=open_in(self.actor, [self.object])), **self.query
        )
        page = self.paginate(rows)
        self.place(page.items)
        return page

    def create(self) -> Bracket:
        given: dict[str, Any] = dict(self.input)
        base = referred(self.actor, "/revision", Revision, pk=given.pop("revision"))
        bracket = services.bracket_put(actor=self.actor, section=self.object, base=base, **given)
        return self.shown(bracket.pk)

    def text(self) -> dict[str, Any]:
        section: Section = self.object
        opened(self.actor, section, section.etag_revision)
        return bracketed_text(self.actor, section)


class BracketViewSet(_Brackets):
    """One bracket. To stand by a wording is a seat's own act, which needs no If-Match."""

    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="documents:read"),
        "add_alternative": Act(
            ability="support", token_scope="documents:write", input=BracketWord, own_act=True
        ),
        "support": Act(
            ability="support", token_scope="documents:write", input=BracketSupport, own_act=True
        ),
        "unsupport": Act(
            ability="support", token_scope="documents:write", input=BracketUnsupport, own_act=True
        ),
        "resolve": Act(
            ability="resolve",
            token_scope="documents:write",
            input=BracketResolve,
            precondition=True,
        ),
        "withdraw": Act(ability="withdraw", token_scope="documents:write", precondition=True),
    }

    def retrieve(self) -> Bracket:
        self.place([self.object])
        bracket: Bracket = self.object
        return bracket

    def add_alternative(self) -> Bracket:
        services.bracket_alternative_add(actor=self.actor, bracket=self.object, **self.input)
        return self.shown(self.object.pk)

    def support(self) -> Bracket:
        services.bracket_support(actor=self.actor, bracket=self.object, **self.input)
        return self.shown(self.object.pk)

    def unsupport(self) -> Bracket:
        services.bracket_unsupport(actor=self.actor, bracket=self.object, **self.input)
        return self.shown(self.object.pk)

    def resolve(self) -> Bracket:
        services.bracket_resolve(
            actor=self.actor, bracket=self.object, if_match=self.revision, **self.input
        )
        return self.shown(self.object.pk)

    def withdraw(self) -> Bracket:
        services.bracket_withdraw(actor=self.actor, bracket=self.object, if_match=self.revision)
        return self.shown(self.object.pk)
