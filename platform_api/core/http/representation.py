"""From what a handler returns to the members of an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import pgettext
from rest_framework.serializers import BaseSerializer, Serializer

from platform_api.core.access import Decision, abilities, abilities_of_all
from platform_api.core.actor import Actor
from platform_api.core.registry import registry

from .etags import revision_tag
from .parameters import Parameters

ADDED_MEMBERS = ("abilities", "ability_reasons", "etag")
"""What the kit puts beside a serializer's members."""


@dataclass(frozen=True, slots=True)
class Representer:
    """Represents objects for one caller.

    Details of protected models carry ``abilities``; asked for reasons, ``ability_reasons`` too.
    Items of lists carry ``etag``, and the abilities only when reasons were asked for.
    """

    actor: Actor
    shape: type[BaseSerializer[Any]] | None
    parameters: Parameters
    context: Mapping[str, Any]

    def detail(self, obj: Any) -> Any:
        """One object, or the mapping itself where there is no shape."""
        members = self._members(obj, many=False)
        if isinstance(members, dict) and self.actor.is_authenticated and protected_type(obj):
            members |= self._abilities(obj)
        return self._wanted(members)

    def items(self, objects: Sequence[Any]) -> list[Any]:
        """The items of a list, in the same order."""
        represented = self._members(objects, many=True)
        decided = self._decided(objects)
        triples = zip(objects, represented, decided, strict=True)
        return [self._wanted(_with_additions(*triple)) for triple in triples]

    def _decided(self, objects: Sequence[Any]) -> Sequence[dict[str, Any]]:
        """The ability members of each item, empty where they were not asked for."""
        told = self.parameters.reasons and self.actor.is_authenticated
        if not told or not objects or not protected_type(objects[0]):
            return [{}] * len(objects)
        return [self._told(each) for each in abilities_of_all(self.actor, objects)]

    def _members(self, instance: Any, *, many: bool) -> Any:
        if self.shape is None:
            return [_plain(item) for item in instance] if many else _plain(instance)
        serializer = self.shape(instance, many=many, context=dict(self.context))
        if self.parameters.fields is not None:
            fields = getattr(getattr(serializer, "child", serializer), "fields", {})
            for name in set(fields) - self.parameters.fields:
                fields.pop(name)
        data = serializer.data
        return [_as_dict(item) for item in data] if many else _as_dict(data)

    def _wanted(self, members: Any) -> Any:
        wanted = self.parameters.fields
        if wanted is None or not isinstance(members, dict):
            return members
        return {name: value for name, value in members.items() if name in wanted}

    def _abilities(self, obj: Model) -> dict[str, Any]:
        return self._told(abilities(self.actor, obj))

    def _told(self, decisions: Mapping[str, Decision]) -> dict[str, Any]:
        added: dict[str, Any] = {
            "abilities": {name: decision.allowed for name, decision in decisions.items()}
        }
        if self.parameters.reasons:
            added["ability_reasons"] = {
                name: _reason(decision)
                for name, decision in decisions.items()
                if not decision.allowed
            }
        return added


def _with_additions(obj: Any, members: Any, decided: Mapping[str, Any]) -> Any:
    if not isinstance(members, dict):
        return members
    revision = getattr(obj, "etag_revision", None)
    etag = {} if revision is None else {"etag": revision_tag(revision)}
    return {**members, **etag, **decided}


def known_members(shape: type[BaseSerializer[Any]] | None) -> Collection[str] | None:
    """What ``?fields=`` may name for a shape; None where that is not known."""
    if shape is None or not issubclass(shape, Serializer):
        return None
    return {*shape().fields, *ADDED_MEMBERS}


def reason_sentence(code: str) -> str:
    """The sentence that explains a reason code, in the caller's language.

    Catalogues translate the code itself under the context ``reason``.
    """
    translated = pgettext("reason", code)
    return translated if translated != code else code.replace("_", " ").capitalize() + "."


def _reason(decision: Decision) -> dict[str, str]:
    return {"code": decision.reason, "detail": reason_sentence(decision.reason)}


def protected_type(obj: Any) -> str:
    """The stable type name of a protected object; empty for anything else."""
    try:
        return registry.protection_of(type(obj)).type_name
    except LookupError:
        return ""


def _as_dict(data: Any) -> Any:
    return dict(data) if isinstance(data, Mapping) else data


def _plain(instance: Any) -> Any:
    if isinstance(instance, Mapping):
        return dict(instance)
    raise TypeError(f"a {type(instance).__name__} needs a representation")
