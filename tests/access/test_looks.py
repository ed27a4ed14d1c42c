"""What a look at the ledger brings: what is told to all, and what is told to those it looks for.

Asked as the superuser, so that nothing but the question itself is between.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import pytest

from platform_api.core.registry import registry
from platform_api.ledger.feed import BEGINNING, look
from platform_api.ledger.models import Event

from .world import World

pytestmark = pytest.mark.access


def _told(*, groups: Collection[int] = (), scopes: Collection[int] = ()) -> set[UUID]:
    """The events of a look from the beginning, and of those behind it."""
    types = {protection.type_name for protection in registry.protections}
    mark, told = BEGINNING, set[UUID]()
    while True:
        brought = look(mark, groups=groups, scopes=scopes, object_types=types)
        told |= {event.id for event in brought.events}
        if brought.at_head:
            return told
        mark = brought.edge


@pytest.mark.parametrize(
    ("kind", "column"), [("scopes", "narrow_scope_id"), ("groups", "audience_group_id")]
)
def test_it_brings_what_is_for_the_groups_and_scopes_that_are_asked_for(
    kind: str, column: str, world: World
) -> None:
    def ids(**given: Any) -> set[UUID]:
        return set(Event.objects.filter(**given).values_list("id", flat=True))

    of_all = ids(narrow_scope_id=None, audience_group_id=None)
    wanted = Event.objects.exclude(**{column: None}).values_list(column, flat=True)
    one, other, *_ = sorted(set(wanted))
    assert of_all

    assert _told() == of_all
    assert _told(**{kind: [one]}) == of_all | ids(**{column: one})
    assert _told(**{kind: [one, other]}) == of_all | ids(**{f"{column}__in": [one, other]})
