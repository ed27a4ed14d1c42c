"""The document under test: as the views declare it now."""

from collections.abc import Iterator
from typing import Any

import pytest

from platform_api.core.openapi.document import generate
from tests.scenario.conftest import scenario

__all__ = ["scenario"]

Schema = dict[str, Any]


@pytest.fixture(scope="session")
def document() -> Schema:
    return generate()


@pytest.fixture(scope="session")
def operations(document: Schema) -> dict[str, Schema]:
    """Every operation by ``METHOD path``."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def nodes(node: Any, where: str = "#") -> Iterator[tuple[str, Schema]]:
    """Every object of a document with its JSON pointer."""
    if isinstance(node, dict):
        yield where, node
        for name, value in node.items():
            yield from nodes(value, f"{where}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from nodes(value, f"{where}/{index}")
