"""Enumerations as components, named after their classes.

The name follows the class rather than the member that happens to use it, so it stays when another
serializer gains a member of the same name.
"""

import enum
from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured

Schema = dict[str, Any]

_MARK = "x-spec-enum-id"
"""Which drf-spectacular puts on the schema of every choice."""


def hoist_enums(result: Schema, packages: Collection[str]) -> dict[str, Schema]:
    """Replace choices in a document by references; the components they refer to.

    packages: top-level packages whose enumeration classes give names. Raises ImproperlyConfigured
    for choices that are no such class, or several.
    """
    names = _names(packages)
    found: dict[str, Schema] = {}
    for node in _choices(result):
        values = [value for value in node["enum"] if value not in ("", None)]
        nullable = None in node["enum"] or "null" in node.get("type", ())
        candidates = names.get(frozenset(values), [])
        if len(candidates) != 1:
            raise ImproperlyConfigured(
                f"The choices {values} have {len(candidates) or 'no'} enumeration classes; "
                "make one class with exactly these members."
            )
        cls = candidates[0]
        name = component_name(cls)
        found[name] = {"type": "string", "enum": [member.value for member in cls]}
        if cls.__doc__ and "__doc__" in vars(cls) and not cls.__doc__.startswith("An enumeration"):
            found[name]["description"] = cls.__doc__
        _refer(node, name, nullable=nullable)
    return found


def component_name(cls: type[enum.Enum]) -> str:
    """``DocumentKind``; of a class inside another ``OfficeKind``."""
    return cls.__qualname__.replace(".", "")


def _names(packages: Collection[str]) -> dict[frozenset[Any], list[type[enum.Enum]]]:
    names: dict[frozenset[Any], list[type[enum.Enum]]] = {}
    for cls in _subclasses(enum.Enum):
        if cls.__module__.partition(".")[0] in packages and len(cls):
            names.setdefault(frozenset(member.value for member in cls), []).append(cls)
    return names


def _subclasses(cls: type[enum.Enum]) -> set[type[enum.Enum]]:
    direct = cls.__subclasses__()
    return {*direct, *(below for sub in direct for below in _subclasses(sub))}


def _choices(node: Any) -> Iterator[Schema]:
    if isinstance(node, dict):
        if _MARK in node:
            yield node
        for value in list(node.values()):
            yield from _choices(value)
    elif isinstance(node, list):
        for value in node:
            yield from _choices(value)


def _refer(node: Schema, name: str, *, nullable: bool) -> None:
    reference = {"$ref": f"#/components/schemas/{name}"}
    for key in ("enum", "type", _MARK):
        node.pop(key, None)
    if nullable:
        node["oneOf"] = [reference, {"type": "null"}]
    elif node:
        node["allOf"] = [reference]
    else:
        node.update(reference)
