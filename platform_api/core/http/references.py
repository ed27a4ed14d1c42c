"""Objects that a body names: looked up among what the caller sees.

One that is hidden gives the same error as one that does not exist.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid

M = TypeVar("M", bound=Model)


def referred(actor: Actor, pointer: str, model: type[M], **lookup: Any) -> M:
    """The visible object a member of the body names. Raises Invalid at that member."""
    found = model._default_manager.filter(visible_condition(model, actor), **lookup).first()
    if found is None:
        raise Invalid([_unknown(model, pointer)])
    return found


def referred_all(actor: Actor, pointer: str, model: type[M], ids: Sequence[UUID]) -> list[M]:
    """The visible objects a list of ids names, in its order. Raises Invalid at each unknown one."""
    rows = model._default_manager.filter(visible_condition(model, actor), pk__in=ids)
    found = {row.pk: row for row in rows}
    missing = [index for index, id_ in enumerate(ids) if id_ not in found]
    if missing:
        raise Invalid([_unknown(model, f"{pointer}/{index}") for index in missing])
    return [found[id_] for id_ in ids]


def _unknown(model: type[Model], pointer: str) -> FieldError:
    return FieldError(pointer, "unknown", f"There is no such {model._meta.verbose_name}.")
