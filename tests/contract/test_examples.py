"""Every example in the document is what its schema says."""

import pytest

from .conftest import Schema, nodes
from .shapes import undeclared, validator

pytestmark = pytest.mark.contract


def test_every_example_of_a_body_fits_its_schema(document: Schema) -> None:
    wrong = []
    checked = 0
    for where, node in nodes(document):
        if "schema" not in node or not isinstance(node.get("examples"), dict):
            continue
        found = validator(document, node["schema"])
        for name, example in node["examples"].items():
            checked += 1
            wrong += [
                f"{where} {name} {error.json_path}: {error.message}"
                for error in found.iter_errors(example["value"])
            ]
    assert checked > 50
    assert wrong == []


def test_an_example_of_an_answer_shows_no_member_that_is_not_declared(document: Schema) -> None:
    """Answers may gain members, so their schemas are open and would let a stale one pass."""
    wrong = []
    for where, operation in nodes(document["paths"]):
        for code, response in operation.get("responses", {}).items():
            content = response.get("content", {}).get("application/json", {})
            if not code.startswith("2") or "examples" not in content:
                continue
            for name, example in content["examples"].items():
                unknown = undeclared(document, content["schema"], example["value"])
                wrong += [f"{where} {name}: {member}" for member in unknown]
    assert wrong == []
