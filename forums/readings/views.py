"""Who opened what is restricted."""

from typing import ClassVar

from platform_api.core.access import require_by
from platform_api.core.http.pages import Page
from platform_api.core.http.references import ObjectQuery
from platform_api.core.http.views import Act, ResourceViewSet

from .access import OWNER, SCOPE
from .models import Reading
from .selectors import object_read, readings_of
from .serializers import SeatReading


class ReadingViewSet(ResourceViewSet):
    """The seats that opened one object of the caller's seat, those that did first at the top."""

    model = Reading
    page = None
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability=None, token_scope=SCOPE, query=ObjectQuery, output=SeatReading, many=True
        ),
    }

    def list(self) -> Page:
        obj = object_read(self.actor, self.query["object"])
        require_by(self.actor, OWNER, obj)
        return Page(readings_of(self.actor, obj))
