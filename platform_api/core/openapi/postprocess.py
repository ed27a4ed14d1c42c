"""The hook that completes the document: shared components, other routes, names of enumerations."""

from collections.abc import Iterator
from typing import Any

from . import paths
from .docs import examples_modules
from .enums import hoist_enums
from .problems import FIELD_PROBLEM, PROBLEM, shared_responses
from .shared import ABILITY_REASON, HEADERS, PAGE_COUNT, PARAMETERS

Schema = dict[str, Any]

_SECTIONS = ("schemas", "responses", "parameters", "headers", "securitySchemes")
_MEMBERS = ("openapi", "info", "servers", "tags", "paths", "webhooks", "components")
_OPERATION = (
    "operationId",
    "tags",
    "summary",
    "description",
    "security",
    "parameters",
    "requestBody",
    "responses",
)


def postprocess(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """drf-spectacular's postprocessing hook; see the module."""
    views = {callback.cls.__module__ for _, _, _, callback in generator.endpoints}
    modules = [paths, *examples_modules(views)]
    components = result["components"]
    schemas = components.setdefault("schemas", {})
    schemes = components.setdefault("securitySchemes", {})
    for module in modules:
        result["paths"] |= getattr(module, "PATHS", {})
        schemas |= getattr(module, "SCHEMAS", {})
        schemes |= getattr(module, "SECURITY_SCHEMES", {})
    schemas |= {
        "Problem": PROBLEM,
        "FieldProblem": FIELD_PROBLEM,
        "PageCount": PAGE_COUNT,
        "AbilityReason": ABILITY_REASON,
    }
    components |= {
        "responses": shared_responses(),
        "parameters": dict(PARAMETERS),
        "headers": dict(HEADERS),
    }
    schemas |= hoist_enums(result, {module.partition(".")[0] for module in views})
    result["tags"] = _tags(result, modules)
    result["paths"] = {
        path: {method: _ordered(operation, _OPERATION) for method, operation in item.items()}
        for path, item in sorted(result["paths"].items())
    }
    _keep_used(result)
    return _ordered(result, _MEMBERS)


def _tags(result: Schema, modules: list[Any]) -> list[Schema]:
    """The tags that operations use; one that nobody described has no description."""
    described: dict[str, str] = {}
    for module in modules:
        described |= getattr(module, "TAGS", {})
    used = {tag for operation in _operations(result) for tag in operation["tags"]}
    return [
        {"name": name} | ({"description": described[name]} if name in described else {})
        for name in sorted(used)
    ]


def _operations(result: Schema) -> Iterator[Schema]:
    for item in result["paths"].values():
        yield from item.values()


def _keep_used(result: Schema) -> None:
    """Drop components that nothing refers to, and sort the others."""
    components = result["components"]
    used: set[str] = set()
    waiting = [result["paths"]]
    while waiting:
        for reference in _references(waiting.pop()):
            if reference not in used:
                used.add(reference)
                _, _, section, name = reference.split("/")
                waiting.append(components[section][name])
    kept = {
        section: {
            name: value
            for name, value in sorted(components.get(section, {}).items())
            if section == "securitySchemes" or f"#/components/{section}/{name}" in used
        }
        for section in _SECTIONS
    }
    result["components"] = {section: named for section, named in kept.items() if named}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            yield reference
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _ordered(mapping: Schema, first: tuple[str, ...]) -> Schema:
    order = [name for name in first if name in mapping]
    return {name: mapping[name] for name in [*order, *(n for n in mapping if n not in order)]}
