"""What people write about operations, beside what is derived.

It stands in an ``examples`` module next to the views or in a package above them:

- ``OPERATIONS``: OperationDoc by operationId;
- ``TAGS``: the description of each tag;
- ``PATHS``: path items of routes that are no views of ours, such as the token endpoint;
- ``SCHEMAS``, ``SECURITY_SCHEMES``: components that these use.
"""

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDoc:
    """What an operation is for.

    summary: a few words. description: Markdown.
    request, response: example bodies by a phrase that tells what they show.
    conflict: examples of a 409 with the further members that the act declares.
    problems: codes by status with a sentence each, besides those derived from the act.
    """

    summary: str
    description: str
    request: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)
    conflict: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def examples_modules(view_modules: Iterable[str]) -> list[ModuleType]:
    """The ``examples`` modules that belong to views, each once, in order of their names."""
    names = {name for module in view_modules for name in _candidates(module)}
    return [importlib.import_module(name) for name in sorted(names) if _exists(name)]


def operation_doc(view_module: str, operation_id: str) -> OperationDoc | None:
    """What is written about an operation of a view; the nearest module decides."""
    for name in _candidates(view_module):
        if _exists(name):
            operations = getattr(importlib.import_module(name), "OPERATIONS", {})
            if operation_id in operations:
                found: OperationDoc = operations[operation_id]
                return found
    return None


def _candidates(view_module: str) -> Iterator[str]:
    package = view_module.rpartition(".")[0]
    while package:
        yield f"{package}.examples"
        package = package.rpartition(".")[0]


def _exists(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
