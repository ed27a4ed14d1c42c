"""Services: keyword-only, the actor first, marked as such."""

import ast
from collections.abc import Iterator

import pytest

from .source import dotted, is_services, modules

pytestmark = pytest.mark.conventions

UNMARKED = {
    "policies/practices/services.py missing_of": "asks what a draft lacks, and writes nothing",
    "platform_api/ledger/services.py record": "is called within services, in their transaction",
    "platform_api/ledger/services.py record_all": "is called within services, as record is",
    "platform_api/notifications/services.py notify": "is called within services, as record is",
    "documents/texts/services/documents.py drafting_scope": "derives the readers of a set of seats",
    "forums/countries/services.py require_english": "checks names, and writes nothing",
}
"""Public functions of services modules that are none, with the reason."""

DERIVED = ("Membership", "RoleGroup", "Scope", "ScopeReader")
_WRITES = ("create", "get_or_create", "update_or_create", "bulk_create", "update", "delete", "save")


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, module in modules().items():
        for node in module.body:
            if isinstance(node, ast.FunctionDef) and is_services(path):
                yield f"{path} {node.name}", node


def _marked(node: ast.FunctionDef) -> bool:
    return "service" in {dotted(each) for each in node.decorator_list}


SERVICES = {
    f"{path} {node.name}": node
    for path, module in modules().items()
    for node in ast.walk(module)
    if isinstance(node, ast.FunctionDef) and _marked(node)
}


def test_every_public_function_of_a_services_module_is_a_service() -> None:
    unmarked = {
        name for name, node in _functions() if not node.name.startswith("_") and not _marked(node)
    }
    assert unmarked - set(UNMARKED) == set()


def test_the_list_of_unmarked_functions_names_nothing_else() -> None:
    functions = dict(_functions())
    assert {name for name in UNMARKED if name not in functions or _marked(functions[name])} == set()


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_takes_keywords_only_and_the_actor_first(name: str) -> None:
    arguments = SERVICES[name].args
    assert not arguments.args
    assert not arguments.posonlyargs
    assert arguments.vararg is None
    assert arguments.kwonlyargs[0].arg == "actor"
    assert arguments.kw_defaults[0] is None, "the actor has no default"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_says_what_it_is_for_and_has_types(name: str) -> None:
    node = SERVICES[name]
    assert ast.get_docstring(node)
    assert node.returns is not None
    assert all(argument.annotation for argument in node.args.kwonlyargs)
    assert not node.name.startswith("_")


def test_only_derivations_write_memberships_and_scopes() -> None:
    """Whoever writes these tables gives rights, so that one module does."""
    writers = {
        path
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _WRITES
        and _root(node.func.value) in {f"{name}.objects" for name in DERIVED}
    }
    assert writers == {"platform_api/identity/groups.py"}


def _root(node: ast.expr) -> str:
    """``Model.objects`` at the beginning of a chain of calls."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return dotted(node)
        node = node.func if isinstance(node, ast.Call) else node.value
    return ""
