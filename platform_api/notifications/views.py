"""What the caller was told of."""

from typing import Any, ClassVar

from platform_api.core.http.pages import Page
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import Notification
from .serializers import NotificationDetail, NotificationFilter, NotificationSummary


class NotificationViewSet(ResourceViewSet):
    """The caller's own notifications, newest first; a service client has none.

    Reading and acknowledging are acts of the addressee about itself, so neither needs If-Match
    and both may be repeated.
    """

    model = Notification
    representation = NotificationDetail
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability=None,
            token_scope="",
            query=NotificationFilter,
            output=NotificationSummary,
            many=True,
        ),
        "retrieve": Act(ability=None, token_scope=""),
        "read": Act(ability=None, token_scope=""),
        "acknowledge": Act(ability=None, token_scope=""),
    }

    def list(self) -> Page:
        wanted: dict[str, Any] = dict(self.query)
        rows = self.get_queryset()
        unread = wanted.pop("unread", None)
        if unread is not None:
            rows = rows.filter(read_at__isnull=unread)
        return self.paginate(rows.filter(**wanted))

    def read(self) -> Notification:
        return services.notification_read(actor=self.actor, notification=self.object)

    def acknowledge(self) -> Notification:
        return services.notification_acknowledge(actor=self.actor, notification=self.object)
