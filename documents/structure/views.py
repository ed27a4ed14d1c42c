"""The tree acts of sections, and where their texts came from."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from documents.texts.models import Section
from documents.texts.views import SectionViewSet
from platform_api.core.http.pages import Page
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import SectionLineage
from .selectors import lineage_of, shown_parent
from .serializers import (
    SectionDelete,
    SectionJoin,
    SectionLineageDetail,
    SectionMove,
    SectionRestore,
    SectionSplit,
)


def _act(ability: str, **more: Any) -> Act:
    return Act(ability=ability, token_scope="documents:write", precondition=True, **more)


class SectionTreeViewSet(SectionViewSet):
    """One section and its place in the tree."""

    acts: ClassVar[dict[str, Act]] = {
        **SectionViewSet.acts,
        "destroy": _act("restructure", query=SectionDelete),
        "move": _act("restructure", input=SectionMove),
        "split": _act("restructure", input=SectionSplit, status=201),
        "join": _act("restructure", input=SectionJoin),
        "restore": _act("restore", input=SectionRestore),
    }
    detail_route = "section"

    def destroy(self) -> Section:
        return self.placed(
            services.section_delete(
                actor=self.actor, section=self.object, if_match=self.revision, **self.query
            )
        )

    def move(self) -> Section:
        given = dict(self.input)
        if "parent" in given:
            parent = self._named("/parent", given.pop("parent"))
        else:
            parent = shown_parent(self.actor, self.object)
        first = "after" in given and given["after"] is None
        after = self._named("/after", given.pop("after", None))
        return self.placed(
            services.section_move(
                actor=self.actor,
                section=self.object,
                if_match=self.revision,
                parent=parent,
                after=after,
                first=first,
                **given,
            )
        )

    def split(self) -> Section:
        return self.placed(
            services.section_split(
                actor=self.actor, section=self.object, if_match=self.revision, **self.input
            )
        )

    def join(self) -> Section:
        given = dict(self.input)
        following = referred(self.actor, "/with", Section, pk=given.pop("with"))
        return self.placed(
            services.section_join(
                actor=self.actor,
                section=self.object,
                if_match=self.revision,
                following=following,
                **given,
            )
        )

    def restore(self) -> Section:
        return self.placed(
            services.section_restore(
                actor=self.actor, section=self.object, if_match=self.revision, **self.input
            )
        )

    def _named(self, pointer: str, key: Any) -> Section | None:
        return None if key is None else referred(self.actor, pointer, Section, pk=key)


class SectionLineageViewSet(ResourceViewSet):
    """Where the text of one section came from, and where it went; newest first."""

    model = SectionLineage
    representation = SectionLineageDetail
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="documents:read", many=True),
    }

    def get_object(self) -> Section:
        return self.visible_or_404(
            Section.objects.visible_to(self.actor), pk=self.kwargs["section_id"]
        )

    def list(self) -> Page:
        rows: QuerySet[SectionLineage] = lineage_of(self.actor, self.object)
        return self.paginate(rows)
