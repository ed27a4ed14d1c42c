"""Objects that a request names: looked up among what the caller sees.

A body and an answer name an object of any type by ``{type, id}``, a query by ``<type>:<id>``. One
that is hidden gives the same error as one that does not exist.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from rest_framework import serializers

from platform_api.core.access import visible_condition
from platform_api.core.actor import Actor
from platform_api.core.errors import FieldError, Invalid

from .serializers import StrictSerializer

_REFERENCE = re.compile(r"([a-z_]{1,40}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)
M = TypeVar("M", bound=Model)


class ObjectNamed(StrictSerializer):
    """An object by its type and id."""

    type = serializers.CharField(max_length=40, help_text="Such as `document` or `section`.")
    id = serializers.UUIDField()


class ObjectShown(serializers.Serializer[Any]):
    """An object by its type and id."""

    type = serializers.CharField()
    id = serializers.UUIDField()

    class Meta:
        model = None


class ObjectReference(serializers.CharField):
    """``<type>:<id>``, as ``ObjectNamed`` gives them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Type and id of an object, such as `document:<id>`.")
        super().__init__(max_length=80, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        found = _REFERENCE.fullmatch(super().to_internal_value(data))
        if found is None:
            raise serializers.ValidationError(
                "A type and an id, such as document:<id>.", code="invalid_reference"
            )
        return {"type": found.group(1), "id": UUID(found.group(2))}


class ObjectQuery(StrictSerializer):
    """Which object is asked about."""

    object = ObjectReference()


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
