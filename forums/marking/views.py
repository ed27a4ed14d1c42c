"""The marks of an object, whatever its type."""

from typing import Any, ClassVar

from platform_api.core.http.references import ObjectQuery
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.identity.actors import actor_of_request

from . import services
from .models import NarrowedScope
from .selectors import object_named, parties_named, told_holders, told_marks
from .serializers import MarkingSet, ObjectMarks, ObjectNarrowed, Restriction
from .services import Narrowing

SCOPE = "access:manage"


class MarkingViewSet(ResourceViewSet):
    """Reads, sets and previews marks; restricts and opens again."""

    model = NarrowedScope
    page = None
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability=None, token_scope=SCOPE, query=ObjectQuery, output=ObjectMarks),
        "mark": Act(ability=None, token_scope=SCOPE, input=MarkingSet, output=ObjectNarrowed),
        "preview": Act(
            ability=None,
            token_scope=SCOPE,
            input=MarkingSet,
            output=ObjectNarrowed,
            idempotent_key=False,
        ),
        "restrict": Act(ability=None, token_scope=SCOPE, input=Restriction, output=ObjectNarrowed),
        "unrestrict": Act(
            ability=None, token_scope=SCOPE, input=Restriction, output=ObjectNarrowed
        ),
    }

    def retrieve(self) -> dict[str, Any]:
        return told_marks(object_named(self.actor, self.query["object"]))

    def mark(self) -> dict[str, Any]:
        return self._marked(preview=False)

    def preview(self) -> dict[str, Any]:
        return self._marked(preview=True)

    def restrict(self) -> dict[str, Any]:
        return self._told(
            services.object_restrict(
                actor=self.actor,
                obj=object_named(self.actor, self.input["object"]),
                reason=self.input["reason"],
            )
        )

    def unrestrict(self) -> dict[str, Any]:
        return self._told(
            services.object_unrestrict(
                actor=self.actor,
                obj=object_named(self.actor, self.input["object"]),
                reason=self.input["reason"],
            )
        )

    def _marked(self, *, preview: bool) -> dict[str, Any]:
        given = self.input
        parties = given["releasable_to"]
        return self._told(
            services.object_mark(
                actor=self.actor,
                obj=object_named(self.actor, given["object"]),
                tlp=given["tlp"],
                releasable_to=None if parties is None else parties_named(**parties),
                reason=given["reason"],
                preview=preview,
            )
        )

    def _told(self, narrowing: Narrowing) -> dict[str, Any]:
        # The ring may be a scope that this actor was built before.
        self.actor = actor_of_request(self.request)
        ended = [each.holder_id for each in narrowing.ended]
        holders = told_holders([*ended, *narrowing.out_of_sight])
        return {
            **told_marks(narrowing.obj),
            "ended": [
                {
                    "object": {"type": each.type_name, "id": each.object_id},
                    "holder": holders[each.holder_id],
                }
                for each in narrowing.ended
            ],
            "out_of_sight": [holders[holder] for holder in narrowing.out_of_sight],
        }
