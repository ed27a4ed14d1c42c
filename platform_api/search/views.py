"""One search over all that can be found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from platform_api.core.actor import Actor
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.refusals import InsufficientScope
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.registry import registry

from .finding import CAP, Findings
from .models import SearchEntry
from .serializers import SearchHit, SearchQuery


class SearchViewSet(ResourceViewSet):
    """What the caller may see and finds by its words, best first."""

    model = SearchEntry
    representation = SearchHit
    page: ClassVar[PageSpec] = PageSpec(
        order=(("rank", True), ("key", True)),
        id_field="key",
        default_limit=20,
        max_limit=50,
        max_ids=0,
        count_cap=CAP,
    )
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="search:read", query=SearchQuery),
    }

    def list(self) -> Page:
        findings = Findings(
            self.actor,
            self.query["understood"],
            types=_types(self.actor, self.query.get("type")),
            language=self.query.get("lang", ""),
        )
        page = self.paginate_feed(findings)
        return replace(page, count=findings.count(CAP))


def _types(actor: Actor, asked: Sequence[str] | None) -> Sequence[str]:
    """The types that were asked for, or all that the credential may read.

    Raises InsufficientScope for one that was asked for and that it may not.
    """
    scopes = {
        name: registry.protection_of(source.model).read_scope
        for name, source in registry.search_sources.items()
    }
    if asked is None:
        return [name for name, scope in scopes.items() if actor.may_use(scope)]
    for name in asked:
        if not actor.may_use(scopes[name]):
            raise InsufficientScope(scopes[name])
    return asked
