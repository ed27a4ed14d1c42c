"""The resumable change feed."""

import secrets
from typing import Any, ClassVar

from django.conf import settings

from platform_api.core.errors import FieldError, Invalid
from platform_api.core.http.cursors import Key, Place, seal, unseal
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.ledger.feed import BEGINNING, Mark, Superseded, head, seal_tail
from platform_api.ledger.models import Event

from .feed import changes_for
from .serializers import EventFeed, EventQuery

_BINDING = "events"


class EventViewSet(ResourceViewSet):
    """What happened to what the caller may see now, oldest first.

    The place in the feed is sealed into ``next``. It is independent of the filters, so that a
    reader may widen or narrow them without beginning anew.
    """

    model = Event
    acts: ClassVar[dict[str, Act]] = {
        "changes": Act(
            ability="view", token_scope="events:read", query=EventQuery, output=EventFeed
        ),
    }

    def changes(self) -> dict[str, Any]:
        seal_tail()
        wanted = self.query
        if wanted.get("from"):
            if "cursor" in wanted:
                raise _invalid("from", "not_with_cursor", "A cursor says where to begin.")
            # Two of these must not tell by being equal that nothing happened between them.
            return self._answer_page([], _key(head(), salt=secrets.token_hex(4)))
        key = unseal(wanted["cursor"], _BINDING).key if "cursor" in wanted else _key(BEGINNING)
        after = Mark(*key[:3])
        try:
            found = changes_for(
                self.actor, after=after, limit=wanted["limit"], types=wanted.get("types")
            )
        except Superseded as error:
            raise _invalid(
                "cursor",
                "cursor_superseded",
                "The platform was restored to an earlier state; read the feed from the beginning.",
            ) from error
        return self._answer_page(found.events, key if found.onward == after else _key(found.onward))

    def _answer_page(self, events: list[Any], key: Key) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("from", None)
        query["cursor"] = seal(Place(key), _BINDING)
        address = f"{settings.PUBLIC_URL}{self.request.path}?{query.urlencode(safe=',')}"
        self.headers["Link"] = f'<{address}>; rel="next"'
        return {"items": events, "next": address}


def _key(mark: Mark, *, salt: str = "") -> Key:
    return (mark.position, mark.ordinal, mark.check, salt)


def _invalid(parameter: str, code: str, detail: str) -> Invalid:
    return Invalid([FieldError(f"?{parameter}", code, detail)])
