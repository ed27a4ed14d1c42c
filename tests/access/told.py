"""The change feed and notifications in the access tests."""

from collections.abc import Mapping

from django.db.models import Model

from platform_api.ledger.models import Event
from platform_api.notifications.models import Notification

NAMED = ("forum.", "delegation.", "office.")
"""Types of events about what the wall shows every caller with a context."""


def notification_objects(released: Model) -> Mapping[str, Model]:
    """What the head of Albania was told of the release of Serbia's section."""
    told = Notification.objects.filter(object_id=released.pk, user__delegates__role="head")
    return {"notification: ": told.get(user__delegates__delegation__country__code="AL")}


def types_of_events() -> str:
    """Every type in the feed, for ``?types=``, but those of what is named everywhere."""
    types = Event.objects.exclude(type="").values_list("type", flat=True).distinct()
    return ",".join(sorted(each for each in types if not each.startswith(NAMED)))


TABLES = {
    "notification: ": """
                        view
Albania head            yes
everyone else           not_found
"""
}

_ACT = """
who                     object                 sends    answer
Albania head            notification:          good     200
Albania head            notification:          -        200
Albania head            notification:          bad      400 invalid
Albania drafter         notification:          good     404 not_found
operator                notification:          good     404 not_found
client                  notification:          good     404 not_found
Albania head            absent                 good     404 not_found
nobody                  notification:          good     401 not_authenticated
"""

ROWS = {
    "events GET": """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Montenegro head         -                      -        200 some
operator                -                      -        200 some
ended delegate          -                      -        200 some
client                  -                      -        200 some
reading client          -                      -        403 insufficient_scope
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
""",
    "notifications GET": """
who                     object                 sends    answer
Albania head            -                      -        200 some
Montenegro head         -                      -        200 none
client                  -                      -        200 none
operator                -                      -        200 none
nobody                  -                      -        401 not_authenticated
""",
    "notification GET": """
who                     object                 sends    answer
Albania head            notification:          -        200
Albania drafter         notification:          -        404 not_found
Serbia head             notification:          -        404 not_found
operator                notification:          -        404 not_found
client                  notification:          -        404 not_found
Albania head            absent                 -        404 not_found
nobody                  notification:          -        401 not_authenticated
""",
    "notification-read POST": _ACT,
    "notification-acknowledge POST": _ACT,
}
