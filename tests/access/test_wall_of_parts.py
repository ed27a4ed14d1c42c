"""What is read with its parent, behind the database's own wall: it leaves sight with the parent.

Asked of a reader who is in the ring of the row itself, so that nothing but the parent is between.
"""

from typing import Any

import pytest

from platform_api.core.service import writing
from platform_api.core.transaction import acting

from .world import World

pytestmark = pytest.mark.access


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("amendment: submitted", "section"),
        ("amendment_proposal: public", "amendment"),
        ("section_lineage: public", "source"),
        ("section_lineage: public", "section"),
    ],
)
def test_a_row_leaves_the_sight_of_those_who_do_not_see_its_parent_any_more(
    name: str, parent: str, world: World
) -> None:
    row = world[name]
    above = getattr(row, parent)

    def shown(persona: str) -> bool:
        with acting(world.actors[persona]):
            return bool(_rows(row).exists())

    assert shown("Albania reader")
    assert shown("Serbia reader")
    assert not shown("Montenegro head")

    stopped = {"inherits": False} if hasattr(above, "inherits") else {}
    with writing():
        _rows(above).update(effective_scope=world.seats["Serbia"].home_scope_id, **stopped)

    assert not shown("Albania reader")
    assert shown("Serbia reader")


def _rows(row: Any) -> Any:
    """The one row, without the application's filter."""
    return type(row)._default_manager.filter(pk=row.pk)
